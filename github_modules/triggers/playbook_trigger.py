"""What the triggers share: a collection whose sink starts playbooks."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from github_modules.collect.collector import Pace
from github_modules.collect.ports import Observer, Sink
from github_modules.connectors.arguments import PacedArguments
from github_modules.connectors.github_connector import GithubConnector
from github_modules.sekoia.playbooks import PlaybookApi
from github_modules.severity.model import Severity
from github_modules.triggers.bundles import Bundle, Judge, event_of, title_of
from github_modules.triggers.playbook_sink import PlaybookSink

_BATCH_PAGES = 100
"""Ten thousand records are looked at together, so that a mass event is one bundle."""


class TriggerArguments(PacedArguments):
    """When to start a playbook, and how much to put into one."""

    minimum_severity: Literal["informational", "low", "medium", "high", "critical"] = Field(
        default="medium",
        title="Minimum severity",
        description="informational, low, medium, high or critical.",
    )
    bundle_seconds: int = Field(
        default=60,
        ge=0,
        le=3_600,
        title="Bundle",
        description="What happens within so many seconds starts one playbook. GitHub is asked no "
        "more often than that.",
    )
    severity_rules: str = Field(
        default="",
        title="Severity rules",
        description="Rules of your own as a JSON list; they come before those of the module.",
    )

    @property
    def least(self) -> Severity:
        """Return the minimum as a value that can be compared."""
        return Severity(self.minimum_severity)


class PlaybookTrigger(GithubConnector):
    """Starts a playbook for each bundle of records that match."""

    @abstractmethod
    def judge(self) -> Judge:
        """Return which records match, and how severe they are.

        Raises:
            ConfigurationError: an argument cannot be right.
        """

    @abstractmethod
    def link(self, record: Mapping[str, Any]) -> str:
        """Return GitHub's page for a record."""

    @abstractmethod
    def words(self, record: Mapping[str, Any]) -> str:
        """Return what happened, for the name of the playbook run."""

    def pace(self, given: TriggerArguments) -> Pace:
        """Return how often to ask: a bundle is one poll."""
        return Pace(max(given.frequency, given.bundle_seconds), batch_pages=_BATCH_PAGES)

    def sink(self, arguments: PacedArguments, observer: Observer) -> Sink:
        """Return the sink that starts playbooks."""
        given = self.arguments(TriggerArguments)
        api = PlaybookApi(self.callback_url, self._headers)

        def send(bundle: Bundle) -> None:
            event = event_of(bundle, self.link)
            api.post(title_of(event, self.words(event)), event)

        del arguments
        bundle_ms = given.bundle_seconds * 1000
        return PlaybookSink(send, self.judge(), bundle_ms, self.clock, self.rng, observer)
