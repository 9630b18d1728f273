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
    canonical = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return int.from_bytes(hashlib.blake2b(canonical, digest_size=8).digest(), "big")
