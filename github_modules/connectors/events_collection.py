"""The collection of repository events: its arguments, its feeds, and the plan that they make."""

from collections.abc import Callable, Sequence

from pydantic import Field, TypeAdapter, ValidationError

from github_modules.action_kit.arguments import Repository
from github_modules.collect.collector import Pace
from github_modules.connectors.arguments import CollectingArguments, Patterns
from github_modules.connectors.collection import Collection, Plan, Surroundings, scope_of
from github_modules.connectors.events_source import MOST_EVENTS, EventsSource, Feed
from github_modules.errors import ConfigurationError
from github_modules.github.client import GithubClient
from github_modules.github.rate_limit import Lane
from github_modules.github.settings import GithubSettings

_MOST_REPOSITORIES = 500

Said = Callable[[str], None]
"""Takes a warning."""


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


def events_collection(
    settings: GithubSettings,
    given: EventsArguments,
    client: GithubClient,
    around: Surroundings,
) -> Collection:
    """Return the one collection of all feeds.

    Args:
        settings: whose events, on which GitHub.
        given: which feeds, and at what pace.
        client: made from the settings.
        around: everything else.

    Raises:
        ConfigurationError: no organization is named, or a repository cannot be right.
    """
    if not settings.organization:
        raise ConfigurationError(
            "Repository events are those of an organization, and the account names none.",
            remedy="Fill in the organization of the account.",
        )

    def said(message: str) -> None:
        around.observer.said("warning", message)

    feeds = _feeds(settings.organization, given, client, said)
    source = EventsSource(client, feeds, around.clock, given.ratelimit_per_minute, said)
    scope = scope_of(settings, "events")
    plan = Plan(source, scope, given.history_hours, Pace(given.frequency), name="events")
    return Collection(plan, around)


def _feeds(
    org: str, given: EventsArguments, client: GithubClient, said: Said
) -> Callable[[], Sequence[Feed]]:
    """Return what lists the feeds; every repository means those that are there now."""
    named = [name for name in given.repositories if name.lower() != "all"]
    fixed = [repository_name(name, org) for name in named]

    def feeds() -> Sequence[Feed]:
        names = fixed if len(named) == len(given.repositories) else _every(org, client, said)
        return feeds_of(org, names, activity=given.activity)

    return feeds


def _every(org: str, client: GithubClient, said: Said) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    params = {"sort": "pushed", "direction": "desc", "per_page": 100}
    pages = client.pages(
        "GET /orgs/{org}/repos", variables={"org": org}, params=params, lane=Lane.HEAD
    )
    for page in pages:
        found += [(org, str(repository["name"])) for repository in page.items]
        if len(found) >= _MOST_REPOSITORIES and page.next_url:
            said(
                f"The organization has more than {_MOST_REPOSITORIES} repositories: the "
                "events of those with the latest pushes are read."
            )
            break
    return found[:_MOST_REPOSITORIES]


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
