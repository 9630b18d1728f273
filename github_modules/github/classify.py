"""What an error answer means: the first row of the table that fits, as an error. Pure.

The order is that of the reference: limits before rights, so that a 403 is never taken for
a permission by default, and rights before limits where GitHub's words name a right.
"""

from datetime import datetime

from github_modules.errors import (
    GithubModuleError,
    RateLimitedError,
    RetryableError,
    ValidationFailedError,
)
from github_modules.github.case import Case, Context
from github_modules.github.limits import asked_wait_s
from github_modules.github.response import Answer
from github_modules.github.rule import Rule
from github_modules.github.rules_credentials import CREDENTIAL_RULES
from github_modules.github.rules_requests import FIRST_RULES, LAST_RULES, OTHER_RULE
from github_modules.github.rules_rights import RIGHTS_RULES

_BEFORE_RIGHTS = {"E33", "E34", "E36"}

# Also the source of docs/troubleshooting.md.
RULES: tuple[Rule, ...] = (
    *FIRST_RULES,
    *CREDENTIAL_RULES,
    *(rule for rule in LAST_RULES if rule.id in _BEFORE_RIGHTS),
    *RIGHTS_RULES,
    *(rule for rule in LAST_RULES if rule.id not in _BEFORE_RIGHTS),
    OTHER_RULE,
)


def decide(
    answer: Answer, context: Context, now: datetime | None = None
) -> GithubModuleError | None:
    """Return the error that an answer means, or None for 2xx and 304.

    Args:
        answer: what came back.
        context: what was asked.
        now: this machine's time, used for waits only when the answer has no `Date`.
    """
    if answer.status < 300 or answer.status == 304:
        return None
    case = Case(answer, context)
    return build_error(recognise(case), case, now)


def recognise(case: Case) -> Rule:
    """Return the first row that fits; the last one fits everything."""
    return next((rule for rule in RULES if rule.matches(case)), OTHER_RULE)


def rule_by_id(identifier: str) -> Rule:
    """Return one row, for those who recognise it elsewhere."""
    return next(rule for rule in RULES if rule.id == identifier)


def build_error(rule: Rule, case: Case, now: datetime | None = None) -> GithubModuleError:
    """Return the row's error with its texts filled in and GitHub's own words as evidence."""
    words = case.words()
    cause = rule.cause.format_map(words)
    remedy = rule.remedy.format_map(words).strip()
    if issubclass(rule.error, RateLimitedError):
        return rule.error(
            cause,
            resource=case.answer.header("x-ratelimit-resource") or "core",
            secondary=rule.id == "E28",
            wait_s=asked_wait_s(case.answer, now),
            evidence=case.evidence,
        )
    if issubclass(rule.error, RetryableError):
        wait_s = asked_wait_s(case.answer, now)
        return rule.error(cause, remedy=remedy, evidence=case.evidence, wait_s=wait_s)
    if issubclass(rule.error, ValidationFailedError):
        listed = "".join(f" {problem.rstrip('.')}." for problem in case.problems)
        return rule.error(
            cause + listed, problems=case.problems, remedy=remedy, evidence=case.evidence
        )
    return rule.error(cause, remedy=remedy, evidence=case.evidence)
