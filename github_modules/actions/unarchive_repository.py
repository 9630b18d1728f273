"""Makes an archived repository writable again."""

from github_modules.action_kit.arguments import RepositoryArguments, WriteArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.github.response import Answer

SHOWN = ("full_name", "private", "visibility", "archived")


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""


class UnarchiveRepositoryAction(WriteAction[Arguments]):
    """Makes an archived repository writable again."""

    component = Component(
        "unarchive_repository",
        "Unarchive repository",
        "Make an archived repository writable again.",
    )
    endpoints = (
        Endpoint(
            "PATCH /repos/{owner}/{repo}",
            "rest/repos/repos#update-a-repository",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}",
            "rest/repos/repos#get-a-repository",
            permission="metadata:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(
        WriteResults, full_name=str, private=bool, visibility=str, archived=bool
    )
    undo = "archive_repository"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the state; None when it is the wanted one."""
        now = desk.get(self.endpoints[1], given)
        if now.get("archived") is False:
            return None
        return {name: now.get(name) for name in SHOWN}

    def body(self, given: Arguments) -> JsonObject:  # noqa: ARG002 - always the same
        """Return the wanted state."""
        return {"archived": False}

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add what the repository is now."""
        now = answer.json() if answer else {}
        shown = {name: now[name] for name in SHOWN if name in now}
        return super().outcome(desk, before, answer) | shown
