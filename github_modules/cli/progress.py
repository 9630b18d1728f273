"""What a person sees of a collection: a line for each source on a terminal, faults in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.text import Text

from github_modules.cli.times import words
from github_modules.clock import Clock, epoch_ms
from github_modules.collect.ports import Level, Page, Source, Tally
from github_modules.collect.position import Kind, Reading
from github_modules.errors import GithubModuleError

_COLOURS = {"info": "dim", "warning": "yellow", "error": "red", "critical": "bold red"}
_NAME_WIDTH = 16


class Screen:
    """Shows progress while it is entered, if it goes to a terminal; texts go above it.

    Args:
        console: stderr, so that stdout holds events only.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn(f"{{task.description:<{_NAME_WIDTH}}}"),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[counts]}", justify="right"),
            console=console,
            transient=False,
        )

    @property
    def is_live(self) -> bool:
        """Whether somebody watches."""
        return self._console.is_terminal

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show progress inside of the block."""
        if not self.is_live:
            yield
            return
        with self._progress:
            yield

    def line(self, name: str) -> TaskID:
        """Return a new line of progress."""
        return self._progress.add_task(name, total=None, counts="")

    def update(self, line: TaskID, counts: str, share: float | None) -> None:
        """Change a line; `share` is how much is done, from 0 to 1."""
        if share is not None:
            self._progress.update(line, total=1.0, completed=share)
        self._progress.update(line, counts=counts)

    def say(self, level: Level, message: str) -> None:
        """Write a sentence; into a pipe only what somebody should act on."""
        if self.is_live or level != "info":
            self._console.print(Text(f"{level}: {message}", style=_COLOURS[level]))

    def print_lines(self, text: str) -> None:
        """Write events to the terminal that also shows the progress."""
        self._console.print(text, end="", markup=False, highlight=False, soft_wrap=True)


@dataclass(slots=True)
class _Counts:
    events: int = 0
    pages: int = 0
    at_ms: int | None = None
    began_ms: int | None = None


class Meter:
    """An observer of one source, and of the pages that it hands out."""

    def __init__(self, screen: Screen, name: str, clock: Clock, budget: Callable[[], str]) -> None:
        self._screen = screen
        self._name = name
        self._clock = clock
        self._budget = budget
        self._counts = _Counts()
        self._line = screen.line(name)
        self._failure = ""

    @property
    def events(self) -> int:
        """How many events were delivered."""
        return self._counts.events

    def begun(self, reading: Reading) -> None:
        """Take note of where a reading starts."""
        if self._counts.began_ms is None:
            self._counts.began_ms = reading.since_ms
        self.moved()

    def page(self) -> None:
        """Count a page."""
        self._counts.pages += 1
        self.moved()

    def delivered(self, count: int, lag_s: float | None) -> None:
        """Count what was delivered, and note how far it reaches."""
        self._counts.events += count
        if lag_s is not None:
            at_ms = epoch_ms(self._clock.now()) - round(lag_s * 1000)
            self._counts.at_ms = max(at_ms, self._counts.at_ms or 0)
        self.moved()

    def moved(self) -> None:
        """Show how far it is."""
        counts = self._counts
        budget = self._budget()
        parts = [f"{counts.events:,} events", f"{counts.pages:,} pages"]
        parts += [f"{budget} left"] if budget else []
        parts += [words(counts.at_ms)[5:16]] if counts.at_ms else []
        self._screen.update(self._line, " · ".join(parts), self._share())

    def _share(self) -> float | None:
        counts = self._counts
        if counts.at_ms is None or counts.began_ms is None:
            return None
        whole = epoch_ms(self._clock.now()) - counts.began_ms
        return min(1.0, max(0.0, (counts.at_ms - counts.began_ms) / whole)) if whole > 0 else 1.0

    def polled(self, kind: Kind, tally: Tally) -> None:
        """Take note of the end of a poll."""
        self._failure = ""
        if kind is Kind.SWEEP and tally.forwarded:
            self.said("info", f"{tally.forwarded} late events found by reading the log again.")
        if kind is not Kind.SWEEP:
            self._counts.at_ms = epoch_ms(self._clock.now())
        self.moved()

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        """Say a failure with its remedy, once."""
        if error.cause != self._failure:
            self.said("warning", f"{error} Next try in {wait_s:.0f} s.")
        self._failure = error.cause

    def recovered(self) -> None:
        """Say that collection goes on."""
        self.said("info", "Collection goes on; nothing was lost.")

    def said(self, level: Level, message: str) -> None:
        """Write a sentence."""
        self._screen.say(level, f"{self._name}: {message}")


@dataclass(frozen=True, slots=True)
class Watched:
    """A source whose pages are counted."""

    source: Source
    meter: Meter

    def read(self, reading: Reading) -> Iterator[Page]:
        """Yield the pages of a reading; see the source for what may be raised."""
        self.meter.begun(reading)
        for page in self.source.read(reading):
            self.meter.page()
            yield page

    def now_ms(self) -> int:
        """Return the source's clock."""
        return self.source.now_ms()

    def requests_per_hour(self) -> float | None:
        """Return what the source may ask."""
        return self.source.requests_per_hour()
