"""The public events of a user. Honest about what GitHub leaves out."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import OrgArguments, UserArguments, one_of
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.feeds import FeedArguments, FeedResults, read_feed
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component

FEEDS = ("public", "all", "received", "organization")


class Arguments(UserArguments, OrgArguments, FeedArguments):
    """Whose events, and which."""

    feed: Annotated[str, one_of("public", "all", "received", "organization")] = Field(
        default="public",
        title="Feed",
        description="public: what the user did. all: private events too, if the token is the user's own. received: what the user watches. organization: the user's dashboard of the organization, with the user's own token only.",
    )


class GetUserEventsAction(ListAction[Arguments]):
    """The public events of a user. Honest about what GitHub leaves out."""

    component = Component(
        "get_user_events",
        "Get user events",
        "Show what a user did on GitHub in public: pushes, issues, pull requests, forks, stars.",
    )
    endpoints = (
        Endpoint(
            "GET /users/{username}/events/public",
            "rest/activity/events#list-public-events-for-a-user",
        ),
        Endpoint(
            "GET /users/{username}/events",
            "rest/activity/events#list-events-for-the-authenticated-user",
            permission="user_events:read",
            optional=True,
        ),
        Endpoint(
            "GET /users/{username}/received_events/public",
            "rest/activity/events#list-public-events-received-by-a-user",
        ),
        Endpoint(
            "GET /users/{username}/events/orgs/{org}",
            "rest/activity/events#list-organization-events-for-the-authenticated-user",
            permission="user_events:read",
            optional=True,
        ),
    )
    arguments_model = Arguments
    results_model = FeedResults

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the events, newest first, and what the feed covered."""
        listing, coverage = read_feed(desk, self.endpoints[FEEDS.index(given.feed)], given)
        if coverage["public_only"]:
            desk.warnings.append(
                "Only public events are shown: what happened in private is not here."
            )
        return self.listing(listing) | {"coverage": coverage}
