"""Whether to ask again, and when. Pure, except for the small object that counts failures.

Does not send anything, and leaves the waits of rate limits to the governor.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from github_modules.clock import Clock
from github_modules.errors import (
    GithubModuleError,
    GithubUnavailableError,
    RateLimitedError,
)

_FIRST_BACKOFF_S = 1.0
_LONGEST_BACKOFF_S = 60.0
_SAFE_METHODS = {"GET", "HEAD"}
_OPEN_AFTER = 5
_FIRST_OPEN_S = 60.0
_LONGEST_OPEN_S = 900.0
_PROBE_S = 5.0


class Rng(Protocol):
    """The one method of `random.Random` that is used."""

    def uniform(self, a: float, b: float) -> float:
        """Return a number between a and b."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts in all, and the longest single wait in seconds that is accepted."""

    attempts: int
    longest_wait_s: float


ONE_REQUEST = Patience(attempts=5, longest_wait_s=60.0)
# A walk keeps its place while GitHub is away: nothing is won by starting it again.
WALK = Patience(attempts=12, longest_wait_s=900.0)


def decide_retry(
    error: GithubModuleError,
    attempt: int,
    *,
    method: str,
    idempotent: bool,
    rng: Rng,
    patience: Patience = ONE_REQUEST,
) -> float | None:
    """Return the seconds to wait before the next attempt, or None to give up.

    Exponential back-off with full jitter, at least what the other side asked for. A rate limit
    waits 0 s here, because the governor lets nothing out before its time. Writes are repeated
    only if they surely had no effect or the endpoint is marked idempotent.

    Args:
        error: what the attempt ended with.
        attempt: how many attempts were made, from 1.
        method: the HTTP method.
        idempotent: whether the endpoint may be called twice without harm.
        rng: the source of the jitter.
        patience: when to give up.
    """
    if attempt >= patience.attempts:
        return None
    if isinstance(error, RateLimitedError):
        return 0.0  # refused before it had any effect, so a write may be repeated as well
    if not isinstance(error, GithubUnavailableError):
        return None
    if not (idempotent or error.never_arrived or method in _SAFE_METHODS):
        return None
    backoff_s = min(_LONGEST_BACKOFF_S, _FIRST_BACKOFF_S * 2 ** (attempt - 1))
    wait_s = max(error.wait_s or 0.0, rng.uniform(0.0, backoff_s))
    return wait_s if wait_s <= patience.longest_wait_s else None


class CircuitBreaker:
    """Stops asking a GitHub that does not answer: after 5 failures in a row, 60 s up to 15 min.

    When a pause is over, one request goes out as a probe; its outcome closes the circuit or
    doubles the pause. Safe among threads.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._open_s = 0.0
        self._open_until_s = 0.0
        self._is_probing = False

    def check(self) -> None:
        """Let a request pass.

        Raises:
            GithubUnavailableError: the circuit is open; `wait_s` says for how long.
        """
        with self._lock:
            if not self._open_s:
                return
            left_s = self._open_until_s - self._clock.monotonic_s()
            if left_s <= 0 and not self._is_probing:
                self._is_probing = True
                return
        raise GithubUnavailableError(
            f"GitHub failed to answer {self._failures} times in a row, so it is given a pause.",
            remedy="Nothing to do: the module tries again. See https://www.githubstatus.com.",
            wait_s=max(left_s, _PROBE_S),
            never_arrived=True,
        )

    def succeeded(self) -> None:
        """Note an answer, whatever it says: GitHub is there."""
        with self._lock:
            self._failures = 0
            self._open_s = 0.0
            self._is_probing = False

    def failed(self) -> None:
        """Note a request without a usable answer."""
        with self._lock:
            self._failures += 1
            self._is_probing = False
            if self._failures < _OPEN_AFTER:
                return
            now_s = self._clock.monotonic_s()
            if now_s >= self._open_until_s:  # not for those still under way when it opened
                self._open_s = min(_LONGEST_OPEN_S, self._open_s * 2 or _FIRST_OPEN_S)
                self._open_until_s = now_s + self._open_s
