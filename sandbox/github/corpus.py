"""Published audit events as a feed.

Payloads stay as they are except for two things: the whole set is shifted and squeezed in time
so that it lies inside a recent window (the order is kept, equal times stay equal, and
`created_at` moves with `@timestamp`), and document ids that the fixtures repeat for different
events get a fresh unique id. Times written as text are left alone, absent fields stay absent.
"""

import base64
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from sandbox.github.event_store import Event, make_event
from sandbox.json_value import Json

FILE = "audit-events.ndjson"
TIME_FIELDS = ("@timestamp", "created_at", "at_sign_timestamp")
Payload = dict[str, Any]


def payloads(folder: Path) -> list[Payload]:
    """Return the published events; an absent corpus is an empty list."""
    path = folder / FILE
    if not path.is_file():
        return []
    return [orjson.loads(line)["event"] for line in path.read_bytes().splitlines() if line]


def events(
    folder: Path, start_ms: int, end_ms: int, count: int | None = None, seed: int = 1
) -> list[Event]:
    """Return the corpus between two times; a larger count repeats it with fresh ids."""
    originals = payloads(folder)
    if not originals:
        return []
    rounds = -(-(count or len(originals)) // len(originals))
    span = (end_ms - start_ms) // rounds
    rng = random.Random(seed)
    seen: set[str] = set()
    made: list[Event] = []
    for turn in range(rounds):
        first = start_ms + turn * span
        made += _one_round(originals, first, first + span - 1, rng, seen)
    return made[:count] if count else made


def _one_round(
    originals: list[Payload], start_ms: int, end_ms: int, rng: random.Random, seen: set[str]
) -> Iterator[Event]:
    dated = sorted(_dated(originals), key=lambda pair: pair[0])
    for (original_ms, payload), at_ms in zip(
        dated, _squeezed([at for at, _ in dated], start_ms, end_ms), strict=True
    ):
        value = _shifted(payload, at_ms - original_ms)
        document_id = str(value.get("_document_id") or "")
        if not document_id or document_id in seen:
            fresh = base64.urlsafe_b64encode(rng.randbytes(16)).decode().rstrip("=")
            if document_id:
                value["_document_id"] = fresh
            document_id = fresh
        seen.add(document_id)
        yield make_event(value, at_ms, document_id, at_ms / 1000)


def _dated(originals: list[Payload]) -> Iterator[tuple[int, Payload]]:
    last = 0
    for payload in originals:
        found = next((at for name in TIME_FIELDS if (at := _moment(payload.get(name)))), last)
        last = found
        yield found, payload


def _moment(value: Json) -> int:
    if isinstance(value, int | float):
        return int(value)
    if not isinstance(value, str):
        return 0
    try:
        return int(datetime.fromisoformat(value[:19]).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return int(value) if value.isdigit() else 0


def _squeezed(times: list[int], start_ms: int, end_ms: int) -> Iterator[int]:
    known = [at for at in times if at]
    low, width = known[0], max(1, known[-1] - known[0])
    previous, squeezed = -1, start_ms - 1
    for at in times:
        if at != previous:
            wanted = start_ms + max(0, at - low) * (end_ms - start_ms) // width
            squeezed = max(squeezed + 1, wanted)
        previous = at
        yield min(squeezed, end_ms)


def _shifted(payload: Payload, delta_ms: int) -> Payload:
    value = dict(payload)
    for name in ("@timestamp", "created_at"):
        if isinstance(value.get(name), int):
            value[name] += delta_ms
    return value
