"""Which actions a credential allows, and what each of the others needs. Changes nothing.

A GitHub App tells its permissions and a classic token its scopes. A fine-grained token tells
neither: for it, one harmless look-up is made for each permission, and whether it may write stays
open. https://docs.github.com/rest/authentication/permissions-required-for-github-apps
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from github_modules.action_kit.endpoint import ENTERPRISE, Endpoint
from github_modules.github.permissions import granted_scopes

_LEVELS = ("read", "write", "admin")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An action as the matrix sees it."""

    name: str
    endpoints: Sequence[Endpoint]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an action will work: None when nobody can tell without changing something."""

    name: str
    works: bool | None
    needs: str = ""


Judge = Callable[[Endpoint], Verdict]
"""Judges one call; the verdict's name is not used."""


def by_permissions(held: Mapping[str, str]) -> Judge:
    """Return the judge for a GitHub App with these permissions (key: level)."""

    def judge(endpoint: Endpoint) -> Verdict:
        choices = [choice for choice in endpoint.permission.split(" or ") if choice]
        enough = not choices or any(_covers(held, choice) for choice in choices)
        return Verdict(
            "", works=enough, needs="" if enough else f"permission {endpoint.permission}"
        )

    return judge


def by_scopes(held: tuple[str, ...]) -> Judge:
    """Return the judge for a classic token with these scopes."""
    granted = granted_scopes(held)

    def judge(endpoint: Endpoint) -> Verdict:
        if endpoint.app_only:
            return Verdict("", works=False, needs="a GitHub App")
        wanted = [scope for scope in endpoint.scope.split(" or ") if scope]
        enough = not wanted or bool(granted.intersection(wanted))
        return Verdict("", works=enough, needs="" if enough else f"scope {endpoint.scope}")

    return judge


def by_probes(readable: Mapping[str, bool]) -> Judge:
    """Return the judge for a token that was tried; `readable` tells by permission key."""

    def judge(endpoint: Endpoint) -> Verdict:
        if endpoint.app_only:
            return Verdict("", works=False, needs="a GitHub App")
        if not endpoint.permission:
            return Verdict("", works=True)
        key = endpoint.permission.partition(":")[0]
        if readable.get(key) is False:
            return Verdict("", works=False, needs=f"permission {endpoint.permission}")
        return Verdict("", works=True if readable.get(key) and not endpoint.writes else None)

    return judge


def matrix(actions: Iterable[Wanted], judge: Judge, *, on_server: bool = False) -> list[Verdict]:
    """Return the verdict on each action: it works when every one of its calls does."""
    return [_verdict(action, judge, on_server=on_server) for action in actions]


def probes(actions: Iterable[Wanted]) -> dict[str, Endpoint]:
    """Return a harmless call for each permission key: one that needs no more than org or repo."""
    found: dict[str, Endpoint] = {}
    for endpoint in (endpoint for action in actions for endpoint in action.endpoints):
        rest = endpoint.route.replace("{org}", "").replace("/repos/{owner}/{repo}", "")
        if endpoint.writes or "{" in rest or not endpoint.permission or endpoint.app_only:
            continue
        found.setdefault(endpoint.permission.partition(":")[0], endpoint)
    return found


def summary(verdicts: Sequence[Verdict]) -> str:
    """Return the matrix in one sentence or two: how many work, and what the others need."""
    lacking: dict[str, list[str]] = {}
    for verdict in verdicts:
        if verdict.works is False:
            lacking.setdefault(verdict.needs, []).append(verdict.name)
    works = sum(verdict.works is True for verdict in verdicts)
    said = f"{works} of {len(verdicts)} actions will work."
    if unknown := sum(verdict.works is None for verdict in verdicts):
        said += f" Whether {unknown} more may write cannot be told without writing."
    if lacking:
        missing = "; ".join(f"{needs} for {', '.join(names)}" for needs, names in lacking.items())
        said += f" Missing: {missing}."
    return said


def _covers(held: Mapping[str, str], wanted: str) -> bool:
    key, _, level = wanted.partition(":")
    if key == "metadata":
        return True  # every App has it
    have = held.get(key, "")
    return have in _LEVELS and _LEVELS.index(have) >= _LEVELS.index(level)


def _verdict(action: Wanted, judge: Judge, *, on_server: bool) -> Verdict:
    if on_server and any(_cloud_only(endpoint) for endpoint in action.endpoints):
        return Verdict(action.name, works=False, needs="github.com instead of a server")
    found = [judge(endpoint) for endpoint in action.endpoints if not endpoint.optional]
    lacking = dict.fromkeys(verdict.needs for verdict in found if verdict.works is False)
    if lacking:
        return Verdict(action.name, works=False, needs=" and ".join(lacking))
    return Verdict(action.name, works=None if any(v.works is None for v in found) else True)


def _cloud_only(endpoint: Endpoint) -> bool:
    return endpoint.plan not in {"", ENTERPRISE}
