"""When the next request may go out: GitHub's budgets, GitHub's waits, and our own cap.

Decides from the values of `budget.py`; the only effect is a wait on the clock it is given.
https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from github_modules.clock import Clock
from github_modules.errors import StopRequested
from github_modules.github.budget import Bucket, Lane, RateLimit, pace, parse_rate_limit
from github_modules.github.limits import asked_wait_s, is_secondary_answer
from github_modules.github.response import Answer

__all__ = ["Governor", "Lane", "RateLimit", "pace", "parse_rate_limit"]

_FIRST_PAUSE_S = 60.0
_LONGEST_PAUSE_S = 900.0
_REASONS = {"secondary": "GitHub's secondary rate limit", "own": "ratelimit_per_minute"}


@dataclass
class _State:
    buckets: dict[str, Bucket] = field(default_factory=dict)
    blocked_until: datetime | None = None
    pauses_in_a_row: int = 0
    free_at: datetime | None = None
    counts: Counter[str] = field(default_factory=Counter)
    waited_s: float = 0.0

    def bucket(self, resource: str) -> Bucket:
        """Return the bucket of a resource, new if it was never used."""
        return self.buckets.setdefault(resource, Bucket())


class Governor:
    """Lets requests out one by one, never while GitHub said to wait. Safe among threads.

    Every `before` that returns must be followed by one `after`, with None if nothing came back.

    Args:
        clock: time and interruptible waits.
        per_minute: our own cap on requests of all kinds; None for none. Requests are spaced
            evenly: no burst is saved up.
        on_wait: told the reason and the seconds before each wait.
    """

    def __init__(
        self,
        clock: Clock,
        per_minute: float | None = None,
        on_wait: Callable[[str, float], None] | None = None,
    ) -> None:
        self._clock = clock
        self._spacing = timedelta(minutes=1 / per_minute) if per_minute else timedelta()
        self._on_wait = on_wait
        self._lock = Lock()
        self._state = _State()
        self._started_at = clock.now() - timedelta(seconds=clock.monotonic_s())

    def before(self, resource: str, lane: Lane) -> None:
        """Wait until a request may go out, and count it as in flight.

        Raises:
            StopRequested: the process was asked to end, also in the middle of a wait.
        """
        while True:
            with self._lock:
                reason, seconds = self._next_wait(resource, lane)
                if seconds <= 0:
                    self._let_out(resource)
                    return
                self._state.counts["waits"] += 1
                self._state.waited_s += seconds
            # Outside the lock: others may learn and wait in the meantime.
            if self._on_wait:
                self._on_wait(reason, seconds)
            if self._clock.wait(seconds):
                raise StopRequested

    def after(self, answer: Answer | None, resource: str) -> None:
        """Learn from what came back for a request that `before` let out."""
        with self._lock:
            bucket = self._state.bucket(resource)
            bucket.in_flight -= 1
            if answer is None:
                return
            now = self._now()
            told = parse_rate_limit(answer, now, resource)
            if told:
                named = self._state.bucket(told.resource)
                named.learn(told)
                named.last_at = max(named.last_at or now, bucket.last_at or now)
            self._obey(answer, self._state.bucket(told.resource) if told else bucket, now)

    def budget(self) -> dict[str, RateLimit]:
        """Return what GitHub last said about each bucket."""
        with self._lock:
            buckets = self._state.buckets.items()
            return {name: bucket.limit for name, bucket in buckets if bucket.limit}

    @property
    def requests(self) -> int:
        """How many requests were let out."""
        return self._state.counts["requests"]

    @property
    def waits(self) -> int:
        """How many times somebody waited."""
        return self._state.counts["waits"]

    @property
    def waited_s(self) -> float:
        """Seconds waited, summed over all threads."""
        return self._state.waited_s

    def _now(self) -> datetime:
        """Return a time that a correction of the machine's clock cannot move."""
        return self._started_at + timedelta(seconds=self._clock.monotonic_s())

    def _next_wait(self, resource: str, lane: Lane) -> tuple[str, float]:
        if self._clock.stopped():
            raise StopRequested
        now = self._now()
        waits = {
            f"the rate limit {resource}": self._state.bucket(resource).wait_s(now, lane),
            _REASONS["secondary"]: _seconds_until(self._state.blocked_until, now),
            _REASONS["own"]: _seconds_until(self._state.free_at, now),
        }
        return max(waits.items(), key=lambda wait: wait[1])

    def _let_out(self, resource: str) -> None:
        now = self._now()
        bucket = self._state.bucket(resource)
        bucket.in_flight += 1
        bucket.last_at = now
        self._state.free_at = now + self._spacing
        self._state.counts["requests"] += 1

    def _obey(self, answer: Answer, bucket: Bucket, now: datetime) -> None:
        is_secondary = is_secondary_answer(answer)
        if is_secondary is None:
            self._state.pauses_in_a_row = 0
            return
        wait_s = asked_wait_s(answer, now)
        if wait_s is None or (is_secondary and not answer.header("retry-after")):
            # "wait at least one minute ... exponentially increasing"
            doubled_s = _FIRST_PAUSE_S * 2 ** min(self._state.pauses_in_a_row, 8)
            wait_s = max(wait_s or 0.0, min(_LONGEST_PAUSE_S, doubled_s))
        self._state.pauses_in_a_row += 1
        until = now + timedelta(seconds=wait_s)
        if is_secondary:
            self._state.blocked_until = max(until, self._state.blocked_until or until)
        else:
            bucket.blocked_until = max(until, bucket.blocked_until or until)


def _seconds_until(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (moment - now).total_seconds()) if moment else 0.0
