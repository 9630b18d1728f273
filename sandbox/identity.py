"""An event's identity: eight bytes of a hash over its canonical JSON.

Canonical means sorted keys, so that a collector may reorder an event but not change it.
Both sides of the sandbox use it: what GitHub shows and what the intake receives.
"""

import hashlib

import orjson

from sandbox.json_value import Json

Identity = int


def identity_of(value: Json) -> Identity:
    """Return the identity of a decoded event."""
    return identity_of_text(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))


def canonical_text(value: Json) -> bytes:
    """Return the canonical JSON of an event, in a buffer of its own size.

    The encoder hands out buffers of several kB that are merely marked as shorter: kept as they
    are, 200,000 events would take 1.7 GB instead of a tenth of it.
    """
    return bytes(memoryview(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)))


def identity_of_text(canonical: bytes) -> Identity:
    """Return the identity of an event whose canonical JSON is at hand."""
    return int.from_bytes(hashlib.blake2b(canonical, digest_size=8).digest(), "big")
