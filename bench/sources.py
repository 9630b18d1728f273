"""Draining alerts, and what the other components cost when nothing happens."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[1]
QUIET: dict[str, Any] = {"feed": {"kind": "none"}, "rate_limit": None}
_IDLE_S = 20.0
_FASTER = 90.0


@dataclass(frozen=True, slots=True)
class AlertDrain:
    """A first run over many alerts."""

    alerts: int
    latency_ms: float
    seconds: float
    pages: int
    peak_mib: float

    @property
    def against_floor(self) -> float:
        """Return the time in multiples of reading every page once."""
        return self.seconds / (self.alerts / 100 * self.latency_ms / 1000)


def alerts(count: int, latency_ms: float) -> AlertDrain:
    """Collect alerts of one product that were changed over a month."""
    with Sandbox(QUIET) as sandbox, tempfile.TemporaryDirectory() as folder:
        end_s = time.time() - 3_600
        span = {"start_s": end_s - 30 * 86_400, "end_s": end_s, "count": count}
        sandbox.estate(add_alerts={"product": "code-scanning", "repository": "infra"} | span)
        sandbox.settings(latency_ms=latency_ms)
        given = {"frequency": 600, "history_hours": 2_000, "ratelimit_per_minute": 10_000_000,
                 "alert_types": ["code_scanning"]}  # fmt: skip
        environment = sandbox.module_environment(Path(folder), connector=given, token="full")
        process = _started("github_security_alerts", environment)
        try:
            while sandbox.platform()["batches"] * 1_000 < count:
                time.sleep(0.5)
            time.sleep(2.0)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        finally:
            process.terminate()
            process.wait(30)
        asked, pushed = sandbox.requests("github", "alerts"), sandbox.requests("intake")
        seconds = pushed[-1]["at_real"] - asked[0]["at_real"]
        peak_mib = int(status.split("VmHWM:")[1].split()[0]) / 1024
        return AlertDrain(count, latency_ms, seconds, len(asked), peak_mib)


def idle() -> dict[str, float]:
    """Return requests an hour of each component at its default pace, time running faster."""
    return {
        name: _idle(name)
        for name in ("github_security_alerts", "github_repository_events", "github_audit_event")
    }


def _idle(command: str) -> float:
    now_s = time.time()
    clock = {"anchor_real_s": now_s, "anchor_s": now_s, "rate": _FASTER}
    with Sandbox(QUIET | {"clock": clock}) as sandbox, tempfile.TemporaryDirectory() as folder:
        environment = sandbox.module_environment(Path(folder), connector={
            "frequency": 60 if command == "github_audit_event" else 300}, token="full")  # fmt: skip
        environment |= {"SCALED_CLOCK": _text(clock), "PYTHONPATH": str(ROOT)}
        process = _started(command, environment, "-m", "tests.system.scaled_time")
        try:
            time.sleep(6.0)
            before = sandbox.request_count("github")
            time.sleep(_IDLE_S)
            asked = sandbox.request_count("github") - before
        finally:
            process.terminate()
            process.wait(30)
        return asked * 3_600 / (_IDLE_S * _FASTER)


def _text(value: dict[str, float]) -> str:
    return str(value).replace("'", '"')


def _started(command: str, environment: dict[str, str], *program: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, *(program or ("main.py",)), command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
