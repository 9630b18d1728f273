"""From a list that GitHub gives newest first to records oldest first, in bounded memory.

Alerts and feeds have no "since": the list is walked back to where the collection stands. A short
list is held and turned round. A long one is walked twice: first only to mark where its stretches
begin, then stretch by stretch, the oldest first. While that goes on, entries that change move to
the front of the list. The rest moves towards its end, so an entry may come twice, but none is
passed by; a changed entry is newer than everything read and belongs to the next reading.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from github_modules.collect.ports import Record

MOST_HELD = 2_000
"""Records in memory at a time: about 10 MB of alerts."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the list, newest first. `start` leads back to it."""

    start: str
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Turned:
    """A page of the list as the core wants it: oldest first."""

    held: Sequence[Record]

    def records(self) -> Sequence[Record]:
        """Return the records, oldest first."""
        return self.held


Walk = Callable[[str], Iterator[Leaf]]
"""Yields the pages of the list from a start on; the empty start is the newest page."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: str
    newest_ms: int


def oldest_first(
    walk: Walk, since_ms: int, until_ms: int | None = None, most: int = MOST_HELD
) -> Iterator[Turned]:
    """Yield the records of a range, oldest first. Records without a time are always in it.

    Args:
        walk: the list.
        since_ms: the first millisecond wanted.
        until_ms: the last one; None for no end.
        most: records to hold at a time.
    """
    passed: list[_Stretch] = []
    held: list[Leaf] = []
    for leaf in _down_to(walk(""), since_ms):
        if held and sum(len(one.records) for one in held) + len(leaf.records) > most:
            passed.append(_Stretch(held[0].start, _newest_ms(held[0])))
            held = []
        held.append(leaf)
    above = max(since_ms, _newest_ms(held[0])) if held else since_ms
    yield from _turned(held, since_ms, until_ms)
    while passed:
        stretch = passed.pop()
        if until_ms is None or above <= until_ms:
            leaves = _down_to(_from(walk, stretch), above)
            yield from _turned(list(leaves), above, until_ms)
        above = stretch.newest_ms


def _from(walk: Walk, stretch: _Stretch) -> Iterator[Leaf]:
    """Return the list from a stretch on; from its top if the stretch is no longer found there."""
    leaves = walk(stretch.start)
    first = next(leaves, None)
    if first is None or _newest_ms(first) < stretch.newest_ms:
        return walk("")
    return itertools.chain([first], leaves)


def _down_to(leaves: Iterator[Leaf], since_ms: int) -> Iterator[Leaf]:
    """Yield leaves until one holds nothing of the range any more."""
    for leaf in leaves:
        yield leaf
        if leaf.records and all(_is_before(record, since_ms) for record in leaf.records):
            return


def _turned(leaves: list[Leaf], since_ms: int, until_ms: int | None) -> Iterator[Turned]:
    while leaves:
        leaf = leaves.pop()
        wanted = [
            record
            for record in reversed(leaf.records)
            if not _is_before(record, since_ms) and not _is_after(record, until_ms)
        ]
        if wanted:
            yield Turned(wanted)


def _is_before(record: Record, since_ms: int) -> bool:
    return record.at_ms is not None and record.at_ms < since_ms


def _is_after(record: Record, until_ms: int | None) -> bool:
    return until_ms is not None and record.at_ms is not None and record.at_ms > until_ms


def _newest_ms(leaf: Leaf) -> int:
    return max((record.at_ms for record in leaf.records if record.at_ms is not None), default=0)
