"""Rules from text: the built-in ones from TOML, a user's own from JSON. Wrong ones are named."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from github_modules.errors import ConfigurationError
from github_modules.severity.model import AUDIT, KINDS, Condition, Rule, Severity

_MOST_RULES = 1_000
_TESTS = ("one_of", "not_one_of", "exists")
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
    if not isinstance(given, list) or len(given) > _MOST_RULES:
        raise _wrong(f"is not a list of at most {_MOST_RULES} rules")
    return tuple(_rule(one, f"rule {number}") for number, one in enumerate(given, 1))


def _rule(one: Any, name: str) -> Rule:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(one, Mapping):
        raise _wrong(f"has a {name} that is not an object")
    kind = one.get("kind", AUDIT)
    if kind not in KINDS:
        raise _wrong(f"has a {name} whose kind is none of {', '.join(KINDS)}")
    try:
        severity = Severity(str(one.get("severity", "")).lower())
    except ValueError:
        words = ", ".join(Severity)
        raise _wrong(f"has a {name} whose severity is none of {words}") from None
    actions, when = one.get("actions", []), one.get("when", [])
    if not isinstance(actions, list) or not all(isinstance(action, str) for action in actions):
        raise _wrong(f"has a {name} whose actions are not a list of texts")
    if not isinstance(when, list) or not (actions or when):
        raise _wrong(f"has a {name} without actions and without conditions (when)")
    return Rule(
        str(one.get("id") or name),
        severity,
        str(one.get("reason") or f"The user's own {name}."),
        str(one.get("docs") or ""),
        kind,
        tuple(action.lower() for action in actions),
        tuple(_condition(condition, name) for condition in when),
    )


def _condition(given: Any, name: str) -> Condition:  # noqa: ANN401 - whatever JSON holds
    field = given.get("field") if isinstance(given, Mapping) else None
    if not isinstance(field, str) or not field or not any(test in given for test in _TESTS):
        raise _wrong(f"has a {name} with a condition that lacks field, or one of {_TESTS}")
    lists = [given.get(test, []) for test in _TESTS[:2]]
    exists = given.get("exists")
    if not all(isinstance(values, list) for values in lists) or exists not in {None, True, False}:
        raise _wrong(f"has a {name} whose condition on {field} has no list, or no true or false")
    return Condition(tuple(field.split(".")), tuple(lists[0]), tuple(lists[1]), exists)


def _wrong(what: str) -> ConfigurationError:
    return ConfigurationError(f"The argument severity_rules {what}.", remedy=f"{_REMEDY}.")
