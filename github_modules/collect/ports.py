"""What the core asks of its edges: where records come from, where they go, where state lives.

Only protocols and the values that cross them; nothing here does anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from github_modules.collect.position import Kind, Reading
from github_modules.errors import GithubModuleError

Level: TypeAlias = Literal["info", "warning", "error", "critical"]
"""How loud a line of the log is."""


@dataclass(frozen=True, slots=True)
class Record:
    """One event as it came, with the two things the core needs to know about it."""

    identity: int
    """64 bits that are the same whenever the same event is read again."""
    at_ms: int | None
    """When it happened, milliseconds since the epoch; None when the event does not say."""
    body: Any
    """The event itself, untouched."""


class Page(Protocol):
    """One answer of the source. Parsed when asked for, so that fetching stays quick."""

    def records(self) -> Sequence[Record]:
        """Return the records in the order of the source; may raise a ContractError."""


class Source(Protocol):
    """Where records come from. Called from several threads at a time, one reading each."""

    def read(self, reading: Reading) -> Iterator[Page]:
        """Yield the pages of one reading, oldest first.

        Raises:
            GithubModuleError: of any group; pages yielded before stay good.
            StopRequested: when the process is asked to end.
        """

    def now_ms(self) -> int:
        """Return the source's own clock: what `at_ms` is measured with."""

    def requests_per_hour(self) -> float | None:
        """Return how many requests an hour this source may make; None without a limit."""


class Sink(Protocol):
    """Where records go."""

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Yield runs of records as soon as they are acknowledged, all of them in the end.

        Raises:
            OperatorError: when only a person can mend the refusal.
            StopRequested: when the process is asked to end.
        """


class Store(Protocol):
    """Named byte strings that survive the process. Every failure is a StorageError."""

    def read(self, name: str) -> bytes | None:
        """Return the content, or None only when it surely does not exist."""

    def write(self, name: str, data: bytes) -> None:
        """Replace the content as a whole: a reader sees the old or the new one."""

    def append(self, name: str, data: bytes) -> None:
        """Add to the end; a crash leaves the old content with at most a torn tail."""

    def remove(self, name: str) -> None:
        """Remove it; no error when it is gone already."""

    def names(self, folder: str) -> list[str]:
        """Return the full names below a folder, sorted."""


@dataclass(slots=True)
class Tally:
    """What one poll did. Counts of records."""

    pages: int = 0
    forwarded: int = 0
    late: int = 0
    repeated: int = 0
    suppressed: int = 0
    newest_ms: int | None = None


class Observer(Protocol):
    """Who is told what happens. Never raises, never delays."""

    def delivered(self, count: int, lag_s: float | None) -> None:
        """Take note of one acknowledged run, and of how old its newest record is."""

    def moved(self) -> None:
        """Take note that pages came and were dealt with: a sign of life of a long walk."""

    def polled(self, kind: Kind, tally: Tally) -> None:
        """Take note of one finished poll or sweep, fruitful or not."""

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        """Take note of a failure and of how long the core waits before it tries again."""

    def recovered(self) -> None:
        """Take note that the first poll after a failure went through."""

    def said(self, level: Level, message: str) -> None:
        """Pass a sentence on to whoever reads the log."""
