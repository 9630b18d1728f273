"""What a user is to an organization."""

from collections.abc import Mapping
from typing import ClassVar

from github_modules.action_kit.arguments import OrgArguments, UserArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import Results, with_fields
from github_modules.component import Component


class Arguments(UserArguments, OrgArguments):
    """Whom to look up."""


class GetOrgMembershipAction(LookupAction[Arguments]):
    """What a user is to an organization."""

    component = Component(
        "get_org_membership",
        "Get organization membership",
        "Tell what a user is to the organization: member, outside collaborator, invited, or nothing.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/memberships/{username}",
            "rest/orgs/members#get-organization-membership-for-a-user",
            permission="members:read",
            scope="read:org",
        ),
        Endpoint(
            "GET /orgs/{org}/outside_collaborators",
            "rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization",
            permission="members:read",
            scope="read:org",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        Results,
        relationship=str,
        state=str,
        role=str,
        direct_membership=bool,
        enterprise_teams_providing_indirect_membership=list,
        user=dict,
        organization=dict,
    )
    branches: ClassVar[Mapping[str, str]] = {
        "member": "Member or owner",
        "outside": "Outside collaborator",
        "invited": "Invited, not yet accepted",
        "none": "No relation to the organization",
    }

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the membership with GitHub's fields, and `relationship`."""
        membership = desk.find(self.endpoints[0], given)
        if membership is not None:
            invited = membership.get("state") == "pending"
            self.branch("invited" if invited else "member")
            return membership | {"relationship": "invited" if invited else "member"}
        outside = self._is_outside(desk, desk.login(given.username))
        self.branch("outside" if outside else "none")
        return {"relationship": "outside_collaborator" if outside else "none"}

    def _is_outside(self, desk: Desk, login: str) -> bool:
        pages = desk.pages(self.endpoints[1], org=desk.org)
        logins = (str(user.get("login", "")) for page in pages for user in page.items)
        return any(found.lower() == login.lower() for found in logins)
