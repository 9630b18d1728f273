"""Search for code on GitHub."""

from github_modules.action_kit.arguments import LimitArguments, Line, required
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import SearchAction
from github_modules.component import Component


class Arguments(LimitArguments):
    """What to look up."""

    q: Line = required("Query", "What to search for, with GitHub's qualifiers, such as org:acme.")


class SearchCodeAction(SearchAction[Arguments]):
    """Search for code on GitHub."""

    component = Component(
        "search_code",
        "Search code",
        "Search code with GitHub's own query language.",
    )
    endpoints = (
        Endpoint(
            "GET /search/code",
            "rest/search/search#search-code",
            permission="contents:read",
            scope="repo",
            query=("q",),
            items_key="items",
        ),
    )
    arguments_model = Arguments
