"""What the actions on the three kinds of security alerts share."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from github_modules.action_kit.arguments import (
    Number,
    RepositoryArguments,
    WriteArguments,
    required,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.errors import ConfigurationError
from github_modules.github.response import Answer

_SHOWN = ("number", "state", "html_url")


class AlertArguments(RepositoryArguments):
    """One alert."""

    alert_number: Number = required("Alert", "Number of the alert in its repository.")


class AlertUpdateArguments(AlertArguments, WriteArguments):
    """One alert, and what becomes of it; each product adds its own reasons."""

    state: str


Given = TypeVar("Given", bound=AlertUpdateArguments)


class AlertUpdateAction(WriteAction[Given]):
    """Closes an alert with a reason, or opens it again. `endpoints`: the update, the look-up.

    `reason` and `comment` are GitHub's names of the two fields that go with a closed alert.
    """

    results_model = with_fields(WriteResults, number=int, state=str, html_url=str)
    undo = "Run it again with the state and the reason of previous_state."
    reason: ClassVar[str]
    comment: ClassVar[str]
    look_up_params: ClassVar[Mapping[str, Any]] = {}

    def body(self, given: Given) -> JsonObject:
        """Return what is sent: reason and comment for a closed alert only."""
        if given.state == "open":
            return {"state": given.state}
        named = {name: getattr(given, name) for name in (self.reason, self.comment)}
        return {"state": given.state} | {name: text for name, text in named.items() if text}

    def before(self, desk: Desk, given: Given) -> JsonObject | None:
        """Return state, reason and comment; None when state and reason are so already.

        Raises:
            ConfigurationError: the alert is to be closed without a reason.
        """
        if given.state != "open" and not getattr(given, self.reason):
            raise ConfigurationError(
                f"The argument {self.reason} is empty, but GitHub wants one for {given.state}.",
                remedy=f"Fill in {self.reason}.",
            )
        alert = desk.get(self.endpoints[1], given, self.look_up_params)
        wanted = self.body(given)
        if all(alert.get(name) == wanted.get(name) for name in ("state", self.reason)):
            return None
        return {name: alert.get(name) for name in ("state", self.reason, self.comment)}

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add what the alert is now."""
        now = answer.json() if answer else {}
        shown = {name: now[name] for name in _SHOWN if name in now}
        return super().outcome(desk, before, answer) | shown
