"""Rules of the house that no linter holds: names, who imports whom, errors that say what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from github_modules import errors
from tools.error_texts import Said, error_texts
from tools.manifests.registry import Registered, components

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = components()
TEXTS = error_texts()


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"], check=False, cwd=folder, capture_output=True, text=True
    )


def test_rooms_are_entered_by_the_allowed_doors_only() -> None:
    """Every contract about imports is kept."""
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("github_modules/collect/loop.py", "import requests"),
        ("github_modules/collect/loop.py", "from github_modules.github import client"),
        ("github_modules/github/client.py", "import sekoia_automation"),
        ("github_modules/github/client.py", "from github_modules.sekoia import intake"),
        ("github_modules/errors.py", "from sandbox import wire"),
        ("sandbox/wire.py", "from github_modules import errors"),
    ],
)
def test_a_forbidden_import_is_noticed(tmp_path: Path, place: str, line: str) -> None:
    """One import against the plan breaks a contract."""
    for name in ("github_modules", "sandbox", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / place).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.component.docker_parameters)
def test_one_name_in_every_place(entry: Registered) -> None:
    """File, class, registered name and JSON are derived from one; old identities keep theirs."""
    stem = entry.cls.__module__.rsplit(".", 1)[-1]
    camel = "".join(word.capitalize() for word in stem.split("_"))
    assert entry.cls.__name__ == f"{camel}{entry.kind.capitalize()}"
    assert (ROOT / f"{entry.kind}_{entry.component.stem}.json").is_file()
    if not entry.component.fixed_uuid:
        assert entry.component.docker_parameters == entry.component.stem == stem


def is_operators(said: Said) -> bool:
    return issubclass(getattr(errors, said.error), errors.OperatorError)


def test_texts_of_errors_are_found() -> None:
    """The reader of texts sees fields, tables of branches and module constants."""
    found = {said.cause: said.remedy for said in TEXTS}
    assert len([said for said in TEXTS if is_operators(said)]) >= 20
    assert found['The field "app_id" is filled in, but "pem_file" is empty.'] == (
        "Paste the private key of the GitHub App."
    )
    assert found["The intake refused the intake key (HTTP STATUS)."].startswith("Copy the key")
    assert found['The text in "pem_file" FAULT.'].startswith("Create a new private key")


@pytest.mark.parametrize(
    "said", [*filter(is_operators, TEXTS)], ids=lambda s: f"{s.place}:{s.line}"
)
def test_whoever_must_act_is_told_how(said: Said) -> None:
    """An error for a person has a cause and a remedy, each a whole sentence."""
    for text in (said.cause, said.remedy):
        assert text.endswith(".")
        assert text[0].isupper() or text[0] == '"'
        assert "\n" not in text


def test_every_kind_of_error_is_documented_by_its_docstring() -> None:
    """Each class of the tree says in a sentence what it stands for."""
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    own = [cls for cls in classes if cls.__module__ == errors.__name__]
    assert [cls.__name__ for cls in own if not (cls.__doc__ or "").rstrip().endswith(".")] == []
