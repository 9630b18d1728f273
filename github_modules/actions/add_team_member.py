"""Puts a user into a team: the undo of taking somebody out."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import (
    OrgArguments,
    Slug,
    UserArguments,
    WriteArguments,
    one_of,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.guards import TEAM_MEMBERSHIP
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments, WriteArguments):
    """What to change."""

    team_slug: Slug = required("Team", "Slug of the team, as its address on GitHub shows it.")
    role: Annotated[str, one_of("member", "maintainer")] = Field(
        default="member", title="Role", description="Role in the team."
    )


class AddTeamMemberAction(WriteAction[Arguments]):
    """Puts a user into a team: the undo of taking somebody out."""

    component = Component(
        "add_team_member",
        "Add team member",
        "Put a user into a team, or change the role there.",
    )
    endpoints = (
        Endpoint(
            "PUT /orgs/{org}/teams/{team_slug}/memberships/{username}",
            "rest/teams/members#add-or-update-team-membership-for-a-user",
            permission="members:write",
            scope="admin:org",
        ),
        TEAM_MEMBERSHIP,
    )
    arguments_model = Arguments
    undo = "remove_team_member"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the role in the team; None when it is the wanted one already."""
        held = desk.find(TEAM_MEMBERSHIP, given) or {}
        if held.get("role") == given.role:
            return None
        return {"role": held.get("role"), "state": held.get("state")}

    def body(self, given: Arguments) -> JsonObject:
        """Return the wanted role."""
        return {"role": given.role}
