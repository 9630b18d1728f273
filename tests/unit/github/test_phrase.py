"""Search phrases of the audit log."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.errors import ConfigurationError, ValidationFailedError
from github_modules.github.phrase import (
    created_from,
    created_range,
    floor_second,
    term,
    with_created,
)

MOMENT = datetime(2026, 1, 1, 0, 0, 0, 999_999, tzinfo=UTC)


def test_a_start_includes_its_own_second():
    """A later start would lose events of the same second."""
    assert created_from(MOMENT) == "created:>=2026-01-01T00:00:00+00:00"


def test_a_range_is_one_term():
    """How two terms combine is not documented."""
    expected = "created:2026-01-01T00:00:00+00:00..2026-01-01T01:00:00+00:00"
    assert expected == created_range(MOMENT, MOMENT + timedelta(hours=1))


def test_milliseconds_are_taken_as_github_counts_them():
    """The position of a collection is one."""
    assert created_from(MOMENT) == created_from(round(MOMENT.timestamp() * 1000) - 1)


@given(st.integers(min_value=0, max_value=4_102_444_800_000))
def test_the_floor_is_never_later_and_less_than_a_second_earlier(at_ms):
    """So no event of the position's own second is left out."""
    floor_ms = floor_second(at_ms).timestamp() * 1000
    assert floor_ms <= at_ms < floor_ms + 1000


def test_other_zones_are_translated_and_naive_times_refused():
    """The phrase is in UTC."""
    zone = timezone(timedelta(hours=2))
    assert floor_second(MOMENT) == floor_second(MOMENT.astimezone(zone))
    assert UTC is floor_second(MOMENT.astimezone(zone)).tzinfo
    with pytest.raises(ValueError, match="aware"):
        floor_second(MOMENT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("phrase", "combined"),
    [
        ("", "created:X"),
        ("  action:repo\n -actor:octo  ", "action:repo -actor:octo created:X"),
        ('repo:"acme/created:x"', 'repo:"acme/created:x" created:X'),
        ("note:recreated", "note:recreated created:X"),
    ],
)
def test_a_users_phrase_comes_first(phrase, combined):
    """Blanks are made single."""
    assert combined == with_created(phrase, "created:X")


@pytest.mark.parametrize(
    "phrase", ["created:>2026-01-01", "action:repo -CREATED:2026", "(created:x"]
)
def test_a_created_term_of_the_users_own_is_refused(phrase):
    """Two terms would lose events or repeat them."""
    with pytest.raises(ConfigurationError, match="created:"):
        with_created(phrase, "created:X")


def test_an_open_quote_is_refused():
    """It would swallow our own term."""
    with pytest.raises(ConfigurationError, match="not closed"):
        with_created('repo:"acme', "created:X")


def test_values_are_quoted_where_they_need_it():
    """A slash or a blank would end the value."""
    assert term("actor", "octo-admin") == "actor:octo-admin"
    assert term("actor", "dependabot[bot]") == "actor:dependabot[bot]"
    assert term("repo", " acme/widgets ") == 'repo:"acme/widgets"'


@pytest.mark.parametrize("value", ["", " ", 'a"b', "a\nb"])
def test_a_value_that_no_phrase_can_hold_is_refused(value):
    """Quotes cannot be escaped."""
    with pytest.raises(ValidationFailedError, match="actor"):
        term("actor", value)
