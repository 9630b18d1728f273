"""The bridge from the SDK's connector to the core, without a platform."""

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from github_modules.component import Component
from github_modules.connectors.arguments import CollectingArguments
from github_modules.connectors.audit_collection import AuditLogArguments
from github_modules.connectors.audit_log import AuditLogConnector
from github_modules.connectors.base import CollectingConnector
from github_modules.errors import ConfigurationError, CredentialError, StopRequested
from github_modules.module import GithubModule

PLATFORM = {
    "URL_CALLBACK": "http://127.0.0.1:9/callback",
    "TOKEN": "platform-token",
    "MODULE_CONFIGURATION": json.dumps({"org_name": "acme", "apikey": "<placeholder>"}),
}


@pytest.fixture(autouse=True)
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set what the platform sets, and give the signals back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for name, value in PLATFORM.items():
        monkeypatch.setenv(name, value)
    for name in ("CONNECTOR_CONFIGURATION", "TRIGGER_CONFIGURATION", "INTAKE_URL"):
        monkeypatch.delenv(name, raising=False)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Scripted(CollectingConnector):
    """A connector whose collection does what a test says, then stops."""

    component = Component("scripted", "Scripted", "For tests.")
    arguments_model = CollectingArguments
    script: list[BaseException | None]

    def collect(self) -> None:
        step = self.script.pop(0)
        if not self.script:
            self._stop_event.set()
        if step is not None:
            raise step


def scripted(
    tmp_path: Path, *steps: BaseException | None
) -> tuple[Scripted, list[tuple[str, str]]]:
    connector = Scripted(GithubModule(), tmp_path)
    connector.script = list(steps)
    lines: list[tuple[str, str]] = []
    connector.log = lambda message, level="info", **_: lines.append((level, message))  # type: ignore[method-assign,assignment]
    return connector, lines


def test_quiet_organization_is_healthy(tmp_path: Path) -> None:
    """The SDK's rule of six hours without events is off; the heartbeat decides."""
    connector, _ = scripted(tmp_path, None)
    assert connector.seconds_without_events == 0
    assert connector.last_heartbeat_threshold > 300
    assert connector.is_alive()


def test_configuration_fault_is_critical_and_the_process_stays(tmp_path: Path) -> None:
    """One critical line; the core ends only because it was asked to."""
    fault = ConfigurationError('The field "org_name" is empty.', remedy="Fill it in.")
    connector, lines = scripted(tmp_path, fault)
    connector.run()
    assert [level for level, _ in lines] == ["critical"]
    assert "Fill it in." in lines[0][1]


def test_defect_is_told_without_its_values(tmp_path: Path) -> None:
    """The type and the place, never the text, which may hold a secret."""
    connector, lines = scripted(tmp_path, ValueError("ghp_secret"))
    connector.run()
    assert lines[0][0] == "error"
    assert "ValueError in test_base.py" in lines[0][1]
    assert "ghp_secret" not in lines[0][1]


@pytest.mark.parametrize("end", [None, StopRequested()])
def test_end_of_the_core_is_silent(tmp_path: Path, end: BaseException | None) -> None:
    """A collection that ends, or is asked to, says nothing."""
    connector, lines = scripted(tmp_path, end)
    connector.run()
    assert lines == []


def test_run_returns_although_a_call_is_stuck(tmp_path: Path) -> None:
    """Whatever the core is in, the process ends within seconds."""
    connector, _ = scripted(tmp_path, None)
    stuck = threading.Event()
    connector.collect = lambda: stuck.wait(60)  # type: ignore[method-assign,assignment,return-value]
    threading.Timer(0.2, connector.stop).start()
    connector.run()
    stuck.set()


def test_arguments_come_from_the_connector_or_its_twin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trigger's configuration is read where the connector's is absent."""
    connector, _ = scripted(tmp_path, None)
    monkeypatch.setenv("TRIGGER_CONFIGURATION", json.dumps({"intake_key": "k", "frequency": 5}))
    assert connector.arguments(AuditLogArguments).frequency == 5
    monkeypatch.setenv("CONNECTOR_CONFIGURATION", json.dumps({"intake_key": "k", "frequency": 7}))
    assert connector.arguments(AuditLogArguments).frequency == 7


@pytest.mark.parametrize("text", [None, "[]", "not json"])
def test_missing_or_unreadable_arguments_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    """Not a traceback, whatever the platform hands over."""
    if text is not None:
        monkeypatch.setenv("CONNECTOR_CONFIGURATION", text)
    connector, _ = scripted(tmp_path, None)
    with pytest.raises(ConfigurationError, match="readable arguments"):
        connector.arguments(CollectingArguments)


def test_intake_is_the_arguments_else_the_platforms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without either there is one sentence that says what to fill in."""
    connector, _ = scripted(tmp_path, None)
    given = CollectingArguments(intake_key="k", intake_server="https://a")
    assert connector.intake_address(given).url == "https://a"
    bare = CollectingArguments(intake_key="k")
    with pytest.raises(ConfigurationError, match="intake is not known"):
        connector.intake_address(bare)
    other, _ = scripted(tmp_path, None)
    monkeypatch.setenv("INTAKE_URL", "https://b")
    assert other.intake_address(bare).url == "https://b"


def test_lists_may_be_typed_into_one_field() -> None:
    """Commas and lines separate; a list stays a list."""
    typed = AuditLogArguments.model_validate({"intake_key": "k", "excluded_actions": "a.*, b\nc"})
    assert typed.excluded_actions == ["a.*", "b", "c"]
    listed = AuditLogArguments.model_validate({"intake_key": "k", "excluded_actions": ["a"]})
    assert listed.excluded_actions == ["a"]


def test_secrets_that_the_manifest_does_not_name_are_left_out() -> None:
    """An unknown key, or none at all, does not end the process."""
    module = GithubModule()
    answer: dict[str, Any] = {"apikey": "ghp_real", "surprise": 1}
    module.set_secrets(answer)
    assert module.configuration.apikey == "ghp_real"
    module.set_secrets(None)


def test_critical_line_reaches_the_log_once(tmp_path: Path) -> None:
    """The same fault of a person is not repeated by the next try."""
    connector, lines = scripted(tmp_path, None)
    error = CredentialError("Revoked.", remedy="Make one.")
    connector.reporter.failed(error, 600)
    connector.reporter.failed(error, 1_200)
    assert [level for level, _ in lines] == ["critical"]


def test_audit_connector_without_a_client_has_no_words(tmp_path: Path) -> None:
    """Before the first connection there is no budget to speak of; waits and notices are lines."""
    connector = AuditLogConnector(GithubModule(), tmp_path)
    lines: list[tuple[str, str]] = []
    connector.log = lambda message, level="info", **_: lines.append((level, message))  # type: ignore[method-assign,assignment]
    assert connector.budget_words() == ""
    connector._noticed("Look here.")
    connector._waited("the rate limit audit_log", 5)
    connector._waited("the rate limit audit_log", 300)
    assert lines == [
        ("warning", "Look here."),
        ("info", "Waiting 300 s: the rate limit audit_log."),
    ]
