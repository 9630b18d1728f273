"""Security alerts (code scanning, secret scanning, Dependabot) into an intake.

https://docs.github.com/code-security/getting-started/github-security-features
"""

from collections.abc import Sequence
from typing import ClassVar

from github_modules.component import Component
from github_modules.connectors.alerts_collection import AlertsArguments, alerts_collections
from github_modules.connectors.arguments import PacedArguments
from github_modules.connectors.collection import AroundWith, Collection
from github_modules.connectors.github_connector import GithubConnector
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings


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
        """Return one collection for each type."""
        given = self.arguments(AlertsArguments)
        told = (self.reporter, self.clock)
        return alerts_collections(settings, given, client, around, told)
