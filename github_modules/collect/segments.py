"""The form of the ledger's files: self-contained blocks, each with its own checksum.

A file is a run of blocks. Whatever follows the last sound block is a torn tail: the write was cut
by the end of the process, so what it held had not been acknowledged in the checkpoint either.
"""

import struct
from collections.abc import Collection
from dataclasses import dataclass
from zlib import crc32

_MAGIC = b"GHL1"
_HEADER = struct.Struct("<4sIqqI")
"""Magic, count of identities, earliest and latest `at_ms`, checksum of header and identities."""
_CHECKED = struct.Struct("<Iqq")


@dataclass(frozen=True, slots=True)
class Block:
    """Identities that were acknowledged together, and the stretch of time they come from."""

    from_ms: int
    to_ms: int
    identities: Collection[int]


@dataclass(frozen=True, slots=True)
class Decoded:
    """The sound blocks of a file, and how many bytes at its end were not."""

    blocks: tuple[Block, ...]
    unsound_bytes: int


def encode(block: Block) -> bytes:
    """Return the bytes of one block."""
    count = len(block.identities)
    payload = struct.pack(f"<{count}Q", *block.identities)
    checksum = crc32(payload, crc32(_CHECKED.pack(count, block.from_ms, block.to_ms)))
    return _HEADER.pack(_MAGIC, count, block.from_ms, block.to_ms, checksum) + payload


def decode(data: bytes) -> Decoded:
    """Return every sound block up to the first that is not."""
    blocks: list[Block] = []
    offset = 0
    while (found := _block_at(data, offset)) is not None:
        block, offset = found
        blocks.append(block)
    return Decoded(tuple(blocks), len(data) - offset)


def _block_at(data: bytes, offset: int) -> tuple[Block, int] | None:
    start = offset + _HEADER.size
    if len(data) < start:
        return None
    magic, count, from_ms, to_ms, checksum = _HEADER.unpack_from(data, offset)
    end = start + count * 8
    payload = data[start:end]
    sound = magic == _MAGIC and len(data) >= end
    if not sound or checksum != crc32(payload, crc32(_CHECKED.pack(count, from_ms, to_ms))):
        return None
    return Block(from_ms, to_ms, struct.unpack(f"<{count}Q", payload)), end
