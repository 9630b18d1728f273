"""The collections of security alerts: their arguments, and one plan for each type of alert."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from github_modules.clock import Clock
from github_modules.collect.collector import Pace
from github_modules.collect.ports import Observer, Record
from github_modules.connectors.alerts_source import PRODUCTS, AlertsSource
from github_modules.connectors.arguments import CollectingArguments
from github_modules.connectors.collection import (
    AroundWith,
    Collection,
    Plan,
    everything,
    scope_of,
)
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


def alerts_collections(
    settings: GithubSettings,
    given: AlertsArguments,
    client: GithubClient,
    around: AroundWith,
    told: tuple[Observer, Clock],
) -> Sequence[Collection]:
    """Return one collection for each type: each has a position of its own.

    Args:
        settings: whose alerts, on which GitHub.
        given: which of them, and at what pace.
        client: made from the settings.
        around: everything else, for the observer of one part.
        told: who is told of a part that is switched off, and the time.
    """
    states = frozenset(given.states)

    def wanted(record: Record) -> bool:
        return isinstance(record.body, dict) and record.body.get("state") in states

    made = []
    for kind in dict.fromkeys(given.alert_types):
        product = PRODUCTS[kind]
        shape = shape_of(given, kind)
        source = AlertsSource(client, settings.owner, product, given.ratelimit_per_minute, shape)
        plan = Plan(
            source,
            scope_of(settings, "alerts", kind),
            given.history_hours,
            Pace(given.frequency),
            wanted if states else everything,
            kind,
        )
        made.append(Collection(plan, around(OptionalPart(product.words, *told))))
    return made
