"""Completion as the shells call it: the script that the program prints, in a real bash and zsh."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pexpect
import pytest

PROGRAM = "github-module"
HOME = Path(sys.executable).parent


def installed() -> None:
    if not (HOME / PROGRAM).exists():
        pytest.skip(f"{PROGRAM} is not installed beside this Python: make setup does it")


def variables() -> dict[str, str]:
    return os.environ | {"PATH": f"{HOME}:{os.environ['PATH']}", "TERM": "dumb"}


@cache
def script(shell: str) -> str:
    """Return what the program prints for the shell that it is called from."""
    done = subprocess.run(
        [shell, "-c", f"{PROGRAM} --show-completion; true"],
        env=variables(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout


BASH = """
{script}
COMP_WORDS=({words}) COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_github_module_completion {program}
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("st", {"state"}),
        ("state im", {"import"}),
        ("collect --se", {"--severity"}),
        ("collect --source al", {"alerts"}),
        ("collect --include g", {"git"}),
        ("action block_u", {"block_user"}),
        ("action block_user --dr", {"--dry-run"}),
        ("action freeze_repository --target ", {"branch", "tag", "push"}),
    ],
)
def test_bash_completes(words: str, offered: set[str]) -> None:
    """Commands, options, actions and choices."""
    installed()
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here")
    last = " ''" if words.endswith(" ") else ""
    told = subprocess.run(
        [bash, "--norc", "-c",
         BASH.format(script=script(bash), words=f"{PROGRAM} {words}{last}", program=PROGRAM)],
        env=variables(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    found = set(told.stdout.split())
    assert found, told.stderr
    assert found & offered
    assert all(one.startswith(words.rsplit(" ", maxsplit=1)[-1]) for one in found)


def test_zsh_completes(tmp_path: Path) -> None:
    """With its own completion system, at its prompt, by the Tab key."""
    installed()
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("there is no zsh here")
    (tmp_path / ".zshrc").write_text(
        f"PS1='ready> '\nautoload -Uz compinit && compinit -u\n{script(zsh)}\n", encoding="utf-8"
    )
    shell = pexpect.spawn(
        zsh, ["-i"], env=variables() | {"ZDOTDIR": str(tmp_path), "HOME": str(tmp_path)},
        encoding="utf-8", timeout=30, dimensions=(40, 120),
    )  # fmt: skip
    try:
        shell.expect_exact("ready> ")
        shell.send(f"{PROGRAM} action unblo\t")
        shell.expect_exact("unblock_user")
        shell.send("--userna\t")
        shell.expect_exact("--username")
    finally:
        shell.close(force=True)
