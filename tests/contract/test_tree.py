"""What must not stand anywhere in the project, and how large its parts may be."""

import ast
import re
import shutil
import statistics
import subprocess
from pathlib import Path

import pytest

from github_modules import errors

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "github_modules"
SOURCES = [path for name in ("github_modules", "sandbox", "tools", "bench")
           for path in sorted((ROOT / name).rglob("*.py"))]  # fmt: skip
# Put together here, so that this file does not contain what it forbids.
FORBIDDEN = {
    "registry": re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.",
                                     "deb" + r"\.debian"])),
    "machine path": re.compile(r"(^|[^a-zA-Z0-9_.-])/(" + "wo" + "rk|fa" + "rm)/[a-z]"),
    "private key": re.compile("BEGIN " + "(RSA |EC |)PRIVATE KEY"),
    "unfinished": re.compile("|".join(["NotImplemented" + "Error", "TO" + "DO", "FIX" + "ME",
                                       "pragma: no " + "cover"])),
}  # fmt: skip


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of tracked files")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_forbidden_text_stands_nowhere(what: str) -> None:
    """No registry, no path of a machine, no key, nothing unfinished."""
    suffixes = {".py"} if what == "unfinished" else None
    found = [
        path.name
        for path in tracked()
        if (suffixes is None or path.suffix in suffixes)
        and path.suffix != ".png"
        and FORBIDDEN[what].search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("what", ["registry", "machine path", "private key"])
def test_forbidden_text_stands_in_no_commit_message(what: str) -> None:
    """The history is published with the files."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no history")
    told = subprocess.run([git, "log", "--format=%B"], cwd=ROOT, capture_output=True, check=True)
    assert FORBIDDEN[what].search(told.stdout.decode("utf-8", "replace")) is None


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_small() -> None:
    """Cap 350, nine in ten under 250, median of the product at most 110."""
    sizes = [lines(path) for path in SOURCES]
    assert max(sizes) <= 350
    assert sum(size < 250 for size in sizes) >= 0.9 * len(sizes)
    assert statistics.median(lines(path) for path in PACKAGE.rglob("*.py")) <= 110


def functions() -> list[tuple[str, int]]:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                docstring = ast.get_docstring(node, clean=False) or ""
                length = (node.end_lineno or 0) - node.lineno + 1 - len(docstring.splitlines())
                found.append((f"{path.name}:{node.name}", length))
    return found


def test_functions_fit_half_a_screen() -> None:
    """Cap 50 lines, 95 % at most 30, docstrings not counted."""
    lengths = functions()
    assert [name for name, length in lengths if length > 50] == []
    assert sum(length <= 30 for _, length in lengths) >= 0.95 * len(lengths)


def test_no_drawer_for_everything() -> None:
    """Names that say nothing about what is inside do not exist."""
    drawers = {"utils.py", "helpers.py", "common.py", "constants.py"}
    assert [path for path in SOURCES if path.name in drawers] == []


def tree_of(cls: type[BaseException], depth: int = 0) -> list[tuple[int, str]]:
    found = [(depth, cls.__name__)]
    for child in cls.__subclasses__():
        if child.__module__ == errors.__name__:
            found += tree_of(child, depth + 1)
    return found


def test_error_tree_in_the_docstring_is_the_real_one() -> None:
    """The documented tree has the classes, in their places, that the code has."""
    documented = [
        ((len(match[1]) - 4) // 2, match[2])
        for match in re.finditer(r"^( {4,})(\w+)  +\S", errors.__doc__ or "", re.MULTILINE)
    ]
    real = [*tree_of(errors.GithubModuleError), *tree_of(errors.StopRequested)]
    assert sorted(documented) == sorted(real)


def test_only_a_few_places_catch_everything() -> None:
    """A broad except stands only in outermost frames, and says why."""
    broad = re.compile(r"except (Base)?Exception\b.*")
    found = [
        (path.relative_to(ROOT).as_posix(), match[0])
        for path in PACKAGE.rglob("*.py")
        for match in broad.finditer(path.read_text(encoding="utf-8"))
    ]
    allowed = {
        "github_modules/account_validator.py",
        "github_modules/collect/collector.py",
        "github_modules/collect/feed.py",
        "github_modules/connectors/endurance.py",
        "github_modules/action_kit/base.py",
        "github_modules/github/gate.py",
        "github_modules/cli/program.py",
    }
    assert {path for path, _ in found} <= allowed
