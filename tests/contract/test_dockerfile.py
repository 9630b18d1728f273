"""The image, tried without a container engine: its install and its start, as it does them.

An empty folder, a read-only copy of what the image copies, an unprivileged user.
"""

import os
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
NOBODY = 65_534


def instructions(word: str) -> list[str]:
    joined = TEXT.replace("\\\n", " ")
    return [line[len(word) + 1 :] for line in joined.splitlines() if line.startswith(f"{word} ")]


def test_base_is_the_slim_official_image() -> None:
    """Both stages begin with the same pinned slim Python."""
    bases = {line.split()[0] for line in instructions("FROM")}
    assert len(bases) == 1
    assert bases.pop().startswith("python:3.")
    assert "-slim-" in instructions("FROM")[0]


def test_process_is_unprivileged_and_started_directly() -> None:
    """A user of its own, and an entry point without a shell, so that signals arrive."""
    assert instructions("USER") == ["sekoiaio-runtime"]
    assert instructions("ENTRYPOINT") == ['["python", "./main.py"]']
    assert TEXT.rindex("USER ") < TEXT.rindex("ENTRYPOINT ")


def test_install_checks_hashes_and_leaves_no_installer() -> None:
    """What is installed is what was pinned, and no installer stays."""
    build, final = instructions("RUN")
    assert "--no-deps --require-hashes -r requirements/runtime.txt" in build
    assert "pip uninstall --yes --quiet uv black pip" in build
    assert "pip uninstall --yes --quiet pip" in final
    assert "ensurepip" in final


def test_root_file_system_may_be_read_only() -> None:
    """What the SDK writes below /tmp goes to memory, and Python writes nothing beside its files."""
    assert "ln -s /dev/shm /tmp" in instructions("RUN")[1]
    assert "PYTHONDONTWRITEBYTECODE=1" in instructions("ENV")[0]


def copied() -> list[str]:
    return [
        name
        for line in instructions("COPY")
        if not line.startswith("--from")
        for name in line.split()[:-1]
    ]


def test_only_what_runs_is_copied() -> None:
    """Tests, sandbox and tools stay outside."""
    assert copied() == ["requirements/runtime.txt", "manifest.json", "main.py", "github_modules"]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in copied()} <= set(ignored)


def read_only(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def everybodys_python() -> str:
    """Return a Python that an unprivileged user may execute; a home folder may be closed."""
    for name in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        real = Path(name).resolve()
        if not real.exists():
            continue
        open_to_all = all(part.stat().st_mode & stat.S_IXOTH for part in (real, *real.parents))
        if open_to_all or os.geteuid() != 0:
            return name
    pytest.skip("every Python here lies in a folder that only root may enter")


def copy_of_the_tree(app: Path) -> Path:
    app.mkdir()
    for name in copied()[1:]:
        source = ROOT / name
        if source.is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, app / name, ignore=ignore)
        else:
            shutil.copy(source, app / name)
    return app


def install_steps(root: Path) -> list[list[str]]:
    """Return the commands of the first stage, with its folder /venv below another root."""
    steps = [shlex.split(step) for step in instructions("RUN")[0].split("&&")]
    assert steps[0] == ["python", "-m", "venv", "/venv"]
    places = {"python": everybodys_python(), "/venv": f"{root}/venv"}
    places["/venv/bin/python"] = f"{root}/venv/bin/python"
    return [[places.get(word, word) for word in step] for step in steps]


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """A folder that everybody may enter; pytest closes its own to others."""
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        yield root
        for path in root.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)


@pytest.fixture(scope="module")
def image(root: Path) -> Path:
    """The installed tree: `venv` and a read-only `app`, readable by everybody."""
    build = root / "build"
    (build / copied()[0]).parent.mkdir(parents=True)
    shutil.copy(ROOT / copied()[0], build / copied()[0])
    for command in install_steps(root):
        result = subprocess.run(command, check=False, cwd=build, capture_output=True, text=True)
        if result.returncode and "No matching distribution" in result.stderr:
            pytest.skip("the package index cannot be reached, so nothing can be installed")
        assert result.returncode == 0, result.stderr[-2_000:]
    app = copy_of_the_tree(root / "app")
    read_only(app)
    return root


def started(image: Path, *command: str, environment: dict[str, str]) -> tuple[int, str]:
    """Run the entry point in the read-only folder, as nobody when that is possible."""
    as_root = os.geteuid() == 0
    result = subprocess.run(
        [image / "venv" / "bin" / "python", "./main.py", *command],
        check=False,
        cwd=image / "app",
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"}
        | environment,
        user=NOBODY if as_root else None,
        group=NOBODY if as_root else None,
        extra_groups=[] if as_root else None,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return result.returncode, result.stdout + result.stderr


@pytest.mark.slow
def test_installed_image_starts_and_says_what_is_missing(image: Path) -> None:
    """Without a command the program ends with an error that says so."""
    status, output = started(image, environment={})
    assert status == 1
    assert "Could not find any Action or Trigger" in output


@pytest.mark.slow
def test_installed_image_validates_an_account(image: Path, tmp_path: Path) -> None:
    """The account validator runs from the read-only tree as an unprivileged user."""
    with Sandbox({"feed": {"kind": "none"}}) as sandbox:
        environment = sandbox.module_environment(tmp_path)
        environment.pop("VIRTUAL_ENV", None)
        status, output = started(image, "validate_module_configuration", environment=environment)
        assert status == 0, output
        finished = sandbox.callbacks()[-1]["body"]
    assert finished["status"] == "finished"
    assert finished["results"] == {"success": True}


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["pip", "uv", "black"])
def test_no_build_tool_is_left(image: Path, tool: str) -> None:
    """Neither the program nor its package stays in the image."""
    assert list((image / "venv").glob(f"bin/{tool}*")) == []
    assert list((image / "venv").glob(f"lib/python3*/site-packages/{tool}/__init__.py")) == []
