"""Turns a member into an outside collaborator, who keeps what the current teams gave access to."""

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


class ConvertToOutsideCollaboratorAction(WriteAction[Arguments]):
    """Turns a member into an outside collaborator, who keeps what the current teams gave access to."""

    component = Component(
        "convert_to_outside_collaborator",
        "Convert to outside collaborator",
        "Take the membership away but leave access to the repositories of the teams.",
    )
    endpoints = (
        Endpoint(
            "PUT /orgs/{org}/outside_collaborators/{username}",
            "rest/orgs/outside-collaborators#convert-an-organization-member-to-outside-collaborator",
            permission="members:write",
            scope="admin:org",
        ),
        MEMBERSHIP,
        TEAMS,
        TEAM_MEMBERSHIP,
    )
    arguments_model = Arguments
    undo = "Invite the user as a member again with the role of previous_state."

    def guard(self, desk: Desk, given: Arguments) -> None:
        """Refuse to convert the module's own account."""
        not_oneself(desk, given.username)

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return role and teams; None when the user is no member.

        Raises:
            ConfigurationError: the user is the last owner.
        """
        membership = desk.find(MEMBERSHIP, given)
        if membership is None:
            return None
        not_the_last_owner(desk, membership)
        if membership.get("direct_membership") is False:
            desk.warnings.append(INDIRECT)
        return {
            "role": membership.get("role"),
            "state": membership.get("state"),
            "teams": teams_of(desk, given.username),
        }
