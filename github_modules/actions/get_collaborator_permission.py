"""The highest role that a user has in a repository."""

from github_modules.action_kit.arguments import RepositoryArguments, UserArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class Arguments(UserArguments, RepositoryArguments):
    """What to look up."""


class GetCollaboratorPermissionAction(LookupAction[Arguments]):
    """The highest role that a user has in a repository."""

    component = Component(
        "get_collaborator_permission",
        "Get collaborator permission",
        "Show what a user may do in a repository, from all sources together.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
            "rest/collaborators/collaborators#get-repository-permissions-for-a-user",
            permission="metadata:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        LookupResults,
        permission=str,
        role_name=str,
        user=dict,
    )
