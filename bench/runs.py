"""Running the real connector against the sandbox, and reading off what it cost."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from requests import Session

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[1]
UNLIMITED = {"ratelimit_per_minute": 100_000_000}
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Drain:
    """One backlog collected: seconds, pages, peak memory, processor seconds of the module."""

    events: int
    latency_ms: float
    lanes: int
    seconds: float
    pages: int
    peak_mib: float
    cpu_s: float

    @property
    def floor_s(self) -> float:
        """Return pages times latency of a reader that does nothing else: the serial floor."""
        return self.events / 100 * self.latency_ms / 1000

    @property
    def against_floor(self) -> float:
        """Return the drain time in multiples of the serial floor."""
        return self.seconds / self.floor_s


@contextmanager
def connector(
    sandbox: Sandbox,
    arguments: dict[str, Any],
    program: Sequence[str] = ("main.py",),
    extra: Mapping[str, str] = MappingProxyType({}),
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start `main.py github_audit_logs` on a folder of its own, and end it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = sandbox.module_environment(Path(folder), connector=arguments)
        process = subprocess.Popen(
            [sys.executable, *program, "github_audit_logs"],
            cwd=ROOT,
            env={**environment, **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def drain(events: int, latency_ms: float, lanes: int = 1) -> Drain:
    """Collect a backlog spread over 20 hours, and return what it took."""
    with Sandbox({"feed": {"kind": "none"}, "rate_limit": None}) as sandbox:
        end_ms = round(time.time() * 1000) - 120_000
        sandbox.generate(events, end_ms - 20 * HOUR_MS, end_ms, seed=3, git_share=0.4)
        sandbox.settings(latency_ms=latency_ms)
        arguments = UNLIMITED | {"catch_up_lanes": lanes, "frequency": 30}
        with connector(sandbox, arguments) as process:
            # Asking how far it is takes the sandbox's time: not before it can be done.
            time.sleep(events / 100 * latency_ms / 1000 / lanes)
            sandbox.wait_until(lambda report: report["forwarded"] >= events, timeout_s=900)
            peak_mib, cpu_s = _cost(process.pid)
        asked = sandbox.requests("github", "audit-log")
        pushed = sandbox.requests("intake")
        seconds = pushed[-1]["at_real"] - asked[0]["at_real"]
        report = sandbox.report()
        if report["lost"] or report["repeated"]:
            raise RuntimeError(f"the drain was not clean: {report}")
        return Drain(events, latency_ms, lanes, seconds, len(asked), peak_mib, cpu_s)


def bare_reader_s(events: int, latency_ms: float) -> float:
    """Return the seconds that following the links alone takes, without looking into the pages."""
    with Sandbox({"feed": {"kind": "none"}, "rate_limit": None}) as sandbox, Session() as session:
        end_ms = round(time.time() * 1000) - 120_000
        sandbox.generate(events, end_ms - 20 * HOUR_MS, end_ms, seed=3, git_share=0.4)
        sandbox.settings(latency_ms=latency_ms)
        session.headers.update({"Authorization": f"Bearer {sandbox.token}", "User-Agent": "bare"})
        url = f"{sandbox.github_url}/orgs/{sandbox.org}/audit-log?include=all&order=asc"
        next_url: str | None = f"{url}&per_page=100"
        began = time.monotonic()
        while next_url:
            answer = session.get(next_url, timeout=30)
            next_url = answer.links.get("next", {}).get("url")
        return time.monotonic() - began


def _cost(pid: int) -> tuple[float, float]:
    """Return peak memory in MiB and processor seconds of a running process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    return int(status.split("VmHWM:")[1].split()[0]) / 1024, ticks / os.sysconf("SC_CLK_TCK")
