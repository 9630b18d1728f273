"""What to read next, and how far a reading has brought the position. Functions of values."""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from github_modules.collect import sweeps
from github_modules.collect.position import Kind, Position, Reading, Span, Sweep

OVERLAP_MS = 60_000
"""How far before the frontier a head read begins."""
_SPLIT_FROM_MS = 3_600_000
"""A shorter backlog is read by the head alone: splitting it would cost more than it saves."""
_WINDOWS_A_LANE = 4
"""More than one, so that a busy hour does not leave the other lanes idle."""
_SECOND = 1_000

Range: TypeAlias = tuple[int, int | None]


def starting_position(since_ms: int) -> Position:
    """Return the position of a collection that owns everything after `since_ms`."""
    return Position(
        frontier_ms=since_ms,
        floor_ms=since_ms,
        sweeps=tuple(Sweep(age_s, done_ms=since_ms) for age_s in sweeps.AGES_S),
    )


def head_begins(position: Position, now_ms: int, overlap_ms: int, lanes: int) -> Position:
    """Return the position as it is at the start of a poll: sweeps thinned, a backlog split.

    A catch-up whose windows are under way goes on as it is: its first windows were read earlier,
    so nothing may be struck off for them now.
    """
    if position.spans:
        return position
    since_ms = position.frontier_ms - overlap_ms
    position = sweeps.struck_off(position, since_ms, now_ms)
    return replace(position, spans=_split(since_ms, now_ms, lanes))


def head_readings(position: Position, overlap_ms: int) -> tuple[Reading, ...]:
    """Return what a poll reads: what is left of a catch-up's windows, else one head read."""
    unfinished = tuple(
        Reading(Kind.LANE, span.done_ms, span.until_ms, index)
        for index, span in enumerate(position.spans)
        if not span.finished
    )
    since_ms = max(0, position.frontier_ms - overlap_ms)
    return unfinished or (Reading(Kind.HEAD, since_ms, known_ms=position.frontier_ms),)


def _split(since_ms: int, now_ms: int, lanes: int) -> tuple[Span, ...]:
    if lanes < 2 or now_ms - since_ms < _SPLIT_FROM_MS:
        return ()
    # Neighbours share their border second, because GitHub filters by whole seconds; the ledger
    # drops what both of them bring.
    first = since_ms // _SECOND * _SECOND
    count = lanes * _WINDOWS_A_LANE
    edges = [
        first + (now_ms - first) * step // count // _SECOND * _SECOND for step in range(count + 1)
    ]
    return tuple(Span(a, b, a) for a, b in itertools.pairwise(edges))


def advanced(position: Position, reading: Reading, seen_ms: int | None, now_ms: int) -> Position:
    """Return the position after everything of a reading up to `seen_ms` is acknowledged.

    A time ahead of GitHub's clock does not move the frontier beyond that clock: one event that
    claims to be from next year must not hide everything until then.
    """
    if seen_ms is None:
        return position
    seen_ms = min(seen_ms, now_ms)
    if reading.kind is Kind.HEAD:
        return replace(position, frontier_ms=max(position.frontier_ms, seen_ms))
    # The second just seen may have more to come: it is read again if the reading is cut here.
    done_ms = seen_ms // _SECOND * _SECOND
    if reading.kind is Kind.SWEEP:
        return sweeps.swept(position, reading.index, min(done_ms, reading.until_ms or done_ms))
    # A window ends with its reading: more of its last second may stand on the next page.
    last_ms = position.spans[reading.index].until_ms - _SECOND
    return _span_done(position, reading.index, min(done_ms, last_ms))


def finished(position: Position, reading: Reading) -> Position:
    """Return the position after a reading came to its end."""
    if reading.until_ms is None:
        return position
    if reading.kind is Kind.SWEEP:
        return sweeps.swept(position, reading.index, reading.until_ms)
    position = _span_done(position, reading.index, reading.until_ms)
    if not all(span.finished for span in position.spans):
        return position
    reached_ms = max(span.until_ms for span in position.spans)
    return replace(position, spans=(), frontier_ms=max(position.frontier_ms, reached_ms))


def _span_done(position: Position, index: int, done_ms: int) -> Position:
    span = position.spans[index]
    moved = replace(span, done_ms=min(span.until_ms, max(span.done_ms, done_ms)))
    return replace(position, spans=(*position.spans[:index], moved, *position.spans[index + 1 :]))


def needed_ranges(position: Position) -> list[Range]:
    """Return the times for which identities must be remembered; None means without end.

    Whatever may be read again: what sweeps have yet to reach, the overlap, and what is left of
    a catch-up's windows.
    """
    ranges: list[Range] = []
    for sweep in position.sweeps:
        if sweep.skip_to_ms > sweep.done_ms:
            ranges += [(sweep.done_ms, sweep.skip_from_ms), (sweep.skip_to_ms, None)]
        else:
            ranges.append((sweep.done_ms, None))
    ranges += [
        (span.done_ms - _SECOND, span.until_ms + _SECOND)
        for span in position.spans
        if not span.finished
    ]
    if position.spans:
        ranges.append((max(span.until_ms for span in position.spans) - OVERLAP_MS, None))
    else:
        ranges.append((position.frontier_ms - OVERLAP_MS - _SECOND, None))
    return ranges


def touches(ranges: Iterable[Range], from_ms: int, to_ms: int) -> bool:
    """Return whether a stretch of time meets any of the ranges."""
    return any(to_ms >= since and (until is None or from_ms <= until) for since, until in ranges)
