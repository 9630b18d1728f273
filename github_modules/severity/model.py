"""Rules and verdicts: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

AUDIT = "audit"
KINDS = (AUDIT, "code_scanning", "secret_scanning", "dependabot")


class Severity(StrEnum):
    """How severe, in the order of the members."""

    INFORMATIONAL = "informational"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Return a number to compare by."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold of a field; `path` leads to it through objects."""

    path: tuple[str, ...]
    one_of: tuple[Any, ...] = ()
    not_one_of: tuple[Any, ...] = ()
    exists: bool | None = None

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Return whether it holds. Texts are compared in any case."""
        value: Any = record
        for name in self.path:
            value = value.get(name) if isinstance(value, Mapping) else None
        if self.exists is not None and (value is not None) is not self.exists:
            return False
        if self.one_of and not any(_same(value, wanted) for wanted in self.one_of):
            return False
        return not any(_same(value, unwanted) for unwanted in self.not_one_of)


def _same(value: Any, wanted: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str) and isinstance(wanted, str):
        return value.lower() == wanted.lower()
    return type(value) is type(wanted) and bool(value == wanted)


@dataclass(frozen=True, slots=True)
class Rule:
    """If action and conditions fit, this is how severe it is, and why."""

    name: str
    severity: Severity
    reason: str
    docs: str = ""
    kind: str = AUDIT
    actions: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()

    def fits(self, record: Mapping[str, Any]) -> bool:
        """Return whether every condition holds; the action is not looked at."""
        return all(condition.holds(record) for condition in self.when)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How severe a record is; `rule` is empty when none fits."""

    severity: Severity = Severity.INFORMATIONAL
    reason: str = ""
    rule: str = ""
    docs: str = ""
