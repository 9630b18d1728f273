"""What actions send, and what they are sent, agrees with GitHub's published description."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import TypeAdapter

from github_modules.github.response import Answer
from github_modules.github.transport import Transport
from sandbox.client import Sandbox
from tests.contract.github_description import operation
from tests.system.action_cases import BEFORE, CASES, Case
from tests.system.conftest import EMPTY, backlog
from tests.system.test_actions import EVERYTHING, LIMITS
from tests.unit.actions.harness import ACTIONS, made

Sent = tuple[str, str, Any, Answer]
WHO_WE_ARE = re.compile(r"/user|/app.*|/orgs/acme/installation")
ARRAYS = {"owner[]": "owner", "token_id[]": "token_id"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(EMPTY | {"app": {"permissions": EVERYTHING}, "rate_limit": LIMITS}) as started:
        backlog(started, 20)
        yield started


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Sent]:
    """Everything that goes over the wire in this process, with what came back."""
    seen: list[Sent] = []
    send = Transport.send

    def recorded(self: Transport, method: str, url: str, headers: Any, **options: Any) -> Answer:
        answer = send(self, method, url, headers, **options)
        seen.append((method, url, options.get("json"), answer))
        return answer

    monkeypatch.setattr(Transport, "send", recorded)
    return seen


def form(sandbox: Sandbox, case: Case) -> dict[str, Any]:
    address = {"base_url": sandbox.github_url}
    if not case.app:
        return address | {"apikey": sandbox.full_token}
    return address | {"app_id": sandbox.app_id, "pem_file": sandbox.app_pem}


def routes_of(name: str) -> dict[tuple[str, int], list[list[str]]]:
    found: dict[tuple[str, int], list[list[str]]] = {}
    for endpoint in ACTIONS[name].endpoints:
        method, _, path = endpoint.route.partition(" ")
        parts = path.split("/")
        found.setdefault((method, len(parts)), []).append(parts)
    return found


def template(name: str, method: str, path: str) -> str | None:
    """Return the documented path of an action's request, None for one that is not declared."""
    parts = path.split("/")
    for route in routes_of(name).get((method, len(parts)), []):
        if all(a == b or a.startswith("{") for a, b in zip(route, parts, strict=True)):
            return "/".join(route)
    return None


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_requests_and_answers_are_as_published(
    case: Case, sandbox: Sandbox, sent: list[Sent], tmp_path: Path
) -> None:
    """Only declared routes are called, with published parameters and bodies; answers fit too."""
    sandbox.estate(reset=True)
    if case.name in BEFORE:
        first, arguments = BEFORE[case.name]
        made(first, tmp_path, **form(sandbox, case)).run(arguments)
        sent.clear()
    action = made(case.name, tmp_path, **form(sandbox, case))
    assert action.run(case.arguments) is not None, action.error_message
    for method, url, body, answer in sent:
        parts = urlsplit(url)
        if WHO_WE_ARE.fullmatch(parts.path):
            continue  # checked by the client's own tests
        path = template(case.name, method, parts.path)
        if path is None and answer.status in {200, 301} and parts.path.startswith("/user/"):
            continue  # a login that was looked up by its number
        assert path is not None, f"{method} {parts.path} is not declared by {case.name}"
        published = operation(method, f"{path}/{{path}}" if path.endswith("/contents") else path)
        names = {ARRAYS.get(name, name) for name, _ in parse_qsl(parts.query)}
        assert names <= published.query_names
        if body is not None and published.body_model is not None:
            TypeAdapter(published.body_model).validate_python(body)
        if answer.status == 200 and answer.body and "2xx" in published.response_model:
            published.check(answer.status, answer.json())


def test_a_request_that_is_not_declared_is_noticed() -> None:
    """The check above can fail."""
    assert (
        template("block_user", "PUT", "/orgs/acme/blocks/octo") == "/orgs/{org}/blocks/{username}"
    )
    assert template("block_user", "POST", "/orgs/acme/blocks/octo") is None
    assert template("block_user", "PUT", "/user/blocks/octo") is None
