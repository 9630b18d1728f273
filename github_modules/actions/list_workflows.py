"""Workflows of a repository and whether they are enabled."""

from github_modules.action_kit.arguments import LimitArguments, RepositoryArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(RepositoryArguments, LimitArguments):
    """What to look up."""


class ListWorkflowsAction(ListAction[Arguments]):
    """Workflows of a repository and whether they are enabled."""

    component = Component(
        "list_workflows",
        "List workflows",
        "List the GitHub Actions workflows of a repository with their state.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/workflows",
            "rest/actions/workflows#list-repository-workflows",
            permission="actions:read",
            scope="repo",
            items_key="workflows",
        ),
    )
    arguments_model = Arguments
