"""The estate: what exists, as objects that routes hand out and change."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from sandbox.github.estate.shapes import Shape

PRODUCTS = ("secret-scanning", "code-scanning", "dependabot")


@dataclass(slots=True)
class TeamState:
    """A team, who is in it, and whether an identity provider fills it."""

    team: Shape
    members: dict[str, str] = field(default_factory=dict)
    synced: bool = False


@dataclass(slots=True)
class RepositoryState:
    """A repository and everything in it."""

    facts: Shape
    short: Shape
    collaborators: dict[str, str] = field(default_factory=dict)
    invitations: dict[int, Shape] = field(default_factory=dict)
    workflows: dict[int, Shape] = field(default_factory=dict)
    runs: dict[int, Shape] = field(default_factory=dict)
    stubborn: set[int] = field(default_factory=set)
    actions: Shape = field(default_factory=lambda: {"enabled": True, "allowed_actions": "all"})
    keys: dict[int, Shape] = field(default_factory=dict)
    hooks: dict[int, Shape] = field(default_factory=dict)
    runners: dict[int, Shape] = field(default_factory=dict)
    rulesets: dict[int, Shape] = field(default_factory=dict)
    issues: dict[int, Shape] = field(default_factory=dict)
    comments: dict[int, list[Shape]] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)
    commits: dict[str, Shape] = field(default_factory=dict)
    events: list[Shape] = field(default_factory=list)
    activity: list[Shape] = field(default_factory=list)


@dataclass(slots=True)
class Estate:
    """Everything that the organisation has. Lists of events are newest first."""

    users: dict[str, Shape] = field(default_factory=dict)
    members: dict[str, Shape] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    invitations: dict[int, Shape] = field(default_factory=dict)
    teams: dict[str, TeamState] = field(default_factory=dict)
    blocked: list[str] = field(default_factory=list)
    grants: dict[int, Shape] = field(default_factory=dict)
    credentials: dict[int, Shape] = field(default_factory=dict)
    exposed: list[str] = field(default_factory=list)
    repositories: dict[str, RepositoryState] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    hooks: dict[int, Shape] = field(default_factory=dict)
    runners: dict[int, Shape] = field(default_factory=dict)
    installations: list[Shape] = field(default_factory=list)
    actions: Shape = field(
        default_factory=lambda: {"enabled_repositories": "all", "allowed_actions": "all"}
    )
    user_keys: dict[str, dict[str, list[Shape]]] = field(default_factory=dict)
    user_events: dict[str, list[Shape]] = field(default_factory=dict)
    alerts: dict[str, dict[tuple[str, int], Shape]] = field(
        default_factory=lambda: {product: {} for product in PRODUCTS}
    )
    off: set[str] = field(default_factory=set)
    """Products that the organisation does not have."""
    incomplete_search: bool = False
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(100_001))

    def user(self, login: str) -> Shape | None:
        """Return a user by login in any case."""
        return self.users.get(login.lower())
