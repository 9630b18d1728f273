"""Files of a repository as the contents endpoint shows them."""

import base64

from sandbox.github.estate.shapes import Shape, sha_of
from sandbox.github.estate.state import RepositoryState
from sandbox.world import World

FILES: dict[str, bytes | None] = {
    "README.md": b"# Payments\n",
    "docs/setup.md": b"Set it up.\n",
    "logo.png": b"\x89PNG\r\n\x1a\n\xff\xfe",
    "big.bin": None,
}
BIG_BYTES = 2 * 1024 * 1024


def seed_contents(repository: RepositoryState, world: World) -> None:
    """Put the files and their directories into a repository."""
    del world
    entries: dict[str, list[Shape]] = {"": []}
    for path, data in FILES.items():
        folder, _, _ = path.rpartition("/")
        file = _file(repository.short, path, data)
        repository.contents[path] = file
        listed = {
            name: value for name, value in file.items() if name not in {"content", "encoding"}
        }
        entries.setdefault(folder, []).append(listed)
        if folder:
            entries[""].append(_entry(repository.short, folder, "dir", 0))
    repository.contents.update(entries)


def _entry(repository: Shape, path: str, kind: str, size: int) -> Shape:
    url = f"{repository['url']}/contents/{path}?ref=main"
    page = f"{repository['html_url']}/blob/main/{path}"
    return {
        "type": kind, "size": size, "name": path.rpartition("/")[2], "path": path,
        "sha": sha_of(path), "url": url, "git_url": url, "html_url": page, "download_url": None,
        "_links": {"self": url, "git": url, "html": page},
    }  # fmt: skip


def _file(repository: Shape, path: str, data: bytes | None) -> Shape:
    entry = _entry(repository, path, "file", BIG_BYTES if data is None else len(data))
    if data is None:
        return entry | {"encoding": "none", "content": ""}
    return entry | {"encoding": "base64", "content": base64.encodebytes(data).decode()}
