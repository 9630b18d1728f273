"""What must never be read in a text: credentials. And what nobody can read: HTML.

Does not decide what is shown; it makes safe what somebody else decided to show.
"""

import html
import re

EXCERPT_CHARACTERS = 300
_HIDDEN = "[hidden]"
# Prefixes: https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
_SECRETS = (
    re.compile(r"-{2,}BEGIN [A-Z0-9 ]*PRIVATE KEY-{2,}.*?(?:-{2,}END [A-Z0-9 ]*-{2,}|\Z)", re.S),
    re.compile(r"\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_.\-]+"),
    re.compile(r"(?<=://)[^/\s@]+(?=@)"),
    re.compile(r"\beyJ[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]*"),
)
_BEARER = re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9_.~+/=\-]{8,}", re.IGNORECASE)
_INVISIBLE = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def redact(text: str) -> str:
    """Return the text with everything that looks like a credential replaced."""
    for pattern in _SECRETS:
        text = pattern.sub(_HIDDEN, text)
    return _BEARER.sub(rf"\1 {_HIDDEN}", text)


def excerpt(body: bytes) -> str:
    """Return the readable start of a body: no tags, one line, no secret, 300 characters."""
    text = body[:65_536].decode("utf-8", "replace")
    if "<" in text:
        text = html.unescape(_TAG.sub(" ", _INVISIBLE.sub(" ", text)))
    text = redact(" ".join(text.split()))
    return text if len(text) <= EXCERPT_CHARACTERS else f"{text[: EXCERPT_CHARACTERS - 1]}…"
