"""The command line as people start it: in a pipe, or in a terminal of 80 columns."""

import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import pyte
from typer.testing import CliRunner

from github_modules.cli.program import app
from sandbox.client import Sandbox
from tests.system.module_process import ROOT

PROGRAM = [sys.executable, "-m", "github_modules"]
COLUMNS, LINES = 80, 60
_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
"""Colours and moves of the cursor, which take no room."""
_NOT_OURS = ("GITHUB_", "SEKOIA_", "XDG_", "STATE_FOLDER", "COVERAGE_")


def environment(sandbox: Sandbox | None, state: Path, **more: str) -> dict[str, str]:
    """Return variables that lead to a sandbox, with the token of every right.

    What runs as a process of its own is not measured again: `called` covers the same code.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_OURS)}
    kept |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "STATE_FOLDER": str(state)}
    if sandbox is not None:
        kept |= {
            "GITHUB_URL": sandbox.github_url,
            "GITHUB_ORG": sandbox.org,
            "GITHUB_TOKEN": sandbox.full_token,
            "SEKOIA_INTAKE_KEY": sandbox.intake_key,
            "SEKOIA_INTAKE_SERVER": sandbox.sekoia_url,
        }
    return kept | more


@dataclass(frozen=True)
class Called:
    """What a call inside of this process ended with; the names are those of `subprocess`."""

    returncode: int
    stdout: str
    stderr: str


def called(
    variables: Mapping[str, str], *arguments: Any, given: str = "", cwd: Path | None = None
) -> Called:
    """Run inside of this process, which saves the start; else as `piped`."""
    signals = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    gone = {k: None for k in os.environ if k.startswith(_NOT_OURS[:-1])}
    handlers = list(logging.getLogger().handlers)
    try:
        with chdir(cwd or Path.cwd()):
            run = CliRunner().invoke(
                app, [*map(str, arguments)], input=given, env=gone | dict(variables)
            )
    finally:
        for number, handler in signals.items():
            signal.signal(number, handler)
        logging.getLogger().handlers[:] = handlers
    return Called(run.exit_code, run.stdout, run.stderr)


def piped(
    variables: Mapping[str, str], *arguments: Any, given: str = "", cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run to the end, with pipes on all sides."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env=dict(variables),
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def started(variables: Mapping[str, str], *arguments: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """Start with a pipe on stdout; what is left at the end is killed."""
    with subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


class Terminal:
    """A program in a pseudo-terminal, and what a person sees of it."""

    def __init__(self, variables: Mapping[str, str], *arguments: Any) -> None:
        program, *rest = [*PROGRAM, *map(str, arguments)]
        self.written = ""
        self._screen = pyte.HistoryScreen(COLUMNS, LINES, history=10_000, ratio=1)
        self._stream = pyte.Stream(self._screen)
        self.process = pexpect.spawn(
            program, rest, env=dict(variables), dimensions=(LINES, COLUMNS), encoding="utf-8",
            timeout=40,
        )  # fmt: skip

    def wait_for(self, text: str) -> None:
        """Wait until a text was written."""
        self.process.expect_exact(text)
        self._take(self.process.before + self.process.after)

    def end(self) -> int:
        """Wait for the end, and return the exit status."""
        self.process.expect(pexpect.EOF)
        self._take(self.process.before)
        self.process.close()
        status = self.process.exitstatus
        assert status is not None, f"ended by signal {self.process.signalstatus}"
        return int(status)

    def _take(self, text: str) -> None:
        self.written += text
        self._stream.feed(text)

    @property
    def bare_lines(self) -> list[str]:
        """What was written, line by line, those included that the screen wrote over."""
        return re.split(r"[\r\n]+", _CODES.sub("", self.written))

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, those that have scrolled away first."""
        above = ["".join(row[x].data for x in range(COLUMNS)) for row in self._screen.history.top]
        return [line.rstrip() for line in (*above, *self._screen.display)]
