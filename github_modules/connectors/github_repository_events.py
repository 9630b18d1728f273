"""Events of an organization's repositories into an intake, for detections.

https://docs.github.com/rest/using-the-rest-api/github-event-types
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from pydantic import Field, TypeAdapter, ValidationError

from github_modules.action_kit.arguments import Repository
from github_modules.collect.collector import Pace
from github_modules.component import Component
from github_modules.connectors.arguments import CollectingArguments, PacedArguments, Patterns
from github_modules.connectors.collection import Collection, Plan, scope_of
from github_modules.connectors.events_source import MOST_EVENTS, EventsSource, Feed
from github_modules.connectors.github_connector import AroundWith, GithubConnector
from github_modules.errors import ConfigurationError
from github_modules.github.client import GithubClient
from github_modules.github.rate_limit import Lane
from github_modules.github.settings import GithubSettings

_MOST_REPOSITORIES = 500


class EventsArguments(CollectingArguments):
    """Which feeds, and how often to ask."""

    frequency: int = Field(
        default=300,
        ge=1,
        title="Frequency",
        description="Seconds between two polls. GitHub may ask for more.",
    )
    repositories: Patterns = Field(
        default=[],
        title="Repositories",
        description="Repositories whose own events are read beside those of the organization "
        "(name or owner/name). all: every repository of the organization.",
    )
    activity: bool = Field(
        default=False,
        title="Activity",
        description="Read pushes, force pushes and branch deletions of these repositories too, "
        "with both commits. Needs the repository permission Contents: read.",
    )


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
        """Return the one collection of all feeds.

        Raises:
            ConfigurationError: no organization is named, or a repository cannot be right.
        """
        given = self.arguments(EventsArguments)
        if not settings.organization:
            raise ConfigurationError(
                "Repository events are those of an organization, and the account names none.",
                remedy="Fill in the organization of the account.",
            )
        feeds = self._feeds(settings.organization, given, client)
        source = EventsSource(client, feeds, self.clock, given.ratelimit_per_minute, self._warned)
        scope = scope_of(settings, "events")
        plan = Plan(source, scope, given.history_hours, Pace(given.frequency))
        return [Collection(plan, around(self.reporter))]

    def _feeds(
        self, org: str, given: EventsArguments, client: GithubClient
    ) -> Callable[[], Sequence[Feed]]:
        """Return what lists the feeds; every repository means those that are there now."""
        named = [name for name in given.repositories if name.lower() != "all"]
        fixed = [repository_name(name, org) for name in named]

        def feeds() -> Sequence[Feed]:
            names = fixed if len(named) == len(given.repositories) else self._every(org, client)
            return feeds_of(org, names, activity=given.activity)

        return feeds

    def _every(self, org: str, client: GithubClient) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        params = {"sort": "pushed", "direction": "desc", "per_page": 100}
        pages = client.pages(
            "GET /orgs/{org}/repos", variables={"org": org}, params=params, lane=Lane.HEAD
        )
        for page in pages:
            found += [(org, str(repository["name"])) for repository in page.items]
            if len(found) >= _MOST_REPOSITORIES and page.next_url:
                self.say(
                    f"The organization has more than {_MOST_REPOSITORIES} repositories: the "
                    "events of those with the latest pushes are read.",
                    "warning",
                )
                break
        return found[:_MOST_REPOSITORIES]

    def _warned(self, message: str) -> None:
        self.say(message, "warning")


def repository_name(text: str, org: str) -> tuple[str, str]:
    """Return owner and name of a repository.

    Raises:
        ConfigurationError: it cannot be one.
    """
    try:
        owner, _, name = TypeAdapter(Repository).validate_python(text).rpartition("/")
    except ValidationError:
        raise ConfigurationError(
            "The argument repositories holds a name that no repository can have.",
            remedy="Write NAME, OWNER/NAME, or all.",
        ) from None
    return owner or org, name


def feeds_of(org: str, names: Sequence[tuple[str, str]], *, activity: bool) -> list[Feed]:
    """Return the feed of the organization, and those of the repositories."""
    feeds = [Feed("GET /orgs/{org}/events", (("org", org),), f"organization {org}", MOST_EVENTS)]
    for owner, name in names:
        place = (("owner", owner), ("repo", name))
        words = f"repository {owner}/{name}"
        route = "GET /repos/{owner}/{repo}"
        feeds.append(Feed(f"{route}/events", place, words, MOST_EVENTS, optional=True))
        if activity:
            feeds.append(
                Feed(f"{route}/activity", place, f"the activity of {words}", optional=True)
            )
    return feeds
