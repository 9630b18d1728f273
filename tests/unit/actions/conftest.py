"""Waits of actions take no time here."""

import pytest

from github_modules.action_kit import base
from tests.fakes import FakeClock


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """The clock of every action of a test."""
    fake = FakeClock()
    monkeypatch.setattr(base, "SystemClock", lambda _: fake)
    return fake
