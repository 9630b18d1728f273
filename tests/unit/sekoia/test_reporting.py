"""What the log says, and how often."""

import pytest

from github_modules.collect.ports import Tally
from github_modules.collect.position import Kind
from github_modules.connectors.arguments import CollectingArguments
from github_modules.errors import (
    ConfigurationError,
    ContractError,
    CredentialError,
    GithubUnavailableError,
)
from github_modules.sekoia.forms import checked
from github_modules.sekoia.metrics import fingerprint, metrics
from github_modules.sekoia.reporting import Reporter, found, severity
from tests.fakes import FakeClock


class Book:
    """A reporter whose lines are kept."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.lines: list[tuple[str, str]] = []
        self.runs: list[tuple[int, float | None]] = []
        self.reporter = Reporter(
            lambda message, level: self.lines.append((level, message)),
            self.clock,
            metrics(),
            lambda count, lag_s: self.runs.append((count, lag_s)),
            lambda: "1690 of 1750 requests left this hour.",
            lambda: None,
        )


def test_poll_that_found_something_is_one_line() -> None:
    """Counts in words, once."""
    book = Book()
    book.reporter.polled(Kind.HEAD, Tally(pages=2, forwarded=120, late=3, suppressed=5))
    assert book.lines == [("info", "Forwarded 120 events from 2 pages (3 late, 5 excluded).")]


def test_silence_is_one_line_an_hour() -> None:
    """Sixty polls without news are one line with what is left of the budget."""
    book = Book()
    for _ in range(121):
        book.clock.advance(60)
        book.reporter.polled(Kind.HEAD, Tally(pages=1))
    assert len(book.lines) == 2
    assert book.lines[0][1].startswith("Nothing new in 60 polls. 1690 of 1750")


def test_sweep_says_late_events_only() -> None:
    """A sweep that found nothing is silent."""
    book = Book()
    book.reporter.polled(Kind.SWEEP, Tally(pages=3, repeated=100))
    book.reporter.polled(Kind.SWEEP, Tally(pages=3, forwarded=1, late=1))
    assert [message for _, message in book.lines] == [
        "Forwarded 1 late event found by reading the log again."
    ]
    assert found(Kind.SWEEP, Tally(forwarded=2)).count("events") == 1


def test_fault_for_a_person_is_critical_once() -> None:
    """The same cause is not repeated, however often it is met."""
    book = Book()
    error = CredentialError("The token is revoked.", remedy="Create one.")
    for _ in range(10):
        book.reporter.failed(error, 600)
        book.clock.advance(3_600)
    assert book.lines == [("critical", "The token is revoked. Create one. Next try in 600 s.")]


def test_fault_that_waiting_mends_is_repeated_every_ten_minutes() -> None:
    """A warning at first, again after ten minutes, and a word when it is over."""
    book = Book()
    for _ in range(11):
        book.reporter.failed(GithubUnavailableError("away"), 60)
        book.clock.advance(60)
    assert [level for level, _ in book.lines] == ["warning", "warning"]
    book.reporter.polled(Kind.HEAD, Tally())
    book.reporter.recovered()
    assert [level for level, _ in book.lines] == ["warning", "warning", "info"]


def test_level_follows_the_group() -> None:
    """Transient faults are warnings: errors would mark the connector as broken."""
    assert severity(GithubUnavailableError("x")) == "warning"
    assert severity(ContractError("x")) == "error"
    assert severity(ConfigurationError("x", remedy="y")) == "critical"


def test_delivered_and_said_are_passed_on() -> None:
    """Counts go to the SDK's account, sentences to the log."""
    book = Book()
    book.reporter.delivered(3, 1.5)
    book.reporter.said("warning", "Hear, hear.")
    assert (book.runs, book.lines) == ([(3, 1.5)], [("warning", "Hear, hear.")])


def test_label_is_no_key() -> None:
    """What stands for the intake key in a label does not contain it."""
    assert fingerprint("secret") != "secret"
    assert len(fingerprint("secret")) == 8


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "intake_key is empty"),
        ({"intake_key": "k", "frequency": 0}, "frequency"),
        ({"intake_key": "k", "frequency": "often"}, "frequency"),
        ({"intake_key": "k", "history_hours": 9_999}, "history_hours"),
        ({"intake_key": ["k"]}, "intake_key"),
    ],
)
def test_wrong_argument_is_one_sentence(values: dict[str, object], words: str) -> None:
    """It names the argument and never quotes its value."""
    with pytest.raises(ConfigurationError, match=words) as wrong:
        checked(CollectingArguments, values)
    assert "often" not in str(wrong.value)
    assert wrong.value.remedy


def test_empty_fields_take_their_defaults() -> None:
    """What a form leaves empty counts as left out; text that is a number is one."""
    arguments = checked(
        CollectingArguments,
        {"intake_key": "k", "frequency": "", "ratelimit_per_minute": None, "history_hours": "48"},
    )
    assert (arguments.frequency, arguments.ratelimit_per_minute) == (60, 20)
    assert arguments.history_hours == 48
