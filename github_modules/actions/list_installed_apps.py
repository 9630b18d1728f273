"""GitHub Apps on an organization: what they may do, and where."""

from github_modules.action_kit.arguments import LimitArguments, OrgArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""


class ListInstalledAppsAction(ListAction[Arguments]):
    """GitHub Apps on an organization: what they may do, and where."""

    component = Component(
        "list_installed_apps",
        "List installed Apps",
        "List the GitHub Apps installed on the organization, with their permissions.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/installations",
            "rest/orgs/orgs#list-app-installations-for-an-organization",
            permission="organization_administration:read",
            scope="admin:org",
            items_key="installations",
        ),
    )
    arguments_model = Arguments
