"""GitHub's audit log into an intake.

https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/using-the-audit-log-api-for-your-enterprise
"""

from collections.abc import Sequence
from typing import ClassVar

from github_modules.component import Component
from github_modules.connectors.arguments import PacedArguments
from github_modules.connectors.audit_collection import AuditLogArguments, audit_collection
from github_modules.connectors.collection import AroundWith, Collection
from github_modules.connectors.github_connector import GithubConnector
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings


class AuditLogConnector(GithubConnector):
    """Collects the audit log of an organization or an enterprise."""

    component: ClassVar[Component] = Component(
        docker_parameters="github_audit_logs",
        name="Fetch new audit logs from Github",
        description="Collect the audit log of a GitHub organization or enterprise, git events "
        "included, without loss and without repeats.",
        file_stem="github_audit",
        fixed_uuid="8e09b78c-d6bd-4c5e-af66-72635b99bb32",
        subject="the audit log",
    )
    arguments_model: ClassVar[type[PacedArguments]] = AuditLogArguments
    bucket = "audit_log"

    def collections(
        self, settings: GithubSettings, client: GithubClient, around: AroundWith
    ) -> Sequence[Collection]:
        """Return the collection of the log."""
        arguments = self.arguments(AuditLogArguments)
        return [audit_collection(settings, arguments, client, around(self.reporter))]
