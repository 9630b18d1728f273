"""One poll and one sweep over memory edges: order of saving, late and repeated, failures."""

from datetime import UTC, datetime

import pytest

from github_modules.collect.collector import Pace
from github_modules.collect.delivery import Context, Delivery
from github_modules.collect.feed import Feed, Fetched
from github_modules.collect.opening import memory, open_position
from github_modules.collect.ports import Record, Tally
from github_modules.collect.position import Kind, Reading
from github_modules.collect.schedule import starting_position
from github_modules.errors import (
    GithubUnavailableError,
    IntakeRefusedError,
    StopRequested,
    StorageError,
    UnreadableAnswerError,
)
from tests.collect_fakes import (
    MemoryPage,
    MemorySource,
    MemoryStore,
    RecordingObserver,
    RecordingSink,
    Shown,
    World,
    world,
)
from tests.fakes import FakeClock

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = 3_600_000
PACE = Pace(60.0)


@pytest.fixture
def running() -> World:
    running = world(FakeClock(START))
    opening = open_position(running.kept, running.source.now_ms(), 24 * HOUR)
    running.collector.begin(opening.position)
    return running


def show(running: World, identity: int, age_s: float, late_s: float = 0) -> None:
    now = running.source.now_ms()
    at_ms = now - round(age_s * 1000)
    running.source.events.append(Shown(at_ms, at_ms + round(late_s * 1000), identity))


def test_poll_delivers_what_is_new_once(running: World) -> None:
    """A second poll delivers nothing that the first one did."""
    for identity in range(12):
        show(running, identity, age_s=3_600 - identity)
    running.collector.poll(PACE)
    running.collector.poll(PACE)
    assert running.sink.identities == list(range(12))
    assert [tally.forwarded for _, tally in running.observer.polls] == [12, 0]


def test_every_step_of_a_walk_is_a_sign_of_life(running: World) -> None:
    """A drain that never waits must not look as if it hung."""
    for identity in range(12):
        show(running, identity, age_s=3_600 - identity)
    running.collector.poll(PACE)
    assert running.observer.moves >= 1


def test_idle_poll_is_one_request_and_no_write(running: World) -> None:
    """Nothing new costs one page and leaves the disk alone."""
    show(running, 1, age_s=100)
    running.collector.poll(PACE)
    pages, writes = running.source.pages_read, running.store.writes
    running.collector.poll(PACE)
    assert (running.source.pages_read - pages, running.store.writes - writes) == (1, 0)


def test_event_late_within_the_overlap_counts_as_late(running: World) -> None:
    """What appears behind the frontier is found by the next poll, and counted."""
    show(running, 1, age_s=10)
    running.collector.poll(PACE)
    show(running, 2, age_s=30)
    running.collector.poll(PACE)
    assert running.observer.polls[-1][1].late == 1


def test_sweep_finds_what_appeared_later_than_the_overlap(running: World) -> None:
    """An event that shows up an hour late is delivered by a sweep, as late."""
    for minute in range(240):
        show(running, minute, age_s=-60.0 * minute)
    show(running, 999, age_s=0, late_s=3_000)
    for _ in range(240):
        running.clock.wait(60)
        running.collector.poll(PACE)
        for _ in range(5):
            due = running.collector.next_sweep_ms()
            if due is not None and due <= running.source.now_ms():
                running.collector.sweep()
    assert running.sink.identities.count(999) == 1
    swept = [tally for kind, tally in running.observer.polls if kind is Kind.SWEEP]
    assert sum(tally.late for tally in swept) == 1


def test_sweep_without_work_does_nothing(running: World) -> None:
    """Asked too early, a sweep reads no page."""
    running.collector.sweep()
    assert running.source.pages_read == 0


def test_failed_sweep_begins_again_where_it_was(running: World) -> None:
    """A sweep that fails is dropped, and the same slice is read again."""
    for minute in range(60):
        show(running, minute, age_s=-60.0 * minute)
    for _ in range(60):
        running.clock.wait(60)
        running.collector.poll(PACE)
    running.source.failures.append(GithubUnavailableError("away"))
    with pytest.raises(GithubUnavailableError):
        running.collector.sweep()
    failed = running.source.readings[-1]
    running.collector.sweep()
    assert running.source.readings[-1] == failed


def test_nothing_moves_when_the_sink_refuses(running: World) -> None:
    """A refused batch leaves position and ledger as they were."""
    show(running, 1, age_s=100)
    before = running.collector.position
    running.sink.failures.append(IntakeRefusedError("no", remedy="mend"))
    with pytest.raises(IntakeRefusedError):
        running.collector.poll(PACE)
    assert running.collector.position.frontier_ms == before.frontier_ms
    assert 1 not in running.kept.ledger


