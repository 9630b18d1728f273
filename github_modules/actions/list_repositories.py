"""Repositories of an organization, the newest push first."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import LimitArguments, OrgArguments, one_of
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""

    type: Annotated[str, one_of("all", "public", "private", "forks", "sources", "member")] = Field(
        default="all", title="Type", description="Which repositories."
    )
    sort: Annotated[str, one_of("pushed", "created", "updated", "full_name")] = Field(
        default="pushed", title="Sort", description="What to sort by."
    )
    direction: Annotated[str, one_of("desc", "asc")] = Field(
        default="desc", title="Direction", description="Newest first (desc) or oldest first (asc)."
    )


class ListRepositoriesAction(ListAction[Arguments]):
    """Repositories of an organization, the newest push first."""

    component = Component(
        "list_repositories",
        "List repositories",
        "List the repositories of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/repos",
            "rest/repos/repos#list-organization-repositories",
            permission="metadata:read",
            scope="repo",
            query=("type", "sort", "direction"),
        ),
    )
    arguments_model = Arguments
