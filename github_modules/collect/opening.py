"""Where a collection begins: its own state, what is left of it, the former module's, or history."""

from dataclasses import dataclass

from github_modules.collect import sweeps
from github_modules.collect.checkpoint import Checkpoint, former_last_ts
from github_modules.collect.ledger import Ledger
from github_modules.collect.ports import Level, Store
from github_modules.collect.position import Position
from github_modules.collect.schedule import starting_position
from github_modules.errors import StateError

FORMER_CHECKPOINT = "context.json"
_ROOT = "state"


@dataclass(frozen=True, slots=True)
class Opening:
    """The position to start from, and what a person should know about how it was found."""

    position: Position
    level: Level
    said: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What a collection keeps: the position and the identities, in one folder of the store."""

    store: Store
    folder: str
    checkpoint: Checkpoint
    ledger: Ledger


def memory(store: Store, scope: str) -> Memory:
    """Return the memory of one collection; `scope` is a file name that is its own alone."""
    folder = f"{_ROOT}/{scope}"
    return Memory(store, folder, Checkpoint(store, folder), Ledger(store, f"{folder}/ledger"))


def open_position(kept: Memory, now_ms: int, history_ms: int) -> Opening:
    """Load ledger and checkpoint, and decide where to start.

    Raises:
        StorageError: when the store cannot tell what it holds; nothing is taken for a first start.
    """
    fresh = not kept.store.names(_ROOT)
    unsound_bytes = kept.ledger.load()
    loaded = kept.checkpoint.load()
    if loaded.position is not None:
        return _resumed(loaded.position, loaded.damage, unsound_bytes)
    if (latest_ms := kept.ledger.latest_ms) is not None:
        since_ms = latest_ms - max(sweeps.AGES_S) * 1000
        if kept.ledger.lanes_open:
            # Windows that had not begun left no trace: only the whole history is sure.
            since_ms = min(since_ms, now_ms - history_ms)
        return _from_ledger(since_ms, loaded.damage)
    if fresh and (former := kept.store.read(FORMER_CHECKPOINT)) is not None:
        return _taken_over(former, now_ms, history_ms)
    return _first(now_ms, history_ms, loaded.damage)


def _resumed(position: Position, damage: str, unsound_bytes: int) -> Opening:
    if not damage:
        torn = f" {unsound_bytes} bytes of a write that was cut short are left out."
        return Opening(position, "info", "Resuming." + (torn if unsound_bytes else ""))
    said = (
        f"One of the two checkpoint files is damaged ({damage}). Resuming from the other one: "
        "nothing is lost; at most the last batch is forwarded again."
    )
    return Opening(position, "warning", said)


def _from_ledger(since_ms: int, damage: str) -> Opening:
    said = (
        f"The checkpoint is not readable ({damage or 'missing'}). Starting again at least 12 hours "
        "before the last event forwarded; what is still known to be forwarded is not sent again."
    )
    return Opening(starting_position(since_ms), "error", said)


def _taken_over(former: bytes, now_ms: int, history_ms: int) -> Opening:
    try:
        last_ts = former_last_ts(former)
    except StateError as error:
        first = _first(now_ms, history_ms, damage="")
        return Opening(first.position, "warning", f"{error.cause}. {first.said}")
    position = starting_position(min(last_ts, now_ms))
    return Opening(position, "info", "Continuing where the former module stopped (context.json).")


def _first(now_ms: int, history_ms: int, damage: str) -> Opening:
    hours = history_ms // 3_600_000
    said = f"First start: collecting the last {hours} hours."
    if not damage:
        return Opening(starting_position(now_ms - history_ms), "info", said)
    said = f"Both checkpoint files are damaged ({damage}) and no ledger is left. {said}"
    return Opening(starting_position(now_ms - history_ms), "error", said)
