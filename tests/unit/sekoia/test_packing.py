"""Records as they are sent: sizes in bytes, bodies below the limit, JSON untouched."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from github_modules.collect.ports import Record
from github_modules.sekoia.packing import BODY_BYTES, EVENT_BYTES, body, chunks, pack

TEXT = st.text(max_size=200)


def record(identity: int, content: object) -> Record:
    return Record(identity, None, content)


@given(st.lists(TEXT, max_size=20), st.text(min_size=1))
def test_body_carries_key_and_events_unchanged(texts: list[str], key: str) -> None:
    """What the intake decodes is the key and the JSON text of every event, in order."""
    packed = [pack(record(n, {"text": text})) for n, text in enumerate(texts)]
    sent = json.loads(body(key, packed))
    assert sent["intake_key"] == key
    assert [json.loads(event) for event in sent["jsons"]] == [{"text": text} for text in texts]


@settings(deadline=None)
@given(st.lists(st.integers(0, 900), max_size=30), st.integers(600, 4_000))
def test_chunks_keep_order_and_stay_below_the_limit(sizes: list[int], most: int) -> None:
    """Every chunk but one of a single event stays below; nothing is lost or moved."""
    packed = [pack(record(n, "x" * size)) for n, size in enumerate(sizes)]
    made = list(chunks(packed, most))
    assert [item for chunk in made for item in chunk] == packed
    for chunk in made:
        size = sum(len(item.literal) + 1 for item in chunk)
        assert size <= most or len(chunk) == 1


def test_quotes_count_as_they_are_sent() -> None:
    """Quotes grow when JSON is put into JSON; the chunk is measured after that."""
    packed = [pack(record(n, '"' * 100_000)) for n in range(60)]
    assert all(len(body("key", chunk)) <= 10 * 1024 * 1024 for chunk in chunks(packed))
    assert BODY_BYTES < 10 * 1024 * 1024


def test_event_over_the_limit_is_cut_and_marked() -> None:
    """Bytes count, not characters: euro signs take three."""
    packed = pack(record(1, {"id": 1, "text": "€" * 100_000}))
    assert packed.oversize
    sent = json.loads(json.loads(packed.literal))
    assert (sent["id"], sent["_truncated"]) == (1, ["text"])
    assert len(json.loads(packed.literal).encode()) <= EVENT_BYTES
    assert not pack(record(1, {"text": "x" * 240_000})).oversize
