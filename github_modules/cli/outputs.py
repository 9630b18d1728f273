"""Where collected events go on a machine: lines on stdout, or a file that is rotated."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from github_modules.collect.ports import Record
from github_modules.collect.trimming import encoded
from github_modules.errors import ConfigurationError, StopRequested, StorageError

_SIZE = re.compile(r"(\d{1,9})\s*([kmg]?)i?b?", re.IGNORECASE)
_FACTORS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}


class Lines:
    """Writes one event a line. Written and flushed counts as acknowledged.

    Args:
        write: takes text and gets it out at once.
        closed: called when nobody reads any more.
    """

    def __init__(self, write: Callable[[str], None], closed: Callable[[], None]) -> None:
        self._write = write
        self._closed = closed

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Write the records.

        Raises:
            StopRequested: the reader closed its pipe; nothing of these is acknowledged.
        """
        if not records:
            return
        try:
            self._write("".join(encoded(record.body) + "\n" for record in records))
        except BrokenPipeError:
            self._closed()
            raise StopRequested from None
        yield records


@dataclass(frozen=True, slots=True)
class Rotation:
    """When a file is put aside: before it grows beyond a size, or when the day (UTC) is over."""

    largest_bytes: int = 0
    daily: bool = False


def rotation(text: str) -> Rotation:
    """Return what `--rotate` says: a size such as 100MB, or `day`.

    Raises:
        ConfigurationError: it is neither.
    """
    if not text:
        return Rotation()
    if text.strip().lower() == "day":
        return Rotation(daily=True)
    size = _SIZE.fullmatch(text.strip())
    if size and int(size[1]):
        return Rotation(largest_bytes=int(size[1]) * _FACTORS[size[2].lower()])
    raise ConfigurationError(
        "The option --rotate is neither a size nor a day.",
        remedy="Write a size such as 100MB, or: day.",
    )


class RotatedFile:
    """Appends one event a line, each batch flushed to the disk before it counts.

    A file that is put aside gets the time of its last write as a further ending, and is never
    written again. A line that a crash cut short is removed at the next start: its batch was not
    acknowledged, so it comes again.
    """

    def __init__(self, path: Path, when: Rotation, now: Callable[[], datetime]) -> None:
        self._path = path
        self._when = when
        self._now = now

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Write the records.

        Raises:
            StorageError: the disk did not take them.
        """
        if not records:
            return
        data = "".join(encoded(record.body) + "\n" for record in records).encode()
        try:
            self._put_aside(len(data))
            self._append(data)
        except OSError as error:
            raise StorageError(
                f"The file {self._path.name} could not be written: {error.strerror}.",
                remedy="Check its folder and the space left; what was not written comes again.",
            ) from error
        yield records

    def _append(self, data: bytes) -> None:
        with self._path.open("r+b" if self._path.exists() else "w+b") as file:
            file.seek(_sound_end(file))
            file.truncate()
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _put_aside(self, coming_bytes: int) -> None:
        if not self._path.exists():
            return
        status = self._path.stat()
        written = datetime.fromtimestamp(status.st_mtime, self._now().tzinfo)
        too_large = self._when.largest_bytes and (
            status.st_size + coming_bytes > self._when.largest_bytes
        )
        too_old = self._when.daily and written.date() < self._now().date()
        if status.st_size and (too_large or too_old):
            self._path.rename(_free(self._path, f"{written:%Y%m%dT%H%M%SZ}"))


def _sound_end(file: BinaryIO) -> int:
    """Return where the last whole line ends; looks back from the end, line by line."""
    end = file.seek(0, os.SEEK_END)
    step = 65_536
    while end:
        start = max(0, end - step)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _free(path: Path, stamp: str) -> Path:
    """Return a name that no file has."""
    wanted = path.with_name(f"{path.name}.{stamp}")
    number = 1
    while wanted.exists():
        number += 1
        wanted = path.with_name(f"{path.name}.{stamp}-{number}")
    return wanted
