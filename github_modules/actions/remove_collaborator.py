"""Takes the access of a collaborator away: to one repository, or as an outside collaborator to all."""

from pydantic import Field

from github_modules.action_kit.arguments import PlaceArguments, UserArguments, WriteArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.guards import not_oneself
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component
from github_modules.github.response import Answer


class Arguments(UserArguments, PlaceArguments, WriteArguments):
    """What to change."""

    cancel_invitations: bool = Field(
        default=True,
        title="Cancel invitations",
        description="Cancel pending invitations of the user to the repository too.",
    )


class RemoveCollaboratorAction(WriteAction[Arguments]):
    """Takes the access of a collaborator away: to one repository, or as an outside collaborator to all."""

    component = Component(
        "remove_collaborator",
        "Remove collaborator",
        "Remove an outside collaborator from a repository or from the whole organization, invitations included.",
    )
    endpoints = (
        Endpoint(
            "DELETE /repos/{owner}/{repo}/collaborators/{username}",
            "rest/collaborators/collaborators#remove-a-repository-collaborator",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "DELETE /orgs/{org}/outside_collaborators/{username}",
            "rest/orgs/outside-collaborators#remove-outside-collaborator-from-an-organization",
            permission="members:write",
            scope="admin:org",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/collaborators/{username}",
            "rest/collaborators/collaborators#check-if-a-user-is-a-repository-collaborator",
            permission="metadata:read",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
            "rest/collaborators/collaborators#get-repository-permissions-for-a-user",
            permission="metadata:read",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/invitations",
            "rest/collaborators/invitations#list-repository-invitations",
            permission="administration:read",
            scope="repo",
        ),
        Endpoint(
            "DELETE /repos/{owner}/{repo}/invitations/{invitation_id}",
            "rest/collaborators/invitations#delete-a-repository-invitation",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "GET /orgs/{org}/outside_collaborators",
            "rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization",
            permission="members:read",
            scope="read:org",
        ),
    )
    arguments_model = Arguments
    undo = "Invite the user again with the permission of previous_state. Forks of private repositories are gone."

    def guard(self, desk: Desk, given: Arguments) -> None:
        """Refuse to remove the module's own account."""
        not_oneself(desk, given.username)

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the permission and the invitations; None when there is no access to take."""
        login = desk.login(given.username)
        if not given.repository:
            return (
                {"outside_collaborator": True} if _among(desk, self.endpoints[6], login) else None
            )
        invitations = []
        if given.cancel_invitations:
            listed = desk.listed(self.endpoints[4], given).items
            invitations = [item["id"] for item in listed if _is_for(item, login)]
        if desk.find(self.endpoints[2], given) is None:
            return {"invitations": invitations} if invitations else None
        held = desk.get(self.endpoints[3], given)
        names = ("permission", "role_name")
        return {name: held.get(name) for name in names} | {"invitations": invitations}

    def change(self, desk: Desk, given: Arguments, before: JsonObject) -> Answer | None:
        """Cancel the invitations, then remove the collaborator."""
        answer = None
        for invitation_id in before.get("invitations", []):
            answer = desk.write(
                self.endpoints[5], given, invitation_id=invitation_id, expect=(404,)
            )
        if given.repository and "permission" not in before:
            return answer
        return desk.write(self.place(given), given)


def _is_for(invitation: JsonObject, login: str) -> bool:
    invitee = invitation.get("invitee") or {}
    return str(invitee.get("login", "")).lower() == login.lower()


def _among(desk: Desk, endpoint: Endpoint, login: str) -> bool:
    users = desk.listed(endpoint, org=desk.org).items
    return any(str(user.get("login", "")).lower() == login.lower() for user in users)
