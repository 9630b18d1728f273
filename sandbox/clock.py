"""The sandbox's notion of now, which may run faster than the machine's.

Everything that depends on time asks here: the Date header, rate-limit windows, token lives
and the visibility of events. Only latency and stalls are real seconds.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate


@dataclass(frozen=True, slots=True)
class SandboxClock:
    """Maps real time to sandbox time: anchor_s + (real - anchor_real_s) * rate."""

    anchor_real_s: float = 0.0
    anchor_s: float = 0.0
    rate: float = 1.0

    def now(self) -> float:
        """Return the sandbox's time in epoch seconds."""
        return self.anchor_s + (time.time() - self.anchor_real_s) * self.rate

    def now_ms(self) -> int:
        """Return the sandbox's time in epoch milliseconds."""
        return int(self.now() * 1000)

    def http_date(self, at_s: float | None = None) -> str:
        """Return a moment in the form of the Date header."""
        return formatdate(self.now() if at_s is None else at_s, usegmt=True)

    def iso(self, at_s: float) -> str:
        """Return a moment as GitHub writes it in JSON, without a fraction."""
        return datetime.fromtimestamp(int(at_s), tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clock_from(settings: dict[str, float] | None) -> SandboxClock:
    """Build a clock; without settings it follows the machine."""
    if not settings:
        return SandboxClock()
    real_s = settings.get("anchor_real_s", time.time())
    return SandboxClock(real_s, settings.get("anchor_s", real_s), settings.get("rate", 1.0))
