"""The governor: no request while GitHub said to wait."""

import json
from datetime import timedelta
from threading import Lock, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from github_modules.errors import StopRequested
from github_modules.github.rate_limit import Governor, Lane
from github_modules.github.response import Answer
from tests.fakes import FakeClock

SECONDARY = json.dumps({"message": "You have exceeded a secondary rate limit."}).encode()
GOOD = Answer(200, {})


class LimitedGithub:
    """A GitHub with windows, secondary limits and a clock of its own; it notes each offence."""

    def __init__(self, clock, total, window_s, skew_s=0.0):
        self.clock = clock
        self.total = total
        self.window_s = window_s
        self.skew = timedelta(seconds=skew_s)
        self.remaining = total
        self.reset_s = None
        self.blocked_until_s = 0.0
        self.offences = 0
        self.lock = Lock()
        self.lowest = total

    def answer(self, *, secondary=None, retry_after=None):
        with self.lock:
            return self._answer(secondary, retry_after)

    def _answer(self, secondary, retry_after):
        now_s = self.clock.monotonic_s()
        if self.reset_s is None or now_s >= self.reset_s:
            self.remaining, self.reset_s = self.total, int(now_s) + self.window_s
        if now_s < self.blocked_until_s or self.remaining <= 0:
            self.offences += 1
        self.remaining = max(0, self.remaining - 1)
        self.lowest = min(self.lowest, self.remaining)
        headers = self._headers()
        if secondary:
            pause_s = retry_after if retry_after is not None else 60
            self.blocked_until_s = now_s + pause_s
            if retry_after is not None:
                headers["retry-after"] = str(retry_after)
            return Answer(403, headers, SECONDARY)
        return Answer(200, headers)

    def _headers(self):
        now = self.clock.now() + self.skew
        reset_at = now + timedelta(seconds=self.reset_s - self.clock.monotonic_s())
        return {
            "date": now.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            "x-ratelimit-limit": str(self.total),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(int(reset_at.timestamp())),
            "x-ratelimit-resource": "audit_log",
        }


steps = st.tuples(
    st.sampled_from(Lane),
    st.sampled_from([None, None, None, None, "secondary", 5, 90]),
    st.sampled_from([0, 0, 0, 1, 30]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(steps, max_size=120),
    st.integers(min_value=1, max_value=60),
    st.sampled_from([60, 600]),
    st.sampled_from([0.0, -7200.0, 86400.0]),
)
def test_no_request_goes_out_while_github_said_to_wait(asked, total, window_s, skew_s):
    """Whatever is asked, by whom, with any clock: no offence, and no window used up early."""
    clock = FakeClock()
    github = LimitedGithub(clock, total, window_s, skew_s)
    governor = Governor(clock)
    for lane, trouble, think_s in asked:
        clock.advance(think_s)
        governor.before("audit_log", lane)
        retry_after = trouble if isinstance(trouble, int) else None
        governor.after(github.answer(secondary=trouble, retry_after=retry_after), "audit_log")
    assert github.offences == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=20, max_value=400), st.sampled_from([Lane.HEAD, Lane.SWEEP]))
def test_the_reserve_is_there_in_every_window(total, lane):
    """A collector that never pauses leaves it to the actions."""
    clock = FakeClock()
    github = LimitedGithub(clock, total, 600)
    governor = Governor(clock)
    for _ in range(3 * total):
        governor.before("audit_log", lane)
        governor.after(github.answer(), "audit_log")
    assert github.lowest >= round(total * lane.reserve_share)


def test_several_threads_share_one_budget():
    """Requests in flight are counted, so that together they do not overrun it."""
    clock = FakeClock()
    github = LimitedGithub(clock, 40, 600)
    governor = Governor(clock)

    def ask():
        for _ in range(50):
            governor.before("audit_log", Lane.HEAD)
            governor.after(github.answer(), "audit_log")

    governor.before("audit_log", Lane.HEAD)
    governor.after(github.answer(), "audit_log")
    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert github.offences == 0
    assert governor.requests == 201


