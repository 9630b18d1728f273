"""How far the collection has come: frozen values, no decisions (those are in `schedule`).

All times are milliseconds since the epoch, on GitHub's clock.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why a range is read."""

    HEAD = "head"
    """What is new, and a short overlap before it."""
    LANE = "lane"
    """One window of a long range that is read by several threads."""
    SWEEP = "sweep"
    """A range that was read before and is read again for what appeared late."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A range to read, oldest first; `until_ms` None means to the newest event."""

    kind: Kind
    since_ms: int
    until_ms: int | None = None
    index: int = 0
    """Which sweep or which span of the position it belongs to."""
    known_ms: int = 0
    """Of a head read: everything up to here is acknowledged."""

    @property
    def stream(self) -> str:
        """Return the name of the ledger stream that its identities go to."""
        return self.kind.value if self.kind is not Kind.LANE else f"{self.kind.value}{self.index}"


@dataclass(frozen=True, slots=True)
class Sweep:
    """Progress of re-reading the log at one age."""

    age_s: int
    done_ms: int
    """Everything before was read again at this age (or first read when it was older)."""
    skip_from_ms: int = 0
    skip_to_ms: int = 0
    """A range that a catch-up read for the first time at this age or later."""


@dataclass(frozen=True, slots=True)
class Span:
    """One window of a catch-up; finished when `done_ms` has reached `until_ms`."""

    since_ms: int
    until_ms: int
    done_ms: int

    @property
    def finished(self) -> bool:
        """Return whether the window was read to its end."""
        return self.done_ms >= self.until_ms


@dataclass(frozen=True, slots=True)
class Position:
    """Where the collection stands; everything at or before it is acknowledged by the intake."""

    frontier_ms: int
    """The greatest time delivered (never ahead of GitHub's clock)."""
    floor_ms: int
    """Records at or before it are not ours: the start of history, or what the former module had."""
    sweeps: tuple[Sweep, ...] = ()
    spans: tuple[Span, ...] = ()
    """The windows of a catch-up under way; empty otherwise."""
