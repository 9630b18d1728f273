"""Records into request bodies that the intake takes. Sizes are of the bytes that are sent.

The limits are the intake's: 10 MiB a body and 250 KiB an event, measured as encoded. Quotes and
backslashes grow when a JSON text is put inside JSON, so each event is encoded once, here, and
counted as it will be sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from github_modules.collect.ports import Record
from github_modules.collect.trimming import encoded, trimmed

BODY_BYTES = 9 * 1024 * 1024
EVENT_BYTES = 250_000


@dataclass(frozen=True, slots=True)
class Packed:
    """A record with the JSON string literal that stands for it in the request."""

    record: Record
    literal: bytes
    oversize: bool = False
    """True when the event had to be cut to fit."""


def pack(record: Record, most_bytes: int = EVENT_BYTES) -> Packed:
    """Return the record as it is sent; one that is too large is cut until it fits."""
    text = encoded(record.body)
    if len(text.encode()) <= most_bytes:
        return Packed(record, orjson.dumps(text))
    cut = encoded(trimmed(record.body, most_bytes))
    return Packed(record, orjson.dumps(cut), oversize=True)


def chunks(packed: Sequence[Packed], most_bytes: int = BODY_BYTES) -> Iterator[list[Packed]]:
    """Yield runs whose bodies stay below a size; one event alone may exceed it."""
    chunk: list[Packed] = []
    size = 0
    for item in packed:
        if chunk and size + len(item.literal) + 1 > most_bytes:
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += len(item.literal) + 1
    if chunk:
        yield chunk


def body(intake_key: str, chunk: Sequence[Packed]) -> bytes:
    """Return the request body of a run."""
    events = b",".join(item.literal for item in chunk)
    return b'{"intake_key":' + orjson.dumps(intake_key) + b',"jsons":[' + events + b"]}"
