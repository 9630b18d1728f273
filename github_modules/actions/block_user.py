"""Blocks a user from an organization. Membership is another matter: remove it first."""

from github_modules.action_kit.arguments import OrgArguments, UserArguments, WriteArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.guards import not_oneself
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments, WriteArguments):
    """What to change."""


class BlockUserAction(WriteAction[Arguments]):
    """Blocks a user from an organization. Membership is another matter: remove it first."""

    component = Component(
        "block_user",
        "Block user",
        "Block a user from the organization: no more issues, comments, forks or invitations.",
    )
    endpoints = (
        Endpoint(
            "PUT /orgs/{org}/blocks/{username}",
            "rest/orgs/blocking#block-a-user-from-an-organization",
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
    undo = "unblock_user"

    def guard(self, desk: Desk, given: Arguments) -> None:
        """Refuse to block the module's own account."""
        not_oneself(desk, given.username)

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return that the user was not blocked; None when blocked already."""
        blocked = desk.find(self.endpoints[1], given) is not None
        return None if blocked else {"blocked": False}