def test_a_secondary_limit_blocks_every_bucket():
    """It is about the whole integration."""
    clock = FakeClock()
    told = []
    governor = Governor(clock, on_wait=lambda reason, seconds: told.append((reason, seconds)))
    governor.before("audit_log", Lane.HEAD)
    governor.after(Answer(403, {"retry-after": "30"}, SECONDARY), "audit_log")
    governor.before("core", Lane.ACTION)
    assert told == [("GitHub's secondary rate limit", 30.0)]
    assert (governor.waits, governor.waited_s) == (1, 30.0)


def test_a_primary_limit_blocks_its_own_bucket_only():
    """An exhausted audit log must not stop actions."""
    clock = FakeClock()
    told = []
    governor = Governor(clock, on_wait=lambda reason, seconds: told.append((reason, seconds)))
    governor.before("audit_log", Lane.HEAD)
    body = json.dumps({"message": "API rate limit exceeded for user ID 1."}).encode()
    governor.after(Answer(429, {"retry-after": "30"}, body), "audit_log")
    governor.before("core", Lane.ACTION)
    assert told == []
    governor.before("audit_log", Lane.ACTION)
    assert told == [("the rate limit audit_log", 30.0)]


def test_pauses_that_github_does_not_name_double_up_to_fifteen_minutes():
    """And start at one minute again after a good answer."""
    clock = FakeClock()
    governor = Governor(clock)
    silent = Answer(403, {}, SECONDARY)
    for answer in [silent] * 6 + [GOOD, silent, GOOD]:
        governor.before("core", Lane.ACTION)
        governor.after(answer, "core")
    assert clock.waits == [60.0, 120.0, 240.0, 480.0, 900.0, 900.0, 60.0]


def test_our_own_cap_spaces_all_requests():
    """Ninety a minute are two in three seconds, whatever the bucket."""
    clock = FakeClock()
    governor = Governor(clock, per_minute=90)
    for resource in ("core", "audit_log", "core"):
        governor.before(resource, Lane.ACTION)
        governor.after(None, resource)
    assert clock.waits == pytest.approx([2 / 3, 2 / 3])


def test_a_request_without_an_answer_is_no_longer_in_flight():
    """Nothing is learnt from it either."""
    governor = Governor(FakeClock())
    governor.before("core", Lane.ACTION)
    governor.after(None, "core")
    assert governor._state.bucket("core").in_flight == 0
    assert governor.budget() == {}


def test_the_budget_is_told_by_bucket():
    """For metrics and for the test of a connection."""
    clock = FakeClock()
    github = LimitedGithub(clock, 1750, 3600)
    governor = Governor(clock)
    governor.before("core", Lane.ACTION)
    governor.after(github.answer(), "core")
    told = governor.budget()["audit_log"]
    assert (1750, 1749, clock.now() + timedelta(hours=1)) == (
        told.limit,
        told.remaining,
        told.reset_at,
    )


def test_a_stop_ends_waits_and_lets_nothing_out():
    """Also when no wait would have been needed."""
    clock = FakeClock()
    governor = Governor(clock)
    governor.before("core", Lane.ACTION)
    governor.after(Answer(403, {"retry-after": "30"}, SECONDARY), "core")
    clock.wait = lambda seconds: True
    with pytest.raises(StopRequested):
        governor.before("core", Lane.ACTION)
    clock.stop()
    with pytest.raises(StopRequested):
        Governor(clock).before("core", Lane.ACTION)
    assert governor.requests == 1


def test_a_corrected_machine_clock_does_not_shorten_a_wait():
    """The governor's time cannot jump."""
    clock = FakeClock()
    governor = Governor(clock)
    governor.before("core", Lane.ACTION)
    governor.after(Answer(403, {"retry-after": "30"}, SECONDARY), "core")
    clock._start += timedelta(hours=5)
    governor.before("core", Lane.ACTION)
    assert clock.waits == [30.0]
