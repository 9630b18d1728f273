"""Invitations to an organization that are not yet accepted."""

from github_modules.action_kit.arguments import LimitArguments, OrgArguments
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""


class ListInvitationsAction(ListAction[Arguments]):
    """Invitations to an organization that are not yet accepted."""

    component = Component(
        "list_invitations",
        "List invitations",
        "List the pending invitations of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/invitations",
            "rest/orgs/members#list-pending-organization-invitations",
            permission="members:read",
            scope="admin:org",
            plan=CLOUD,
        ),
    )
    arguments_model = Arguments
