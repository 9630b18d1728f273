"""The core's edges in memory: a log in which events appear late, a sink, a store."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from github_modules.clock import Clock
from github_modules.collect.collector import Collector
from github_modules.collect.delivery import Delivery
from github_modules.collect.loop import Loop
from github_modules.collect.opening import Memory, memory
from github_modules.collect.ports import Level, Page, Record, Tally
from github_modules.collect.position import Kind, Reading
from github_modules.errors import GithubModuleError, StorageError

PAGE_SIZE = 5


@dataclass(frozen=True)
class Shown:
    """An event of the simulated log and the moment from which it can be read."""

    at_ms: int
    visible_ms: int
    identity: int

    @property
    def record(self) -> Record:
        return Record(self.identity, self.at_ms, {"@timestamp": self.at_ms, "id": self.identity})


@dataclass(frozen=True)
class MemoryPage:
    content: tuple[Record, ...]

    def records(self) -> Sequence[Record]:
        return self.content


@dataclass
class MemorySource:
    """A log ordered by time, filtered by whole seconds, paged by a cursor, as GitHub's is."""

    clock: Clock
    events: list[Shown] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    pages_read: int = 0
    failures: list[BaseException] = field(default_factory=list)
    allowance: float | None = None

    def now_ms(self) -> int:
        return round(self.clock.now().timestamp() * 1000)

    def requests_per_hour(self) -> float | None:
        return self.allowance

    def read(self, reading: Reading) -> Iterator[Page]:
        self.readings.append(reading)
        cursor = (-1, -1)
        while True:
            if self.failures:
                raise self.failures.pop(0)
            page = self._page(reading, cursor)
            self.pages_read += 1
            yield MemoryPage(tuple(shown.record for shown in page))
            if len(page) < PAGE_SIZE:
                return
            cursor = (page[-1].at_ms, page[-1].identity)

    def _page(self, reading: Reading, cursor: tuple[int, int]) -> list[Shown]:
        since = reading.since_ms // 1000
        until = None if reading.until_ms is None else reading.until_ms // 1000
        now_ms = self.now_ms()
        matching = sorted(
            (
                shown
                for shown in self.events
                if shown.visible_ms <= now_ms
                and shown.at_ms // 1000 >= since
                and (until is None or shown.at_ms // 1000 <= until)
                and (shown.at_ms, shown.identity) > cursor
            ),
            key=lambda shown: (shown.at_ms, shown.identity),
        )
        return matching[:PAGE_SIZE]


@dataclass
class RecordingSink:
    """Acknowledges in runs of `run` records; raises what is queued in `failures`."""

    delivered: list[Record] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    run: int = 1_000

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        for start in range(0, len(records), self.run):
            if self.failures:
                raise self.failures.pop(0)
            part = records[start : start + self.run]
            self.delivered += part
            yield part

    @property
    def identities(self) -> list[int]:
        return [record.identity for record in self.delivered]


@dataclass
class MemoryStore:
    """Files in a dictionary; `broken` makes every call fail."""

    files: dict[str, bytes] = field(default_factory=dict)
    broken: bool = False
    writes: int = 0

    def _check(self) -> None:
        if self.broken:
            raise StorageError("The disk is full.", remedy="Make room.")

    def read(self, name: str) -> bytes | None:
        self._check()
        return self.files.get(name)

    def write(self, name: str, data: bytes) -> None:
        self._check()
        self.writes += 1
        self.files[name] = data

    def append(self, name: str, data: bytes) -> None:
        self._check()
        self.writes += 1
        self.files[name] = self.files.get(name, b"") + data

    def remove(self, name: str) -> None:
        self._check()
        self.files.pop(name, None)

    def names(self, folder: str) -> list[str]:
        self._check()
        return sorted(name for name in self.files if name.startswith(folder + "/"))


@dataclass
class RecordingObserver:
    """Keeps everything it is told."""

    runs: list[tuple[int, float | None]] = field(default_factory=list)
    polls: list[tuple[Kind, Tally]] = field(default_factory=list)
    failures: list[tuple[GithubModuleError, float]] = field(default_factory=list)
    recoveries: int = 0
    moves: int = 0
    lines: list[tuple[Level, str]] = field(default_factory=list)

    def delivered(self, count: int, lag_s: float | None) -> None:
        self.runs.append((count, lag_s))

    def moved(self) -> None:
        self.moves += 1

    def polled(self, kind: Kind, tally: Tally) -> None:
        self.polls.append((kind, tally))

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        self.failures.append((error, wait_s))

    def recovered(self) -> None:
        self.recoveries += 1

    def said(self, level: Level, message: str) -> None:
        self.lines.append((level, message))


@dataclass
class World:
    """One collection over memory edges; `restart` is a new process on the same store."""

    clock: Clock
    source: MemorySource
    sink: RecordingSink
    store: MemoryStore
    observer: RecordingObserver
    kept: Memory
    collector: Collector
    loop: Loop


def world(clock: Clock, before: World | None = None) -> World:
    source = before.source if before else MemorySource(clock)
    sink = before.sink if before else RecordingSink()
    store = before.store if before else MemoryStore()
    observer = before.observer if before else RecordingObserver()
    kept = memory(store, "acme")
    delivery = Delivery(kept, sink, observer, lambda _: True)
    collector = Collector(source, delivery, kept, observer, clock)
    loop = Loop(collector, source, observer, clock, random.Random(7))
    return World(clock, source, sink, store, observer, kept, collector, loop)
