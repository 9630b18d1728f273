"""What must hold of a field of an event, so that a rule fits. Pure: values in, truth out.

Published events write the same value in several ways (`actor_is_bot` as "False", ids as text), older
exports keep extra fields below `data`, and `org` may be a list: a condition takes all of them alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_RANKS = {
    "none": 0, "read": 1, "pull": 1, "triage": 2, "write": 3, "push": 3,
    "maintain": 4, "admin": 5, "owner": 5,
}  # fmt: skip
"""https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization"""

_NOTHING: tuple[Any, ...] = (None, "", [])
"""What does not count as existing: GitHub sends empty texts and lists for what there is not."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Everything that is asked of one field; `path` leads to it through objects.

    A list fits when one of its entries does, and is excluded when one of them is.
    """

    path: tuple[str, ...]
    one_of: tuple[Any, ...] = ()
    not_one_of: tuple[Any, ...] = ()
    contains: tuple[str, ...] = ()
    at_least: float | None = None
    exists: bool | None = None
    raised_from: str = ""
    """The field that holds the permission of before; without it, there was none."""

    def __str__(self) -> str:
        """Return it in words, for the page of the rules."""
        words = [
            _any_of(self.one_of),
            f"not {_any_of(self.not_one_of)}" if self.not_one_of else "",
            f"contains {_any_of(self.contains)}" if self.contains else "",
            "" if self.at_least is None else f"at least {self.at_least:g}",
            {True: "is there", False: "is not there", None: ""}[self.exists],
            f"more than `{self.raised_from}`" if self.raised_from else "",
        ]
        return f"`{'.'.join(self.path)}`: {', '.join(filter(None, words))}"

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Return whether it holds. Texts are compared in any case."""
        value = _at(record, self.path)
        values = [value, *value] if isinstance(value, list) else [value]
        return (
            (self.exists is None or (value not in _NOTHING) is self.exists)
            and (not self.one_of or _meet(values, self.one_of))
            and not (self.not_one_of and _meet(values, self.not_one_of))
            and (not self.contains or any(_within(part, values) for part in self.contains))
            and (self.at_least is None or any(_number(one) >= self.at_least for one in values))
            and (not self.raised_from or _raised(_at(record, (self.raised_from,)), value))
        )


def _any_of(values: tuple[Any, ...]) -> str:
    return " or ".join(str(one).lower() if isinstance(one, bool) else str(one) for one in values)


def _at(record: Mapping[str, Any], path: tuple[str, ...]) -> Any:  # noqa: ANN401 - GitHub's
    if path[0] not in record:
        record = _object(record.get("data"))
    value: Any = record
    for name in path:
        value = _object(value).get(name)
    return value


def _object(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - GitHub's
    return value if isinstance(value, Mapping) else {}


def _meet(values: list[Any], wanted: tuple[Any, ...]) -> bool:
    return any(_same(value, one) for value in values for one in wanted)


def _same(value: Any, wanted: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    return bool(_plain(value) == _plain(wanted))


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what is compared: texts in one case, and numbers, true and false as texts."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).casefold() if isinstance(value, str | int | float) else value


def _within(part: str, values: list[Any]) -> bool:
    return any(isinstance(one, str) and part.casefold() in one.casefold() for one in values)


def _number(value: Any) -> float:  # noqa: ANN401 - whatever JSON holds
    """Return a number, also one that is written as text; less than any if it is none."""
    try:
        return float(value) if isinstance(value, str | int | float) else float("-inf")
    except (ValueError, OverflowError):
        return float("-inf")


def _raised(before: Any, after: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Return whether a permission grew; roles of an organization's own have no order."""
    ranks = [_RANKS.get(str(one).casefold()) for one in (before or "none", after)]
    return None not in ranks and ranks[1] > ranks[0]  # type: ignore[operator]
