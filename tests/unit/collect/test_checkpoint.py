"""The position on disk, its damage, and where a collection begins."""

import json
from zlib import crc32

import pytest

from github_modules.collect.checkpoint import Checkpoint, former_last_ts
from github_modules.collect.opening import Memory, memory, open_position
from github_modules.collect.position import Position, Span, Sweep
from github_modules.collect.segments import Block
from github_modules.errors import StateError, StorageError
from tests.collect_fakes import MemoryStore

HOUR = 3_600_000
NOW = 1_800_000_000_000
POSITION = Position(5, 3, (Sweep(300, 1, 2, 3),), (Span(1, 9, 4),))


def kept(store: MemoryStore) -> Memory:
    return memory(store, "acme")


def test_position_survives_with_every_field() -> None:
    """What was saved is what is loaded."""
    store = MemoryStore()
    Checkpoint(store, "s").save(POSITION)
    assert Checkpoint(store, "s").load().position == POSITION


def test_newest_of_the_two_slots_counts() -> None:
    """Saves go to the slots in turn; the later one is loaded."""
    store = MemoryStore()
    checkpoint = Checkpoint(store, "s")
    for frontier in range(5):
        checkpoint.save(Position(frontier, 0))
    assert len(store.names("s")) == 2
    loaded = Checkpoint(store, "s")
    assert loaded.load().position == Position(4, 0)
    loaded.save(Position(5, 0))
    assert Checkpoint(store, "s").load().position == Position(5, 0)


def test_unchanged_position_is_not_written() -> None:
    """An idle poll writes nothing."""
    store = MemoryStore()
    checkpoint = Checkpoint(store, "s")
    checkpoint.save(POSITION)
    checkpoint.save(POSITION)
    assert store.writes == 1


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"checksum": 1, "content": "{}"}', b'{"checksum": 0, "content": 7}'],
)
def test_damaged_slot_is_said_and_the_other_one_used(damage: bytes) -> None:
    """One torn write leaves the position before it."""
    store = MemoryStore()
    checkpoint = Checkpoint(store, "s")
    checkpoint.save(Position(1, 0))
    checkpoint.save(Position(2, 0))
    store.files["s/checkpoint.0.json"] = damage
    loaded = Checkpoint(store, "s").load()
    assert loaded.position == Position(1, 0)
    assert "checkpoint.0.json" in loaded.damage


def test_missing_field_counts_as_damage() -> None:
    """A sound checksum over an unexpected form is damage too."""
    store = MemoryStore()
    Checkpoint(store, "s").save(POSITION)
    content = json.dumps({"sequence": 1, "position": {"frontier_ms": 1}})
    outer = {"content": content, "checksum": crc32(content.encode())}
    store.files["s/checkpoint.1.json"] = json.dumps(outer).encode()
    assert Checkpoint(store, "s").load().position is None


@pytest.mark.parametrize("text", ["1685465626150", 1685465626150, " 1685465626150 "])
def test_former_checkpoint_is_read(text: object) -> None:
    """The former module keeps milliseconds as text; a number is read as well."""
    assert former_last_ts(json.dumps({"last_ts": text}).encode()) == 1685465626150


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"last_ts": "x"}', b'{"last_ts": "-4"}'])
def test_former_checkpoint_without_a_time_is_refused(data: bytes) -> None:
    """Nothing unusable is taken for a position."""
    with pytest.raises(StateError):
        former_last_ts(data)


def test_first_start_takes_the_history() -> None:
    """Without any state, collection begins the configured hours ago."""
    opening = open_position(kept(MemoryStore()), NOW, 24 * HOUR)
    assert opening.position.frontier_ms == opening.position.floor_ms == NOW - 24 * HOUR
    assert "First start" in opening.said


def test_former_checkpoint_is_taken_over_once() -> None:
    """With state of our own, the former file is not looked at any more."""
    store = MemoryStore({"context.json": b'{"last_ts": "1700000000000"}'})
    opening = open_position(kept(store), NOW, HOUR)
    assert opening.position.floor_ms == 1_700_000_000_000
    kept(store).checkpoint.save(POSITION)
    assert open_position(kept(store), NOW, HOUR).position == POSITION
    assert "First start" in open_position(memory(store, "other"), NOW, HOUR).said


def test_former_checkpoint_of_the_future_is_cut_to_now() -> None:
    """A clock that was wrong then does not skip what comes."""
    store = MemoryStore({"context.json": b'{"last_ts": "9900000000000"}'})
    assert open_position(kept(store), NOW, HOUR).position.frontier_ms == NOW


def test_without_checkpoint_the_ledger_says_where_to_begin() -> None:
    """Both slots lost, collection begins 12 hours before the last event known, and says so."""
    store = MemoryStore()
    kept(store).ledger.add("head", Block(NOW - HOUR, NOW - HOUR, [1]), NOW)
    opening = open_position(kept(store), NOW, HOUR)
    assert opening.position.frontier_ms == NOW - 13 * HOUR
    assert opening.level == "error"


def test_without_checkpoint_in_a_catch_up_the_whole_history_is_read() -> None:
    """Windows that had not begun left no trace in the ledger, so nothing after it is sure."""
    store = MemoryStore()
    kept(store).ledger.add("lane3", Block(NOW - HOUR, NOW - HOUR, [1]), NOW)
    opening = open_position(kept(store), NOW, 100 * HOUR)
    assert opening.position.frontier_ms == NOW - 100 * HOUR


def test_everything_damaged_is_said_aloud() -> None:
    """A first start after damage is an error line, never silent."""
    store = MemoryStore({"state/acme/checkpoint.0.json": b"{", "state/acme/checkpoint.1.json": b""})
    opening = open_position(kept(store), NOW, HOUR)
    assert opening.level == "error"
    assert "Both checkpoint files are damaged" in opening.said


def test_torn_ledger_and_half_damaged_checkpoint_are_said() -> None:
    """A resumed collection says what it left out."""
    store = MemoryStore()
    memory_one = kept(store)
    memory_one.checkpoint.save(Position(1, 0))
    memory_one.ledger.add("head", Block(1, 1, [1]), 1)
    name = store.names("state/acme/ledger")[0]
    store.files[name] += b"torn"
    assert "4 bytes" in open_position(kept(store), NOW, HOUR).said
    store.files["state/acme/checkpoint.0.json"] = b"{"
    assert open_position(kept(store), NOW, HOUR).level == "warning"


def test_storage_that_does_not_answer_is_no_first_start() -> None:
    """A failing disk is raised, not taken for an empty one."""
    with pytest.raises(StorageError):
        open_position(kept(MemoryStore(broken=True)), NOW, HOUR)
