"""Fetching ahead of delivery: readings run in threads of their own, pages arrive through a queue.

The queue is bounded, so a slow intake holds the fetching back and memory does not grow.
"""

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from github_modules.clock import Clock
from github_modules.collect.ports import Page, Source
from github_modules.collect.position import Reading
from github_modules.errors import StopRequested

_PAGES_AHEAD = 2
"""Pages that wait for each thread: enough to keep it busy, few enough to stay small."""
_LOOK_UP_S = 0.25
_LINGER_S = 0.025
"""For each page of a batch: a batch of ten waits a quarter of a second."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page of a reading, or with `page` None the end of that reading."""

    reading: Reading
    page: Page | None


class Feed:
    """Runs readings with at most `threads` at a time; iterate over `take`.

    A thread that is stuck in a call does not hold up `close`: the threads are daemons and notice
    the end at their next page.
    """

    def __init__(
        self, source: Source, readings: Sequence[Reading], clock: Clock, *, threads: int = 1
    ) -> None:
        self._source = source
        self._clock = clock
        self._waiting: queue.SimpleQueue[Reading] = queue.SimpleQueue()
        for reading in readings:
            self._waiting.put(reading)
        self._left = len(readings)
        self._closed = threading.Event()
        self._failure: BaseException | None = None
        count = min(threads, len(readings))
        self._pages: queue.Queue[Fetched | BaseException] = queue.Queue(count * _PAGES_AHEAD)
        for number in range(count):
            name = f"fetch-{readings[0].kind}-{number}"
            threading.Thread(target=self._fetch, name=name, daemon=True).start()

    @property
    def exhausted(self) -> bool:
        """Return whether every reading has come to its end and was taken."""
        return self._left == 0

    def take(self, pages: int) -> list[Fetched]:
        """Return at most `pages`, at least one: waits for the first, and a moment for the others.

        While more is coming, a fuller batch is worth the moment: one request to the intake and one
        save instead of ten.

        Raises:
            GithubModuleError: what a reading ended with, after everything before it was taken.
            StopRequested: when the process is asked to end.
        """
        taken = [self._first()]
        until_s = self._clock.monotonic_s() + pages * _LINGER_S
        while len(taken) < pages and not self.exhausted:
            arrived = self._another(until_s - self._clock.monotonic_s())
            if arrived is None:
                break
            taken.append(arrived)
        return taken

    def _first(self) -> Fetched:
        while True:
            if self._clock.stopped():
                raise StopRequested
            arrived = self._another(_LOOK_UP_S)
            if arrived is not None:
                return arrived
            if self._failure is not None:
                self.close()
                raise self._failure

    def _another(self, wait_s: float) -> Fetched | None:
        """Return the next page if it comes in time and no failure lies before it."""
        if self._failure is not None:
            return None
        try:
            arrived = self._pages.get(timeout=max(0.0, wait_s))
        except queue.Empty:
            return None
        if isinstance(arrived, BaseException):
            self._failure = arrived
            return None
        if arrived.page is None:
            self._left -= 1
        return arrived

    def close(self) -> None:
        """Let the threads end at their next page."""
        self._closed.set()

    def _fetch(self) -> None:
        try:
            for reading in self._readings():
                for page in self._source.read(reading):
                    if not self._put(Fetched(reading, page)):
                        return
                self._put(Fetched(reading, None))
        except BaseException as error:  # noqa: BLE001 - it goes to the thread that asked
            self._put(error)

    def _readings(self) -> Iterator[Reading]:
        while not self._closed.is_set():
            try:
                yield self._waiting.get_nowait()
            except queue.Empty:
                return

    def _put(self, item: Fetched | BaseException) -> bool:
        """Wait for room; False when nobody takes pages any more."""
        while not self._closed.is_set():
            try:
                self._pages.put(item, timeout=_LOOK_UP_S)
            except queue.Full:
                continue
            return True
        return False
