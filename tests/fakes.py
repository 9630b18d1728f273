"""Doubles that several test folders share: time that never passes by itself."""

from datetime import UTC, datetime, timedelta
from threading import Lock

MORNING = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


class FakeClock:
    """A `github_modules.clock.Clock` whose waits take no time: they move it and are recorded."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._start = start
        self._passed_s = 0.0
        self._lock = Lock()
        self.waits: list[float] = []
        self.is_stopped = False

    def now(self) -> datetime:
        """Return the start plus everything that was waited or advanced."""
        return self._start + timedelta(seconds=self._passed_s)

    def monotonic_s(self) -> float:
        """Return the seconds since the start."""
        return self._passed_s

    def wait(self, seconds: float) -> bool:
        """Record the wait, move the time, and return whether a stop was asked for."""
        with self._lock:
            self.waits.append(seconds)
            self._passed_s += max(0.0, seconds)
        return self.is_stopped

    def stopped(self) -> bool:
        """Return whether a stop was asked for."""
        return self.is_stopped

    def advance(self, seconds: float) -> None:
        """Let time pass without anybody waiting."""
        with self._lock:
            self._passed_s += seconds

    def stop(self) -> None:
        """Ask for a stop: each wait answers True from now on."""
        self.is_stopped = True
