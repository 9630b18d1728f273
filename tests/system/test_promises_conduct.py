"""P8 to P10: the token stays home, SIGTERM is quick, a fault for a person is said once."""

import time
from collections.abc import Callable

import pytest

from sandbox.client import Sandbox
from tests.system.conftest import StartModule, StartSandbox, backlog, events, scaled

FAST = {"ratelimit_per_minute": 10_000_000, "frequency": 1}


@pytest.mark.parametrize("kind", ["foreign_link", "redirect"])
def test_p8_the_token_goes_to_the_configured_address_only(
    start_sandbox: StartSandbox, start_module: StartModule, kind: str
) -> None:
    """A next link or redirect to another host is not followed; afterwards nothing is missing."""
    sandbox = start_sandbox()
    backlog(sandbox, 600)
    sandbox.fault(kind, path="audit-log", times=1, after=2)
    module = start_module(sandbox, connector=FAST)
    sandbox.wait_until(lambda report: report["audit_requests"] >= 3)
    time.sleep(1)
    assert sandbox.report()["foreign_requests"] == 0
    assert "another address" in module.output or "away from" in module.output
    module.terminate()
    start_module(sandbox, connector=FAST)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 600)
    assert (report["lost"], report["foreign_requests"]) == (0, 0)


def waiting(sandbox: Sandbox) -> None:
    sandbox.add_events(events(0, 1))


def fetching(sandbox: Sandbox) -> None:
    backlog(sandbox, 400)
    sandbox.fault("stall", path="audit-log", times=None, after=1, seconds=25)


def slow_body(sandbox: Sandbox) -> None:
    backlog(sandbox, 400)
    sandbox.fault("slow_body", path="audit-log", times=None, after=1, seconds=25)


def retrying_a_push(sandbox: Sandbox) -> None:
    backlog(sandbox, 400)
    sandbox.fault("status", target="intake", times=None, status=503)


def pushing(sandbox: Sandbox) -> None:
    backlog(sandbox, 400)
    sandbox.fault("stall", target="intake", times=None, seconds=25)


def limited(sandbox: Sandbox) -> None:
    backlog(sandbox, 400)
    sandbox.mode("E27", path="audit-log", reset_in_s=1_800)


def revoked(sandbox: Sandbox) -> None:
    sandbox.revoke_token(sandbox.token)


def log_api_down(sandbox: Sandbox) -> None:
    backlog(sandbox, 400)
    sandbox.fault("stall", target="logs", times=None, seconds=25)


STATES = [waiting, fetching, slow_body, retrying_a_push, pushing, limited, revoked, log_api_down]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_p9_sigterm_ends_the_process_within_five_seconds(
    start_sandbox: StartSandbox, start_module: StartModule, state: Callable[[Sandbox], None]
) -> None:
    """From any state the process ends in time with exit status 0, and a restart loses nothing."""
    sandbox = start_sandbox()
    state(sandbox)
    module = start_module(sandbox, connector=FAST)
    sandbox.wait_until(lambda report: report["audit_requests"] >= 1)
    time.sleep(1.5)
    assert module.terminate() < 5
    assert module.wait(1) == 0
    if state is revoked:
        return
    sandbox.clear_faults()
    start_module(sandbox, connector=FAST)
    expected = sandbox.report()["visible"]
    report = sandbox.wait_until(lambda report: report["forwarded"] >= expected)
    assert (report["lost"], report["unknown"]) == (0, 0)
    assert report["repeated"] <= 1_000


def test_p10_a_revoked_token_is_said_once_and_not_hammered(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Ten minutes with a revoked token: fewer than 10 requests, one critical line with a remedy."""
    rate = 60.0
    sandbox = start_sandbox(clock=scaled(rate))
    backlog(sandbox, 300)
    module = start_module(sandbox, scaled=True, connector=FAST | {"frequency": 30})
    sandbox.wait_until(lambda report: report["forwarded"] >= 300)
    sandbox.revoke_token(sandbox.token)
    before = sandbox.report()
    time.sleep(600 / rate)
    after = sandbox.report()
    assert after["now"] - before["now"] >= 595
    assert 0 < after["github_requests"] - before["github_requests"] < 10
    critical = [line for line in sandbox.logs() if line["level"] == "critical"]
    assert len(critical) == 1
    assert "token" in critical[0]["message"]
    assert "Create" in critical[0]["message"]
    assert module.health() == 200


def test_p10_a_wrong_intake_key_is_said_once_and_not_hammered(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """An unknown intake key leads to one critical line, few pushes, and no lost place."""
    rate = 60.0
    sandbox = start_sandbox(clock=scaled(rate))
    backlog(sandbox, 300)
    start_module(sandbox, scaled=True, connector=FAST | {"frequency": 30, "intake_key": "wrong"})
    sandbox.wait_until(lambda report: report["intake_requests"] >= 1)
    time.sleep(600 / rate)
    assert sandbox.report()["intake_requests"] < 10
    critical = [line for line in sandbox.logs() if line["level"] == "critical"]
    assert len(critical) == 1
    assert "intake key" in critical[0]["message"]


@pytest.mark.parametrize(
    ("module_values", "words"),
    [
        ({"org_name": ""}, "org_name"),
        ({"org_name": "two words"}, "org_name"),
        ({"base_url": "ftp://example.org"}, "base_url"),
        ({"app_id": 1}, "pem_file"),
    ],
)
def test_p10_a_wrong_form_is_told_in_one_sentence(
    start_sandbox: StartSandbox,
    start_module: StartModule,
    module_values: dict[str, object],
    words: str,
) -> None:
    """A field that cannot be right ends in one critical line that names it, not in a crash loop."""
    sandbox = start_sandbox()
    module = start_module(sandbox, module=module_values, connector=FAST)
    deadline = time.monotonic() + 20
    while not sandbox.logs() and time.monotonic() < deadline:
        time.sleep(0.2)
    critical = [line for line in sandbox.logs() if line["level"] == "critical"]
    assert len(critical) == 1
    assert words in critical[0]["message"]
    assert sandbox.report()["github_requests"] == 0
    assert module.running
    assert module.terminate() < 5
