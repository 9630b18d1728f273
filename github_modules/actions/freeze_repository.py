"""Freezes a repository by a ruleset that nobody may bypass. Nothing is lost; one id undoes it."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import RepositoryArguments, WriteArguments, one_of
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.github.response import Answer

RULES = ("creation", "update", "deletion", "non_fast_forward")


def ruleset_name(target: str) -> str:
    """Return the name by which the freeze is found again."""
    return f"Frozen by Sekoia ({target})"


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    target: Annotated[str, one_of("branch", "tag")] = Field(
        default="branch", title="Target", description="Freeze the branches or the tags."
    )


class FreezeRepositoryAction(WriteAction[Arguments]):
    """Freezes a repository by a ruleset that nobody may bypass. Nothing is lost; one id undoes it."""

    component = Component(
        "freeze_repository",
        "Freeze repository",
        "Forbid every push, deletion and new branch or tag in a repository, for everybody.",
    )
    endpoints = (
        Endpoint(
            "POST /repos/{owner}/{repo}/rulesets",
            "rest/repos/rules#create-a-repository-ruleset",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/rulesets",
            "rest/repos/rules#get-all-repository-rulesets",
            permission="metadata:read",
            scope="repo",
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(WriteResults, ruleset_id=int)
    undo = "unfreeze_repository"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return that it was not frozen; None when it is frozen already."""
        rulesets = desk.listed(self.endpoints[1], given).items
        frozen = [item for item in rulesets if item.get("name") == ruleset_name(given.target)]
        return (
            None
            if any(item.get("enforcement") == "active" for item in frozen)
            else {"frozen": False}
        )

    def body(self, given: Arguments) -> JsonObject:
        """Return the ruleset: everything, on every ref, without exception."""
        return {
            "name": ruleset_name(given.target),
            "target": given.target,
            "enforcement": "active",
            "bypass_actors": [],
            "conditions": {"ref_name": {"include": ["~ALL"], "exclude": []}},
            "rules": [{"type": rule} for rule in RULES],
        }

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add the id of the ruleset."""
        now = answer.json() if answer else {}
        return super().outcome(desk, before, answer) | ({"ruleset_id": now["id"]} if now else {})
