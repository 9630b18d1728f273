"""Turns, waits and what failures lead to; time passes only by waiting."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from github_modules.collect.collector import Pace
from github_modules.collect.opening import open_position
from github_modules.collect.patience import Patience
from github_modules.collect.position import Position
from github_modules.errors import (
    ContractError,
    CredentialError,
    GithubModuleError,
    GithubUnavailableError,
    PageLoopError,
    StorageError,
)
from tests.collect_fakes import Shown, World, world
from tests.fakes import FakeClock

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = 3_600_000


class StopAfter(FakeClock):
    """Asks for a stop once so many seconds have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(START)
        self._until_s = seconds

    def wait(self, seconds: float) -> bool:
        super().wait(min(seconds, self._until_s - self.monotonic_s() + 0.001))
        self.is_stopped = self.monotonic_s() >= self._until_s
        return self.is_stopped


def opening(running: World) -> Callable[[], Position]:
    return lambda: open_position(running.kept, running.source.now_ms(), HOUR).position


def run(seconds: float, prepare: Callable[[World], None] = lambda _: None) -> World:
    running = world(StopAfter(seconds))
    prepare(running)
    running.loop.run(opening(running), Pace(60.0))
    return running


def test_polls_come_within_every_frequency() -> None:
    """An hour has at least 60 polls and at most a tenth more."""
    running = run(3_600)
    assert 60 <= len(running.source.readings) <= 67


def test_failure_is_waited_out_and_recovery_said() -> None:
    """A failing GitHub is asked again after a growing wait; then collection goes on."""

    def prepare(running: World) -> None:
        running.source.failures += [GithubUnavailableError("away")] * 3

    running = run(600, prepare)
    waits = [wait_s for _, wait_s in running.observer.failures]
    assert len(waits) == 3
    assert waits[0] <= 5 < waits[2] <= 20
    assert running.observer.recoveries == 1


def test_fault_for_a_person_is_asked_about_rarely() -> None:
    """A revoked token leads to fewer than ten tries an hour."""

    def prepare(running: World) -> None:
        running.source.failures += [CredentialError("revoked", remedy="make one")] * 50

    assert len(run(3_600, prepare).source.readings) < 6


def test_storage_that_fails_at_the_start_is_tried_again() -> None:
    """The loop waits for its storage instead of beginning from nothing."""
    running = world(StopAfter(300))
    running.store.broken = True
    tries: list[int] = []

    def load() -> Position:
        tries.append(1)
        running.store.broken = len(tries) < 3
        return opening(running)()

    running.loop.run(load, Pace(60.0))
    assert len(tries) == 3
    assert isinstance(running.observer.failures[0][0], StorageError)
    assert running.source.readings


def test_broken_sweep_does_not_hold_up_polls() -> None:
    """While a range cannot be swept, polls keep their frequency."""
    running = world(StopAfter(2 * 3_600))
    now = running.source.now_ms()
    running.source.events += [Shown(now + n * 20_000, now + n * 20_000, n) for n in range(400)]
    sweep = running.collector.sweep
    broken = PageLoopError("circle")

    def failing() -> None:
        sweep()
        raise broken

    running.collector.sweep = failing  # type: ignore[method-assign]
    running.loop.run(opening(running), Pace(60.0))
    polls = [reading for reading in running.source.readings if reading.until_ms is None]
    assert len(polls) >= 118
    assert 0 < len(running.observer.failures) < 20


@pytest.mark.parametrize(
    ("error", "first_s", "most_s"),
    [
        (GithubUnavailableError("x"), 5, 300),
        (CredentialError("x", remedy="y"), 600, 3_600),
        (ContractError("x"), 30, 900),
    ],
)
def test_waits_grow_to_a_bound_by_group(
    error: GithubModuleError, first_s: float, most_s: float
) -> None:
    """The group of an error decides how long is waited."""
    patience = Patience(random.Random(1))
    waits = [patience.after(error) for _ in range(40)]
    assert 0.75 * first_s <= waits[0] <= first_s
    assert 0.75 * most_s <= waits[-1] <= most_s
    assert patience.tried
    patience.reset()
    assert not patience.tried


def test_wait_is_never_shorter_than_asked_for() -> None:
    """What the other side asked for counts."""
    error = GithubUnavailableError("x", wait_s=1_234.0)
    assert Patience(random.Random(1)).after(error) == 1_234.0
