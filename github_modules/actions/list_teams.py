"""Teams of an organization."""

from github_modules.action_kit.arguments import LimitArguments, OrgArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""


class ListTeamsAction(ListAction[Arguments]):
    """Teams of an organization."""

    component = Component(
        "list_teams",
        "List teams",
        "List the teams of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/teams",
            "rest/teams/teams#list-teams",
            permission="members:read",
            scope="read:org",
        ),
    )
    arguments_model = Arguments
