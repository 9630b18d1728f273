"""Who can reach a repository, and as what."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import (
    LimitArguments,
    RepositoryArguments,
    one_of,
    optional,
)
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(RepositoryArguments, LimitArguments):
    """What to look up."""

    affiliation: Annotated[str, one_of("all", "direct", "outside")] = Field(
        default="all",
        title="Affiliation",
        description="All, only those added directly, or only outside collaborators.",
    )
    permission: Annotated[str, one_of("pull", "triage", "push", "maintain", "admin")] = optional(
        "Permission", "Only those with this permission."
    )


class ListCollaboratorsAction(ListAction[Arguments]):
    """Who can reach a repository, and as what."""

    component = Component(
        "list_collaborators",
        "List collaborators",
        "List who can reach a repository, and with which role.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/collaborators",
            "rest/collaborators/collaborators#list-repository-collaborators",
            permission="metadata:read",
            scope="repo",
            query=("affiliation", "permission"),
        ),
    )
    arguments_model = Arguments
