"""Whether an answer says "wait", and for how long. Pure.

https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
"""

import math
import re
from datetime import UTC, datetime

from github_modules.github.case import Case, Context
from github_modules.github.response import Answer, parse_http_date

_SECONDARY_WORDS = ("secondary rate limit", "abuse detection", "abuse-rate-limits")
_PRIMARY_WORDS = ("api rate limit exceeded", "rate limit exceeded for")
# A permission answer that spent the last request of a window also shows remaining 0.
_NAMED_REFUSALS = (
    "resource not accessible",
    "must have admin rights",
    "allow list",
    "forbids access via",
    "suspended",
    "login attempts",
    "saml enforcement",
)


def is_secondary_limit(case: Case) -> bool:
    """Return whether this is GitHub's abuse protection, which blocks every bucket (E28)."""
    if case.status not in {403, 429} or case.says(*_PRIMARY_WORDS):
        return False
    if case.says(*_SECONDARY_WORDS) or "secondary-rate-limits" in case.documentation_url:
        return True
    return bool(case.answer.header("retry-after")) or (
        case.status == 429 and case.answer.header("x-ratelimit-remaining") != "0"
    )


def is_primary_limit(case: Case) -> bool:
    """Return whether one bucket is exhausted (E27)."""
    if case.status not in {403, 429}:
        return False
    if case.says(*_PRIMARY_WORDS):
        return True
    is_empty = case.answer.header("x-ratelimit-remaining") == "0"
    return is_empty and not case.says(*_NAMED_REFUSALS) and not case.sso_url


def is_secondary_answer(answer: Answer) -> bool | None:
    """Return True for a secondary limit, False for a primary one, None for neither."""
    if answer.status not in {403, 429}:
        return None
    case = Case(answer, Context())
    if is_secondary_limit(case):
        return True
    return False if is_primary_limit(case) else None


def asked_wait_s(answer: Answer, now: datetime | None = None) -> float | None:
    """Return the seconds that GitHub asks to wait; None when it does not say.

    Times are taken relative to the answer's own `Date`, so a wrong clock here does no harm;
    `now` stands in when there is none. One second is added to a reset, which has whole seconds.
    """
    since = answer.date or now
    asked = answer.header("retry-after")
    if asked:
        until = parse_http_date(asked)
        if until and since:
            return max(0.0, (until - since).total_seconds())
        return _seconds(asked)
    if answer.header("x-ratelimit-remaining") != "0" or not since:
        return None
    reset_at = parse_epoch(answer.header("x-ratelimit-reset"))
    return max(1.0, (reset_at - since).total_seconds() + 1.0) if reset_at else None


def parse_epoch(text: str) -> datetime | None:
    """Return epoch seconds as an aware datetime, or None if the text is no such number."""
    if not re.fullmatch(r"\d{1,11}", text):
        return None
    return datetime.fromtimestamp(int(text), UTC)


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
