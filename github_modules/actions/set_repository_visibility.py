"""Changes who can see a repository. Going private loses stars and watchers and detaches public forks."""

from typing import Annotated

from github_modules.action_kit.arguments import (
    RepositoryArguments,
    WriteArguments,
    one_of,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.github.response import Answer

SHOWN = ("full_name", "private", "visibility", "archived")


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    visibility: Annotated[str, one_of("private", "internal", "public")] = required(
        "Visibility", "Who may see the repository."
    )


class SetRepositoryVisibilityAction(WriteAction[Arguments]):
    """Changes who can see a repository. Going private loses stars and watchers and detaches public forks."""

    component = Component(
        "set_repository_visibility",
        "Set repository visibility",
        "Make a repository private, internal or public.",
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
    undo = "Run it again with the visibility of previous_state."

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the visibility; None when it is the wanted one."""
        now = desk.get(self.endpoints[1], given)
        if now.get("visibility") == given.visibility:
            return None
        return {name: now.get(name) for name in SHOWN}

    def body(self, given: Arguments) -> JsonObject:
        """Return the wanted visibility."""
        return {"visibility": given.visibility}

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add what the repository is now."""
        now = answer.json() if answer else {}
        shown = {name: now[name] for name in SHOWN if name in now}
        return super().outcome(desk, before, answer) | shown
