"""Takes a user out of a team. A team that an identity provider fills refuses."""

from github_modules.action_kit.arguments import (
    OrgArguments,
    Slug,
    UserArguments,
    WriteArguments,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.guards import TEAM_MEMBERSHIP, not_oneself
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments, WriteArguments):
    """What to change."""

    team_slug: Slug = required("Team", "Slug of the team, as its address on GitHub shows it.")


class RemoveTeamMemberAction(WriteAction[Arguments]):
    """Takes a user out of a team. A team that an identity provider fills refuses."""

    component = Component(
        "remove_team_member",
        "Remove team member",
        "Take a user out of a team.",
    )
    endpoints = (
        Endpoint(
            "DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}",
            "rest/teams/members#remove-team-membership-for-a-user",
            permission="members:write",
            scope="admin:org",
        ),
        TEAM_MEMBERSHIP,
    )
    arguments_model = Arguments
    undo = "add_team_member"

    def guard(self, desk: Desk, given: Arguments) -> None:
        """Refuse to remove the module's own account."""
        not_oneself(desk, given.username)

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return role and state in the team; None when the user is not in it."""
        held = desk.find(TEAM_MEMBERSHIP, given)
        return None if held is None else {"role": held.get("role"), "state": held.get("state")}
