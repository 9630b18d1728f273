"""Which rule fits first, and an event with what came of it."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from github_modules.severity.model import AUDIT, Rule, Severity, Verdict
from github_modules.severity.parse import builtin_rules

_NOTHING = Verdict()
_MOST_CACHED = 10_000
"""Actions that GitHub documents number about a thousand."""


class RuleSet:
    """Rules in their order: the first one that fits wins."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(
            (rule, Verdict(rule.severity, rule.reason, rule.name, rule.docs)) for rule in rules
        )
        self._by_action: dict[tuple[str, str], tuple[tuple[Rule, Verdict], ...]] = {}

    @classmethod
    def with_builtin(cls, own: Iterable[Rule] = ()) -> "RuleSet":
        """Return a user's rules, followed by the module's."""
        return cls((*own, *builtin_rules()))

    def evaluate(self, record: Any, kind: str = AUDIT) -> Verdict:  # noqa: ANN401 - GitHub's
        """Return how severe a record is; anything that JSON can hold is taken."""
        if not isinstance(record, Mapping):
            return _NOTHING
        action = record.get("action")
        name = action.lower() if kind == AUDIT and isinstance(action, str) else ""
        for rule, verdict in self._candidates(kind, name):
            if rule.fits(record):
                return verdict
        return _NOTHING

    def _candidates(self, kind: str, action: str) -> tuple[tuple[Rule, Verdict], ...]:
        """Return the rules that the action alone allows; most actions have none or one."""
        found = self._by_action.get((kind, action))
        if found is None:
            found = tuple(
                (rule, verdict)
                for rule, verdict in self._rules
                if rule.kind == kind
                and (not rule.actions or any(fnmatchcase(action, one) for one in rule.actions))
            )
            if len(self._by_action) < _MOST_CACHED:
                self._by_action[kind, action] = found
        return found


def normalized(record: Any, verdict: Verdict) -> Any:  # noqa: ANN401 - GitHub's
    """Return a copy with source, category, severity and its reason beside GitHub's fields.

    A field of these names that GitHub sent itself is kept as it is.
    """
    if not isinstance(record, Mapping):
        return record
    added = {
        "source": "github",
        "category": "vcs",
        "severity": str(verdict.severity),
        "severity_reason": verdict.reason,
    }
    return {**added, **record}


def at_least(verdict: Verdict, wanted: Severity) -> bool:
    """Return whether a verdict is as severe as wanted, or more."""
    return verdict.severity.rank >= wanted.rank
