"""What is read next, and how far a reading has brought the position."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.collect import schedule, sweeps
from github_modules.collect.position import Kind, Position, Reading, Span, Sweep

NOW = 1_800_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR


def head(position: Position) -> Reading:
    (reading,) = schedule.head_readings(position, schedule.OVERLAP_MS)
    return reading


def test_head_begins_before_the_frontier_and_has_no_end() -> None:
    """A head read asks from the overlap before the frontier to whatever is newest."""
    reading = head(schedule.starting_position(NOW))
    assert (reading.kind, reading.since_ms, reading.until_ms) == (Kind.HEAD, NOW - 60_000, None)


def test_seen_time_moves_the_frontier_forward_only() -> None:
    """The frontier takes the latest time seen and never goes back."""
    position = schedule.starting_position(NOW)
    later = schedule.advanced(position, head(position), NOW + 5, NOW + 10)
    assert later.frontier_ms == NOW + 5
    assert schedule.advanced(later, head(later), NOW - 5, NOW + 10).frontier_ms == NOW + 5
    assert schedule.advanced(later, head(later), None, NOW + 10) == later


def test_time_from_the_future_stops_at_githubs_clock() -> None:
    """An event of next year does not move the frontier beyond now."""
    position = schedule.starting_position(NOW - DAY)
    assert schedule.advanced(position, head(position), NOW + DAY, NOW).frontier_ms == NOW


@given(st.integers(2, 4), st.integers(HOUR, 180 * DAY), st.integers(0, 999))
def test_windows_of_a_catch_up_leave_no_second_out(lanes: int, backlog: int, ms: int) -> None:
    """The windows begin before the frontier, meet each other, and reach the present second."""
    since = NOW + ms - backlog
    position = schedule.head_begins(
        schedule.starting_position(since), NOW + ms, schedule.OVERLAP_MS, lanes
    )
    spans = position.spans
    assert len(spans) == lanes * 4
    assert spans[0].since_ms <= since - schedule.OVERLAP_MS
    assert spans[-1].until_ms == (NOW + ms) // 1000 * 1000
    assert all(a.until_ms == b.since_ms for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(("lanes", "backlog"), [(1, 10 * DAY), (4, HOUR // 2)])
def test_one_lane_or_a_short_backlog_is_not_split(lanes: int, backlog: int) -> None:
    """The head alone reads what splitting would not speed up."""
    start = schedule.starting_position(NOW - backlog)
    assert schedule.head_begins(start, NOW, schedule.OVERLAP_MS, lanes).spans == ()


def test_catch_up_ends_with_the_last_window() -> None:
    """The frontier jumps to the end when every window is finished, in whatever order."""
    start = schedule.head_begins(schedule.starting_position(NOW - DAY), NOW, schedule.OVERLAP_MS, 2)
    position = start
    readings = schedule.head_readings(position, schedule.OVERLAP_MS)
    for reading in reversed(readings[1:]):
        position = schedule.finished(position, reading)
    assert position.frontier_ms == start.frontier_ms
    assert [r.index for r in schedule.head_readings(position, 0)] == [0]
    position = schedule.finished(position, readings[0])
    assert (position.spans, position.frontier_ms) == ((), NOW)


def test_interrupted_window_goes_on_at_its_last_second() -> None:
    """A window resumes at the second last acknowledged, which may have more to come."""
    position = schedule.head_begins(
        schedule.starting_position(NOW - DAY), NOW, schedule.OVERLAP_MS, 2
    )
    reading = schedule.head_readings(position, 0)[3]
    position = schedule.advanced(position, reading, reading.since_ms + 12_345, NOW)
    resumed = schedule.head_readings(position, 0)[3]
    assert resumed.since_ms == (reading.since_ms + 12_345) // 1000 * 1000
    assert resumed.until_ms == reading.until_ms


def test_windows_under_way_strike_nothing_off_the_sweeps() -> None:
    """What an earlier start read early may still have late events: its sweeps stay."""
    begun = schedule.head_begins(schedule.starting_position(NOW - DAY), NOW, schedule.OVERLAP_MS, 2)
    assert schedule.head_begins(begun, NOW + DAY, schedule.OVERLAP_MS, 2) == begun


def test_head_read_ends_without_effect_of_its_own() -> None:
    """The end of a head read says nothing that its pages did not say."""
    position = schedule.starting_position(NOW)
    assert schedule.finished(position, head(position)) == position


@pytest.mark.parametrize("age_s", sweeps.AGES_S)
def test_sweep_is_due_when_its_youngest_second_has_the_age(age_s: int) -> None:
    """One millisecond before, there is nothing to do."""
    position = Position(NOW, 0, (Sweep(age_s, done_ms=NOW - 20 * HOUR),))
    end = NOW - 20 * HOUR + sweeps.width_s(age_s) * 1000
    due = end + age_s * 1000
    assert sweeps.next_sweep(position, due - 1) is None
    assert sweeps.next_sweep(position, due) == Reading(Kind.SWEEP, NOW - 20 * HOUR, end, 0)
    assert sweeps.next_due_ms(position) == due


def test_sweep_leaves_what_heads_read_anyway() -> None:
    """Nothing after the frontier is swept."""
    position = Position(NOW - 20 * HOUR, 0, (Sweep(300, done_ms=NOW - 20 * HOUR),))
    assert sweeps.next_sweep(position, NOW) is None
    assert sweeps.next_due_ms(position) is None


def test_sweep_of_an_age_that_was_thinned_out_is_not_due() -> None:
    """Only the ages of the plan are swept."""
    position = Position(NOW, 0, (Sweep(300, done_ms=NOW - 20 * HOUR),))
    assert sweeps.next_sweep(position, NOW, ages_s=(3_600,)) is None


def test_catch_up_spares_the_sweeps_what_is_old_enough() -> None:
    """A range first read at 12 hours or later needs no sweep; what was read before it does."""
    stopped = NOW - 48 * HOUR
    before = Position(stopped, 0, (Sweep(43_200, done_ms=stopped - 10 * HOUR),))
    position = sweeps.struck_off(before, stopped - 60_000, NOW)
    (sweep,) = position.sweeps
    assert (sweep.skip_from_ms, sweep.skip_to_ms) == (stopped - 60_000, NOW - 12 * HOUR)
    while (reading := sweeps.next_sweep(position, NOW)) is not None:
        position = schedule.finished(position, reading)
    assert position.sweeps[0].done_ms == NOW - 12 * HOUR


def test_steady_state_spares_nothing() -> None:
    """A head that begins a minute ago covers no age."""
    before = Position(NOW - 60_000, 0, (Sweep(300, done_ms=NOW - HOUR),))
    assert sweeps.struck_off(before, NOW - 120_000, NOW) == before


def test_interrupted_sweep_goes_on_where_it_was() -> None:
    """A page of a sweep moves it to that page's second, never beyond its end."""
    position = Position(NOW, 0, (Sweep(300, done_ms=NOW - HOUR),))
    reading = Reading(Kind.SWEEP, NOW - HOUR, NOW - HOUR + 300_000, 0)
    position = schedule.advanced(position, reading, NOW - HOUR + 90_500, NOW)
    assert position.sweeps[0].done_ms == NOW - HOUR + 90_000
    position = schedule.advanced(position, reading, NOW, NOW)
    assert position.sweeps[0].done_ms == NOW - HOUR + 300_000


