"""GitHub's budgets as values: how much is left, who may use it, and how fast. Pure.

https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from github_modules.github.limits import parse_epoch
from github_modules.github.response import Answer

_RESERVE_SHARE = 100 / 1750
# Answers of one window may name resets a few seconds apart.
_SAME_WINDOW = timedelta(seconds=5)
_AFTER_RESET = timedelta(seconds=1)


class Lane(StrEnum):
    """Who asks. Sweeps leave room for head reads, and both leave a reserve for actions."""

    HEAD = "head"
    SWEEP = "sweep"
    ACTION = "action"

    @property
    def reserve_share(self) -> float:
        """The share of the budget that this lane leaves untouched."""
        return {Lane.HEAD: 1.0, Lane.SWEEP: 3.0, Lane.ACTION: 0.0}[self] * _RESERVE_SHARE

    @property
    def plenty_share(self) -> float:
        """The share of the budget above which this lane need not spread its requests."""
        return _RESERVE_SHARE / 2 if self is Lane.ACTION else 0.5


@dataclass(frozen=True, slots=True)
class RateLimit:
    """One bucket as GitHub last told it; `reset_at` is translated to this machine's clock.

    `window` is the reset on GitHub's clock: it tells windows apart however late an answer is read.
    """

    resource: str
    limit: int
    remaining: int
    reset_at: datetime
    window: datetime | None = None

    def reserve(self, lane: Lane) -> int:
        """Return the requests that the lane must leave: 100 of 1,750, in proportion."""
        return round(self.limit * lane.reserve_share)


def parse_rate_limit(answer: Answer, now: datetime, resource: str = "core") -> RateLimit | None:
    """Return the bucket that an answer describes, or None where it describes none.

    The reset is moved by the difference between GitHub's `Date` and `now`. A resource with
    a colon is the caller's own bucket and keeps its name.
    """
    limit, remaining = (answer.header(f"x-ratelimit-{word}") for word in ("limit", "remaining"))
    reset_at = parse_epoch(answer.header("x-ratelimit-reset"))
    if not (limit.isdecimal() and remaining.isdecimal() and reset_at):
        return None
    named = answer.header("x-ratelimit-resource")
    name = resource if ":" in resource or not named else named
    local_reset = now + (reset_at - (answer.date or now))
    return RateLimit(name, int(limit), int(remaining), local_reset, reset_at)


def pace(
    limit: RateLimit,
    now: datetime,
    reserve: int,
    *,
    plenty: float = 0.5,
    last_at: datetime | None = None,
) -> float:
    """Return the seconds to wait before the next request of a bucket.

    Args:
        limit: the bucket; `remaining` must already exclude requests in flight.
        now: the time on the same clock as `limit.reset_at`.
        reserve: requests to leave untouched.
        plenty: share of the limit above which requests go out at once. Below it they are
            spread evenly over the time left, so that the last one falls on the reset.
        last_at: when the last request of the bucket went out; None counts as now.
    """
    opens_at = limit.reset_at + _AFTER_RESET
    if now >= opens_at:
        return 0.0
    usable = limit.remaining - reserve
    if usable <= 0:
        return (opens_at - now).total_seconds()
    if limit.remaining > limit.limit * plenty:
        return 0.0
    since = now if last_at is None else last_at
    spacing = (opens_at - since) / (usable + 1)
    return max(0.0, (since + spacing - now).total_seconds())


@dataclass
class Bucket:
    """What is known about one budget, and what is under way. Not safe among threads."""

    limit: RateLimit | None = None
    blocked_until: datetime | None = None
    last_at: datetime | None = None
    in_flight: int = 0

    def wait_s(self, now: datetime, lane: Lane) -> float:
        """Return how long the lane has to wait for this bucket."""
        if self.blocked_until and now < self.blocked_until:
            return (self.blocked_until - now).total_seconds()
        if not self.limit:
            return 0.0
        limit = self.limit
        left = limit.limit if now >= limit.reset_at + _AFTER_RESET else limit.remaining
        current = replace(limit, remaining=left - self.in_flight)
        plenty = lane.plenty_share
        return pace(current, now, limit.reserve(lane), plenty=plenty, last_at=self.last_at)

    def learn(self, told: RateLimit) -> None:
        """Take over what an answer says; answers may arrive late and out of order."""
        known = self.limit
        later = _later(told, known) if known else _SAME_WINDOW * 2
        if known and abs(later) <= _SAME_WINDOW:
            # The answer that was read soonest knows best how far the reset is.
            remaining, reset_at = (
                min(known.remaining, told.remaining),
                min(known.reset_at, told.reset_at),
            )
            self.limit = replace(known, remaining=remaining, reset_at=reset_at)
        elif later > _SAME_WINDOW:
            self.limit = told


def _later(told: RateLimit, known: RateLimit) -> timedelta:
    return (told.window or told.reset_at) - (known.window or known.reset_at)
