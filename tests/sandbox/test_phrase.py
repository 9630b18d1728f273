"""The search phrase against the documented qualifiers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.github.phrase import EVER, created_range, parse

DAY = 1_767_225_600_000  # 2026-01-01T00:00:00Z
NOON = DAY + 43_200_000


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        ("2026-01-01", DAY, DAY + 86_399_999),
        (">=2026-01-01", DAY, EVER[1]),
        (">2026-01-01", DAY + 86_400_000, EVER[1]),
        ("<2026-01-01", 0, DAY - 1),
        ("<=2026-01-01", 0, DAY + 86_399_999),
        (">=2026-01-01T12:00:00+00:00", NOON, EVER[1]),
        (">2026-01-01T12:00:00Z", NOON + 1000, EVER[1]),
        ("<=2026-01-01T12:00:00Z", 0, NOON + 999),
        ("2026-01-01T13:00:00+01:00", NOON, NOON + 999),
        ("2026-01-01..2026-01-01T12:00:00Z", DAY, NOON + 999),
        ("2026-01-01..*", DAY, EVER[1]),
        (">1767268800123", NOON + 124, EVER[1]),
    ],
)
def test_created_term_is_an_inclusive_range(term, low, high):
    """created: works to the second, or to the day; epoch milliseconds are tolerated."""
    assert created_range(term) == (low, high)


@pytest.mark.parametrize("term", ["=>2026-01-01", "yesterday", "", "2026-13-01", "A..B", "><1"])
def test_unreadable_created_term_does_not_filter(term):
    """An invalid operator such as => filters nothing at all."""
    assert parse(f"created:{term}").created is None


def test_milliseconds_are_refused_where_the_option_is_off():
    """Without the option an epoch number is unreadable like any other text."""
    assert created_range(">1767268800123", epoch_ms=False) is None


@given(st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_any_second_is_read_exactly(moment):
    """The second that was written is the second that is filtered."""
    start = int(moment.replace(microsecond=0, tzinfo=UTC).timestamp()) * 1000
    assert created_range(f"{moment:%Y-%m-%dT%H:%M:%SZ}") == (start, start + 999)


@given(st.text(max_size=60))
def test_any_text_is_parsed(text):
    """No phrase makes the parser fail."""
    parse(text)
    parse(f"created:{text} -actor:{text}")


EVENT = {
    "action": "repo.create",
    "actor": "Mona",
    "actor_id": 7,
    "org": ["acme", "acme-labs"],
    "repo": "acme/web",
    "actor_location": {"country_code": "FR"},
    "hashed_token": "abc=",
    "operation_type": "create",
}


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("actor:mona", True),
        ("actor:hubot", False),
        ("actor:hubot actor:mona", True),
        ("actor:mona action:org", False),
        ("action:repo", True),
        ("action:repo.create", True),
        ("action:repo.cre", False),
        ("-action:repo", False),
        ("-action:org -actor:hubot", True),
        ('repo:"acme/web"', True),
        ("org:acme-labs", True),
        ("actor_id:7", True),
        ("country:FR", True),
        ("operation:remove", False),
        ('hashed_token:"abc"', True),
        ("free text and colour:blue", True),
    ],
)
def test_qualifiers_narrow_unite_and_exclude(phrase, wanted):
    """Different qualifiers narrow, a repeated one unites, a minus excludes."""
    assert parse(phrase).matches(EVENT, git=False) is wanted


def test_token_search_never_returns_git_events():
    """The documentation says so for the REST API too."""
    assert not parse('hashed_token:"abc"').matches(EVENT, git=True)
