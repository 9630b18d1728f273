"""The account validator and the App, as the platform starts them."""

from typing import Any

import pytest

from sandbox.client import Sandbox
from tests.system.conftest import StartModule, StartSandbox, backlog
from tests.system.module_process import ModuleProcess

VALIDATE = "validate_module_configuration"


def validated(
    start_module: StartModule, sandbox: Sandbox, **overrides: Any
) -> tuple[bool, str, ModuleProcess]:
    module = start_module(sandbox, VALIDATE, **overrides)
    assert module.wait(60) == 0, module.output
    bodies = [call["body"] for call in sandbox.callbacks()]
    assert [body["status"] for body in bodies] == ["running", "finished"]
    return bodies[-1]["results"]["success"], bodies[-1].get("error", ""), module


def test_good_token_passes(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """Success carries no error, and the log line says what works."""
    success, error, module = validated(start_module, start_sandbox())
    assert (success, error) == (True, "")
    assert "The audit log of organization acme can be read" in module.output


def test_good_app_passes(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """App ID and PEM as the platform hands them over."""
    success, error, _ = validated(start_module, start_sandbox(), app=True)
    assert (success, error) == (True, "")


def revoke(sandbox: Sandbox) -> None:
    sandbox.revoke_token(sandbox.token)


CASES = [
    (revoke, {}, ["Authentication failed", "Create a new token"]),
    (lambda _: None, {"org_name": "nowhere"}, ["nowhere"]),
    (lambda _: None, {"org_name": "a b"}, ["org_name"]),
    (lambda _: None, {"base_url": "http://127.0.0.1:1"}, ["Connection test failed", "127.0.0.1"]),
    (lambda _: None, {"ca_certificate": "nonsense"}, ["ca_certificate"]),
    (lambda sandbox: sandbox.mode("E12", path="audit-log"), {}, ["Access forbidden"]),
    (lambda sandbox: sandbox.mode("E16"), {}, ["Access forbidden"]),
    (lambda sandbox: sandbox.mode("E19"), {}, ["single sign-on", "https://"]),
    (lambda sandbox: sandbox.mode("E21"), {}, ["allow list"]),
    (lambda sandbox: sandbox.mode("E23", path="audit-log"), {}, ["Enterprise Cloud"]),
    (lambda sandbox: sandbox.mode("E27"), {}, ["API rate limit exceeded"]),
    (lambda sandbox: sandbox.fault("html", times=None), {}, ["proxy"]),
    (lambda sandbox: sandbox.fault("reset", times=None), {}, ["Connection test failed"]),
]


@pytest.mark.parametrize(("prepare", "form", "words"), CASES, ids=range(len(CASES)))
def test_what_is_wrong_is_told_in_one_message(
    start_sandbox: StartSandbox,
    start_module: StartModule,
    prepare: Any,
    form: dict[str, Any],
    words: list[str],
) -> None:
    """The message names cause and remedy, holds no secret, and the process ends well."""
    sandbox = start_sandbox()
    prepare(sandbox)
    success, error, module = validated(start_module, sandbox, module=form)
    assert success is False
    for word in words:
        assert word in error
    assert sandbox.token not in error + module.output
    assert "Traceback" not in module.output


def test_app_collects_and_renews_its_tokens(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Tokens that live shorter than the backlog takes are renewed, and nothing is missing."""
    sandbox = start_sandbox(rate_limit=None, latency_ms=120)
    sandbox.settings(app={"token_life_s": 303})
    backlog(sandbox, 4_000)
    start_module(sandbox, app=True, connector={"ratelimit_per_minute": 10_000_000})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 4_000, timeout_s=60)
    minted = sandbox.request_count("github", "access_tokens")
    assert (report["lost"], report["repeated"]) == (0, 0)
    assert minted >= 2


def test_app_is_refused_with_the_installation_suspended(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """A suspended installation is one critical line that says who can lift it."""
    sandbox = start_sandbox()
    sandbox.installation(suspended=True)
    module = start_module(sandbox, app=True)
    module.wait_for("suspended")
    critical = [line for line in sandbox.logs() if line["level"] == "critical"]
    assert len(critical) <= 1
