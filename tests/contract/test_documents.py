"""Documents that repeat the code agree with it."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from github_modules.cli.exits import Exit
from github_modules.cli.program import app
from github_modules.github.classify import RULES
from tools.manifests.documents import documents

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_dependency_has_a_reason(name: str) -> None:
    """Each package of a requirements file is named in docs/dependencies.md."""
    wanted = re.findall(r"^([a-z][a-z0-9_-]+)", read(f"requirements/{name}.in"), re.MULTILINE)
    listed = read("docs/dependencies.md")
    assert wanted
    assert [package for package in wanted if not re.search(rf"\b{package}\b", listed)] == []


def test_troubleshooting_is_written_from_the_table() -> None:
    """Every row of the error table stands in docs/troubleshooting.md, which the tool writes."""
    assert "docs/troubleshooting.md" in documents()
    text = read("docs/troubleshooting.md")
    assert [rule.id for rule in RULES if f"| {rule.id} |" not in text] == []


def links(name: str) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)#]+)", read(name))


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/architecture.md",
        "docs/cli.md",
        "docs/setup.md",
        "docs/troubleshooting.md",
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    """A relative link names a file that exists."""
    folder = (ROOT / name).parent
    assert [link for link in links(name) if not (folder / link).exists()] == []


def test_the_page_of_the_commands_is_written_from_the_program() -> None:
    """Every command, option and status stands in docs/cli.md; the README shows five commands."""
    root: Any = typer.main.get_command(app)
    text = read("docs/cli.md")
    assert documents()["docs/cli.md"] == text
    assert [name for name in root.commands if f"## github-module {name}" not in text] == []
    options = {flag for one in root.commands["collect"].params for flag in one.opts} - {"--help"}
    assert [flag for flag in sorted(options) if f"`{flag}`" not in text] == []
    assert [status for status in Exit if f"| {int(status)} | {status.meaning} |" not in text] == []
    shown = set(re.findall(r"^    github-module (\w+)", read("README.md"), re.MULTILINE))
    assert len(shown & set(root.commands)) == 5


def test_readme_names_the_two_commands_and_their_variables() -> None:
    """A newcomer finds what `make run` reads from the environment."""
    text = read("README.md")
    source = read("tools/run/live.py") + read("tools/run/__main__.py")
    variables = set(re.findall(r'"((?:GITHUB|SEKOIA)_[A-Z_]+)"', source))
    variables |= {"GITHUB_APP_PEM", "GITHUB_URL", "SEKOIA_INTAKE_SERVER", "STATE_FOLDER"}
    assert {"make run", "make test"} <= set(re.findall(r"make (?:run|test)", text))
    assert [name for name in sorted(variables) if name not in text] == []
