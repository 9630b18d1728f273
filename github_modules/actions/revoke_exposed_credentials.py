"""Reports leaked tokens to GitHub, which revokes them for good. Asks without any credential of ours."""

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

from github_modules.action_kit.arguments import Texts, WriteArguments, required
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import CLOUD, Endpoint
from github_modules.action_kit.hiding import hidden
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.github.response import Answer

TAKEN = ("ghp_", "github_pat_", "gho_", "ghu_", "ghr_")
MOST_AT_ONCE = 1_000


class Arguments(WriteArguments):
    """What to change."""

    credentials: Texts = required(
        "Credentials",
        "The leaked tokens (ghp_, github_pat_, gho_, ghu_, ghr_). They never come back in a result.",
        min_length=1,
        max_length=10_000,
    )


class RevokeExposedCredentialsAction(WriteAction[Arguments]):
    """Reports leaked tokens to GitHub, which revokes them for good. Asks without any credential of ours."""

    component = Component(
        "revoke_exposed_credentials",
        "Revoke exposed credentials",
        "Have GitHub revoke leaked tokens, whoever they belong to. Their owners are told.",
    )
    endpoints = (
        Endpoint(
            "POST /credentials/revoke",
            "rest/credentials/revoke#revoke-a-list-of-credentials",
            plan=CLOUD,
            anonymous=True,
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(WriteResults, accepted=int, accepted_by_prefix=dict, rejected=list)
    undo = "Nothing: a revoked token is gone, its owner makes a new one."
    branches: ClassVar[Mapping[str, str]] = {
        "changed": "GitHub took at least one token",
        "unchanged": "Nothing was reported",
        "accepted": "GitHub took at least one token",
        "refused": "At least one is of a kind that GitHub does not take",
    }

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return nothing to undo with; None when no credential is of a kind that GitHub takes."""
        for_github = _sorted(given.credentials)[0]
        if len(for_github) < len(given.credentials):
            desk.warnings.append(
                "GitHub takes only tokens that begin with " + ", ".join(TAKEN) + "."
            )
        return {} if for_github else None

    def change(self, desk: Desk, given: Arguments, before: JsonObject) -> Answer | None:  # noqa: ARG002 - nothing of it is sent
        """Report them, at most 1,000 in a request."""
        for_github = _sorted(given.credentials)[0]
        answer = None
        for start in range(0, len(for_github), MOST_AT_ONCE):
            part = for_github[start : start + MOST_AT_ONCE]
            shown = {"credentials": [hidden(token) for token in part]}
            answer = desk.write(self.endpoints[0], body={"credentials": part}, shown=shown)
        return answer

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Add what was reported, by prefix, and what was not."""
        results = super().perform(desk, given)
        for_github, rejected = _sorted(given.credentials)
        self.set_output("accepted", bool(results["changed"]))
        self.set_output("refused", bool(rejected))
        return results | {
            "accepted": len(for_github) if results["changed"] else 0,
            "accepted_by_prefix": dict(Counter(map(_prefix, for_github))),
            "rejected": [hidden(token) for token in rejected],
        }


def _sorted(credentials: list[str]) -> tuple[list[str], list[str]]:
    """Return the credentials that GitHub takes, each once, and the others."""
    once = list(dict.fromkeys(credentials))
    taken = [token for token in once if token.startswith(TAKEN)]
    return taken, [token for token in once if not token.startswith(TAKEN)]


def _prefix(token: str) -> str:
    return next(prefix for prefix in TAKEN if token.startswith(prefix))
