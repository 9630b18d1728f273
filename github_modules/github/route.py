"""Routes as GitHub's documentation writes them: "PUT /orgs/{org}/blocks/{username}". Pure."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from github_modules.errors import ValidationFailedError

# https://docs.github.com/rest/about-the-rest-api/api-versions
API_VERSION = "2026-03-10"
# Servers lag behind; a version that they do not know is answered with 400.
API_VERSION_SERVER = "2022-11-28"

_VARIABLE = re.compile(r"\{(\w+)\}")
_BUCKETS = (
    (re.compile(r"/audit-log$"), "audit_log"),
    (re.compile(r"/audit-log/stream"), "audit_log_streaming"),
    (re.compile(r" /search/code$"), "code_search"),
    (re.compile(r" /search/"), "search"),
)


def fill(route: str, variables: Mapping[str, object]) -> tuple[str, str]:
    """Return method and path of a route, each variable percent-encoded ("/" as %2F).

    Raises:
        ValueError: a variable is missing or left over: a mistake in the code.
        ValidationFailedError: a value is empty or dots only, which would be another path.
    """
    method, _, template = route.partition(" ")
    wanted = set(_VARIABLE.findall(template))
    if wanted != set(variables) or not template.startswith("/"):
        raise ValueError(f"{route} does not fit the variables {sorted(variables)}")
    texts = {name: str(value) for name, value in variables.items()}
    for name, text in texts.items():
        if not text.strip(". "):
            raise ValidationFailedError(f"The value of {name} is empty.", remedy="Fill it in.")
    return method, _VARIABLE.sub(lambda found: quote(texts[found[1]], safe=""), template)


def encode_query(params: Mapping[str, object]) -> str:
    """Return "?a=b&c=d" without the parameters that are None; booleans as GitHub writes them.

    A list repeats its parameter, as GitHub wants it for names such as "owner[]".
    """
    words = {True: "true", False: "false"}
    pairs = [
        (name, words[value] if isinstance(value, bool) else str(value))
        for name, given in params.items()
        for value in (given if isinstance(given, list) else [given])
        if value is not None
    ]
    return f"?{urlencode(pairs, quote_via=quote, safe='')}" if pairs else ""


def guess_bucket(route: str) -> str:
    """Return the rate limit that a route most likely counts against; answers tell for sure."""
    return next((name for pattern, name in _BUCKETS if pattern.search(route)), "core")
