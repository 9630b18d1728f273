"""Cancels an invitation to an organization."""

from github_modules.action_kit.arguments import Number, OrgArguments, WriteArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component


class Arguments(OrgArguments, WriteArguments):
    """What to change."""

    invitation_id: Number = required(
        "Invitation", "Id of the invitation (id in the result of List invitations)."
    )


class CancelInvitationAction(WriteAction[Arguments]):
    """Cancels an invitation to an organization."""

    component = Component(
        "cancel_invitation",
        "Cancel invitation",
        "Cancel a pending invitation to the organization.",
    )
    endpoints = (
        Endpoint(
            "DELETE /orgs/{org}/invitations/{invitation_id}",
            "rest/orgs/members#cancel-an-organization-invitation",
            permission="members:write",
            scope="admin:org",
            plan=CLOUD,
        ),
        Endpoint(
            "GET /orgs/{org}/invitations",
            "rest/orgs/members#list-pending-organization-invitations",
            permission="members:read",
            scope="admin:org",
            plan=CLOUD,
        ),
    )
    arguments_model = Arguments
    undo = "Invite the user again with the role of previous_state."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the invitation; None when it is gone already."""
        pending = desk.listed(self.endpoints[1], given).items
        return next((item for item in pending if item.get("id") == given.invitation_id), None)
