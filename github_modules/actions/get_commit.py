"""One commit with its files and the verification of its signature."""

from github_modules.action_kit.arguments import Reference, RepositoryArguments, required
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class Arguments(RepositoryArguments):
    """What to look up."""

    ref: Reference = required("Commit", "SHA of the commit, or the name of a branch or tag.")


class GetCommitAction(LookupAction[Arguments]):
    """One commit with its files and the verification of its signature."""

    component = Component(
        "get_commit",
        "Get commit",
        "Look up a commit: author, committer, signature, changed files.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/commits/{ref}",
            "rest/commits/commits#get-a-commit",
            permission="contents:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        LookupResults,
        sha=str,
        commit=dict,
        author=dict,
        committer=dict,
        files=list,
        stats=dict,
        parents=list,
        html_url=str,
    )
