"""Which events were delivered: 8-byte identities in segment files that age out.

Saved after every acknowledged batch by appending one block to the open segment of its stream, so
the cost does not grow with what is remembered. Every start of the process opens new segments: a
torn tail is never written behind.
"""

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field

from github_modules.collect.ports import Store
from github_modules.collect.position import Kind
from github_modules.collect.schedule import Range, touches
from github_modules.collect.segments import Block, Decoded, decode, encode

_SUFFIX = ".ids"
_SEGMENT_IDENTITIES = 16_384
"""128 KiB: what S3 has to take again with every batch."""
_SEGMENT_SPAN_MS = 3_600_000
"""How long a segment stays open: the grain in which segments age out."""


@dataclass(slots=True)
class _Segment:
    name: str
    from_ms: int
    to_ms: int
    opened_ms: int
    known: set[int] = field(default_factory=set)


class Ledger:
    """Remembers identities. Not for several threads: one collector owns it.

    Args:
        store: where the segments live.
        folder: their folder inside the store.
    """

    def __init__(self, store: Store, folder: str) -> None:
        self._store = store
        self._folder = folder
        self._segments: dict[str, _Segment] = {}
        self._open: dict[str, _Segment] = {}
        self._numbers = itertools.count(1)

    def __len__(self) -> int:
        """Return how many identities are remembered."""
        return sum(len(segment.known) for segment in self._segments.values())

    def __contains__(self, identity: int) -> bool:
        """Return whether an event was delivered."""
        return any(identity in segment.known for segment in self._segments.values())

    @property
    def latest_ms(self) -> int | None:
        """Return the latest time of anything remembered."""
        return max((segment.to_ms for segment in self._segments.values()), default=None)

    @property
    def lanes_open(self) -> bool:
        """Return whether identities of a catch-up in several windows are remembered."""
        return any(f"-{Kind.LANE.value}" in name for name in self._segments)

    def load(self) -> int:
        """Read every segment, and return how many bytes in them were unsound.

        Raises:
            StorageError: when the store cannot tell what it holds.
        """
        unsound = 0
        last = 0
        for name in self._store.names(self._folder):
            if not name.endswith(_SUFFIX):
                continue
            decoded = decode(self._store.read(name) or b"")
            unsound += decoded.unsound_bytes
            last = max(last, _number(name))
            self._remember(name, decoded)
        self._numbers = itertools.count(last + 1)
        return unsound

    def _remember(self, name: str, decoded: Decoded) -> None:
        blocks = decoded.blocks
        segment = _Segment(
            name,
            from_ms=min((block.from_ms for block in blocks), default=0),
            to_ms=max((block.to_ms for block in blocks), default=0),
            opened_ms=0,
        )
        for block in blocks:
            segment.known.update(block.identities)
        self._segments[name] = segment

    def add(self, stream: str, block: Block, now_ms: int) -> None:
        """Save and remember what was acknowledged.

        Args:
            stream: readings that run through different times keep segments of their own, so that
                each ages out by itself.
            block: the identities and the stretch of time they come from.
            now_ms: the current time, for the age of the open segment.

        Raises:
            StorageError: nothing is remembered then; the next try opens a new segment.
        """
        segment = self._open.get(stream)
        if segment is None or _full(segment, now_ms):
            segment = self._opened(stream, block, now_ms)
        # Taken out while the write is under way: behind a torn tail nothing would be readable.
        self._open.pop(stream, None)
        self._store.append(segment.name, encode(block))
        self._open[stream] = segment
        self._segments[segment.name] = segment
        segment.known.update(block.identities)
        segment.from_ms = min(segment.from_ms, block.from_ms)
        segment.to_ms = max(segment.to_ms, block.to_ms)

    def _opened(self, stream: str, block: Block, now_ms: int) -> _Segment:
        name = f"{self._folder}/{next(self._numbers):010d}-{stream}{_SUFFIX}"
        return _Segment(name, block.from_ms, block.to_ms, now_ms)

    def prune(self, needed: Collection[Range]) -> int:
        """Drop the segments that meet none of the needed times, and return how many.

        Raises:
            StorageError: what was dropped before stays dropped.
        """
        old = [s for s in self._segments.values() if not touches(needed, s.from_ms, s.to_ms)]
        for segment in old:
            self._store.remove(segment.name)
            del self._segments[segment.name]
            self._open = {k: s for k, s in self._open.items() if s is not segment}
        return len(old)


def _full(segment: _Segment, now_ms: int) -> bool:
    return (
        len(segment.known) >= _SEGMENT_IDENTITIES or now_ms - segment.opened_ms > _SEGMENT_SPAN_MS
    )


def _number(name: str) -> int:
    digits = name.rsplit("/", 1)[-1].split("-", 1)[0]
    return int(digits) if digits.isdigit() else 0
