"""Rules and verdicts: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from github_modules.severity.condition import Condition

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
