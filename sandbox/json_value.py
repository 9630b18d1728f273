"""The type of a decoded JSON value.

`Any` on purpose: bodies arrive from strangers and are looked into with isinstance or .get, and
a recursive union would put a cast in front of every one of those looks.
"""

from typing import Any

Json = Any
JsonObject = dict[str, Any]
