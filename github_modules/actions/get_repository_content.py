"""What is at a path of a repository: the entries of a directory, or the facts of a file."""

from github_modules.action_kit.arguments import Line, Reference, RepositoryArguments, optional
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class Arguments(RepositoryArguments):
    """Where to look."""

    path: Line = optional("Path", "Path of a directory or file. Empty: the root.")
    ref: Reference = optional("Ref", "Branch, tag or commit. Empty: the default branch.")


class GetRepositoryContentAction(LookupAction[Arguments]):
    """What is at a path of a repository: the entries of a directory, or the facts of a file."""

    component = Component(
        "get_repository_content",
        "Get repository contents",
        "List a directory of a repository, or show what a path is.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/contents/{path}",
            "rest/repos/contents#get-repository-content",
            permission="contents:read",
            scope="repo",
            query=("ref",),
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/contents",
            "rest/repos/contents#get-repository-content",
            permission="contents:read",
            scope="repo",
            query=("ref",),
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        LookupResults,
        type=str,
        items=list,
        count=int,
        name=str,
        path=str,
        sha=str,
        size=int,
        html_url=str,
    )

    def look_up(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the entries of a directory as `items`, or the facts of one entry without content."""
        endpoint = self.endpoints[0 if given.path.strip("/") else 1]
        values = {"path": given.path.strip("/")} if given.path.strip("/") else {}
        found = desk.value(endpoint, given, **values)
        if isinstance(found, list):
            return {"type": "dir", "items": found, "count": len(found)}
        return {name: value for name, value in found.items() if name != "content"}
