"""The alerts connector as a process: every change of an alert arrives, and none twice."""

import json
import time
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from sandbox.client import Sandbox
from tests.system.conftest import StartModule, StartSandbox, until
from tests.system.module_process import ModuleProcess

ALERTS = "github_security_alerts"
HOUR_S = 3_600
State = tuple[str, str, int, str, str]


def shown(sandbox: Sandbox) -> set[State]:
    """Return what GitHub has now: product, repository, number, time and state of each alert."""
    return {
        (product, name, number, at, state)
        for product, alerts in sandbox.estate()["alerts"].items()
        for name, number, at, state in alerts
    }


def received(sandbox: Sandbox) -> list[State]:
    """Return what the intake has, in its order."""
    return [
        (alert["url"].split("/")[-3], alert["repository"]["name"], alert["number"],
         alert["updated_at"], alert["state"])
        for alert in sandbox.forwarded_events(20_000)
    ]  # fmt: skip


def started(start_module: StartModule, sandbox: Sandbox, **arguments: Any) -> ModuleProcess:
    connector = {"frequency": 1, "history_hours": 720} | arguments
    return start_module(sandbox, ALERTS, connector=connector, token="full")


def add(
    sandbox: Sandbox, product: str, count: int, hours: float = 20, repository: str = "infra"
) -> None:
    end_s = time.time() - 600
    span = {"start_s": end_s - hours * HOUR_S, "end_s": end_s}
    wanted = {"product": product, "repository": repository, "count": count}
    sandbox.estate(add_alerts=wanted | span)


