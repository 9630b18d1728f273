"""Runs `main.py` with a clock that runs faster, so that twelve hours pass within a test.

Only the clock is another one: everything it is handed to is the product as it is.
"""

import json
import os
import runpy
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from github_modules import clock

SETTINGS = json.loads(os.environ.get("SCALED_CLOCK", "{}"))


class ScaledClock(clock.SystemClock):
    """The time of the sandbox: the same anchor, the same rate."""

    def __init__(self, stop_event: Event, pulse: Callable[[], None] | None = None) -> None:
        super().__init__(stop_event, pulse)
        self._rate = float(SETTINGS["rate"])

    def _scaled_s(self) -> float:
        passed_s = time.time() - float(SETTINGS["anchor_real_s"])
        return float(SETTINGS["anchor_s"]) + passed_s * self._rate

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._scaled_s(), UTC)

    def monotonic_s(self) -> float:
        return self._scaled_s()

    def wait(self, seconds: float) -> bool:
        return super().wait(seconds) if seconds <= 0 else self._wait_real(seconds / self._rate)

    def _wait_real(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not self._stop_event.is_set():
            if self._pulse:
                self._pulse()
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._stop_event.wait(min(left, 1.0))
        return True


if __name__ == "__main__":
    clock.SystemClock = ScaledClock  # type: ignore[misc]
    root = Path(__file__).resolve().parents[2]
    sys.argv = [str(root / "main.py"), *sys.argv[1:]]
    runpy.run_path(sys.argv[0], run_name="__main__")
