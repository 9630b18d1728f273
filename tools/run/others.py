"""The other connectors and a trigger on the sandbox: what is there, what happens, what arrives."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[2]
_MOST_S = 60.0
_LIVE_S = 8.0
_BACKLOG = 1_000
_SINCE_S = 20 * 3_600


@dataclass(frozen=True, slots=True)
class What:
    """One thing to show: the component, what is prepared, what happens live, what is expected."""

    command: str
    prepare: Callable[[Sandbox], None]
    live: Callable[[Sandbox], None]
    arrived: Callable[[Sandbox], list[str]]
    expected: int
    arguments: dict[str, Any]


def _prepare_alerts(sandbox: Sandbox) -> None:
    end_s = time.time() - 600
    for product in ("code-scanning", "secret-scanning", "dependabot"):
        span = {"start_s": end_s - _SINCE_S, "end_s": end_s, "count": _BACKLOG}
        sandbox.estate(add_alerts={"product": product, "repository": "infra"} | span)


def _change_alerts(sandbox: Sandbox) -> None:
    change = {"product": "dependabot", "repository": "infra"}
    values = {"state": "dismissed", "dismissed_reason": "not_used"}
    for number in range(1, 21):
        sandbox.estate(change_alert=change | {"number": number, "values": values})


def _happen(sandbox: Sandbox) -> None:
    now = time.time()
    wanted = {"repository": "website", "count": 30, "start_s": now - 40, "end_s": now - 5}
    sandbox.estate(add_events=wanted)


def _prepare_burst(sandbox: Sandbox) -> None:
    now_ms = round(time.time() * 1000)
    made = [
        {
            "@timestamp": now_ms - 5_000 + number,
            "_document_id": f"burst-{number:06d}",
            "action": "repo.destroy" if number % 2 else "repo.create",
            "actor": "mallory",
            "org": "acme",
        }
        for number in range(_BACKLOG)
    ]
    sandbox.add_events(made)


def _events(sandbox: Sandbox) -> list[str]:
    return [json.dumps(event, sort_keys=True) for event in sandbox.forwarded_events(20_000)]


def _playbooks(sandbox: Sandbox) -> list[str]:
    calls = [call["body"] for call in sandbox.callbacks() if call["method"] == "POST"]
    return [event["_document_id"] for body in calls for event in body["event"]["events"]]


CHOICES = {
    "alerts": What(
        "github_security_alerts", _prepare_alerts, _change_alerts, _events, 3_026,
        {"frequency": 2, "history_hours": 24},
    ),
    "events": What(
        "github_repository_events", lambda _: None, _happen, _events, 70, {"frequency": 2}
    ),
    "trigger": What(
        "github_audit_event", _prepare_burst, lambda _: None, _playbooks, 500,
        {"frequency": 2, "bundle_seconds": 2},
    ),
}  # fmt: skip


def show(name: str) -> int:
    """Run one of the choices; return 0 when everything arrived, and once."""
    # As in the demo of the audit log: neither signal may leave the component behind.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    console, what = Console(), CHOICES[name]
    console.print(f"[bold]{what.command}[/] on a sandbox of GitHub and Sekoia on this machine.")
    config = {"feed": {"kind": "none"}, "poll_interval_s": 2}
    with Sandbox(config) as sandbox, tempfile.TemporaryDirectory() as folder:
        what.prepare(sandbox)
        given = {"ratelimit_per_minute": 6_000} | what.arguments
        variables: dict[str, Any] = {"token": "full"}
        if name == "trigger":
            variables |= {"CONNECTOR_CONFIGURATION": None, "TRIGGER_CONFIGURATION": given}
        else:
            variables["connector"] = given
        process = subprocess.Popen(
            [sys.executable, "main.py", what.command],
            cwd=ROOT,
            env=sandbox.module_environment(Path(folder), **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            arrived = _followed(console, sandbox, what, process)
        finally:
            process.terminate()
            process.wait(30)
        console.print(_table(what, arrived, sandbox))
        return 0 if len(arrived) == len(set(arrived)) == what.expected else 1


def _followed(
    console: Console, sandbox: Sandbox, what: What, process: "subprocess.Popen[bytes]"
) -> list[str]:
    """Let things happen, wait until all of it arrived, and return what did."""
    end = time.monotonic() + _MOST_S
    happened = False
    arrived: list[str] = []
    with console.status("Collecting"):
        while time.monotonic() < end and process.poll() is None:
            time.sleep(0.5)
            arrived = what.arrived(sandbox)
            if arrived and not happened:
                time.sleep(2.0)
                what.live(sandbox)
                happened = True
            if len(arrived) >= what.expected:
                time.sleep(_LIVE_S / 2)  # whether anything comes twice
                return what.arrived(sandbox)
    return arrived


def _table(what: What, arrived: list[str], sandbox: Sandbox) -> Table:
    table = Table(title="What happened", show_header=False)
    calls = sandbox.callbacks()
    rows = {
        "expected": what.expected,
        "arrived": len(set(arrived)),
        "repeated": len(arrived) - len(set(arrived)),
        "playbooks started": sum(call["method"] == "POST" for call in calls),
        "requests spent": sandbox.report()["github_requests"],
        "of these without news (304)": sum(
            row["status"] == 304 for row in sandbox.requests("github")
        ),
        "requests against GitHub's word": sandbox.report()["violations"],
    }
    for label, value in rows.items():
        table.add_row(label, f"{value:,}")
    return table
