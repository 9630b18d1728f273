"""Security alerts of one product as a source of records: each state of an alert is one.

https://docs.github.com/rest/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-an-organization
https://docs.github.com/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-an-organization
https://docs.github.com/rest/dependabot/alerts#list-dependabot-alerts-for-an-organization
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from github_modules.collect.backwards import Leaf, oldest_first
from github_modules.collect.identity import identity_of, identity_of_body
from github_modules.collect.ports import Page, Record
from github_modules.collect.position import Kind, Reading
from github_modules.connectors.shaping import Shape, untouched
from github_modules.connectors.times import milliseconds
from github_modules.github.client import GithubClient
from github_modules.github.rate_limit import Lane
from github_modules.github.settings import Owner

_TIMES = ("updated_at", "fixed_at", "dismissed_at", "resolved_at", "created_at")


@dataclass(frozen=True, slots=True)
class Product:
    """One of GitHub's three products: its name in paths, and what its list is asked with."""

    name: str
    words: str
    params: Mapping[str, object] = field(default_factory=dict)


PRODUCTS = {
    "code_scanning": Product("code-scanning", "code scanning"),
    "secret_scanning": Product("secret-scanning", "secret scanning", {"hide_secret": True}),
    "dependabot": Product("dependabot", "Dependabot"),
}


class AlertsSource:
    """Reads the alerts of an organization or enterprise by the time of their last change.

    The list is never filtered by state: an alert that leaves a filtered list while its pages are
    walked would pull another one past the reader.

    Args:
        client: the GitHub to ask.
        owner: whose alerts.
        product: of which product.
        per_minute: our own cap, for planning.
        shape: what is made of each alert.
    """

    def __init__(
        self,
        client: GithubClient,
        owner: Owner,
        product: Product,
        per_minute: float,
        shape: Shape = untouched,
    ) -> None:
        self._client = client
        self._owner = owner
        self._product = product
        self._per_minute = per_minute
        self._shape = shape

    def read(self, reading: Reading) -> Iterator[Page]:
        """Yield the alerts of one reading, the oldest change first.

        Raises:
            GithubModuleError: what GitHub or the network answered.
            StopRequested: when the process is asked to end.
        """
        lane = Lane.SWEEP if reading.kind is Kind.SWEEP else Lane.HEAD
        yield from oldest_first(
            lambda start: self._walk(start, lane), reading.since_ms, reading.until_ms
        )

    def now_ms(self) -> int:
        """Return GitHub's clock, milliseconds since the epoch."""
        return self._client.now_ms()

    def requests_per_hour(self) -> float:
        """Return what GitHub's limit and our own cap leave."""
        return self._client.requests_per_hour("core", self._per_minute)

    def _walk(self, start: str, lane: Lane) -> Iterator[Leaf]:
        shelf = "enterprises/{enterprise}" if self._owner.kind == "enterprise" else "orgs/{org}"
        pages = self._client.pages(
            f"GET /{shelf}/{self._product.name}/alerts",
            variables=self._owner.path_variables,
            params={
                "sort": "updated",
                "direction": "desc",
                "per_page": 100,
                **self._product.params,
            },
            lane=lane,
            start=start,
        )
        for page in pages:
            yield Leaf(page.url, [self._record(alert) for alert in page.items])

    def _record(self, alert: Any) -> Record:  # noqa: ANN401 - GitHub promises no shape
        if not isinstance(alert, dict):
            return Record(identity_of_body(alert), None, alert)
        return Record(_identity(self._product, alert), changed_ms(alert), self._shape(alert))


def _identity(product: Product, alert: Mapping[str, Any]) -> int:
    """Return what names one state of one alert: a new state is a new event."""
    repository = alert.get("repository")
    place = repository.get("id") if isinstance(repository, dict) else alert.get("html_url")
    state = (alert.get("updated_at") or changed_ms(alert), alert.get("state"))
    return identity_of(product.name, place, alert.get("number"), *state)


def changed_ms(alert: Mapping[str, Any]) -> int | None:
    """Return when an alert last changed; older servers leave `updated_at` out."""
    updated, *others = (milliseconds(alert.get(name)) for name in _TIMES)
    return updated or max((time for time in others if time is not None), default=None)
