"""GitHub's audit log into an intake.

https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/using-the-audit-log-api-for-your-enterprise
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fnmatch import translate
from typing import ClassVar, Literal

from pydantic import Field

from github_modules.collect.collector import Collector, Pace
from github_modules.collect.delivery import Delivery, Wanted
from github_modules.collect.loop import Loop
from github_modules.collect.opening import Memory, memory, open_position
from github_modules.collect.ports import Record
from github_modules.collect.position import Position
from github_modules.component import Component
from github_modules.connectors.arguments import CollectingArguments, Patterns
from github_modules.connectors.audit_source import AuditLogSource, Query
from github_modules.connectors.base import CollectingConnector
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.batch_api import BatchApi
from github_modules.sekoia.intake import Intake
from github_modules.sekoia.metrics import metrics
from github_modules.sekoia.storage import store_at

_HOUR_MS = 3_600_000
_WAIT_WORTH_A_LINE_S = 60.0


class AuditLogArguments(CollectingArguments):
    """Which part of the audit log, and how a backlog is read."""

    include: Literal["web", "git", "all"] = Field(
        default="all",
        title="Events",
        description="web: everything but git; git: clones, fetches and pushes; all: both.",
    )
    phrase: str = Field(
        default="",
        title="Search phrase",
        description="Restricts the events, as in GitHub's audit log search (for example "
        "-actor:dependabot). The qualifier created is set by the connector.",
    )
    excluded_actions: Patterns = Field(
        default=[],
        title="Excluded actions",
        description="Actions that are not forwarded; * stands for anything (for example "
        "repo.download_zip, workflows.*).",
    )
    catch_up_lanes: int = Field(
        default=1,
        ge=1,
        le=4,
        title="Catch-up lanes",
        description="Parts of a backlog that are read at the same time. More than 1 helps with "
        "GitHub Enterprise Server, which does not limit requests.",
    )


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

    def collect(self) -> None:
        """Build the core from the forms and run it until asked to stop."""
        arguments = self.arguments(AuditLogArguments)
        settings = self.module.settings()
        address = self.intake_address(arguments)
        client = self._connected(settings, arguments)
        store = store_at(self.data_path)
        kept = memory(store, scope_of(settings))
        source = AuditLogSource(
            client,
            settings.owner,
            Query(arguments.include, arguments.phrase),
            arguments.ratelimit_per_minute,
        )
        api = BatchApi(address, self.clock, user_agent(self.module.manifest))
        intake = Intake(api, address.key, store, self.clock, self.rng, self.reporter)
        delivery = Delivery(kept, intake, self.reporter, wanted(arguments.excluded_actions))
        collector = Collector(source, delivery, kept, self.reporter, self.clock)
        loop = Loop(collector, source, self.reporter, self.clock, self.rng)
        self.say(f"Collecting the audit log of {_named(settings)}.", "info")
        loop.run(
            lambda: self._opening(kept, source, arguments),
            Pace(arguments.frequency, arguments.catch_up_lanes),
        )

    def _connected(self, settings: GithubSettings, arguments: CollectingArguments) -> GithubClient:
        """Return the client of this start; the one before is closed."""
        if self._client is not None:
            self._client.close()
        self._client = connect(
            settings,
            self.clock,
            per_minute=arguments.ratelimit_per_minute,
            on_wait=self._waited,
            on_notice=self._noticed,
            user_agent=user_agent(self.module.manifest),
        )
        return self._client

    def _opening(
        self, kept: Memory, source: AuditLogSource, arguments: AuditLogArguments
    ) -> Position:
        opening = open_position(kept, source.now_ms(), arguments.history_hours * _HOUR_MS)
        since = datetime.fromtimestamp(opening.position.frontier_ms / 1000, UTC)
        self.say(f"{opening.said} Reading from {since:%Y-%m-%d %H:%M:%S} UTC.", opening.level)
        return opening.position

    def _waited(self, reason: str, wait_s: float) -> None:
        """Count a wait for a limit, and say it when a person would wonder."""
        metrics().waits.inc()
        metrics().waited_s.inc(wait_s)
        if wait_s >= _WAIT_WORTH_A_LINE_S:
            self.say(f"Waiting {wait_s:.0f} s: {reason}.", "info")

    def _noticed(self, message: str) -> None:
        self.say(message, "warning")


def scope_of(settings: GithubSettings) -> str:
    """Return the folder name for the state of one audit log: another log, another state."""
    owner = settings.owner
    return re.sub(
        r"[^a-z0-9.-]+", "_", f"{settings.address.host}-{owner.kind}-{owner.name}".lower()
    )


def wanted(excluded: Sequence[str]) -> Wanted:
    """Return the filter for the actions that a user does not want; `*` stands for anything."""
    if not excluded:
        return lambda _: True
    pattern = re.compile("|".join(translate(action) for action in excluded))

    def keeps(record: Record) -> bool:
        action = record.body.get("action") if isinstance(record.body, Mapping) else None
        return not (isinstance(action, str) and pattern.match(action))

    return keeps


def user_agent(manifest: Mapping[str, object]) -> str:
    """Return how the module names itself, without any secret."""
    return f"sekoiaio-connector/{manifest.get('slug')}-{manifest.get('version')}"


def _named(settings: GithubSettings) -> str:
    return f"{settings.owner.kind} {settings.owner.name} at {settings.address.host}"
