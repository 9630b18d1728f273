"""Which events were delivered: against a plain set, through restarts and torn files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.collect import ledger as module
from github_modules.collect.identity import identity_of, identity_of_body
from github_modules.collect.ledger import Ledger
from github_modules.collect.segments import Block, decode, encode
from github_modules.errors import StorageError
from tests.collect_fakes import MemoryStore

IDENTITIES = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=20)
FOLDER = "state/ledger"


@given(st.lists(st.tuples(st.sampled_from(["head", "sweep", "lane0"]), IDENTITIES), max_size=15))
def test_behaves_as_a_set_through_restarts(batches: list[tuple[str, list[int]]]) -> None:
    """What was added is known, before and after a restart, and nothing else is."""
    store = MemoryStore()
    ledger = Ledger(store, FOLDER)
    known: set[int] = set()
    for step, (stream, identities) in enumerate(batches):
        ledger.add(stream, Block(step, step, identities), step)
        known |= set(identities)
        if step % 4 == 3:
            ledger = Ledger(store, FOLDER)
            assert ledger.load() == 0
    assert all(identity in ledger for identity in known)
    assert 2**64 not in ledger
    assert ledger.latest_ms == (len(batches) - 1 if batches else None)


@given(IDENTITIES, IDENTITIES, st.data())
def test_torn_tail_costs_the_torn_block_only(
    first: list[int], second: list[int], data: st.DataObject
) -> None:
    """Cut anywhere in its last block, a file gives back every block before."""
    whole = encode(Block(1, 2, first))
    torn = encode(Block(3, 4, second))
    cut = data.draw(st.integers(0, len(torn) - 1))
    decoded = decode(whole + torn[:cut])
    assert [list(block.identities) for block in decoded.blocks] == [first]
    assert decoded.unsound_bytes == cut


@given(IDENTITIES, st.data())
def test_changed_byte_is_noticed(identities: list[int], data: st.DataObject) -> None:
    """A block with any byte changed is not taken for sound."""
    encoded = bytearray(encode(Block(1, 2, identities)))
    place = data.draw(st.integers(0, len(encoded) - 1))
    encoded[place] ^= data.draw(st.integers(1, 255))
    assert decode(bytes(encoded)).blocks == ()


def test_what_could_not_be_saved_is_not_known() -> None:
    """A failed write remembers nothing, and the next one does not go behind a torn tail."""
    store = MemoryStore()
    ledger = Ledger(store, FOLDER)
    ledger.add("head", Block(1, 1, [1]), 1)
    store.broken = True
    with pytest.raises(StorageError):
        ledger.add("head", Block(2, 2, [2]), 2)
    store.broken = False
    assert 2 not in ledger
    ledger.add("head", Block(3, 3, [3]), 3)
    assert len(store.names(FOLDER)) == 2


def test_full_or_old_segment_is_followed_by_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment closes when it is full or an hour old, so that it can age out."""
    monkeypatch.setattr(module, "_SEGMENT_IDENTITIES", 3)
    store = MemoryStore()
    ledger = Ledger(store, FOLDER)
    ledger.add("head", Block(1, 1, [1, 2, 3]), 1)
    ledger.add("head", Block(1, 1, [4]), 1)
    ledger.add("head", Block(1, 1, [5]), 1 + 3_600_001)
    assert len(store.names(FOLDER)) == 3


def test_segments_outside_the_needed_times_are_dropped() -> None:
    """Pruning forgets what cannot be read again, on disk too, and keeps the rest."""
    store = MemoryStore()
    ledger = Ledger(store, FOLDER)
    ledger.add("lane0", Block(100, 200, [1]), 1)
    ledger.add("head", Block(900, 1_000, [2]), 1)
    assert ledger.prune([(500, None)]) == 1
    assert (1 in ledger, 2 in ledger) == (False, True)
    assert len(store.names(FOLDER)) == 1
    ledger.add("lane0", Block(950, 960, [3]), 1)
    assert len(ledger) == 2
    assert ledger.prune([(500, None)]) == 0


def test_foreign_files_are_left_alone() -> None:
    """A file of another kind in the folder is neither read nor counted."""
    store = MemoryStore({f"{FOLDER}/notes.txt": b"hello", f"{FOLDER}/x-head.ids": b"junk"})
    ledger = Ledger(store, FOLDER)
    assert ledger.load() == 4
    ledger.add("head", Block(1, 1, [1]), 1)
    assert f"{FOLDER}/0000000001-head.ids" in store.files


def test_identity_tells_parts_apart() -> None:
    """Moving a character from one part to the next gives another identity."""
    assert identity_of("ab", "c") != identity_of("a", "bc")
    assert identity_of("a", 1) == identity_of("a", 1)
    assert identity_of_body({"a": 1, "b": 2}) == identity_of_body({"b": 2, "a": 1})
    assert identity_of_body({"a": "\ud800"}) != identity_of_body({"a": "?"})
