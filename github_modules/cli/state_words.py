"""A state in words: what is acknowledged up to where, what is still to be read again."""

from collections.abc import Iterator

from github_modules.cli.times import duration, words
from github_modules.collect import sweeps
from github_modules.collect.opening import Memory
from github_modules.collect.position import Position, Sweep


def rows(kept: Memory, now_ms: int) -> Iterator[tuple[str, str]]:
    """Yield label and text of everything that a person may want to know of a state.

    Raises:
        StorageError: the store cannot tell what it holds.
    """
    loaded = kept.checkpoint.load()
    unsound_bytes = kept.ledger.load()
    if loaded.damage:
        yield "damage", f"{loaded.damage}; the other file is used"
    if loaded.position is None:
        yield "frontier", "no readable position: the next start finds one from the ledger, if any"
    else:
        yield from _position(loaded.position, now_ms)
    held = f"{len(kept.ledger):,} in {len(kept.store.names(f'{kept.folder}/ledger')):,} files"
    latest_ms = kept.ledger.latest_ms
    yield "identities held", held + (f", the latest of {words(latest_ms)}" if latest_ms else "")
    if unsound_bytes:
        yield "torn", f"{unsound_bytes:,} bytes of a write that was cut short are left out"


def _position(position: Position, now_ms: int) -> Iterator[tuple[str, str]]:
    behind_s = (now_ms - position.frontier_ms) / 1000
    yield "frontier", f"{words(position.frontier_ms)}; everything up to it is acknowledged"
    yield "lag", f"{duration(behind_s)} since the newest event that was delivered"
    yield "history begins", words(position.floor_ms)
    for span in position.spans:
        done = "done" if span.finished else f"read up to {words(span.done_ms)}"
        yield "catch-up", f"{words(span.since_ms)} to {words(span.until_ms)}: {done}"
    for sweep in position.sweeps:
        yield f"sweep at {duration(sweep.age_s)}", _sweep(sweep, position, now_ms)


def _sweep(sweep: Sweep, position: Position, now_ms: int) -> str:
    done = f"read again up to {words(sweep.done_ms)}"
    if sweep.done_ms >= position.frontier_ms:
        return f"{done}; nothing to do"
    due_s = (sweeps.due_ms(sweep) - now_ms) / 1000
    return f"{done}; next one {'due now' if due_s <= 0 else f'in {duration(due_s)}'}"