@given(
    frontier=st.integers(0, 40 * HOUR),
    done=st.lists(st.integers(0, 40 * HOUR), min_size=1, max_size=3),
    at=st.integers(0, 40 * HOUR),
)
def test_whatever_may_be_read_again_is_remembered(frontier: int, done: list[int], at: int) -> None:
    """Every time that a next reading can bring lies in a range that must be remembered."""
    position = Position(frontier, 0, tuple(Sweep(300, d) for d in done))
    ranges = schedule.needed_ranges(position)
    again = at >= frontier - schedule.OVERLAP_MS or any(at >= d for d in done)
    assert not again or schedule.touches(ranges, at, at)


def test_finished_part_of_a_catch_up_need_not_be_remembered() -> None:
    """What lies before the sweeps and between the places of the windows is forgotten."""
    spans = (Span(0, 10 * HOUR, 9 * HOUR), Span(10 * HOUR, 20 * HOUR, 20 * HOUR))
    position = Position(0, 0, (Sweep(300, done_ms=30 * HOUR),), spans)
    ranges = schedule.needed_ranges(position)
    assert not schedule.touches(ranges, HOUR, 2 * HOUR)
    assert schedule.touches(ranges, 9 * HOUR + 1, 9 * HOUR + 2)
    assert not schedule.touches(ranges, 12 * HOUR, 13 * HOUR)
    assert schedule.touches(ranges, 31 * HOUR, 31 * HOUR)


def test_skipped_range_need_not_be_remembered() -> None:
    """A range that no sweep will read again is forgotten; the stretches around it are not."""
    sweep = Sweep(300, done_ms=HOUR, skip_from_ms=2 * HOUR, skip_to_ms=9 * HOUR)
    ranges = schedule.needed_ranges(Position(20 * HOUR, 0, (sweep,)))
    assert schedule.touches(ranges, HOUR, HOUR)
    assert not schedule.touches(ranges, 3 * HOUR, 4 * HOUR)
    assert schedule.touches(ranges, 9 * HOUR, 9 * HOUR)


def test_a_window_is_finished_by_its_reading_only() -> None:
    """A record in its last second may have neighbours on the next page, after other windows end."""
    now_ms = 10 * HOUR
    begun = schedule.head_begins(schedule.starting_position(0), now_ms, 0, 2)
    readings = schedule.head_readings(begun, 0)
    *others, last = readings
    position = schedule.advanced(begun, last, last.until_ms, now_ms)
    for reading in others:
        position = schedule.finished(position, reading)
    assert position.spans
    assert schedule.head_readings(position, 0) == (
        Reading(Kind.LANE, last.until_ms - 1_000, last.until_ms, last.index),
    )
    position = schedule.finished(schedule.advanced(position, last, last.until_ms, now_ms), last)
    assert (position.spans, position.frontier_ms) == ((), last.until_ms)
