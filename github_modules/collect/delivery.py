"""From pages to acknowledged events: what is known drops out, the rest is delivered, then saved.

The order is the promise: acknowledged by the sink, then remembered in the ledger, then the
position. A crash between two of them repeats at most the batch in flight and loses nothing.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from github_modules.collect.feed import Fetched
from github_modules.collect.ledger import Ledger
from github_modules.collect.opening import Memory
from github_modules.collect.ports import Observer, Record, Sink, Tally
from github_modules.collect.position import Kind, Position, Reading
from github_modules.collect.schedule import advanced, finished
from github_modules.collect.segments import Block
from github_modules.errors import ContractError

BATCH_PAGES = 10
"""At 100 a page: the most records that a crash may deliver twice is 1,000."""

Wanted = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for every batch of one poll."""

    now_ms: int
    late_before_ms: int
    """What is older than this was not there when its time was first read."""


@dataclass(frozen=True, slots=True)
class _Item:
    reading: Reading
    record: Record


@dataclass(slots=True)
class _Sorted:
    """The records of a batch, told apart; `position` is where it leads once they are kept."""

    position: Position
    fresh: list[_Item] = field(default_factory=list)
    unwanted: list[_Item] = field(default_factory=list)
    broken: ContractError | None = None


class Delivery:
    """Moves fetched pages to the sink and keeps account of them.

    Args:
        kept: ledger and checkpoint.
        sink: where records go.
        observer: who is told.
        wanted: false for records that the user does not want forwarded.
    """

    def __init__(self, kept: Memory, sink: Sink, observer: Observer, wanted: Wanted) -> None:
        self._kept = kept
        self._sink = sink
        self._observer = observer
        self._wanted = wanted

    def deliver(
        self, position: Position, fetched: Sequence[Fetched], context: Context, tally: Tally
    ) -> Position:
        """Deliver the pages, and return the position after them.

        Raises:
            ContractError: when a page is not readable; what came before it is delivered.
            OperatorError: when the sink refuses.
            StorageError: when the account cannot be kept; the batch is delivered again later.
            StopRequested: when the process is asked to end.
        """
        batch = self._sort(position, fetched, context, tally)
        self._hand_over(batch.fresh, context, tally)
        self._remember(batch.unwanted, context.now_ms)
        tally.suppressed += len(batch.unwanted)
        self._kept.checkpoint.save(batch.position)
        if batch.broken is not None:
            raise batch.broken
        return batch.position

    def _sort(
        self, position: Position, fetched: Sequence[Fetched], context: Context, tally: Tally
    ) -> _Sorted:
        batch = _Sorted(position)
        seen: set[int] = set()
        for item in fetched:
            if item.page is None:
                batch.position = finished(batch.position, item.reading)
                continue
            try:
                records = item.page.records()
            except ContractError as error:
                batch.broken = error
                return batch
            tally.pages += 1
            ours = [r for r in records if r.at_ms is None or r.at_ms > position.floor_ms]
            new = list(_unseen(ours, self._kept.ledger, seen))
            tally.repeated += len(ours) - len(new)
            for record in new:
                kind = batch.fresh if self._wanted(record) else batch.unwanted
                kind.append(_Item(item.reading, record))
            latest_ms = max((r.at_ms for r in records if r.at_ms is not None), default=None)
            batch.position = advanced(batch.position, item.reading, latest_ms, context.now_ms)
        return batch

    def _hand_over(self, fresh: Sequence[_Item], context: Context, tally: Tally) -> None:
        waiting = {item.record.identity: item for item in fresh}
        for acknowledged in self._sink.deliver([item.record for item in fresh]):
            items = [waiting[record.identity] for record in acknowledged]
            self._remember(items, context.now_ms)
            self._account(items, context, tally)

    def _remember(self, items: Sequence[_Item], now_ms: int) -> None:
        for stream, run in itertools.groupby(items, key=attrgetter("reading.stream")):
            records = [item.record for item in run]
            times = [now_ms if r.at_ms is None else min(r.at_ms, now_ms) for r in records]
            block = Block(min(times), max(times), [r.identity for r in records])
            self._kept.ledger.add(stream, block, now_ms)

    def _account(self, items: Sequence[_Item], context: Context, tally: Tally) -> None:
        tally.forwarded += len(items)
        tally.late += sum(_late(item, context.late_before_ms) for item in items)
        newest_ms = max(
            (item.record.at_ms for item in items if item.record.at_ms is not None), default=None
        )
        if newest_ms is None:
            self._observer.delivered(len(items), None)
            return
        tally.newest_ms = max(tally.newest_ms or 0, newest_ms)
        self._observer.delivered(len(items), (context.now_ms - newest_ms) / 1000)


def _unseen(records: Iterable[Record], ledger: Ledger, seen: set[int]) -> Iterator[Record]:
    """Yield the records that neither the ledger nor this batch has, and note them in `seen`."""
    for record in records:
        if record.identity in seen or record.identity in ledger:
            continue
        seen.add(record.identity)
        yield record


def _late(item: _Item, late_before_ms: int) -> bool:
    if item.reading.kind is Kind.SWEEP:
        return True
    at_ms = item.record.at_ms
    return item.reading.kind is Kind.HEAD and at_ms is not None and at_ms < late_before_ms
