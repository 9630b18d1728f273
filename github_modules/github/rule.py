"""What one row of the error table is. Knows no row."""

from collections.abc import Callable
from dataclasses import dataclass

from github_modules.errors import GithubModuleError
from github_modules.github.case import Case


def never(case: Case) -> bool:
    """Match nothing: the row is recognised elsewhere and kept here for its texts."""
    return bool(case.status < 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """One cause of an error answer: how to know it, what to say, what to do.

    `cause` and `remedy` may name what `Case.words` knows, in braces; `recognise` is for people.
    """

    id: str
    recognise: str
    cause: str
    remedy: str
    error: type[GithubModuleError]
    matches: Callable[[Case], bool]