def test_every_alert_of_every_product_arrives_once(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Three products with three ways of paging; secrets stay at GitHub."""
    sandbox = start_sandbox(rate_limit=None)
    for product in ("secret-scanning", "code-scanning", "dependabot"):
        add(sandbox, product, 230)
    started(start_module, sandbox)
    expected = shown(sandbox)
    until(lambda: len(received(sandbox)) >= len(expected))
    time.sleep(2.5)
    arrived = received(sandbox)
    assert len(arrived) == len(set(arrived)) == len(expected)
    assert set(arrived) == expected
    for product in ("secret-scanning", "code-scanning", "dependabot"):
        times = [item[3] for item in arrived if item[0] == product]
        assert times == sorted(times)
    assert all(event.get("secret") is None for event in sandbox.forwarded_events(20_000))


@pytest.mark.slow
def test_a_long_first_run_with_changes_on_the_way(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """More than 10,000 alerts; while they are walked, alerts change and move to the front."""
    sandbox = start_sandbox(rate_limit=None)
    add(sandbox, "code-scanning", 10_500)
    module = started(start_module, sandbox, alert_types=["code_scanning"])
    until(lambda: sandbox.request_count("github", "code-scanning") > 3)
    change = {"product": "code-scanning", "repository": "infra"}
    values = {"state": "dismissed", "dismissed_reason": "mitigated"}
    for number in (5_000, 9_999, 1, 10_499, 7_777):
        sandbox.estate(change_alert=change | {"number": number, "values": values})
        time.sleep(0.4)
    now = {item for item in shown(sandbox) if item[0] == "code-scanning"}
    until(lambda: now <= set(received(sandbox)), 60)
    time.sleep(2.5)
    arrived = received(sandbox)
    assert len(arrived) == len(set(arrived)) <= len(now) + 5
    assert module.peak_memory_kib() < 200 * 1024


def test_a_new_state_is_a_new_event(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """The same state never comes twice, the next one always comes."""
    sandbox = start_sandbox()
    started(start_module, sandbox, alert_types=["dependabot"])
    until(lambda: len(received(sandbox)) == 2)
    change = {"product": "dependabot", "repository": "payments", "number": 1}
    for state in ("dismissed", "open"):
        values = {"state": state, "dismissed_reason": "not_used"}
        sandbox.estate(change_alert=change | {"values": values, "at_s": time.time()})
        held = len(received(sandbox))
        until(lambda held=held: len(received(sandbox)) > held)
        time.sleep(1.1)
    states = [item[4] for item in received(sandbox) if item[2] == 1]
    assert states == ["open", "dismissed", "open"]


def test_a_kill_loses_nothing(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """Killed in the middle and started again: everything is there, a batch at most twice."""
    sandbox = start_sandbox(rate_limit=None, latency_ms=20)
    add(sandbox, "dependabot", 3_000)
    expected = {item for item in shown(sandbox) if item[0] == "dependabot"}
    for _ in range(3):
        module = started(start_module, sandbox, alert_types=["dependabot"])
        time.sleep(1.6)
        module.kill()
    started(start_module, sandbox, alert_types=["dependabot"])
    until(lambda: set(received(sandbox)) == expected)
    assert len(received(sandbox)) <= len(expected) + 3 * 1_000


def test_a_product_that_is_off_is_said_once_and_the_others_go_on(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """A warning, not a critical line: that would stop the connector."""
    sandbox = start_sandbox()
    sandbox.estate(off=["code-scanning"])
    module = started(start_module, sandbox)
    until(lambda: len(received(sandbox)) == 4)
    until(lambda: any("No code scanning alerts" in line["message"] for line in sandbox.logs()))
    lines = [line for line in sandbox.logs() if "No code scanning alerts" in line["message"]]
    assert [line["level"] for line in lines] == ["warning"]
    assert not any(line["level"] == "critical" for line in sandbox.logs())
    assert module.running


def test_states_are_filtered_here(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """GitHub is asked for every state, so that no page shifts under the reader."""
    sandbox = start_sandbox()
    started(start_module, sandbox, states="resolved, dismissed")
    until(lambda: len(received(sandbox)) == 3)
    assert {item[4] for item in received(sandbox)} == {"resolved", "dismissed"}
    assert sandbox.request_count("github", "state=") == 0


@pytest.mark.parametrize("fault", ["truncated", "reset"])
def test_faults_on_the_way(
    start_sandbox: StartSandbox, start_module: StartModule, fault: str
) -> None:
    """GitHub and the intake fail now and then; nothing is lost."""
    sandbox = start_sandbox(rate_limit=None)
    add(sandbox, "code-scanning", 350)
    expected = {item for item in shown(sandbox) if item[0] == "code-scanning"}
    sandbox.fault(fault, path="code-scanning", after=2, times=1)
    sandbox.fault("status", target="intake", status=503, times=1)
    started(start_module, sandbox, alert_types=["code_scanning"])
    until(lambda: set(received(sandbox)) == expected)


def test_sigterm_ends_it_within_seconds(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Three collections side by side end as one does."""
    sandbox = start_sandbox()
    module = started(start_module, sandbox)
    until(lambda: len(received(sandbox)) == 6)
    assert module.terminate() < 5
    assert module.process.returncode == 0


def test_severity_is_added_on_request(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """GitHub's fields stay as they are beside the four that are added; own rules come first."""
    sandbox = start_sandbox()
    rules = '[{"kind": "dependabot", "when": [{"field": "number", "one_of": [2]}], "severity": "critical"}]'
    started(start_module, sandbox, alert_types=["dependabot"], normalize=True, severity_rules=rules)
    until(lambda: len(received(sandbox)) == 2)
    added = {
        alert["number"]: (alert["source"], alert["category"], alert["severity"])
        for alert in sandbox.forwarded_events(10)
    }
    assert added == {1: ("github", "vcs", "medium"), 2: ("github", "vcs", "critical")}


def test_alerts_go_through_unchanged(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """What arrives is what GitHub has, field by field."""
    sandbox = start_sandbox()
    started(start_module, sandbox, alert_types=["code_scanning"])
    until(lambda: len(received(sandbox)) == 2)
    url = f"{sandbox.github_url}/orgs/acme/code-scanning/alerts?sort=updated&direction=asc"
    request = Request(
        url, headers={"Authorization": f"Bearer {sandbox.full_token}", "User-Agent": "t"}
    )
    with build_opener(ProxyHandler({})).open(request) as answer:
        assert json.loads(answer.read()) == sandbox.forwarded_events(10)
