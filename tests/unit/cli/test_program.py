"""The outermost frame: what becomes of an error, and what every command says of itself."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from github_modules.__main__ import main
from github_modules.actions import catalogue
from github_modules.cli import program, validate
from github_modules.cli.action import command_of, dashed
from github_modules.cli.collect import collect
from github_modules.cli.exits import Exit
from github_modules.cli.program import app
from github_modules.cli.session import session_of
from github_modules.errors import (
    ConfigurationError,
    CredentialError,
    GithubUnavailableError,
    StateInUseError,
    StopRequested,
)

ROOT: Any = typer.main.get_command(app)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*path, name))
    if path and not getattr(command, "commands", {}):
        yield " ".join(path), command


@pytest.mark.parametrize(("name", "command"), list(commands(ROOT)), ids=lambda one: str(one)[:40])
def test_every_help_shows_an_example(name: str, command: Any) -> None:
    """One that names the command itself, and options that exist."""
    shown = re.search(r"Example: `(.+)`", " ".join(command.help.split()))
    assert shown, name
    assert f"github-module {name}" in shown[1] or f"state {name.rsplit(maxsplit=1)[-1]}" in shown[1]
    known = {flag for option in command.params for flag in getattr(option, "opts", ())}
    here = shown[1].rpartition("|")[2].rpartition(f" {name.rsplit(maxsplit=1)[-1]}")[2]
    assert set(re.findall(r"--[a-z-]+", here)) <= known


@pytest.mark.parametrize("cls", catalogue(), ids=lambda cls: cls.component.docker_parameters)
def test_an_action_has_an_option_for_each_argument(cls: Any) -> None:
    """Named as in the form, with the same description; needed ones are needed."""
    name = cls.component.docker_parameters
    options = {one.name: one for one in ROOT.commands["action"].commands[name].params}
    fields = cls.arguments_model.model_fields
    assert set(options) - {"as_json", "help"} == set(fields)
    for field, about in fields.items():
        assert options[field].help == about.description
        assert options[field].required == about.is_required()
        assert dashed(f"--{field}") in options[field].opts
    assert callable(command_of(cls))


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (ConfigurationError("Wrong.", remedy="Do it."), Exit.USAGE, "Wrong. Do it."),
        (CredentialError("Refused.", remedy="New one."), Exit.FAILED, "Refused. New one."),
        (GithubUnavailableError("Away."), Exit.LATER, "Away."),
        (StateInUseError("Held."), Exit.BUSY, "Held."),
        (KeyboardInterrupt(), Exit.INTERRUPTED, ""),
        (StopRequested(), Exit.INTERRUPTED, ""),
        (ZeroDivisionError("ghp_secret"), Exit.DEFECT, "Unexpected ZeroDivisionError in"),
    ],
)
@pytest.mark.parametrize("debug", [True, False])
def test_what_becomes_of_an_error(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, status: Exit, words: str, debug: bool
) -> None:
    """Its sentence and its status; a traceback only where it was asked for."""

    def fail(*_given: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr(validate, "_steps", fail)
    run = CliRunner().invoke(app, [*(["--debug"] if debug else []), "validate"])
    assert run.exit_code == status
    assert words in run.stderr
    assert ("Traceback" in run.stderr) == (debug and bool(words))
    assert debug or "ghp_secret" not in run.stderr


def test_the_version_and_an_unknown_command() -> None:
    """Of a tree that is not installed, its own word."""
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("github-module ")
    assert CliRunner().invoke(app, ["explode"]).exit_code == 2


def test_a_tree_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so instead of a version."""

    def absent(_name: str) -> str:
        raise program.PackageNotFoundError

    monkeypatch.setattr(program, "version", absent)
    assert program.program_version() == "(not installed)"


def test_statuses_have_a_meaning_each() -> None:
    """The page of the commands lists them all."""
    assert all(status.meaning for status in Exit)


def test_a_command_outside_of_the_program_says_so() -> None:
    """There is no session then."""
    context = typer.Context(ROOT.commands["collect"])
    with pytest.raises(RuntimeError, match="outside of the program"):
        session_of(context)
    assert collect.__name__ == "collect"


def test_ctrl_c_while_it_loads_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading takes a second: long enough to change one's mind."""

    class Interrupted:
        def find_spec(self, name: str, *_more: Any) -> None:
            if name == "github_modules.cli.program":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "github_modules.cli.program")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_ctrl_c_while_the_commands_are_built_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the loading and the first command there are some milliseconds; CI met them."""

    def interrupted(**_options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "app", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_main_runs_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As the installed command does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["github-module", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