def test_failing_disk_repeats_rather_than_loses(running: World) -> None:
    """What was delivered but could not be remembered is delivered again."""
    show(running, 1, age_s=100)
    running.store.broken = True
    with pytest.raises(StorageError):
        running.collector.poll(PACE)
    running.store.broken = False
    running.collector.poll(PACE)
    assert running.sink.identities == [1, 1]


def test_thinner_plan_is_said(running: World) -> None:
    """A budget that does not carry everything is a line in the log."""
    running.source.allowance = 30.0
    running.collector.poll(PACE)
    assert running.observer.lines[0][0] == "warning"
    running.source.allowance = None
    running.collector.poll(PACE)
    assert running.observer.lines[1][0] == "info"


class BrokenPage:
    """A page whose records cannot be read."""

    def records(self) -> list[Record]:
        raise UnreadableAnswerError("not a list")


def delivery(wanted: bool = True) -> tuple[Delivery, RecordingSink, MemoryStore]:
    store, sink = MemoryStore(), RecordingSink()
    kept = memory(store, "acme")
    return Delivery(kept, sink, RecordingObserver(), lambda _: wanted), sink, store


HEAD = Reading(Kind.HEAD, 0)
CONTEXT = Context(now_ms=10_000, late_before_ms=0)


def test_pages_before_an_unreadable_one_are_delivered() -> None:
    """The good part of a batch is not lost with the broken one."""
    subject, sink, _ = delivery()
    good = Fetched(HEAD, MemoryPage((Record(1, 5, {}),)))
    with pytest.raises(UnreadableAnswerError):
        subject.deliver(starting_position(0), [good, Fetched(HEAD, BrokenPage())], CONTEXT, Tally())
    assert sink.identities == [1]


def test_unwanted_records_are_counted_once_and_not_delivered() -> None:
    """What the user excluded goes to the ledger, so that it counts once."""
    subject, sink, _ = delivery(wanted=False)
    page = Fetched(HEAD, MemoryPage((Record(1, 5, {}), Record(2, None, {}))))
    tally = Tally()
    subject.deliver(starting_position(0), [page], CONTEXT, tally)
    subject.deliver(starting_position(0), [page], CONTEXT, tally)
    assert (sink.identities, tally.suppressed, tally.repeated) == ([], 2, 2)


def test_records_from_before_the_floor_are_not_ours() -> None:
    """At or before the floor the former module delivered; without a time it is ours."""
    subject, sink, _ = delivery()
    records = (Record(1, 99, {}), Record(2, 100, {}), Record(3, 101, {}), Record(4, None, {}))
    page = Fetched(HEAD, MemoryPage(records))
    subject.deliver(starting_position(100), [page], CONTEXT, Tally())
    assert sink.identities == [3, 4]


def test_same_record_twice_in_a_batch_is_delivered_once() -> None:
    """Two windows that share a second bring the same event; one goes out."""
    subject, sink, _ = delivery()
    page = Fetched(HEAD, MemoryPage((Record(1, 5, {}),)))
    subject.deliver(starting_position(0), [page, page], CONTEXT, Tally())
    assert sink.identities == [1]


def test_feed_ends_when_asked_to_stop() -> None:
    """Whoever waits for a page is told to stop."""
    clock = FakeClock(START)
    clock.stop()
    feed = Feed(MemorySource(clock), [HEAD], clock)
    with pytest.raises(StopRequested):
        feed.take(1)
    feed.close()


def test_failure_of_a_reading_reaches_whoever_takes() -> None:
    """What a fetch thread ends with is raised in the thread that takes."""
    clock = FakeClock(START)
    source = MemorySource(clock, [Shown(1_000 * n, 0, n) for n in range(1, 11)])
    source.failures.append(GithubUnavailableError("away"))
    feed = Feed(source, [HEAD], clock)
    taken: list[Fetched] = []
    with pytest.raises(GithubUnavailableError):
        _take_all(feed, taken)
    assert taken == []


def test_feed_takes_a_batch_across_pages() -> None:
    """Pages that are there already come together, and the end with them."""
    clock = FakeClock(START)
    source = MemorySource(clock, [Shown(1_000 * n, 0, n) for n in range(1, 11)])
    feed = Feed(source, [HEAD], clock)
    taken: list[Fetched] = []
    _take_all(feed, taken)
    assert [item.page is None for item in taken] == [False, False, False, True]


def _take_all(feed: Feed, taken: list[Fetched]) -> None:
    while not feed.exhausted:
        taken += feed.take(10)
