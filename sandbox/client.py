"""The Python client of the sandbox: starts it as a process and speaks to its control port."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import orjson

from sandbox.json_value import Json
from sandbox.module_environment import environment

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 10.0
JsonObject = dict[str, Any]


class Sandbox:
    """A sandbox process: `with Sandbox({"feed": {"kind": "none"}}) as sandbox: ...`.

    The ready line is in `ready`; its usual values are attributes.
    """

    def __init__(self, config: JsonObject | None = None) -> None:
        self.config: JsonObject = {"exit_with_parent": True} | (config or {})
        self.ready: JsonObject = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._opener = build_opener(ProxyHandler({}))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Start the process and wait for its ready line."""
        text = orjson.dumps(self.config).decode()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--config", text],
            cwd=ROOT,
            # It is not the product: measuring it would only make it slower.
            env={k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A Ctrl-C reaches every process of a terminal's group; the sandbox is still asked
            # for its report after that. It ends with its stdin.
            start_new_session=True,
        )
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line:
            self.stop()
            raise RuntimeError("the sandbox ended before it was ready; its stderr says why")
        self.ready = orjson.loads(line)
        return self

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def __getattr__(self, name: str) -> Json:
        """Return a value of the ready line; the addresses end in _url."""
        ready = self.__dict__.get("ready", {})
        key = name.removesuffix("_url")
        if key in ready:
            return ready[key]
        raise AttributeError(name)

    @property
    def pid(self) -> int:
        """Return the process id."""
        if self._process is None:
            raise RuntimeError("the sandbox is not running")
        return self._process.pid

    def control(self, method: str, path: str, body: Json = None, **query: Json) -> Json:
        """Call the control port and return the decoded answer."""
        given = {name: value for name, value in query.items() if value not in {"", None}}
        url = f"{self.ready['control']}{path}" + (f"?{urlencode(given)}" if given else "")
        data = None if body is None else orjson.dumps(body)
        request = Request(url, data=data, method=method)
        with self._opener.open(request, timeout=60) as answer:
            return orjson.loads(answer.read())

    def add_events(self, events: list[JsonObject], visible_after_s: float = 0.0) -> list[str]:
        """Add events as they are; return their document ids."""
        body = {"events": events, "visible_after_s": visible_after_s}
        ids: list[str] = self.control("POST", "/events", body)["document_ids"]
        return ids

    def generate(self, count: int, start_ms: int, end_ms: int, **options: Json) -> int:
        """Add generated events; options: seed, git_share, late=[[share, s]], quirks, large_bytes."""
        body = {"count": count, "start_ms": start_ms, "end_ms": end_ms, **options}
        added: int = self.control("POST", "/generate", body)["added"]
        return added

    def clear_events(self) -> None:
        """Forget every event and what was forwarded."""
        self.control("DELETE", "/events")

    def fault(
        self,
        kind: str,
        target: str = "github",
        path: str = "",
        times: int | None = 1,
        after: int = 0,
        **options: Json,
    ) -> None:
        """Plan a fault: `times` matching requests meet it, after `after` others (None = always)."""
        method = options.pop("method", "")
        body = {"kind": kind, "target": target, "path": path, "times": times, "after": after}
        self.control("POST", "/faults", body | {"method": method, "options": options})

    def clear_faults(self) -> None:
        """Forget every planned fault, modes too."""
        self.control("DELETE", "/faults")

    def mode(self, row: str, path: str = "", **options: Json) -> None:
        """Answer every GitHub request (of a path) with an error row such as "E16".

        Options: times, after, status, message, headers; for the limits E27 and E28 also
        retry_after (seconds or "date:<seconds>"), remaining, reset_in_s; for E38 location.
        """
        times, after = options.pop("times", None), options.pop("after", 0)
        self.fault("row", "github", path, times, after, row=row, **options)

    def clear_mode(self) -> None:
        """Forget the modes, keep other faults."""
        self.control("DELETE", "/faults", kind="row")

    def set_token(self, token: str, **values: Json) -> None:
        """Create or replace a token: kind, login, scopes, permissions, expires_at, owner, ..."""
        self.control("POST", "/tokens", {"token": token, **values})

    def revoke_token(self, token: str) -> None:
        """Revoke a token."""
        self.control("POST", "/tokens/revoke", {"token": token})

    def installation(self, account: str = "organization", **values: Json) -> None:
        """Change an installation: suspended, deleted, permissions."""
        self.control("POST", "/installation", {"account": account, **values})

    def settings(self, **values: Json) -> None:
        """Change settings of the running sandbox, for example latency_ms, rate_limit, secrets."""
        self.control("POST", "/settings", values)

    def estate(self, **wanted: Json) -> JsonObject:
        """Change what the organisation has, or with no keyword return it in short.

        Keywords: see `sandbox.github.estate.changes.change`.
        """
        answer: JsonObject = (
            self.control("POST", "/estate", wanted) if wanted else self.control("GET", "/estate")
        )
        return answer

    def requests(self, target: str = "", path_regex: str = "") -> list[JsonObject]:
        """Return the recorded requests, oldest first."""
        rows: list[JsonObject] = self.control(
            "GET", "/requests", target=target, path_regex=path_regex
        )
        return rows

    def request_count(self, target: str = "", path_regex: str = "") -> int:
        """Return how many requests match."""
        re.compile(path_regex)
        answer = self.control("GET", "/request_count", target=target, path_regex=path_regex)
        return int(answer["count"])

    def report(self, grace_s: float = 0.0) -> JsonObject:
        """Return how collection went so far."""
        answer: JsonObject = self.control("GET", "/report", grace_s=grace_s)
        return answer

    def forwarded_events(self, limit: int = 100) -> list[JsonObject]:
        """Return the newest events that the intake accepted, decoded."""
        return [orjson.loads(text) for text in self.control("GET", "/forwarded", limit=limit)]

    def platform(self) -> JsonObject:
        """Return callbacks, logs, batches, rejected and largest_body of the platform."""
        answer: JsonObject = self.control("GET", "/platform")
        return answer

    def logs(self) -> list[JsonObject]:
        """Return the log lines that the platform received."""
        lines: list[JsonObject] = self.platform()["logs"]
        return lines

    def callbacks(self) -> list[JsonObject]:
        """Return the callbacks as {method, at, body}, in order."""
        calls: list[JsonObject] = self.platform()["callbacks"]
        return calls

    def proxied(self) -> dict[str, int]:
        """Return the proxy's counts, by "METHOD host:port"."""
        counts: dict[str, int] = self.platform()["proxied"]
        return counts

    def wait_until(
        self, predicate: Callable[[JsonObject], bool], timeout_s: float = 30.0
    ) -> JsonObject:
        """Return the first report that satisfies the predicate.

        Raises:
            TimeoutError: with the last report.
        """
        end = time.monotonic() + timeout_s
        while True:
            asked = time.monotonic()
            report = self.report()
            if predicate(report):
                return report
            if time.monotonic() > end:
                raise TimeoutError(f"not reached within {timeout_s} s: {report}")
            # A report over 200,000 events costs 60 ms there: asking must not disturb what runs.
            time.sleep(max(0.05, 10 * (time.monotonic() - asked)))

    def module_environment(self, data_path: Path, **overrides: Json) -> dict[str, str]:
        """Return the environment variables that run the product against this sandbox.

        Args:
            data_path: the data folder of the run.
            overrides: `app=True` to authenticate as the App (its key is then what the platform
                serves), `token` to use another one ("full": the one with every right), `module` and `connector` to merge into the configurations, `s3=True`,
                and any variable by name; None leaves one out.
        """
        if overrides.pop("app", False):
            self.settings(secrets={"pem_file": self.ready["app_pem"]})
            overrides["module"] = {"app_id": self.ready["app_id"]} | overrides.get("module", {})
        elif (token := overrides.pop("token", None)) is not None:
            self.settings(
                secrets={"apikey": self.ready["full_token"] if token == "full" else token}
            )
        overrides.pop("token", None)
        return environment(self.ready, data_path, **overrides)
