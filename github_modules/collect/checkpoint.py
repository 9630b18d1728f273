"""The position on disk: two slots written in turn, so that a torn write leaves the other good.

Takes over the checkpoint of the former module once, and never starts from nothing in silence.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any
from zlib import crc32

from github_modules.collect.ports import Store
from github_modules.collect.position import Position, Span, Sweep
from github_modules.errors import StateError

_SLOTS = ("checkpoint.0.json", "checkpoint.1.json")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was found; `damage` says in words what was not readable."""

    position: Position | None
    damage: str = ""


class Checkpoint:
    """Saves and loads the position of one collection.

    Args:
        store: where it lives.
        folder: its folder inside the store.
    """

    def __init__(self, store: Store, folder: str) -> None:
        self._store = store
        self._folder = folder
        self._sequence = 0
        self._saved: Position | None = None

    def load(self) -> Loaded:
        """Return the newest sound position, None when there is none.

        Raises:
            StorageError: when the store cannot tell whether there is one.
        """
        found: list[tuple[int, Position]] = []
        damage: list[str] = []
        for slot in _SLOTS:
            data = self._store.read(f"{self._folder}/{slot}")
            if data is None:
                continue
            try:
                found.append(_decoded(data))
            except StateError as error:
                damage.append(f"{slot}: {error.cause}")
        self._sequence, self._saved = max(found, key=_sequence, default=(0, None))
        return Loaded(self._saved, "; ".join(damage))

    def save(self, position: Position) -> None:
        """Keep a position, unless it is the one kept last.

        Raises:
            StorageError: the position before is still there.
        """
        if position == self._saved:
            return
        sequence = self._sequence + 1
        slot = _SLOTS[sequence % len(_SLOTS)]
        self._store.write(f"{self._folder}/{slot}", _encoded(sequence, position))
        self._sequence, self._saved = sequence, position


def _sequence(entry: tuple[int, Position]) -> int:
    return entry[0]


def _encoded(sequence: int, position: Position) -> bytes:
    content = json.dumps({"sequence": sequence, "position": asdict(position)}, indent=1)
    return json.dumps({"checksum": crc32(content.encode()), "content": content}).encode()


def _decoded(data: bytes) -> tuple[int, Position]:
    try:
        outer = json.loads(data)
        content = outer["content"]
        if crc32(content.encode()) != outer["checksum"]:
            raise StateError("the checksum does not fit")
        inner = json.loads(content)
        return inner["sequence"], position_from(inner["position"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateError("it is empty, cut short or not in the expected form") from error


def position_from(values: dict[str, Any]) -> Position:
    """Return the position that JSON values hold; raises what a wrong shape raises in Python."""
    return Position(
        frontier_ms=values["frontier_ms"],
        floor_ms=values["floor_ms"],
        sweeps=tuple(Sweep(**sweep) for sweep in values["sweeps"]),
        spans=tuple(Span(**span) for span in values["spans"]),
    )


def former_last_ts(data: bytes) -> int:
    """Return `last_ts` of the former module's `context.json`, milliseconds since the epoch.

    Raises:
        StateError: when it holds no usable time.
    """
    try:
        last_ts = int(json.loads(data)["last_ts"])
    except (ValueError, KeyError, TypeError) as error:
        raise StateError("the former module's context.json holds no usable last_ts") from error
    if last_ts <= 0:
        raise StateError("the former module's context.json holds no usable last_ts")
    return last_ts
