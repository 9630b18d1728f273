"""Lifts the freeze that Freeze repository made."""

from github_modules.action_kit.arguments import (
    OptionalNumber,
    RepositoryArguments,
    WriteArguments,
    optional,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component
from github_modules.github.response import Answer

FROZEN = "Frozen by Sekoia"
"""How the names of the rulesets begin that Freeze repository makes; no other is touched."""


class Arguments(RepositoryArguments, WriteArguments):
    """What to change."""

    ruleset_id: OptionalNumber = optional(
        "Ruleset",
        "Id in the result of Freeze repository. Empty: every freeze that the module made.",
        0,
    )


class UnfreezeRepositoryAction(WriteAction[Arguments]):
    """Lifts the freeze that Freeze repository made."""

    component = Component(
        "unfreeze_repository",
        "Unfreeze repository",
        "Lift the freeze of a repository.",
    )
    endpoints = (
        Endpoint(
            "DELETE /repos/{owner}/{repo}/rulesets/{ruleset_id}",
            "rest/repos/rules#delete-a-repository-ruleset",
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
    undo = "freeze_repository"

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the rulesets of the freeze; None when it is not frozen."""
        rulesets = desk.listed(self.endpoints[1], given).items
        frozen = [item for item in rulesets if str(item.get("name", "")).startswith(FROZEN)]
        if given.ruleset_id:
            frozen = [item for item in frozen if item.get("id") == given.ruleset_id]
        return {"frozen": True, "rulesets": frozen} if frozen else None

    def change(self, desk: Desk, given: Arguments, before: JsonObject) -> Answer | None:
        """Delete them; one that is gone by now is fine."""
        answer = None
        for ruleset in before["rulesets"]:
            answer = desk.write(self.endpoints[0], given, ruleset_id=ruleset["id"], expect=(404,))
        return answer
