"""A part that is switched off at GitHub is a warning once a day; everything else is passed on."""

from typing import Any

from github_modules.collect.ports import Level, Tally
from github_modules.collect.position import Kind
from github_modules.connectors.optional_part import OptionalPart
from github_modules.errors import (
    CredentialError,
    GithubModuleError,
    GithubUnavailableError,
    NotFoundError,
    PermissionDeniedError,
)
from tests.fakes import FakeClock


class Heard:
    """An observer that keeps what it is told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Any]] = []

    def delivered(self, count: int, lag_s: float | None) -> None:
        self.lines.append(("delivered", count))

    def moved(self) -> None:
        self.lines.append(("moved", None))

    def polled(self, kind: Kind, tally: Tally) -> None:
        self.lines.append(("polled", kind))

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        self.lines.append(("failed", error))

    def recovered(self) -> None:
        self.lines.append(("recovered", None))

    def said(self, level: Level, message: str) -> None:
        self.lines.append((level, message))


def made() -> tuple[OptionalPart, Heard, FakeClock]:
    heard, clock = Heard(), FakeClock()
    return OptionalPart("code scanning", heard, clock), heard, clock


def test_what_is_off_is_said_once_a_day() -> None:
    """The error's own remedy is part of the line."""
    part, heard, clock = made()
    off = PermissionDeniedError("Advanced Security is off.", remedy="Switch it on.")
    for _ in range(3):
        part.failed(off, 600.0)
        clock.advance(3_600)
    assert heard.lines == [
        (
            "warning",
            (
                "No code scanning alerts are collected; the other types go on. "
                "Advanced Security is off. Switch it on."
            ),
        )
    ]
    clock.advance(86_400)
    part.failed(NotFoundError("gone"), 600.0)
    assert len(heard.lines) == 2


def test_after_a_poll_it_is_news_again() -> None:
    """Switched on and off again: that is worth a line."""
    part, heard, _ = made()
    part.failed(NotFoundError("off"), 1.0)
    part.polled(Kind.HEAD, Tally())
    part.failed(NotFoundError("off"), 1.0)
    assert [kind for kind, _ in heard.lines] == ["warning", "polled", "warning"]


def test_everything_else_is_passed_on() -> None:
    """A revoked token and a GitHub that is away concern every part."""
    part, heard, _ = made()
    part.failed(CredentialError("revoked", remedy="New one."), 1.0)
    part.failed(GithubUnavailableError("away"), 1.0)
    part.recovered()
    part.delivered(3, None)
    part.moved()
    part.said("info", "First start.")
    kinds = ["failed", "failed", "recovered", "delivered", "moved", "info"]
    assert [kind for kind, _ in heard.lines] == kinds
    assert heard.lines[-1][1] == "Code scanning: First start."
