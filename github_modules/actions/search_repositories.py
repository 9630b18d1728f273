"""Search for repositories on GitHub."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import LimitArguments, Line, one_of, optional, required
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import SearchAction
from github_modules.component import Component


class Arguments(LimitArguments):
    """What to look up."""

    q: Line = required("Query", "What to search for, with GitHub's qualifiers, such as org:acme.")
    sort: Annotated[str, one_of("stars", "forks", "help-wanted-issues", "updated")] = optional(
        "Sort", "What to sort by. Empty: the best match."
    )
    order: Annotated[str, one_of("desc", "asc")] = Field(
        default="desc", title="Order", description="Of a sorted result."
    )


class SearchRepositoriesAction(SearchAction[Arguments]):
    """Search for repositories on GitHub."""

    component = Component(
        "search_repositories",
        "Search repositories",
        "Search repositories with GitHub's own query language.",
    )
    endpoints = (
        Endpoint(
            "GET /search/repositories",
            "rest/search/search#search-repositories",
            permission="metadata:read",
            scope="repo",
            query=("q", "sort", "order"),
            items_key="items",
        ),
    )
    arguments_model = Arguments
