"""The three kinds of action. Each needs little more than class data to become an action."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from github_modules.action_kit.arguments import Arguments
from github_modules.action_kit.base import GithubAction
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.results import (
    ListResults,
    LookupResults,
    Results,
    WriteResults,
    with_fields,
)
from github_modules.errors import GithubUnavailableError, NotFoundError
from github_modules.github.response import Answer

Given = TypeVar("Given", bound=Arguments)


class LookupAction(GithubAction[Given]):
    """Looks one thing up; that it is not there is an answer, not an error."""

    results_model: type[Results] = LookupResults
    branches: ClassVar[Mapping[str, str]] = {
        "found": "It is there",
        "not_found": "It is not there, or the credential may not see it",
    }

    def perform(self, desk: Desk, given: Given) -> JsonObject:
        """Return what was found."""
        try:
            found = self.look_up(desk, given)
        except NotFoundError as error:
            self.branch("not_found")
            return {"found": False, "reason": str(error)}
        self.branch("found")
        return found | {"found": True}

    def look_up(self, desk: Desk, given: Given) -> JsonObject:
        """Return the thing as GitHub gives it.

        Raises:
            NotFoundError: it is not there, or not visible.
        """
        return desk.get(self.place(given), given)


class ListAction(GithubAction[Given]):
    """Reads a list up to a limit."""

    results_model: type[Results] = ListResults
    branches: ClassVar[Mapping[str, str]] = {
        "found": "At least one entry",
        "not_found": "No entry",
    }
    fixed_params: ClassVar[Mapping[str, Any]] = {}

    def perform(self, desk: Desk, given: Given) -> JsonObject:
        """Return the entries."""
        limit = getattr(given, "limit", None)
        found = desk.listed(self.place(given), given, self.fixed_params, limit)
        found.items = [self.shown(item) for item in found.items]
        return self.listing(found)

    def shown(self, item: Any) -> Any:  # noqa: ANN401 - GitHub's
        """Return an entry as it may be shown."""
        return item


class SearchAction(ListAction[Given]):
    """Searches; GitHub gives at most 1,000 hits, and says when it gave up early."""

    results_model: type[Results] = with_fields(
        ListResults, total_count=int, incomplete_results=bool
    )

    def perform(self, desk: Desk, given: Given) -> JsonObject:
        """Return the hits, how many there are in all, and whether everything was searched."""
        found = desk.listed(self.endpoints[0], given, limit=getattr(given, "limit", None))
        if found.facts.get("incomplete_results"):
            desk.warnings.append("GitHub stopped before it had searched everything.")
        facts = ("total_count", "incomplete_results")
        return self.listing(found) | {name: found.facts.get(name) for name in facts}


class WriteAction(GithubAction[Given]):
    """Changes something: reads what it was, changes it unless it is so already, tells both."""

    results_model: type[Results] = WriteResults
    branches: ClassVar[Mapping[str, str]] = {
        "changed": "It was changed",
        "unchanged": "It was so already, or it was a dry run",
    }

    def perform(self, desk: Desk, given: Given) -> JsonObject:
        """Change it, or say that it is so already."""
        self.guard(desk, given)
        before = self.before(desk, given)
        if before is None:
            return self.outcome(desk, {})
        try:
            answer = self.change(desk, given, before)
        except GithubUnavailableError as error:
            raise unknown_outcome(error) from error
        return self.outcome(desk, before, answer)

    def guard(self, desk: Desk, given: Given) -> None:
        """Refuse what must not be done.

        Raises:
            ConfigurationError: says why.
        """

    @abstractmethod
    def before(self, desk: Desk, given: Given) -> JsonObject | None:
        """Return what it was, enough to undo the change; None when it is so already."""

    def change(self, desk: Desk, given: Given, before: JsonObject) -> Answer | None:  # noqa: ARG002 - for those who need it
        """Send the deciding call; None in a dry run."""
        return desk.write(self.place(given), given, body=self.body(given))

    def body(self, given: Given) -> JsonObject | None:  # noqa: ARG002 - for those who need it
        """Return the body of the deciding call."""
        return None

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Return the results of a change, and take the branch."""
        self.branch("changed" if answer else "unchanged")
        results: JsonObject = {
            "changed": answer is not None,
            "dry_run": desk.dry_run,
            "previous_state": before,
        }
        if answer:
            results["http_status"] = answer.status
            if answer.status == 202:
                desk.warnings.append("GitHub has queued the change; look it up again in a moment.")
        return results | ({"plan": desk.plan} if desk.dry_run else {})


def unknown_outcome(error: GithubUnavailableError) -> GithubUnavailableError:
    """Return the error of a change that GitHub may or may not have carried out."""
    if error.never_arrived:
        return error
    return GithubUnavailableError(
        error.cause,
        remedy="GitHub may or may not have carried out the change. Run the action again: what is "
        "done already is not done twice.",
        evidence=error.evidence,
        wait_s=error.wait_s,
    )
