"""Removes a member. The user loses private forks and access at once, and is told by e-mail."""

from pydantic import Field

from github_modules.action_kit.arguments import OrgArguments, UserArguments, WriteArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.guards import (
    INDIRECT,
    MEMBERSHIP,
    TEAM_MEMBERSHIP,
    TEAMS,
    not_oneself,
    not_the_last_owner,
    teams_of,
)
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments, WriteArguments):
    """What to change."""

    keep_snapshot: bool = Field(
        default=True,
        title="Keep teams",
        description="Look up the teams of the user first, so that they can be restored.",
    )


class RemoveOrgMemberAction(WriteAction[Arguments]):
    """Removes a member. The user loses private forks and access at once, and is told by e-mail."""

    component = Component(
        "remove_org_member",
        "Remove organization member",
        "Remove a user from the organization, or cancel the invitation. Role and teams are kept in the result.",
    )
    endpoints = (
        Endpoint(
            "DELETE /orgs/{org}/memberships/{username}",
            "rest/orgs/members#remove-organization-membership-for-a-user",
            permission="members:write",
            scope="admin:org",
        ),
        MEMBERSHIP,
        TEAMS,
        TEAM_MEMBERSHIP,
    )
    arguments_model = Arguments
    undo = (
        "Invite the user again with the role of previous_state; then add_team_member for each team."
    )

    def guard(self, desk: Desk, given: Arguments) -> None:
        """Refuse to remove the module's own account."""
        not_oneself(desk, given.username)

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return role, state and teams; None when the user is no member.

        Raises:
            ConfigurationError: the user is the last owner.
        """
        membership = desk.find(MEMBERSHIP, given)
        if membership is None:
            return None
        not_the_last_owner(desk, membership)
        if membership.get("direct_membership") is False:
            desk.warnings.append(INDIRECT)
        teams = teams_of(desk, given.username) if given.keep_snapshot else []
        return {"role": membership.get("role"), "state": membership.get("state"), "teams": teams}
