"""Events of a repository, its network or an organization. Honest about what GitHub leaves out."""

from pydantic import Field

from github_modules.action_kit.arguments import PlaceArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.feeds import FeedArguments, FeedResults, read_feed
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(PlaceArguments, FeedArguments):
    """Which events."""

    network: bool = Field(
        default=False, title="Network", description="Of the repository and all its public forks."
    )


class GetRepositoryEventsAction(ListAction[Arguments]):
    """Events of a repository, its network or an organization. Honest about what GitHub leaves out."""

    component = Component(
        "get_repository_events",
        "Get repository events",
        "Show the events of a repository, of its network of forks, or of all public repositories of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/events",
            "rest/activity/events#list-repository-events",
            permission="metadata:read",
            scope="repo",
        ),
        Endpoint(
            "GET /orgs/{org}/events",
            "rest/activity/events#list-public-organization-events",
        ),
        Endpoint(
            "GET /networks/{owner}/{repo}/events",
            "rest/activity/events#list-public-events-for-a-network-of-repositories",
        ),
    )
    arguments_model = Arguments
    results_model = FeedResults

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the events, newest first, and what the feed covered."""
        network = given.network and given.repository
        endpoint = self.endpoints[2] if network else self.place(given)
        listing, coverage = read_feed(desk, endpoint, given)
        return self.listing(listing) | {"coverage": coverage}
