"""Live logs: how fresh events are, and how many requests a day of them costs."""

import json
import time
from dataclasses import dataclass
from typing import Any

from bench.runs import HOUR_MS, UNLIMITED, connector
from sandbox.client import Sandbox

_SCALED = ["-m", "tests.system.scaled_time"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """Lag of a steady flow, from visible to accepted by the intake; seconds."""

    frequency_s: int
    p50_s: float
    p99_s: float
    repeated: int
    lost: int


@dataclass(frozen=True, slots=True)
class Spending:
    """Requests of a stretch of a live log with sweeps on."""

    events: int
    hours: float
    requests: int
    polls: float

    @property
    def per_thousand(self) -> float:
        """Return requests for each 1,000 events."""
        return self.requests / self.events * 1000

    @property
    def swept_an_hour(self) -> float:
        """Return requests an hour beyond one for each poll and each full page."""
        return (self.requests - self.polls - self.events / 100) / self.hours


def freshness(events_per_s: int, frequency_s: int, seconds: int = 30) -> Freshness:
    """Collect a steady flow for a while."""
    with Sandbox({"feed": {"kind": "none"}, "rate_limit": None}) as sandbox:
        begin_ms = round(time.time() * 1000) + 4_000
        count = events_per_s * seconds
        sandbox.generate(count, begin_ms, begin_ms + seconds * 1000, seed=9, git_share=0.5)
        with connector(sandbox, UNLIMITED | {"frequency": frequency_s}):
            report = sandbox.wait_until(
                lambda report: report["forwarded"] >= count, timeout_s=seconds + 60
            )
        return Freshness(
            frequency_s,
            report["lag_p50_s"],
            report["lag_p99_s"],
            report["repeated"],
            report["lost"],
        )


def spending(events_per_hour: int, hours: float = 16.0, rate: float = 1_200.0) -> Spending:
    """Collect hours of a live log with a clock that runs faster, sweeps included."""
    now_s = time.time()
    clock: dict[str, Any] = {"anchor_real_s": now_s, "anchor_s": now_s, "rate": rate}
    config = {"feed": {"kind": "none"}, "rate_limit": None, "clock": clock}
    with Sandbox(config) as sandbox:
        begin_ms = round(now_s * 1000) - 20 * HOUR_MS
        count = round(events_per_hour * (hours + 22))
        sandbox.generate(count, begin_ms, begin_ms + round((hours + 22) * HOUR_MS), seed=8)
        arguments = UNLIMITED | {"frequency": 300}
        environment = {"SCALED_CLOCK": json.dumps(clock)}
        with connector(sandbox, arguments, program=_SCALED, extra=environment):
            sandbox.wait_until(lambda report: report["forwarded"] > 20 * events_per_hour * 0.9)
            before = sandbox.report()
            time.sleep(hours * 3600 / rate)
            after = sandbox.report()
        passed_h = (after["now"] - before["now"]) / 3600
        requests = after["audit_requests"] - before["audit_requests"]
        events = after["forwarded"] - before["forwarded"]
        return Spending(events, passed_h, requests, passed_h * 12 / 0.95)
