"""Sandboxes and module processes for the system tests."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Sandbox
from tests.system.module_process import ModuleProcess

HOUR_MS = 3_600_000
EMPTY: dict[str, Any] = {"feed": {"kind": "none"}}

StartSandbox = Callable[..., Sandbox]
StartModule = Callable[..., ModuleProcess]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/system/" in item.path.as_posix():
            item.add_marker(pytest.mark.system)


_COVERED = {
    "test_account.py", "test_alerts.py", "test_drain.py", "test_network_paths.py",
    "test_repository_events.py", "test_storage_s3.py", "test_triggers.py", "test_upgrade.py",
}  # fmt: skip
"""Files whose module processes are measured: every connector and trigger, each way to state."""

_STARTED = pytest.StashKey[list[ModuleProcess]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Show what the modules of a failed test wrote, and whether they still ran."""
    if call.when != "call" or call.excinfo is None:
        return
    for process in item.stash.get(_STARTED, []):
        state = "running" if process.running else f"ended with {process.process.returncode}"
        item.add_report_section("call", f"{process.command}, {state}", process.output[-4_000:])


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def start_sandbox(stack: ExitStack) -> StartSandbox:
    """Start a sandbox without events; keywords are its configuration."""
    return lambda **config: stack.enter_context(Sandbox(EMPTY | config))


@pytest.fixture
def start_module(stack: ExitStack, tmp_path: Path, request: pytest.FixtureRequest) -> StartModule:
    """Start the connector on a data folder that all starts of a test share."""

    def start(sandbox: Sandbox, command: str = "github_audit_logs", **overrides: Any) -> Any:
        name = overrides.pop("data", "data")
        node = request.node
        measured = node.path.name in _COVERED and node.get_closest_marker("slow") is None
        overrides.setdefault("covered", measured)
        process = ModuleProcess(sandbox, tmp_path / name, command, **overrides)
        request.node.stash.setdefault(_STARTED, []).append(process)
        return stack.enter_context(process)

    return start


def scaled(rate: float) -> dict[str, Any]:
    """Return a clock configuration that starts now and runs `rate` times as fast."""
    now_s = time.time()
    return {"anchor_real_s": now_s, "anchor_s": now_s, "rate": rate}


def now_ms() -> int:
    return round(time.time() * 1000)


def backlog(sandbox: Sandbox, count: int, hours: float = 20.0, **options: Any) -> None:
    """Add events that happened over the last hours."""
    end_ms = now_ms() - 60_000
    sandbox.generate(count, round(end_ms - hours * HOUR_MS), end_ms, **options)


def events(first: int, count: int, at_ms: int | None = None) -> list[dict[str, Any]]:
    """Return plain events with distinct identities."""
    at_ms = at_ms or now_ms()
    return [
        {
            "@timestamp": at_ms,
            "created_at": at_ms,
            "_document_id": f"doc-{first + number:018d}",
            "action": "repo.create",
            "actor": "octo-admin",
            "org": "acme",
        }
        for number in range(count)
    ]


def until(check: Callable[[], bool], timeout_s: float = 30.0) -> None:
    """Wait until something holds, and fail when it does not in time."""
    end = time.monotonic() + timeout_s
    while not check():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.2)
