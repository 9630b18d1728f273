"""Adds a comment to an issue or pull request. The same text is not added twice."""

from github_modules.action_kit.arguments import (
    Number,
    RepositoryArguments,
    WriteArguments,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.github.response import Answer


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    issue_number: Number = required("Issue", "Number of the issue or pull request.")
    body: str = required(
        "Text", "Text of the comment, in Markdown.", min_length=1, max_length=65_536
    )


class CommentIssueAction(WriteAction[Arguments]):
    """Adds a comment to an issue or pull request. The same text is not added twice."""

    component = Component(
        "comment_issue",
        "Comment issue",
        "Add a comment to an issue or pull request, unless it is there already.",
    )
    endpoints = (
        Endpoint(
            "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
            "rest/issues/comments#create-an-issue-comment",
            permission="issues:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
            "rest/issues/comments#list-issue-comments",
            permission="issues:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    _comment: JsonObject | None = None
    results_model = with_fields(WriteResults, id=int, html_url=str)
    undo = "Delete the comment in GitHub."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return nothing to undo with; None when the comment is there."""
        for comment in desk.listed(self.endpoints[1], given).items:
            if comment.get("body") == given.body:
                self._comment = comment
                return None
        return {}

    def body(self, given: Arguments) -> JsonObject:
        """Return the comment."""
        return {"body": given.body}

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add the comment."""
        comment = answer.json() if answer else self._comment or {}
        shown = {name: comment[name] for name in ("id", "html_url") if name in comment}
        return super().outcome(desk, before, answer) | shown
