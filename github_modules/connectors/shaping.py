"""What is made of a record before it is delivered: nothing, or source, category and severity."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, Field

from github_modules.severity.evaluate import RuleSet, normalized
from github_modules.severity.parse import own_rules

Shape = Callable[[Any], Any]
"""From a record's body to what is delivered. Identity and time are taken before that."""


class ShapedArguments(BaseModel):
    """Whether severity is added, and by which rules."""

    normalize: bool = Field(
        default=False,
        title="Add severity",
        description="Add source, category, severity and severity_reason to each event. Off: events "
        "are forwarded exactly as GitHub sends them, which is what the intake's parser expects.",
    )
    severity_rules: str = Field(
        default="",
        title="Severity rules",
        description="Rules of your own as a JSON list; they come before those of the module.",
    )


def untouched(body: Any) -> Any:  # noqa: ANN401 - GitHub's
    """Return a body as it is."""
    return body


def shape_of(given: ShapedArguments, kind: str) -> Shape:
    """Return what the arguments ask for, for records of a kind.

    Raises:
        ConfigurationError: a rule cannot be right; it is named.
    """
    own = own_rules(given.severity_rules)
    if not given.normalize:
        return untouched
    rules = RuleSet.with_builtin(own)
    return lambda body: normalized(body, rules.evaluate(body, kind))
