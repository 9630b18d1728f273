"""Whether to ask again, and when."""

import pytest

from github_modules.errors import (
    CredentialError,
    GithubUnavailableError,
    NotFoundError,
    RateLimitedError,
)
from github_modules.github.retry import WALK, CircuitBreaker, decide_retry
from tests.fakes import FakeClock


class Longest:
    """An rng that always answers with the upper end."""

    def uniform(self, a, b):
        assert a == 0.0
        return b


def retry(error, attempt=1, method="GET", idempotent=False, **more):
    return decide_retry(error, attempt, method=method, idempotent=idempotent, rng=Longest(), **more)


DOWN = GithubUnavailableError("down")
NEVER_ARRIVED = GithubUnavailableError("down", never_arrived=True)
LIMITED = RateLimitedError("wait", resource="core", wait_s=3600.0)


def test_the_back_off_doubles():
    """With full jitter below it; five attempts in all."""
    assert [retry(DOWN, attempt) for attempt in range(1, 6)] == [1.0, 2.0, 4.0, 8.0, None]


def test_a_walk_is_more_patient():
    """Its place is worth keeping."""
    assert retry(DOWN, 11, patience=WALK) == 60.0
    assert retry(DOWN, 12, patience=WALK) is None


@pytest.mark.parametrize(
    ("error", "method", "idempotent", "wait_s"),
    [
        (DOWN, "GET", False, 1.0),
        (DOWN, "HEAD", False, 1.0),
        (DOWN, "POST", False, None),
        (DOWN, "DELETE", False, None),
        (DOWN, "PUT", True, 1.0),
        (NEVER_ARRIVED, "POST", False, 1.0),
        (LIMITED, "POST", False, 0.0),
        (NotFoundError("no"), "GET", True, None),
        (CredentialError("no", remedy="x"), "GET", True, None),
    ],
)
def test_a_write_is_repeated_only_if_that_does_no_harm(error, method, idempotent, wait_s):
    """It never arrived, was refused by a limit, or may be made twice."""
    assert retry(error, 1, method, idempotent) == wait_s


def test_a_wait_that_was_asked_for_is_kept_or_given_up():
    """A single request does not wait for minutes, a walk does."""
    error = GithubUnavailableError("down", wait_s=120.0)
    assert retry(error) is None
    assert retry(error, patience=WALK) == 120.0
    assert retry(GithubUnavailableError("down", wait_s=30.0)) == 30.0


def test_the_circuit_opens_after_five_failures_in_a_row():
    """Four and a success are nothing."""
    breaker = CircuitBreaker(FakeClock())
    for _ in range(4):
        breaker.failed()
    breaker.succeeded()
    for _ in range(4):
        breaker.failed()
    breaker.check()
    breaker.failed()
    with pytest.raises(GithubUnavailableError) as refused:
        breaker.check()
    assert (refused.value.wait_s, refused.value.never_arrived) == (60.0, True)


def test_one_probe_goes_out_when_the_pause_is_over():
    """The others wait for what comes of it."""
    clock = FakeClock()
    breaker = opened(clock)
    clock.advance(60.0)
    breaker.check()
    with pytest.raises(GithubUnavailableError) as refused:
        breaker.check()
    assert refused.value.wait_s == 5.0
    breaker.succeeded()
    breaker.check()
    breaker.check()


def test_failed_probes_double_the_pause_up_to_fifteen_minutes():
    """And those still under way when it opened do not."""
    clock = FakeClock()
    breaker = opened(clock)
    breaker.failed()
    pauses = []
    for _ in range(6):
        with pytest.raises(GithubUnavailableError) as refused:
            breaker.check()
        pauses.append(refused.value.wait_s)
        clock.advance(refused.value.wait_s)
        breaker.check()
        breaker.failed()
    assert pauses == [60.0, 120.0, 240.0, 480.0, 900.0, 900.0]


def opened(clock):
    breaker = CircuitBreaker(clock)
    for _ in range(5):
        breaker.failed()
    return breaker
