"""One answer of GitHub as a value: status, headers, body, and what can be read from them.

Does no I/O and does not judge: what an error answer means is in `classify.py`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from github_modules.errors import Evidence, UnreadableAnswerError
from github_modules.github.redaction import excerpt, redact

# A target and its parameters; a comma inside <> or quotes does not end an entry.
# https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers
_LINK = re.compile(r'<([^>]*)>((?:[^"<,]|"[^"]*")*)')
_PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;"]+))')
_PARTIAL = re.compile(r"partial-results\s*;\s*organizations\s*=\s*([\d,\s]+)")


class Headers(Mapping[str, str]):
    """Header names in any case."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {name.lower(): value for name, value in values.items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Answer:
    """What came back for one request. `body` is decoded from gzip but otherwise as sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    url: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.headers, Headers):
            object.__setattr__(self, "headers", Headers(self.headers))

    def header(self, name: str) -> str:
        """Return a header's value in any case, stripped, or the empty text."""
        return self.headers.get(name, "").strip()

    def json(self) -> Any:  # noqa: ANN401 - the caller knows the shape
        """Return the body as JSON values.

        Raises:
            UnreadableAnswerError: the body is not JSON; the error quotes its first words.
        """
        try:
            return json.loads(self.body)
        except ValueError as err:
            cause = f"GitHub's answer to {self.path} is not JSON: {excerpt(self.body) or 'empty'}."
            remedy = "If a proxy stands in between, check it and base_url; else report this."
            raise UnreadableAnswerError(cause, remedy=remedy, evidence=self.evidence) from err

    @property
    def path(self) -> str:
        """The URL without query, for texts."""
        return redact(self.url.partition("?")[0]) or "the request"

    @property
    def links(self) -> dict[str, str]:
        """Targets of the Link header by relation, verbatim; the first of a relation wins."""
        return parse_links(self.header("link"))

    @property
    def date(self) -> datetime | None:
        """GitHub's own time of the answer, aware, or None."""
        return parse_http_date(self.header("date"))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong although the status says success (row E20), one sentence each."""
        found = _PARTIAL.search(self.header("x-github-sso"))
        if not found:
            return ()
        # https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#personal-access-tokens-and-saml-sso
        identifiers = ", ".join(re.findall(r"\d+", found[1]))
        warning = (
            "The answer is incomplete: the token is not authorised for single sign-on of the "
            f"organizations with the ids {identifiers}. Authorise the token for them in GitHub "
            "under Settings > Developer settings > Personal access tokens > Configure SSO."
        )
        return (warning,)

    @property
    def evidence(self) -> Evidence:
        """Status and request id, for errors that have nothing else to quote."""
        return Evidence(status=self.status, request_id=self.header("x-github-request-id"))


def parse_links(header: str) -> dict[str, str]:
    """Return the targets of a Link header by relation, each verbatim."""
    links: dict[str, str] = {}
    for target, parameters in _LINK.findall(header):
        for name, quoted, plain in _PARAMETER.findall(parameters):
            for relation in (quoted or plain).lower().split() if name.lower() == "rel" else ():
                links.setdefault(relation, target)
    return links


def parse_http_date(text: str) -> datetime | None:
    """Return an HTTP date as an aware datetime in UTC, or None if it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
