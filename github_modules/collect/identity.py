"""What makes two readings of an event the same event."""

import json
from hashlib import blake2b
from typing import Any

IDENTITY_BYTES = 8
"""At 450,000 identities the chance of any two colliding is about one in 200 million."""


def identity_of(*parts: object) -> int:
    """Return 64 bits of the parts that together name an event."""
    return _digest("\x1f".join(map(str, parts)))


def identity_of_body(body: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    """Return 64 bits of the canonical JSON of an event that has no name of its own."""
    return _digest(json.dumps(body, sort_keys=True, separators=(",", ":")))


def _digest(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=IDENTITY_BYTES)
    return int.from_bytes(digest.digest(), "big")
