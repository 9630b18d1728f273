"""Security alerts (code scanning, secret scanning, Dependabot) into an intake.

https://docs.github.com/code-security/getting-started/github-security-features
"""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from github_modules.collect.collector import Pace
from github_modules.collect.ports import Record
from github_modules.component import Component
from github_modules.connectors.alerts_source import PRODUCTS, AlertsSource
from github_modules.connectors.arguments import CollectingArguments, PacedArguments
from github_modules.connectors.collection import Collection, Plan, everything, scope_of
from github_modules.connectors.github_connector import AroundWith, GithubConnector
from github_modules.connectors.optional_part import OptionalPart
from github_modules.connectors.shaping import ShapedArguments, shape_of
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.forms import listed

AlertType = Literal["code_scanning", "secret_scanning", "dependabot"]
State = Literal["open", "closed", "dismissed", "fixed", "resolved", "auto_dismissed"]
EVERY_TYPE: tuple[AlertType, ...] = ("code_scanning", "secret_scanning", "dependabot")


class AlertsArguments(ShapedArguments, CollectingArguments):
    """Which alerts, and how often to ask."""

    frequency: int = Field(
        default=300, ge=1, title="Frequency", description="Seconds between two polls."
    )
    history_hours: int = Field(
        default=24,
        ge=1,
        le=876_000,
        title="History",
        description="Hours to collect at the first start, by the last change of an alert.",
    )
    alert_types: Annotated[list[AlertType], BeforeValidator(listed)] = Field(
        default=list(EVERY_TYPE),
        min_length=1,
        title="Types",
        description="Any of code_scanning, secret_scanning, dependabot.",
    )
    states: Annotated[list[State], BeforeValidator(listed)] = Field(
        default=[],
        title="States",
        description="Only alerts in these states (open, closed, dismissed, fixed, resolved, "
        "auto_dismissed). Empty: every state.",
    )


class GithubSecurityAlertsConnector(GithubConnector):
    """Collects security alerts: each change of an alert is one event."""

    component: ClassVar[Component] = Component(
        docker_parameters="github_security_alerts",
        name="Fetch security alerts from Github",
        description="Collect code scanning, secret scanning and Dependabot alerts of a GitHub "
        "organization or enterprise, each change of an alert as one event.",
        subject="the security alerts",
    )
    arguments_model: ClassVar[type[PacedArguments]] = AlertsArguments

    def collections(
        self, settings: GithubSettings, client: GithubClient, around: AroundWith
    ) -> Sequence[Collection]:
        """Return one collection for each type: each has a position of its own."""
        given = self.arguments(AlertsArguments)
        states = frozenset(given.states)

        def wanted(record: Record) -> bool:
            return isinstance(record.body, dict) and record.body.get("state") in states

        made = []
        for kind in dict.fromkeys(given.alert_types):
            product = PRODUCTS[kind]
            source = AlertsSource(
                client,
                settings.owner,
                product,
                given.ratelimit_per_minute,
                shape_of(given, kind),
            )
            plan = Plan(
                source,
                scope_of(settings, "alerts", kind),
                given.history_hours,
                Pace(given.frequency),
                wanted if states else everything,
            )
            part = OptionalPart(product.words, self.reporter, self.clock)
            made.append(Collection(plan, around(part)))
        return made
