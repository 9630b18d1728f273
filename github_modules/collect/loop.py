"""The only loop: poll, sweep, wait. Ends within a moment when asked to stop.

What a failure means is decided by its group in `errors`, never by its text.
"""

import random
from collections.abc import Callable

from github_modules.clock import Clock
from github_modules.collect.collector import Collector, Pace
from github_modules.collect.patience import Patience
from github_modules.collect.ports import Observer, Source
from github_modules.collect.position import Position
from github_modules.errors import GithubModuleError, StopRequested

_JITTER = 0.1
"""Spreads the polls of many connectors; never later than the frequency, which is a promise."""


class Loop:
    """Collects until the process is asked to stop; every failure is waited out.

    Args:
        collector: does the reading and delivering.
        source: knows the time that sweeps go by.
        observer: who is told.
        clock: time.
        rng: jitter.
    """

    def __init__(
        self,
        collector: Collector,
        source: Source,
        observer: Observer,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._collector = collector
        self._source = source
        self._observer = observer
        self._clock = clock
        self._rng = rng
        self._polls = Patience(rng)
        self._sweeps = Patience(rng)
        self._next_poll_s = 0.0
        self._next_sweep_s = 0.0

    def run(self, opening: Callable[[], Position], pace: Pace) -> None:
        """Collect until asked to stop, from the position that `opening` loads."""
        try:
            self._begin(opening)
            self._next_poll_s = self._next_sweep_s = self._clock.monotonic_s()
            while not self._clock.stopped():
                self._turn(pace)
        except StopRequested:
            return
        finally:
            self._collector.drop_sweep()

    def _begin(self, opening: Callable[[], Position]) -> None:
        while not self._clock.stopped():
            try:
                self._collector.begin(opening())
            except GithubModuleError as error:
                wait_s = self._polls.after(error)
                self._observer.failed(error, wait_s)
                self._clock.wait(wait_s)
            else:
                return

    def _turn(self, pace: Pace) -> None:
        now_s = self._clock.monotonic_s()
        sweep_in_s = self._sweep_in_s(now_s)
        if now_s >= self._next_poll_s:
            self._poll(pace, now_s)
        elif sweep_in_s is not None and sweep_in_s <= 0:
            self._sweep()
        else:
            until_poll_s = self._next_poll_s - now_s
            self._clock.wait(min(until_poll_s, sweep_in_s or until_poll_s))

    def _sweep_in_s(self, now_s: float) -> float | None:
        due_ms = self._collector.next_sweep_ms()
        if due_ms is None:
            return None
        return max((due_ms - self._source.now_ms()) / 1000, self._next_sweep_s - now_s)

    def _poll(self, pace: Pace, now_s: float) -> None:
        self._next_poll_s = now_s + pace.frequency_s * (1 - self._rng.uniform(0, _JITTER))
        try:
            self._collector.poll(pace)
        except GithubModuleError as error:
            wait_s = self._polls.after(error)
            self._observer.failed(error, wait_s)
            self._next_poll_s = self._next_sweep_s = self._clock.monotonic_s() + wait_s
        else:
            if self._polls.tried:
                self._observer.recovered()
            self._polls.reset()

    def _sweep(self) -> None:
        try:
            self._collector.sweep()
        except GithubModuleError as error:
            # Head reads go on: a range that cannot be read again must not hold up what is new.
            wait_s = self._sweeps.after(error)
            self._observer.failed(error, wait_s)
            self._next_sweep_s = self._clock.monotonic_s() + wait_s
        else:
            self._sweeps.reset()
