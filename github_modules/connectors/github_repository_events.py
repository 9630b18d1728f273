"""Events of an organization's repositories into an intake, for detections.

https://docs.github.com/rest/using-the-rest-api/github-event-types
"""

from collections.abc import Sequence
from typing import ClassVar

from github_modules.component import Component
from github_modules.connectors.arguments import PacedArguments
from github_modules.connectors.collection import AroundWith, Collection
from github_modules.connectors.events_collection import EventsArguments, events_collection
from github_modules.connectors.github_connector import GithubConnector
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings


class GithubRepositoryEventsConnector(GithubConnector):
    """Collects the public events of an organization, and those of chosen repositories."""

    component: ClassVar[Component] = Component(
        docker_parameters="github_repository_events",
        name="Fetch repository events from Github",
        description="Collect the events of a GitHub organization and of its repositories: pushes, "
        "force pushes, forks, members, releases.",
        subject="the repository events",
    )
    arguments_model: ClassVar[type[PacedArguments]] = EventsArguments

    def collections(
        self, settings: GithubSettings, client: GithubClient, around: AroundWith
    ) -> Sequence[Collection]:
        """Return the one collection of all feeds."""
        given = self.arguments(EventsArguments)
        return [events_collection(settings, given, client, around(self.reporter))]
