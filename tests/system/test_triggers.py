"""The triggers as processes: what matches starts a playbook once, a burst starts one."""

import time
from typing import Any

import pytest

from sandbox.client import Sandbox
from tests.system.conftest import StartModule, StartSandbox, events, now_ms, until
from tests.system.module_process import ModuleProcess

AUDIT, ALERT = "github_audit_event", "github_security_alert"


def started(
    start_module: StartModule, sandbox: Sandbox, command: str = AUDIT, **arguments: Any
) -> ModuleProcess:
    trigger = {"frequency": 1, "bundle_seconds": 1, "ratelimit_per_minute": 6_000} | arguments
    return start_module(
        sandbox, command, token="full", CONNECTOR_CONFIGURATION=None, TRIGGER_CONFIGURATION=trigger
    )


def playbooks(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [call["body"] for call in sandbox.callbacks() if call["method"] == "POST"]


def happened(sandbox: Sandbox, first: int, count: int, action: str, **fields: Any) -> None:
    made = events(first, count, now_ms() - 2_000)
    sandbox.add_events([event | {"action": action, **fields} for event in made])


def test_a_severe_event_starts_a_playbook_and_others_do_not(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """The playbook gets GitHub's fields, the severity with its reason, and a link."""
    sandbox = start_sandbox()
    happened(sandbox, 0, 3, "repo.create")
    happened(sandbox, 10, 1, "org.disable_saml", actor="mallory")
    started(start_module, sandbox)
    until(lambda: len(playbooks(sandbox)) == 1)
    (run,) = playbooks(sandbox)
    event = run["event"]
    assert run["name"] == "GitHub org.disable_saml by mallory (high)"
    assert (event["action"], event["severity"], event["count"]) == ("org.disable_saml", "high", 1)
    assert event["severity_reason"] == "Single sign-on was switched off."
    assert "/organizations/acme/settings/audit-log?q=action%3Aorg.disable_saml" in event["link"]
    assert "org" in event["events"][0]
    assert sandbox.request_count("intake") == 0


def test_a_burst_is_one_playbook(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """Five thousand deletions are one incident."""
    sandbox = start_sandbox(rate_limit=None)
    happened(sandbox, 0, 5_000, "repo.destroy", actor="mallory")
    started(start_module, sandbox, bundle_seconds=5)
    until(lambda: len(playbooks(sandbox)) >= 1)
    time.sleep(2.0)
    (run,) = playbooks(sandbox)
    assert (run["event"]["count"], len(run["event"]["events"]), run["event"]["truncated"]) == (
        5_000, 500, True,
    )  # fmt: skip
    assert "and 4999 more" in run["name"]


def test_nothing_starts_twice_across_restarts(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """In order, once, and after a platform that failed."""
    sandbox = start_sandbox()
    happened(sandbox, 0, 1, "repo.destroy")
    module = started(start_module, sandbox)
    until(lambda: len(playbooks(sandbox)) == 1)
    time.sleep(1.0)
    module.kill()
    time.sleep(1.2)
    happened(sandbox, 5, 1, "org.disable_saml")
    sandbox.fault("status", target="platform", status=503, method="POST", path="/callback", times=2)
    started(start_module, sandbox)
    until(lambda: len(playbooks(sandbox)) == 2)
    time.sleep(2.0)
    assert [run["event"]["action"] for run in playbooks(sandbox)] == [
        "repo.destroy",
        "org.disable_saml",
    ]


FILTERS = [
    ({"actions": ["org.*"]}, 1), ({"presets": ["repository"]}, 1), ({"presets": "secrets"}, 0),
    ({"actors": ["MALLORY"]}, 1), ({"repositories": ["acme/app"]}, 1), ({"countries": ["fr"]}, 1),
    ({"minimum_severity": "critical"}, 0), ({"minimum_severity": "informational"}, 3),
    ({"severity_rules": '[{"actions": ["repo.create"], "severity": "critical"}]',
      "minimum_severity": "critical"}, 1),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "count"), FILTERS, ids=range(len(FILTERS)))
def test_restrictions(
    start_sandbox: StartSandbox, start_module: StartModule, arguments: dict[str, Any], count: int
) -> None:
    """Every restriction that is filled in has to fit."""
    sandbox = start_sandbox()
    happened(sandbox, 0, 1, "repo.create", actor="octo")
    happened(
        sandbox, 1, 1, "org.disable_saml", actor="mallory", actor_location={"country_code": "FR"}
    )
    happened(sandbox, 2, 1, "repo.destroy", actor="octo", repo="acme/app")
    module = started(start_module, sandbox, bundle_seconds=0, **arguments)

    def matched() -> int:
        return sum(run["event"]["count"] for run in playbooks(sandbox))

    until(lambda: matched() >= count and sandbox.request_count("github") >= 2)
    time.sleep(0.5)
    assert matched() == count
    assert module.running


def test_alerts_start_playbooks(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """Open alerts of every type; the secret itself is never among it."""
    sandbox = start_sandbox()
    started(start_module, sandbox, ALERT)
    until(lambda: sum(run["event"]["count"] for run in playbooks(sandbox)) == 3)
    told = str(playbooks(sandbox))
    assert "-us1" not in told
    assert {run["event"]["severity"] for run in playbooks(sandbox)} == {"medium"}
    assert all(
        run["event"]["link"].startswith("https://github.com/acme/") for run in playbooks(sandbox)
    )


def test_a_wrong_rule_is_one_critical_line(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Rule and field are named; nothing is asked."""
    sandbox = start_sandbox()
    module = started(start_module, sandbox, severity_rules="[1]")
    module.wait_for("The argument severity_rules has a rule 1 that is not an object")
    assert sandbox.request_count("github") == 0
