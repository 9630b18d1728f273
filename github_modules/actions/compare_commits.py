"""The commits and files between two points of a repository."""

from github_modules.action_kit.arguments import Reference, RepositoryArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class Arguments(RepositoryArguments):
    """What to look up."""

    base: Reference = required(
        "Base", "Commit, branch or tag to compare from (before, in an event)."
    )
    head: Reference = required("Head", "Commit, branch or tag to compare to (after, in an event).")


class CompareCommitsAction(LookupAction[Arguments]):
    """The commits and files between two points of a repository."""

    component = Component(
        "compare_commits",
        "Compare commits",
        "Show what changed between two commits, branches or tags.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/compare/{basehead}",
            "rest/commits/commits#compare-two-commits",
            permission="contents:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        LookupResults,
        status=str,
        ahead_by=int,
        behind_by=int,
        total_commits=int,
        commits=list,
        files=list,
        html_url=str,
    )

    def look_up(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the comparison."""
        return desk.get(self.endpoints[0], given, basehead=f"{given.base}...{given.head}")
