"""Deploy keys of a repository: who added them, when they were last used."""

from github_modules.action_kit.arguments import LimitArguments, RepositoryArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(RepositoryArguments, LimitArguments):
    """What to look up."""


class ListDeployKeysAction(ListAction[Arguments]):
    """Deploy keys of a repository: who added them, when they were last used."""

    component = Component(
        "list_deploy_keys",
        "List deploy keys",
        "List the deploy keys of a repository.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/keys",
            "rest/deploy-keys/deploy-keys#list-deploy-keys",
            permission="administration:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
