"""One error answer as the rules look at it: its words, its headers, and what had been asked.

Pure. Reads every body shape that GitHub documents, and none at all without failing.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from github_modules.errors import Evidence
from github_modules.github.credentials import Credential
from github_modules.github.permissions import (
    describe_permissions,
    describe_scopes,
    missing_scopes,
    parse_scopes,
)
from github_modules.github.redaction import EXCERPT_CHARACTERS, excerpt, redact
from github_modules.github.response import Answer

_SSO_URL = re.compile(r"required\s*;\s*url\s*=\s*(https://\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What was asked, as far as it helps to explain the answer.

    `route` is the template ("GET /orgs/{org}/audit-log"), `subject` the organization or
    enterprise, `is_fresh` whether the token was minted within the last seconds.
    """

    route: str = ""
    credential: Credential = Credential.NONE
    subject: str = ""
    host: str = ""
    is_fresh: bool = False


@dataclass(frozen=True)
class Case:
    """An answer together with its context; everything a rule may ask about."""

    answer: Answer
    context: Context

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status

    @cached_property
    def parsed(self) -> Any:  # noqa: ANN401 - whatever JSON value an error answer holds
        """The JSON value of the body; None if there is none."""
        try:
            return json.loads(self.answer.body)
        except ValueError:
            return None

    @property
    def fields(self) -> Mapping[str, Any]:
        """The JSON object of the body; empty for every other body."""
        return self.parsed if isinstance(self.parsed, dict) else {}

    @property
    def is_foreign(self) -> bool:
        """Whether the body is a page or a plain text, which GitHub's API hardly ever writes."""
        start = self.answer.body[:200].lstrip()[:1]
        return bool(start) and start not in b'{["' and self.answer.body.strip() != b"null"

    @cached_property
    def message(self) -> str:
        """What GitHub says, redacted and short: `message`, SCIM's `detail`, or the plain text."""
        said = self.fields.get("message") or self.fields.get("detail")
        if not said and self.is_foreign:
            return excerpt(self.answer.body)
        return redact(str(said or ""))[:EXCERPT_CHARACTERS]

    @cached_property
    def documentation_url(self) -> str:
        """The page GitHub names, or the empty text."""
        return redact(str(self.fields.get("documentation_url") or ""))[:EXCERPT_CHARACTERS]

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """Every entry of `errors` as a sentence: "PublicKey.key: already in use"."""
        entries = self.fields.get("errors")
        if isinstance(entries, str):
            entries = [entries]
        return tuple(redact(_problem(entry)) for entry in entries or () if entry)

    @property
    def evidence(self) -> Evidence:
        """What GitHub said, for the end of the sentence."""
        request_id = self.answer.header("x-github-request-id")
        return Evidence(self.status, self.message, self.documentation_url, request_id)

    @property
    def sso_url(self) -> str:
        """Where a token is authorised for single sign-on, or the empty text."""
        found = _SSO_URL.search(self.answer.header("x-github-sso"))
        return found[1] if found else ""

    @property
    def server_version(self) -> str:
        """Version of GitHub Enterprise Server, or the empty text."""
        return self.answer.header("x-github-enterprise-version")

    @property
    def missing(self) -> tuple[str, ...]:
        """Scopes of a classic token of which one is needed and none is held."""
        if "x-oauth-scopes" not in self.answer.headers:
            return ()
        accepted = self.answer.header("x-accepted-oauth-scopes")
        return missing_scopes(accepted, self.answer.header("x-oauth-scopes"))

    @property
    def needs(self) -> str:
        """What GitHub says the call needs, as a sentence with a blank after it, or nothing."""
        if self.missing:
            held = ", ".join(parse_scopes(self.answer.header("x-oauth-scopes"))) or "none"
            wanted = describe_scopes(self.missing)
            return f"GitHub says this call needs the scope {wanted}; the token has: {held}. "
        wanted = describe_permissions(self.answer.header("x-accepted-github-permissions"))
        return f"GitHub says this call needs the permission {wanted}. " if wanted else ""

    def says(self, *words: str) -> bool:
        """Return whether the message holds one of the words, in any case."""
        return any(word in self.message.lower() for word in words)

    def route_has(self, *parts: str) -> bool:
        """Return whether the route holds one of the parts."""
        return any(part in self.context.route for part in parts)

    def words(self) -> dict[str, str]:
        """Return what the texts of the rules may name."""
        return {
            "call": self.context.route or self.answer.path,
            "credential": self.context.credential.value,
            "host": self.context.host or "GitHub",
            "needs": self.needs,
            "message": self.message or "nothing",
            "sso": self.sso_url or "https://github.com/settings/tokens",
            "status": str(self.status),
            "subject": self.context.subject or "the organization",
            "version": self.server_version or "unknown",
        }


def _problem(entry: object) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    place = ".".join(str(entry[key]) for key in ("resource", "field") if entry.get(key))
    said = str(entry.get("message") or entry.get("code") or "refused").replace("_", " ")
    return f"{place}: {said}" if place else said
