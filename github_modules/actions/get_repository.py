"""A repository with its settings."""

from github_modules.action_kit.arguments import RepositoryArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class GetRepositoryAction(LookupAction[RepositoryArguments]):
    """A repository with its settings."""

    component = Component(
        "get_repository",
        "Get repository",
        "Look up a repository: visibility, state, default branch, security settings.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}",
            "rest/repos/repos#get-a-repository",
            permission="metadata:read",
            scope="repo",
        ),
    )
    arguments_model = RepositoryArguments
    results_model = with_fields(
        LookupResults,
        id=int,
        full_name=str,
        private=bool,
        visibility=str,
        archived=bool,
        disabled=bool,
        fork=bool,
        default_branch=str,
        pushed_at=str,
        created_at=str,
        permissions=dict,
        security_and_analysis=dict,
        html_url=str,
    )
