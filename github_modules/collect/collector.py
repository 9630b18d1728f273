"""One poll, and one step of a sweep: from the position to the position after it."""

from dataclasses import dataclass

from github_modules.clock import Clock
from github_modules.collect import schedule, sweeps, thrift
from github_modules.collect.delivery import BATCH_PAGES, Context, Delivery
from github_modules.collect.feed import Feed
from github_modules.collect.opening import Memory
from github_modules.collect.ports import Observer, Source, Tally
from github_modules.collect.position import Kind, Position
from github_modules.collect.rate import Rate


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to poll, in seconds, and how many lanes a catch-up may use.

    `batch_pages` is how much is delivered at a time, and may come twice after a crash.
    """

    frequency_s: float
    lanes: int = 1
    batch_pages: int = BATCH_PAGES


@dataclass(slots=True)
class _Sweeping:
    """A sweep under way; between its pages head reads have the right of way."""

    feed: Feed
    tally: Tally


class Collector:
    """Reads and delivers; `position` is always what a restart would find, or a little ahead.

    Args:
        source: where records come from.
        delivery: what happens to pages.
        kept: ledger and checkpoint, already loaded.
        observer: who is told.
        clock: ends waits when the process is asked to stop.
    """

    def __init__(
        self, source: Source, delivery: Delivery, kept: Memory, observer: Observer, clock: Clock
    ) -> None:
        self._source = source
        self._delivery = delivery
        self._kept = kept
        self._observer = observer
        self._clock = clock
        self._rate = Rate()
        self._sweeping: _Sweeping | None = None
        self._plan = thrift.Thrift(schedule.OVERLAP_MS, sweeps.AGES_S)
        self.position = schedule.starting_position(0)

    def begin(self, position: Position) -> None:
        """Take a position and keep it at once: a later start must not begin later than this one.

        Raises:
            StorageError: when it cannot be kept.
        """
        self.position = position
        self._kept.checkpoint.save(position)

    def poll(self, pace: Pace) -> None:
        """Read and deliver everything that is new.

        Raises:
            GithubModuleError: what was acknowledged before stays so.
            StopRequested: when the process is asked to end.
        """
        self._plan_ahead(pace)
        before_ms = self.position.frontier_ms
        self.position = schedule.head_begins(
            self.position, self._source.now_ms(), self._plan.overlap_ms, pace.lanes
        )
        readings = schedule.head_readings(self.position, self._plan.overlap_ms)
        tally = Tally()
        feed = Feed(self._source, readings, self._clock, threads=pace.lanes)
        try:
            while not feed.exhausted:
                self._step(feed, before_ms, pace.batch_pages, tally)
        finally:
            feed.close()
        moved_s = (self.position.frontier_ms - before_ms) / 1000
        self._rate.note(tally.forwarded + tally.suppressed, max(moved_s, pace.frequency_s))
        self._observer.polled(Kind.HEAD, tally)

    def _step(self, feed: Feed, late_before_ms: int, pages: int, tally: Tally) -> None:
        fetched = feed.take(pages)
        context = Context(self._source.now_ms(), late_before_ms)
        self.position = self._delivery.deliver(self.position, fetched, context, tally)
        self._observer.moved()
        self._kept.ledger.prune(schedule.needed_ranges(self.position))

    def _plan_ahead(self, pace: Pace) -> None:
        load = thrift.Load(
            self._rate.events_per_s, pace.frequency_s, self._source.requests_per_hour()
        )
        plan = thrift.plan(load)
        if plan != self._plan:
            self._observer.said("warning" if plan.thinner_than(self._plan) else "info", str(plan))
        self._plan = plan

    def next_sweep_ms(self) -> int | None:
        """Return when there is something to sweep: now while one is under way, None never."""
        if self._sweeping is not None:
            return self._source.now_ms()
        return sweeps.next_due_ms(self.position, self._plan.ages_s)

    def sweep(self) -> None:
        """Read and deliver one more page of the sweep under way or due.

        Raises:
            GithubModuleError: the sweep starts again where it was acknowledged.
            StopRequested: when the process is asked to end.
        """
        if self._sweeping is None:
            due = sweeps.next_sweep(self.position, self._source.now_ms(), self._plan.ages_s)
            if due is None:
                return
            self._sweeping = _Sweeping(Feed(self._source, [due], self._clock), Tally())
        under_way = self._sweeping
        try:
            self._step(under_way.feed, 0, 1, under_way.tally)
        except BaseException:
            self.drop_sweep()
            raise
        if under_way.feed.exhausted:
            self._sweeping = None
            self._observer.polled(Kind.SWEEP, under_way.tally)

    def drop_sweep(self) -> None:
        """Give up the sweep under way; it begins again at its last acknowledged second."""
        if self._sweeping is not None:
            self._sweeping.feed.close()
            self._sweeping = None
