"""When a second of the log is read again for what appeared late. Functions of values.

Each second is read again once at each of a few ages. GitHub documents no bound on the delay with
which events appear; an incident of nine hours is on record (2024-07-25), hence twelve.
"""

from collections.abc import Collection
from dataclasses import replace

from github_modules.collect.position import Kind, Position, Reading, Sweep

AGES_S: tuple[int, ...] = (300, 3_600, 43_200)
_NARROWEST_S = 300
_SECOND = 1_000


def width_s(age_s: int) -> int:
    """Return how much of the log one slice reads: a quarter of its age, at least five minutes."""
    return max(_NARROWEST_S, age_s // 4)


def end_ms(sweep: Sweep) -> int:
    """Return where the next slice ends: its width, or the start of a range that needs no sweep."""
    end = sweep.done_ms + width_s(sweep.age_s) * _SECOND
    return min(end, sweep.skip_from_ms) if sweep.skip_from_ms > sweep.done_ms else end


def due_ms(sweep: Sweep) -> int:
    """Return when the youngest second of the next slice has reached the sweep's age."""
    return end_ms(sweep) + sweep.age_s * _SECOND


def next_sweep(position: Position, now_ms: int, ages_s: Collection[int] = AGES_S) -> Reading | None:
    """Return the slice that is due, the youngest age first, or None.

    Nothing after the frontier is swept: head reads ask for it anyway.
    """
    for index, sweep in enumerate(position.sweeps):
        until_ms = min(end_ms(sweep), position.frontier_ms)
        if sweep.age_s in ages_s and due_ms(sweep) <= now_ms and until_ms > sweep.done_ms:
            return Reading(Kind.SWEEP, sweep.done_ms, until_ms, index)
    return None


def next_due_ms(position: Position, ages_s: Collection[int] = AGES_S) -> int | None:
    """Return when the next slice falls due, None when every sweep has caught up with the head."""
    dues = [
        due_ms(sweep)
        for sweep in position.sweeps
        if sweep.age_s in ages_s and sweep.done_ms < position.frontier_ms
    ]
    return min(dues, default=None)


def struck_off(position: Position, since_ms: int, now_ms: int) -> Position:
    """Return the position after the ranges that a head read from `since_ms` on makes needless.

    A head read that begins now reads everything after `since_ms`, now or later: what is older
    than a sweep's age by then needs no sweep of that age.
    """
    return replace(
        position,
        sweeps=tuple(
            _covered(sweep, since_ms, now_ms - sweep.age_s * _SECOND) for sweep in position.sweeps
        ),
    )


def _covered(sweep: Sweep, since_ms: int, until_ms: int) -> Sweep:
    if until_ms <= since_ms:
        return sweep
    if sweep.done_ms >= since_ms:
        return replace(sweep, done_ms=max(sweep.done_ms, until_ms))
    # What lies before still wants its sweep, so the jump is kept for later. A younger jump
    # replaces an older one: forgetting a jump costs requests, never events.
    return replace(sweep, skip_from_ms=since_ms, skip_to_ms=until_ms)


def swept(position: Position, index: int, done_ms: int) -> Position:
    """Return the position after a sweep has been read, and acknowledged, up to `done_ms`."""
    sweep = position.sweeps[index]
    done_ms = max(sweep.done_ms, done_ms)
    if sweep.skip_from_ms <= done_ms < sweep.skip_to_ms:
        done_ms = sweep.skip_to_ms
    moved = replace(sweep, done_ms=done_ms)
    return replace(
        position, sweeps=(*position.sweeps[:index], moved, *position.sweeps[index + 1 :])
    )
