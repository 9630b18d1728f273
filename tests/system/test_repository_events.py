"""The repository events connector as a process: feeds merged, tags used, overflow said."""

import itertools
import time
from typing import Any

from sandbox.client import Sandbox
from tests.system.conftest import StartModule, StartSandbox, until
from tests.system.module_process import ModuleProcess

EVENTS = "github_repository_events"


def started(start_module: StartModule, sandbox: Sandbox, **arguments: Any) -> ModuleProcess:
    return start_module(sandbox, EVENTS, connector={"frequency": 1} | arguments, token="full")


def received(sandbox: Sandbox) -> list[str]:
    return [str(event["id"]) for event in sandbox.forwarded_events(20_000)]


def happen(
    sandbox: Sandbox, count: int, repository: str = "infra", kind: str = "add_events"
) -> None:
    now = time.time()
    sandbox.estate(**{kind: {"repository": repository, "count": count, "start_s": now - 30,
                             "end_s": now - 20}})  # fmt: skip


def test_events_of_organization_and_repositories_come_once(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """An event that is in two feeds is one event; activity comes beside it, in order of time."""
    sandbox = start_sandbox(poll_interval_s=1)
    started(start_module, sandbox, repositories=["website", "acme/payments"], activity=True)
    until(lambda: len(received(sandbox)) == 44)
    happen(sandbox, 3, "website")
    happen(sandbox, 2, "payments", "add_activity")
    until(lambda: len(received(sandbox)) == 49)
    time.sleep(2.5)
    ids = received(sandbox)
    assert len(ids) == len(set(ids)) == 49
    times = [
        event.get("created_at") or event["timestamp"] for event in sandbox.forwarded_events(44)
    ]
    assert times[:39] == sorted(times[:39])
    kinds = {event.get("activity_type") for event in sandbox.forwarded_events(100)}
    assert {"push", "force_push", "branch_deletion"} <= kinds


def test_a_feed_without_news_costs_nothing(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """The tag of the last answer is sent, and GitHub's interval is kept."""
    sandbox = start_sandbox(poll_interval_s=2)
    started(start_module, sandbox)
    until(lambda: len(received(sandbox)) == 40)
    until(lambda: sandbox.request_count("github", "/orgs/acme/events") >= 4)
    rows = sandbox.requests("github", "/orgs/acme/events")
    assert rows[-1]["status"] == 304
    gaps = [b["at_real"] - a["at_real"] for a, b in itertools.pairwise(rows)]
    assert min(gaps) > 1.9
    happen(sandbox, 1)
    until(lambda: len(received(sandbox)) == 41)


def test_a_feed_that_overflows_is_said(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Three hundred new events since the last poll: there may have been more."""
    sandbox = start_sandbox(poll_interval_s=1)
    module = started(start_module, sandbox)
    until(lambda: len(received(sandbox)) == 40)
    happen(sandbox, 350)
    until(lambda: len(received(sandbox)) == 340)
    module.wait_for("older ones may be missing")


def test_every_repository_and_a_restart(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Repositories are those that are there; what came before a kill does not come again."""
    sandbox = start_sandbox(poll_interval_s=1)
    module = started(start_module, sandbox, repositories="all")
    until(lambda: len(received(sandbox)) == 40)
    assert sandbox.request_count("github", "/repos/acme/legacy/events") >= 1
    time.sleep(1.0)
    module.kill()
    happen(sandbox, 5, "payments")
    started(start_module, sandbox, repositories="all")
    until(lambda: len(received(sandbox)) == 45)
    time.sleep(1.5)
    assert len(received(sandbox)) == len(set(received(sandbox))) == 45


def test_events_that_the_intake_refuses_are_sent_later(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """A tag stands only for what was acknowledged."""
    sandbox = start_sandbox(poll_interval_s=1)
    started(start_module, sandbox)
    until(lambda: len(received(sandbox)) == 40)
    sandbox.fault("status", target="intake", status=503, times=2)
    sandbox.fault("reset", path="/orgs/acme/events", times=1)
    happen(sandbox, 4)
    until(lambda: len(received(sandbox)) == 44)


def test_a_wrong_repository_is_one_sentence(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """It is said before anything is asked."""
    sandbox = start_sandbox()
    module = started(start_module, sandbox, repositories=["a b"])
    module.wait_for("The argument repositories holds a name that no repository can have.")
    assert sandbox.request_count("github") == 0


def test_a_repository_that_is_gone_does_not_stop_the_others(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """It is said once, with its name; everything else arrives."""
    sandbox = start_sandbox(poll_interval_s=1)
    module = started(start_module, sandbox, repositories=["deleted", "website"], activity=True)
    until(lambda: len(received(sandbox)) == 40)
    until(lambda: sandbox.request_count("github", "/repos/acme/deleted/events") >= 2)
    assert module.output.count("acme/deleted are collected") == 2  # its events, its activity
    assert "CRITICAL" not in module.output
    assert module.running
