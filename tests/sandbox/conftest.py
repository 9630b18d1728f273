"""One sandbox for the module's tests, cleaned between them, and small clients for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from sandbox.client import Sandbox
from sandbox.config import default_limits
from tests.corpus import corpus_path
from tests.sandbox.estate_calls import Call


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The published data, or a skip that says why."""
    return corpus_path()


@pytest.fixture(scope="session")
def shared_sandbox():
    """A sandbox without events, shared by the whole session."""
    with Sandbox({"feed": {"kind": "none"}}) as running:
        yield running


@pytest.fixture
def sandbox(shared_sandbox):
    """The shared sandbox as it was at its start."""
    yield shared_sandbox
    shared_sandbox.clear_faults()
    shared_sandbox.clear_events()
    shared_sandbox.installation(suspended=False, deleted=False)
    shared_sandbox.settings(
        rate_limit=default_limits(),
        plan="enterprise",
        latency_ms=0,
    )


@pytest.fixture
def session(shared_sandbox):
    """An HTTP session with the classic token of the owner."""
    with requests.Session() as client:
        client.trust_env = False
        client.headers["Authorization"] = f"Bearer {shared_sandbox.token}"
        yield client


@pytest.fixture
def log_url(shared_sandbox) -> str:
    """The organisation's audit log."""
    return f"{shared_sandbox.github_url}/orgs/{shared_sandbox.org}/audit-log"


@pytest.fixture
def estate() -> Iterator[Sandbox]:
    """A sandbox of its own: these tests change what others would read."""
    with Sandbox({"feed": {"kind": "none"}}) as running:
        yield running


@pytest.fixture
def call(estate: Sandbox) -> Iterator[Call]:
    """Call a path with the token that has every right, or with another one."""
    with requests.Session() as session:
        session.trust_env = False

        def send(method: str, path: str, body=None, token=None, **headers) -> requests.Response:
            if token != "":
                headers["Authorization"] = f"Bearer {token or estate.full_token}"
            url = path if path.startswith("http") else estate.github_url + path
            return session.request(
                method, url, json=body, headers=headers, timeout=10, allow_redirects=False
            )

        yield send
