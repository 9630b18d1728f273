"""Security alerts that start playbooks."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from github_modules.component import Component
from github_modules.connectors.alerts_source import PRODUCTS, AlertsSource
from github_modules.connectors.arguments import PacedArguments, Patterns
from github_modules.connectors.collection import AroundWith, Collection, Plan, scope_of
from github_modules.connectors.optional_part import OptionalPart
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.forms import listed
from github_modules.severity.evaluate import RuleSet, at_least
from github_modules.severity.model import Verdict
from github_modules.severity.parse import own_rules
from github_modules.triggers.bundles import Judge
from github_modules.triggers.matching import allows, pattern_of
from github_modules.triggers.playbook_sink import text_of
from github_modules.triggers.playbook_trigger import PlaybookTrigger, TriggerArguments
from github_modules.triggers.results import AlertResults

AlertType = Literal["code_scanning", "secret_scanning", "dependabot"]
_KIND_BY_PATH = {product.name: kind for kind, product in PRODUCTS.items()}


class AlertArguments(TriggerArguments):
    """Which alerts start a playbook: every restriction that is filled in must fit."""

    alert_types: Annotated[list[AlertType], BeforeValidator(listed)] = Field(
        default=["code_scanning", "secret_scanning", "dependabot"],
        min_length=1,
        title="Types",
        description="Any of code_scanning, secret_scanning, dependabot.",
    )
    states: Patterns = Field(
        default=["open"],
        title="States",
        description="Only alerts in these states. Empty: every state.",
    )
    repositories: Patterns = Field(
        default=[],
        title="Repositories",
        description="Only these (owner/name); * stands for anything.",
    )
    secret_types: Patterns = Field(
        default=[],
        title="Secret types",
        description="Only these types of secret; * stands for anything.",
    )
    publicly_leaked: bool = Field(
        default=False,
        title="Publicly leaked",
        description="Of secrets, only those found in public.",
    )
    push_protection_bypassed: bool = Field(
        default=False,
        title="Push protection bypassed",
        description="Of secrets, only those pushed past push protection.",
    )


class GithubSecurityAlertTrigger(PlaybookTrigger):
    """Starts a playbook for security alerts that match."""

    component: ClassVar[Component] = Component(
        docker_parameters="github_security_alert",
        name="Github security alert",
        description="Start a playbook for code scanning, secret scanning and Dependabot alerts by "
        "type, severity, state, repository or kind of secret; a burst starts one.",
        subject="security alerts for playbooks",
    )
    arguments_model: ClassVar[type[PacedArguments]] = AlertArguments
    results_model = AlertResults

    def collections(
        self, settings: GithubSettings, client: GithubClient, around: AroundWith
    ) -> Sequence[Collection]:
        """Return one collection for each type: each has a position of its own."""
        given = self.arguments(AlertArguments)
        made = []
        for kind in dict.fromkeys(given.alert_types):
            product = PRODUCTS[kind]
            source = AlertsSource(client, settings.owner, product, given.ratelimit_per_minute)
            scope = scope_of(settings, "alert-trigger", kind)
            plan = Plan(source, scope, given.history_hours, self.pace(given))
            part = OptionalPart(product.words, self.reporter, self.clock)
            made.append(Collection(plan, around(part)))
        return made

    def judge(self) -> Judge:
        """Return which alerts match."""
        given = self.arguments(AlertArguments)
        rules = RuleSet.with_builtin(own_rules(given.severity_rules))
        states, places = pattern_of(given.states), pattern_of(given.repositories)
        secrets = pattern_of(given.secret_types)

        def judge(alert: Any) -> Verdict | None:  # noqa: ANN401 - GitHub's
            if not isinstance(alert, Mapping):
                return None
            kind = kind_of(alert)
            verdict = rules.evaluate(alert, kind)
            fits = (
                at_least(verdict, given.least)
                and allows(states, text_of(alert, "state"))
                and allows(places, text_of(alert, "repository", "full_name"))
                and allows(secrets, text_of(alert, "secret_type"))
                and (not given.publicly_leaked or alert.get("publicly_leaked") is True)
                and (
                    not given.push_protection_bypassed
                    or alert.get("push_protection_bypassed") is True
                )
            )
            return verdict if fits else None

        return judge

    def link(self, record: Mapping[str, Any]) -> str:
        """Return GitHub's page of the alert."""
        return text_of(record, "html_url")

    def words(self, record: Mapping[str, Any]) -> str:
        """Return type, number and repository."""
        place = text_of(record, "repository", "full_name")
        kind = kind_of(record).replace("_", " ")
        return f"{kind} alert {record.get('number')} in {place}"


def kind_of(alert: Mapping[str, Any]) -> str:
    """Return the product of an alert, by its address."""
    parts = text_of(alert, "url").split("/")
    return next((_KIND_BY_PATH[part] for part in parts if part in _KIND_BY_PATH), "")
