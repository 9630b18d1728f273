"""Lifts the block of a user."""

from github_modules.action_kit.arguments import OrgArguments, UserArguments, WriteArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments, WriteArguments):
    """What to change."""


class UnblockUserAction(WriteAction[Arguments]):
    """Lifts the block of a user."""

    component = Component(
        "unblock_user",
        "Unblock user",
        "Lift the block of a user from the organization.",
    )
    endpoints = (
        Endpoint(
            "DELETE /orgs/{org}/blocks/{username}",
            "rest/orgs/blocking#unblock-a-user-from-an-organization",
            permission="organization_user_blocking:write",
            scope="admin:org",
            plan=CLOUD,
        ),
        Endpoint(
            "GET /orgs/{org}/blocks/{username}",
            "rest/orgs/blocking#check-if-a-user-is-blocked-by-an-organization",
            permission="organization_user_blocking:read",
            scope="admin:org",
            plan=CLOUD,
        ),
    )
    arguments_model = Arguments
    undo = "block_user"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return that the user was blocked; None when not."""
        blocked = desk.find(self.endpoints[1], given) is not None
        return {"blocked": True} if blocked else None
