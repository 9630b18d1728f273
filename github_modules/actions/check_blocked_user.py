"""Whether an organization blocks a user."""

from collections.abc import Mapping
from typing import ClassVar

from github_modules.action_kit.arguments import OrgArguments, UserArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import Results, with_fields
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments):
    """Whom to look up."""


class CheckBlockedUserAction(LookupAction[Arguments]):
    """Whether an organization blocks a user."""

    component = Component(
        "check_blocked_user",
        "Check blocked user",
        "Tell whether the organization blocks a user.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/blocks/{username}",
            "rest/orgs/blocking#check-if-a-user-is-blocked-by-an-organization",
            permission="organization_user_blocking:read",
            scope="admin:org",
            plan=CLOUD,
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(Results, blocked=bool, username=str)
    branches: ClassVar[Mapping[str, str]] = {
        "blocked": "The user is blocked",
        "not_blocked": "The user is not blocked",
    }

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return whether the user is blocked."""
        blocked = desk.find(self.endpoints[0], given) is not None
        self.branch("blocked" if blocked else "not_blocked")
        return {"blocked": blocked, "username": desk.login(given.username)}
