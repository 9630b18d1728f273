"""Whether GitHub asks to wait, and how long."""

import json
from datetime import UTC, datetime

import pytest

from github_modules.github.limits import asked_wait_s, is_secondary_answer, parse_epoch
from github_modules.github.response import Answer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DATE = "Mon, 02 Mar 2026 08:00:00 GMT"
RESET = str(int(NOW.timestamp()) + 600)


def answer(status=403, message="", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, names, json.dumps({"message": message}).encode())


PRIMARY = "API rate limit exceeded for user ID 1."
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes."


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (answer(403, PRIMARY, x_ratelimit_remaining="0"), False),
        (answer(429, PRIMARY), False),
        (answer(403, PRIMARY, retry_after="60"), False),
        (answer(403, SECONDARY), True),
        (answer(429, SECONDARY, x_ratelimit_remaining="4000"), True),
        (answer(403, "You have triggered an abuse detection mechanism"), True),
        (answer(403, "Must have push access", retry_after="2"), True),
        (answer(429, ""), True),
        (answer(429, "", x_ratelimit_remaining="0"), False),
        (answer(403, "", x_ratelimit_remaining="0"), False),
        (answer(403, "Resource not accessible by integration", x_ratelimit_remaining="0"), None),
        (
            answer(
                403,
                "",
                x_ratelimit_remaining="0",
                x_github_sso="required; url=https://github.com/x",
            ),
            None,
        ),
        (answer(403, "Must have push access"), None),
        (answer(200, "", x_ratelimit_remaining="0"), None),
        (answer(401, "Bad credentials", x_ratelimit_remaining="0"), None),
    ],
)
def test_words_and_headers_tell_limits_from_rights(told, expected):
    """True is secondary, False primary, None neither."""
    assert expected is is_secondary_answer(told)


def test_the_documentation_page_tells_a_secondary_limit_too():
    """The message may change its words."""
    page = "https://docs.github.com/rest/x#about-secondary-rate-limits"
    assert is_secondary_answer(Answer(403, {}, json.dumps({"documentation_url": page}).encode()))


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"retry_after": "30"}, 30.0),
        ({"retry_after": "2.5"}, 2.5),
        ({"retry_after": "-4"}, 0.0),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "inf"}, None),
        ({"retry_after": "Mon, 02 Mar 2026 08:01:30 GMT", "date": DATE}, 90.0),
        ({"retry_after": "Mon, 02 Mar 2026 08:01:30 GMT"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": RESET, "date": DATE}, 601.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "1", "date": DATE}, 1.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "{{now}}", "date": DATE}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": RESET}, None),
        ({"x_ratelimit_remaining": "5", "x_ratelimit_reset": RESET, "date": DATE}, None),
        ({}, None),
    ],
)
def test_the_wait_is_retry_after_or_the_time_to_the_reset(headers, wait_s):
    """Both measured on GitHub's clock; None when it does not say."""
    assert wait_s == asked_wait_s(answer(**headers))


def test_our_clock_stands_in_when_the_answer_has_no_date():
    """Better than no figure at all."""
    told = answer(x_ratelimit_remaining="0", x_ratelimit_reset=RESET)
    assert asked_wait_s(told, NOW) == 601.0


def test_only_plain_epoch_seconds_are_a_time():
    """Anything else is no reset."""
    assert parse_epoch(str(int(NOW.timestamp()))) == NOW
    assert parse_epoch("1e9") is None
    assert parse_epoch("9" * 12) is None
