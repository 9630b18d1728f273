"""The users that an organization blocks."""

from github_modules.action_kit.arguments import LimitArguments, OrgArguments
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""


class ListBlockedUsersAction(ListAction[Arguments]):
    """The users that an organization blocks."""

    component = Component(
        "list_blocked_users",
        "List blocked users",
        "List the users that the organization blocks.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/blocks",
            "rest/orgs/blocking#list-users-blocked-by-an-organization",
            permission="organization_user_blocking:read",
            scope="admin:org",
            plan=CLOUD,
        ),
    )
    arguments_model = Arguments
