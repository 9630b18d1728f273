"""Rules from text: the built-in ones from TOML, a user's own from JSON. Wrong ones are named."""

import json
import math
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from github_modules.errors import ConfigurationError
from github_modules.severity.condition import Condition
from github_modules.severity.model import AUDIT, KINDS, Rule, Severity

_MOST_RULES = 1_000
_FIELDS = ("id", "kind", "actions", "when", "severity", "reason", "docs")
_LISTS = ("one_of", "not_one_of", "contains")
_TESTS = (*_LISTS, "at_least", "exists", "raised_from")
_REMEDY = "Write a list such as " + json.dumps(
    [{"actions": ["repo.*"], "when": [{"field": "actor", "one_of": ["x"]}], "severity": "high"}]
)


@cache
def builtin_rules() -> tuple[Rule, ...]:
    """Return the rules that come with the module."""
    text = (files(__package__) / "rules.toml").read_text(encoding="utf-8")
    return tuple(_rule(one, one["id"]) for one in tomllib.loads(text)["rules"])


def own_rules(text: str) -> tuple[Rule, ...]:
    """Return a user's rules, a JSON list; an empty text has none.

    Raises:
        ConfigurationError: names the rule and the field that cannot be right.
    """
    if not text.strip():
        return ()
    try:
        given = json.loads(text)
    except ValueError as error:
        raise _wrong(f"is not JSON ({error})") from None
    except RecursionError:
        raise _wrong("is not JSON that can be read (nested too deep)") from None
    if not isinstance(given, list) or len(given) > _MOST_RULES:
        raise _wrong(f"is not a list of at most {_MOST_RULES} rules")
    return tuple(_rule(one, f"rule {number}") for number, one in enumerate(given, 1))


def _rule(one: Any, name: str) -> Rule:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(one, Mapping):
        raise _wrong(f"has a {name} that is not an object")
    _known(one, _FIELDS, name)
    kind = one.get("kind", AUDIT)
    if kind not in KINDS:
        raise _wrong(f"has a {name} whose kind is none of {', '.join(KINDS)}")
    actions, when = one.get("actions", []), one.get("when", [])
    if not _are_texts(actions):
        raise _wrong(f"has a {name} whose actions are not a list of texts")
    if not isinstance(when, list) or not (actions or when):
        raise _wrong(f"has a {name} without actions and without conditions (when)")
    return Rule(
        str(one.get("id") or name),
        _severity(one.get("severity"), name),
        str(one.get("reason") or f"The user's own {name}."),
        str(one.get("docs") or ""),
        kind,
        tuple(action.lower() for action in actions),
        tuple(_condition(condition, name) for condition in when),
    )


def _severity(word: Any, name: str) -> Severity:  # noqa: ANN401 - whatever JSON holds
    try:
        return Severity(str(word).lower())
    except ValueError:
        words = ", ".join(Severity)
        raise _wrong(f"has a {name} whose severity is none of {words}") from None


def _condition(given: Any, name: str) -> Condition:  # noqa: ANN401 - whatever JSON holds
    field = given.get("field") if isinstance(given, Mapping) else None
    if not isinstance(field, str) or not field or not any(test in given for test in _TESTS):
        raise _wrong(f"has a {name} with a condition that lacks field, or one of {_TESTS}")
    _known(given, ("field", *_TESTS), name)
    for test in _LISTS:
        if not isinstance(given.get(test, []), list) or given.get(test) == []:
            raise _wrong(f"has a {name} whose condition on {field} has no list in {test}")
    if not _are_texts(given.get("contains", [])) or "" in given.get("contains", []):
        raise _wrong(f"has a {name} whose condition on {field} has no texts in contains")
    exists, least = given.get("exists"), given.get("at_least")
    if not (exists is None or isinstance(exists, bool)):
        raise _wrong(f"has a {name} whose condition on {field} has no true or false in exists")
    if not (least is None or _is_number(least)):
        raise _wrong(f"has a {name} whose condition on {field} has no number in at_least")
    before = given.get("raised_from", "")
    if not isinstance(before, str):
        raise _wrong(f"has a {name} whose condition on {field} has no field in raised_from")
    one_of, not_one_of, contains = (tuple(given.get(test, ())) for test in _LISTS)
    path = tuple(field.split("."))
    return Condition(path, one_of, not_one_of, contains, least, exists, before)


def _known(given: Mapping[str, Any], names: Collection[str], name: str) -> None:
    """Refuse a misspelt field: left out, it would make a rule fit everything."""
    odd = sorted(str(one) for one in given if one not in names)
    if odd:
        raise _wrong(f"has a {name} with {odd[0]}, which is none of {', '.join(names)}")


def _are_texts(values: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    return isinstance(values, list) and all(isinstance(one, str) for one in values)


def _is_number(value: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _wrong(what: str) -> ConfigurationError:
    return ConfigurationError(f"The argument severity_rules {what}.", remedy=f"{_REMEDY}.")
