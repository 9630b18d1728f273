"""GitHub's audit log into an intake.

https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/using-the-audit-log-api-for-your-enterprise
"""

from typing import ClassVar

from github_modules.component import Component
from github_modules.connectors.arguments import CollectingArguments
from github_modules.connectors.audit_collection import (
    AuditCollection,
    AuditLogArguments,
    Surroundings,
)
from github_modules.connectors.base import CollectingConnector
from github_modules.errors import RateLimitedError, RetryableError
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.batch_api import BatchApi
from github_modules.sekoia.intake import Intake
from github_modules.sekoia.metrics import metrics
from github_modules.sekoia.self_report import user_agent
from github_modules.sekoia.storage import store_at

_WAIT_WORTH_A_LINE_S = 60.0


class AuditLogConnector(CollectingConnector):
    """Collects the audit log of an organization or an enterprise."""

    component: ClassVar[Component] = Component(
        docker_parameters="github_audit_logs",
        name="Fetch new audit logs from Github",
        description="Collect the audit log of a GitHub organization or enterprise, git events "
        "included, without loss and without repeats.",
        file_stem="github_audit",
        fixed_uuid="8e09b78c-d6bd-4c5e-af66-72635b99bb32",
    )
    arguments_model: ClassVar[type[CollectingArguments]] = AuditLogArguments

    _client: GithubClient | None = None
    _counted = 0

    def collect(self) -> None:
        """Build the collection from the forms and run it until asked to stop."""
        arguments = self.arguments(AuditLogArguments)
        settings = self.module.settings()
        address = self.intake_address(arguments)
        client = self._connected(settings, arguments)
        store = store_at(self.data_path)
        api = BatchApi(address, self.clock, user_agent(self.module.manifest))
        intake = Intake(api, address.key, store, self.clock, self.rng, self.reporter)
        around = Surroundings(intake, store, self.reporter, self.clock, self.rng)
        owner = settings.owner
        where = f"{owner.kind} {owner.name} at {settings.address.host}"
        self.say(f"Collecting the audit log of {where}.", "info")
        AuditCollection(settings, arguments, client, around).run()

    def budget_words(self) -> str:
        """Return what is left of the audit log's budget, and publish it as metrics."""
        if self._client is None:
            return ""
        sent = metrics().requests
        sent.inc(self._client.requests - self._counted)
        self._counted = self._client.requests
        budget = self._client.governor.budget()
        for name, told in budget.items():
            metrics().budget_left.labels(resource=name).set(told.remaining)
        limit = budget.get("audit_log")
        return f"{limit.remaining} of {limit.limit} requests left this hour." if limit else ""

    def _connected(self, settings: GithubSettings, arguments: CollectingArguments) -> GithubClient:
        """Return the client of this start; the one before is closed."""
        if self._client is not None:
            self._client.close()
        self._counted = 0
        self._client = connect(
            settings,
            self.clock,
            per_minute=arguments.ratelimit_per_minute,
            on_wait=self._waited,
            on_notice=self._noticed,
            user_agent=user_agent(self.module.manifest),
        )
        self._client.on_retry = self._retried
        return self._client

    def _retried(self, error: RetryableError, wait_s: float) -> None:
        """Say what a walk waits out; waits for limits are said by `_waited`."""
        if not isinstance(error, RateLimitedError):
            self.reporter.failed(error, wait_s)

    def _waited(self, reason: str, wait_s: float) -> None:
        """Count a wait for a limit, and say it when a person would wonder."""
        metrics().waits.inc()
        metrics().waited_s.inc(wait_s)
        if wait_s >= _WAIT_WORTH_A_LINE_S:
            self.say(f"Waiting {wait_s:.0f} s: {reason}.", "info")

    def _noticed(self, message: str) -> None:
        self.say(message, "warning")
