"""What every command is given: configuration, consoles, a clock that Ctrl-C ends."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event
from types import FrameType

import typer
from rich.console import Console

from github_modules.cli.configuration import STATE_FOLDER, Configuration
from github_modules.clock import SystemClock
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.preflight import PatientFor
from github_modules.github.settings import GithubSettings

USER_AGENT = "sekoiaio-connector/github-cli"


@dataclass
class Session:
    """One run of the program. Files are read when a command first asks for the configuration."""

    load: Callable[[], Configuration]
    debug: bool = False
    out: Console = field(default_factory=lambda: Console(highlight=False))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))
    stop: Event = field(default_factory=Event)
    reader_gone: bool = False
    """Whether the reader of stdout closed its pipe: a way to say that it has enough."""

    @cached_property
    def configuration(self) -> Configuration:
        """What was configured.

        Raises:
            ConfigurationError: a file cannot be read.
        """
        return self.load()

    @cached_property
    def clock(self) -> SystemClock:
        """The machine's clock; its waits end with `stop`."""
        return SystemClock(self.stop)

    @property
    def state_folder(self) -> Path:
        """Where positions, ledgers and results of actions are kept."""
        named = self.configuration.text(STATE_FOLDER)
        home = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
        return Path(named or f"{home}/github-module").expanduser()

    def impatient_client(self, settings: GithubSettings) -> GithubClient:
        """Return a client that waits a few seconds at most: a person is watching."""
        return connect(settings, PatientFor(self.clock), user_agent=USER_AGENT)

    def end_on_signals(self) -> None:
        """Let the first Ctrl-C or SIGTERM end the work in an orderly way, the second at once."""

        def asked(_number: int, _frame: FrameType | None) -> None:
            if self.stop.is_set():
                raise KeyboardInterrupt
            self.stop.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, asked)

    def reader_left(self) -> None:
        """End the work in an orderly way, and keep Python from writing to the closed pipe."""
        self.reader_gone = True
        self.stop.set()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def tell(self, text: str) -> None:
        """Write a sentence to stderr; lines are broken by the terminal, not by us."""
        self.err.print(text, markup=False, soft_wrap=True)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Go on only if a person agrees.

        Raises:
            typer.Exit: nobody did.
        """
        if yes:
            return
        if not sys.stdin.isatty():
            self.tell("Nothing was changed: --yes is needed where nobody can be asked.")
            raise typer.Exit(2)
        if not typer.confirm(question, err=True):
            raise typer.Exit(1)


def session_of(context: typer.Context) -> Session:
    """Return the session of a command's context."""
    found = context.find_object(Session)
    if found is None:
        raise RuntimeError("a command was called outside of the program")
    return found
