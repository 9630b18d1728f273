"""Members of an organization, by role and two-factor posture."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import LimitArguments, OrgArguments, one_of
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""

    filter: Annotated[str, one_of("all", "2fa_disabled", "2fa_insecure")] = Field(
        default="all",
        title="Two-factor",
        description="All, those without two-factor authentication, or those with an insecure method. Only owners may filter.",
    )
    role: Annotated[str, one_of("all", "admin", "member")] = Field(
        default="all", title="Role", description="All, owners (admin) or members."
    )


class ListOrgMembersAction(ListAction[Arguments]):
    """Members of an organization, by role and two-factor posture."""

    component = Component(
        "list_org_members",
        "List organization members",
        "List the members of the organization, or only those with weak two-factor authentication.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/members",
            "rest/orgs/members#list-organization-members",
            permission="members:read",
            scope="read:org",
            query=("filter", "role"),
        ),
    )
    arguments_model = Arguments
