"""Self-hosted runners and whether they are busy."""

from github_modules.action_kit.arguments import LimitArguments, PlaceArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(PlaceArguments, LimitArguments):
    """What to look up."""


class ListRunnersAction(ListAction[Arguments]):
    """Self-hosted runners and whether they are busy."""

    component = Component(
        "list_runners",
        "List runners",
        "List the self-hosted runners of a repository or of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/runners",
            "rest/actions/self-hosted-runners#list-self-hosted-runners-for-a-repository",
            permission="administration:read",
            scope="repo",
            items_key="runners",
        ),
        Endpoint(
            "GET /orgs/{org}/actions/runners",
            "rest/actions/self-hosted-runners#list-self-hosted-runners-for-an-organization",
            permission="organization_self_hosted_runners:read",
            scope="admin:org",
            items_key="runners",
        ),
    )
    arguments_model = Arguments
