"""State on the SDK's two backends: a local folder, and an S3 bucket behind `S3Path`.

A failure never looks like an absent file: on S3 `is_file()` says False for "forbidden" and for
"unavailable" too, so only `stat()` with code 404 counts as absent.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from s3path import S3Path

from github_modules.collect.ports import Store
from github_modules.errors import StorageError

_REMEDY = (
    "Check that the module's data folder (or bucket) exists, is writable and has space left; "
    "the module tries again by itself."
)


@contextmanager
def _failures(doing: str) -> Iterator[None]:
    try:
        yield
    except (OSError, BotoCoreError, ClientError) as error:
        reason = type(error).__name__ if not str(error) else str(error)
        raise StorageError(
            f"The storage failed while {doing}: {reason}.", remedy=_REMEDY
        ) from error


class LocalStore:
    """A folder of this machine. Whole files are replaced, appends are flushed to the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes | None:
        """Return the content, None when there is no such file."""
        with _failures(f"reading {name}"):
            try:
                return (self._root / name).read_bytes()
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file beside, flush it, and put it in the place of the old one."""
        path = self._root / name
        beside = path.with_name(path.name + ".new")
        with _failures(f"writing {name}"):
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)

    def append(self, name: str, data: bytes) -> None:
        """Add to the end of a file and flush it."""
        path = self._root / name
        with _failures(f"writing {name}"):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

    def remove(self, name: str) -> None:
        """Remove a file."""
        with _failures(f"removing {name}"):
            (self._root / name).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """Return the files below a folder, sorted."""
        return _names(self._root, folder)


class S3Store:
    """A bucket. Objects cannot grow, so the one being appended to is kept here and sent whole."""

    def __init__(self, root: S3Path) -> None:
        self._root = root
        self._growing: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        """Return the content, None when the bucket says that there is no such object."""
        path = self._root / name
        with _failures(f"reading {name}"):
            try:
                path.stat()
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey"}:
                    return None
                raise
            return bytes(path.read_bytes())

    def write(self, name: str, data: bytes) -> None:
        """Replace an object; a write that fails leaves the old one."""
        with _failures(f"writing {name}"):
            (self._root / name).write_bytes(data)

    def append(self, name: str, data: bytes) -> None:
        """Replace an object by itself and more; only objects that began here can grow."""
        whole = self._growing.get(name, b"") + data
        self.write(name, whole)
        self._growing[name] = whole

    def remove(self, name: str) -> None:
        """Remove an object."""
        self._growing.pop(name, None)
        with _failures(f"removing {name}"):
            (self._root / name).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """Return the objects below a folder, sorted."""
        return _names(self._root, folder)


def _names(root: Path, folder: str) -> list[str]:
    with _failures(f"listing {folder}"):
        files = (path for path in (root / folder).rglob("*") if path.is_file())
        return sorted(path.relative_to(root).as_posix() for path in files)


def store_at(data_path: Path) -> Store:
    """Return the store for the data path that the SDK resolved."""
    return S3Store(data_path) if isinstance(data_path, S3Path) else LocalStore(data_path)
