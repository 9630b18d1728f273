"""GitHub's audit log as a source of records.

https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from github_modules.collect.identity import identity_of, identity_of_body
from github_modules.collect.ports import Page, Record
from github_modules.collect.position import Kind, Reading
from github_modules.connectors.shaping import Shape, untouched
from github_modules.github.client import GithubClient
from github_modules.github.pages import Page as GithubPage
from github_modules.github.phrase import created_from, created_range, with_created
from github_modules.github.rate_limit import Lane
from github_modules.github.settings import Owner

RESOURCE = "audit_log"
_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Query:
    """Which events are asked for."""

    include: str
    phrase: str


class AuditLogSource:
    """Reads the audit log of an organization or an enterprise, oldest first.

    Args:
        client: the GitHub to ask.
        owner: whose log.
        query: which events.
        per_minute: our own cap, for planning.
        shape: what is made of each event.
    """

    def __init__(
        self,
        client: GithubClient,
        owner: Owner,
        query: Query,
        per_minute: float,
        shape: Shape = untouched,
    ) -> None:
        self._client = client
        self._owner = owner
        self._query = query
        self._per_minute = per_minute
        self._shape = shape

    def read(self, reading: Reading) -> Iterator[Page]:
        """Yield the pages of one reading.

        Raises:
            GithubModuleError: what GitHub or the network answered.
            StopRequested: when the process is asked to end.
        """
        created = (
            created_from(reading.since_ms)
            if reading.until_ms is None
            else created_range(reading.since_ms, reading.until_ms)
        )
        pages = self._client.pages(
            self._owner.audit_log_route,
            variables=self._owner.path_variables,
            params={
                "phrase": with_created(self._query.phrase, created),
                "include": self._query.include,
                "order": "asc",
                "per_page": _PAGE_SIZE,
            },
            lane=Lane.SWEEP if reading.kind is Kind.SWEEP else Lane.HEAD,
        )
        for page in pages:
            yield AuditLogPage(page, self._shape)

    def now_ms(self) -> int:
        """Return GitHub's clock, milliseconds since the epoch."""
        return self._client.now_ms()

    def requests_per_hour(self) -> float:
        """Return what GitHub's limit and our own cap leave; the cap is always there."""
        return self._client.requests_per_hour(RESOURCE, self._per_minute)


@dataclass(frozen=True, slots=True)
class AuditLogPage:
    """One page, parsed when its records are asked for."""

    page: GithubPage
    shape: Shape = untouched

    def records(self) -> Sequence[Record]:
        """Return the events in GitHub's order."""
        return [record_of(event, self.shape) for event in self.page.items]


def record_of(event: Any, shape: Shape = untouched) -> Record:  # noqa: ANN401 - GitHub promises no shape
    """Return an event as a record; anything JSON can hold is taken.

    GitHub orders the log by `@timestamp` and `_document_id`, so the two together name an event;
    the action is added because published events share ids that ought to be unique. `created_at`
    never stands in for `@timestamp`: it is another, often much older time than the one GitHub
    filters by, and an event would be taken for one from before the collection began.
    """
    if not isinstance(event, dict):
        return Record(identity_of_body(event), None, event)
    at_ms = _milliseconds(event.get("@timestamp"))
    document = event.get("_document_id")
    if not document:
        return Record(identity_of_body(event), at_ms, shape(event))
    return Record(identity_of(document, at_ms, event.get("action")), at_ms, shape(event))


def _milliseconds(value: Any) -> int | None:  # noqa: ANN401 - GitHub sends numbers as text too
    try:
        return (
            int(float(value)) if value not in (None, "") and not isinstance(value, bool) else None
        )
    except (TypeError, ValueError, OverflowError):
        return None
