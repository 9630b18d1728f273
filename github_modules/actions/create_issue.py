"""Opens an issue. An open one with the same title and text counts as done."""

from github_modules.action_kit.arguments import (
    Line,
    RepositoryArguments,
    Texts,
    WriteArguments,
    optional,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.github.response import Answer

RECENT = 100
"""So many of the newest open issues are searched for one that says the same."""


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    title: Line = required("Title", "Title of the issue.", min_length=1, max_length=256)
    body: str = optional("Text", "Text of the issue, in Markdown.")
    labels: Texts = optional("Labels", "Labels of the issue.", [])
    assignees: Texts = optional("Assignees", "Logins of those who take care of it.", [])


class CreateIssueAction(WriteAction[Arguments]):
    """Opens an issue. An open one with the same title and text counts as done."""

    component = Component(
        "create_issue",
        "Create issue",
        "Open an issue in a repository, unless an open one says the same.",
    )
    endpoints = (
        Endpoint(
            "POST /repos/{owner}/{repo}/issues",
            "rest/issues/issues#create-an-issue",
            permission="issues:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/issues",
            "rest/issues/issues#list-repository-issues",
            permission="issues:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    _issue: JsonObject | None = None
    results_model = with_fields(WriteResults, number=int, id=int, html_url=str)
    undo = "Close the issue in GitHub."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return nothing to undo with; None when an open issue says the same."""
        wanted = (given.title, given.body)
        for issue in desk.listed(self.endpoints[1], given, {"state": "open"}, RECENT).items:
            if (issue.get("title"), issue.get("body") or "") == wanted:
                self._issue = issue
                return None
        return {}

    def body(self, given: Arguments) -> JsonObject:
        """Return the issue to open."""
        lists = {"labels": given.labels, "assignees": given.assignees}
        named = {name: value for name, value in lists.items() if value}
        return {"title": given.title, "body": given.body} | named

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add the issue."""
        issue = answer.json() if answer else self._issue or {}
        shown = {name: issue[name] for name in ("number", "id", "html_url") if name in issue}
        return super().outcome(desk, before, answer) | shown
