"""Search phrases of the audit log. Pure.

https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization#searching-the-audit-log
"""

import re
from datetime import UTC, datetime
from typing import TypeAlias

from github_modules.errors import ConfigurationError, ValidationFailedError

_QUOTED = re.compile(r'"[^"]*"')
_CREATED = re.compile(r"(?<![\w:.])created:", re.IGNORECASE)
_SIMPLE = re.compile(r"[\w.@\-]+(?:\[bot\])?")


Moment: TypeAlias = datetime | int
"""An aware datetime, or milliseconds since the epoch as GitHub's `@timestamp` has them."""


def floor_second(moment: Moment) -> datetime:
    """Return the moment in UTC without its fraction: `created:` works to the second.

    Raises:
        ValueError: the datetime is not aware.
    """
    if isinstance(moment, int):
        return datetime.fromtimestamp(moment // 1000, UTC)
    if moment.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return moment.astimezone(UTC).replace(microsecond=0)


def created_from(second: Moment) -> str:
    """Return the term for everything from a second on, that second included."""
    return f"created:>={_stamp(second)}"


def created_range(first: Moment, last: Moment) -> str:
    """Return the term for everything from one second to another, both included.

    One bounded term, because GitHub does not document how two `created:` terms combine.
    """
    return f"created:{_stamp(first)}..{_stamp(last)}"


def with_created(user_phrase: str, created: str) -> str:
    """Return a user's phrase together with a `created:` term.

    Raises:
        ConfigurationError: the user's phrase holds such a term itself, or an open quote.
    """
    phrase = check_phrase(user_phrase)
    return f"{phrase} {created}" if phrase else created


def check_phrase(user_phrase: str) -> str:
    """Return a user's phrase with single blanks.

    Raises:
        ConfigurationError: it holds a `created:` term, or a quote that is not closed.
    """
    phrase = " ".join(user_phrase.split())
    if phrase.count('"') % 2:
        cause = "The search phrase holds a quotation mark that is not closed."
        raise ConfigurationError(cause, remedy='Write it as in repo:"octo-org/octo-repo".')
    if _CREATED.search(_QUOTED.sub('""', phrase)):
        cause = "The search phrase holds a created: term, which the module sets itself."
        remedy = "Remove created: from the phrase; the start is a setting of its own."
        raise ConfigurationError(cause, remedy=remedy)
    return phrase


def term(qualifier: str, value: str) -> str:
    """Return one term with its value quoted where the value needs it: repo:"acme/app".

    Raises:
        ValidationFailedError: the value is empty, or holds a quote, which cannot be escaped.
    """
    value = value.strip()
    if not value or '"' in value or any(ord(character) < 32 for character in value):
        cause = f"The value for {qualifier} is empty or holds a character that no phrase can."
        raise ValidationFailedError(cause, remedy="Correct the value.")
    return f"{qualifier}:{value}" if _SIMPLE.fullmatch(value) else f'{qualifier}:"{value}"'


def _stamp(moment: Moment) -> str:
    return floor_second(moment).strftime("%Y-%m-%dT%H:%M:%S+00:00")
