"""The module as the platform starts it: a process, an environment, a data folder."""

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[2]
CONNECTOR = "github_audit_logs"


class ModuleProcess:
    """`python main.py <command>` against a sandbox; a second `start` is a restart."""

    def __init__(
        self, sandbox: Sandbox, data_path: Path, command: str = CONNECTOR, **overrides: Any
    ) -> None:
        data_path.mkdir(parents=True, exist_ok=True)
        self.covered = bool(overrides.pop("covered", False))
        self.scaled = bool(overrides.pop("scaled", False))
        self.command = command
        self.data_path = data_path
        self.environment = sandbox.module_environment(data_path, **overrides)
        if self.scaled:
            self.environment["SCALED_CLOCK"] = json.dumps(sandbox.config["clock"])
        self.environment["PYTHONPATH"] = str(ROOT)
        if not self.covered:
            # Twice the processor time, for what other tests cover: tests of cost and of promises
            # over time measure the module as it is.
            self.environment |= {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""}
        self.log_path = data_path.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "ModuleProcess":
        program = ["-m", "tests.system.scaled_time"] if self.scaled else ["main.py"]
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *program, self.command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if not self.running:
            return
        if self.covered:
            self.terminate()  # what was covered is written at the end
        else:
            self.kill()

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None
        return self._process

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait(self, timeout_s: float) -> int:
        return self.process.wait(timeout_s)

    def terminate(self, timeout_s: float = 30.0) -> float:
        """Send SIGTERM, and return the seconds until the process was gone."""
        asked = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout_s)
        return time.monotonic() - asked

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def output(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str, timeout_s: float = 20.0) -> None:
        """Wait until the process has written a text."""
        end = time.monotonic() + timeout_s
        while text not in self.output:
            if time.monotonic() > end:
                raise TimeoutError(f"{text!r} was not written: {self.output[-2000:]}")
            time.sleep(0.05)

    def health(self) -> int:
        return self._get("LIVENESS_PORT", "/health")[0]

    def metrics(self) -> dict[str, float]:
        """Return every sample without labels, summed over the labels."""
        samples: dict[str, float] = {}
        for line in self._get("METRICS_PORT", "/metrics")[1].splitlines():
            if line.startswith("#") or not line.strip():
                continue
            name, value = line.rsplit(" ", 1)
            bare = name.split("{", 1)[0]
            samples[bare] = samples.get(bare, 0.0) + float(value)
        return samples

    def raw_metrics(self) -> str:
        return self._get("METRICS_PORT", "/metrics")[1]

    def _get(self, port: str, path: str) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.environment[port]}{path}"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def peak_memory_kib(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0])
