"""What a person is told although all went well."""

from datetime import UTC, datetime, timedelta

import pytest

from github_modules.github.notices import Notices, parse_expiry
from github_modules.github.response import Answer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HEADER = "GitHub-Authentication-Token-Expiration"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-10 08:00:00 UTC", datetime(2026, 3, 10, 8, tzinfo=UTC)),
        ("2026-03-10 08:00:00 +0200", datetime(2026, 3, 10, 6, tzinfo=UTC)),
        ("2026-03-10 08:00:00", datetime(2026, 3, 10, 8, tzinfo=UTC)),
        ("2026-13-10 08:00:00 UTC", None),
        ("2026-13-10 08:00:00 +0200", None),
        ("never", None),
        ("", None),
    ],
)
def test_both_recorded_forms_of_the_end_are_read(text, moment):
    """UTC in words, or a numeric offset."""
    assert moment == parse_expiry(text)


def test_a_token_that_ends_soon_is_told_once_a_day():
    """Every answer says it; nobody wants to read it that often."""
    told = []
    notices = Notices(on_expiry=told.append)
    answer = Answer(200, {HEADER: "2026-03-10 08:00:00 UTC"})
    for hours in (0, 1, 23, 24, 25):
        notices.read(answer, NOW + timedelta(hours=hours))
    assert [datetime(2026, 3, 10, 8, tzinfo=UTC)] * 2 == told


@pytest.mark.parametrize(
    "text", ["2026-03-02 08:00:00 UTC", "2026-01-01 08:00:00 UTC", "2026-03-17 08:00:00 UTC", ""]
)
def test_the_past_and_the_far_future_are_not_told(text):
    """Some tokens are told the time of the request itself."""
    told = []
    Notices(on_expiry=told.append).read(Answer(200, {HEADER: text}), NOW)
    assert told == []


def test_a_partial_answer_is_told_once_a_day():
    """It stays incomplete until somebody acts."""
    told = []
    notices = Notices(on_notice=told.append)
    answer = Answer(200, {"X-GitHub-SSO": "partial-results; organizations=1"})
    notices.read(answer, NOW)
    notices.read(answer, NOW)
    assert len(told) == 1


def test_nobody_need_listen():
    """Without listeners nothing happens."""
    Notices().read(
        Answer(200, {HEADER: "x", "X-GitHub-SSO": "partial-results; organizations=1"}), NOW
    )
