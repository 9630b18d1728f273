"""Budgets as values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.github.budget import Bucket, Lane, RateLimit, pace, parse_rate_limit
from github_modules.github.response import Answer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DATE = "Mon, 02 Mar 2026 08:00:00 GMT"


def limit(remaining, total=1750, reset_in=HOUR):
    return RateLimit("audit_log", total, remaining, NOW + reset_in)


def headers(remaining, reset_at, total=1750, **more):
    return {
        "x-ratelimit-limit": str(total),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": str(int(reset_at.timestamp())),
        "x-ratelimit-resource": "audit_log",
    } | more


def test_the_reset_is_translated_to_this_machines_clock():
    """Ten minutes after GitHub's Date are ten minutes from now, however wrong our clock is."""
    told = headers(7, NOW + timedelta(minutes=10), date=DATE)
    ours = NOW + timedelta(days=3)
    parsed = parse_rate_limit(Answer(200, told), ours)
    window = NOW + timedelta(minutes=10)
    assert parsed == RateLimit("audit_log", 1750, 7, ours + timedelta(minutes=10), window)


def test_without_a_date_the_reset_is_taken_as_it_is():
    """The best there is."""
    parsed = parse_rate_limit(Answer(200, headers(7, NOW + HOUR)), NOW)
    assert parsed.reset_at == NOW + HOUR


def test_a_bucket_of_the_callers_own_keeps_its_name():
    """The App's own budget is not that of its installation, though GitHub calls both core."""
    parsed = parse_rate_limit(Answer(200, headers(7, NOW)), NOW, "app:core")
    assert parsed.resource == "app:core"


@pytest.mark.parametrize("missing", ["limit", "remaining", "reset"])
def test_incomplete_headers_describe_no_bucket(missing):
    """Servers without limits send none."""
    told = headers(7, NOW)
    del told[f"x-ratelimit-{missing}"]
    assert parse_rate_limit(Answer(200, told), NOW) is None


def test_a_nameless_bucket_takes_the_name_it_was_asked_under():
    """Old servers do not name it."""
    told = headers(7, NOW)
    del told["x-ratelimit-resource"]
    assert parse_rate_limit(Answer(200, told), NOW, "search").resource == "search"


@pytest.mark.parametrize(
    ("total", "lane", "reserve"),
    [
        (1750, Lane.HEAD, 100),
        (1750, Lane.SWEEP, 300),
        (1750, Lane.ACTION, 0),
        (15, Lane.HEAD, 1),
        (5000, Lane.HEAD, 286),
    ],
)
def test_the_reserve_is_in_proportion_to_the_limit(total, lane, reserve):
    """A hundred of the 1,750 of the audit log."""
    assert limit(total, total).reserve(lane) == reserve


def test_requests_go_out_at_once_while_plenty_is_left():
    """A backlog is read in a burst first."""
    assert pace(limit(1000), NOW, 100) == 0.0


def test_requests_are_spread_over_the_time_left_below_that():
    """The last usable one falls before the reset."""
    assert pace(limit(800), NOW, 100) == pytest.approx(3601 / 701)
    last_at = NOW - timedelta(seconds=2)
    assert pace(limit(800), NOW, 100, last_at=last_at) == pytest.approx(3603 / 701 - 2)
    assert pace(limit(800), NOW, 100, last_at=NOW - timedelta(seconds=9)) == 0.0


def test_the_reserve_is_left_alone_until_the_reset():
    """One second is added, because resets have whole seconds."""
    assert pace(limit(100), NOW, 100) == 3601.0
    assert pace(limit(0), NOW, 0) == 3601.0
    assert pace(limit(0, reset_in=-timedelta(seconds=1)), NOW, 0) == 0.0


@given(
    st.integers(min_value=1, max_value=2000),
    st.floats(min_value=0.0, max_value=1.0),
    st.integers(min_value=1, max_value=7200),
    st.sampled_from(Lane),
)
def test_a_window_is_never_exhausted_before_its_reset(total, share, left_s, lane):
    """However greedy the lane is: what it must leave is there when the window ends."""
    remaining = round(total * share)
    reset_at = NOW + timedelta(seconds=left_s)
    reserve = limit(total, total).reserve(lane)
    now, last_at = NOW, None
    while now <= reset_at and remaining > 0:
        told = RateLimit("core", total, remaining, reset_at)
        wait_s = pace(told, now, reserve, plenty=lane.plenty_share, last_at=last_at)
        now += timedelta(seconds=wait_s)
        if now > reset_at:
            break
        remaining, last_at = remaining - 1, now
        assert remaining >= reserve
    assert remaining >= min(reserve, round(total * share))


def test_late_answers_do_not_bring_requests_back():
    """Two answers of one window may arrive in any order."""
    bucket = Bucket()
    bucket.learn(limit(98))
    bucket.learn(limit(99, reset_in=HOUR + timedelta(seconds=2)))
    assert bucket.limit == limit(98)


def test_a_later_window_replaces_and_an_earlier_one_is_ignored():
    """Windows are told apart by their reset."""
    bucket = Bucket(limit=limit(5))
    bucket.learn(limit(1, reset_in=-HOUR))
    assert bucket.limit == limit(5)
    bucket.learn(limit(1749, reset_in=2 * HOUR))
    assert bucket.limit == limit(1749, reset_in=2 * HOUR)


def test_an_answer_that_is_read_late_is_still_of_its_own_window():
    """The window is GitHub's; how long an answer lay around does not make it a new one."""
    bucket = Bucket()
    bucket.learn(parse_rate_limit(Answer(200, headers(50, NOW + HOUR, date=DATE)), NOW))
    later = NOW + timedelta(seconds=100)
    bucket.learn(parse_rate_limit(Answer(200, headers(80, NOW + HOUR, date=DATE)), later))
    assert (bucket.limit.remaining, bucket.limit.reset_at) == (50, NOW + HOUR)


def test_requests_in_flight_count_as_spent():
    """Their answers have not told yet."""
    bucket = Bucket(limit=limit(102), in_flight=2)
    assert bucket.wait_s(NOW, Lane.HEAD) == 3601.0
    assert bucket.wait_s(NOW, Lane.ACTION) == 0.0
    assert Bucket().wait_s(NOW, Lane.HEAD) == 0.0


def test_a_window_that_is_over_counts_as_full():
    """The next answer tells the truth."""
    assert Bucket(limit=limit(0, reset_in=-HOUR)).wait_s(NOW, Lane.HEAD) == 0.0
