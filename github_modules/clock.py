"""Time as an argument. The only file that reads a clock or sleeps.

Waits end at once when the process is asked to stop, and tell the caller so.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from typing import Protocol

_PULSE_EVERY_S = 10.0


class Clock(Protocol):
    """What the module needs to know about time. Seconds everywhere, aware datetimes."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""

    def monotonic_s(self) -> float:
        """Return seconds that never run backwards."""

    def wait(self, seconds: float) -> bool:
        """Wait, and return True as soon as the process is asked to stop."""

    def stopped(self) -> bool:
        """Return whether the process was asked to stop."""


class SystemClock:
    """The machine's clock, with waits that a stop event ends.

    `pulse` is called at least every 10 s of a long wait: the sign of life of whoever waits.
    """

    def __init__(self, stop_event: Event, pulse: Callable[[], None] | None = None) -> None:
        self._stop_event = stop_event
        self._pulse = pulse or (lambda: None)

    def now(self) -> datetime:
        """Return the machine's time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()

    def wait(self, seconds: float) -> bool:
        """Wait in slices, giving a sign of life before each; True when asked to stop."""
        deadline = time.monotonic() + seconds
        while not self._stop_event.is_set():
            self._pulse()
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._stop_event.wait(min(left, _PULSE_EVERY_S))
        return True

    def stopped(self) -> bool:
        """Return whether the stop event is set."""
        return self._stop_event.is_set()


def epoch_ms(moment: datetime) -> int:
    """Return milliseconds since the epoch of an aware datetime."""
    return round(moment.timestamp() * 1000)
