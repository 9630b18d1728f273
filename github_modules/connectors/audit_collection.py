"""The collection of one audit log, put together: the same for the platform and for a terminal."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import translate
from typing import Literal

from pydantic import Field

from github_modules.clock import Clock
from github_modules.collect.collector import Collector, Pace
from github_modules.collect.delivery import Delivery, Wanted
from github_modules.collect.loop import Loop
from github_modules.collect.opening import memory, open_position
from github_modules.collect.ports import Observer, Record, Sink, Store
from github_modules.collect.position import Position
from github_modules.connectors.arguments import CollectingArguments, Patterns
from github_modules.connectors.audit_source import AuditLogSource, Query
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings

_HOUR_MS = 3_600_000


class AuditLogArguments(CollectingArguments):
    """Which part of the audit log, and how a backlog is read."""

    include: Literal["web", "git", "all"] = Field(
        default="all",
        title="Events",
        description="web: everything but git; git: clones, fetches and pushes; all: both.",
    )
    phrase: str = Field(
        default="",
        title="Search phrase",
        description="Restricts the events, as in GitHub's audit log search (for example "
        "-actor:dependabot). The qualifier created is set by the connector.",
    )
    excluded_actions: Patterns = Field(
        default=[],
        title="Excluded actions",
        description="Actions that are not forwarded; * stands for anything (for example "
        "repo.download_zip, workflows.*).",
    )
    catch_up_lanes: int = Field(
        default=1,
        ge=1,
        le=4,
        title="Catch-up lanes",
        description="Parts of a backlog that are read at the same time. More than 1 helps with "
        "GitHub Enterprise Server, which does not limit requests.",
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a collection is given: where events go, where state lives, who is told, time."""

    sink: Sink
    store: Store
    observer: Observer
    clock: Clock
    rng: random.Random


class AuditCollection:
    """Collects one audit log until asked to stop.

    Args:
        settings: whose log, on which GitHub.
        arguments: which part of it, and at what pace.
        client: made from the settings.
        around: everything else.
    """

    def __init__(
        self,
        settings: GithubSettings,
        arguments: AuditLogArguments,
        client: GithubClient,
        around: Surroundings,
    ) -> None:
        query = Query(arguments.include, arguments.phrase)
        self._arguments = arguments
        self._around = around
        self._source = AuditLogSource(client, settings.owner, query, arguments.ratelimit_per_minute)
        self._kept = memory(around.store, scope_of(settings))

    def run(self) -> None:
        """Load the position and collect from there; failures are waited out."""
        around = self._around
        wants = wanted(self._arguments.excluded_actions)
        delivery = Delivery(self._kept, around.sink, around.observer, wants)
        collector = Collector(self._source, delivery, self._kept, around.observer, around.clock)
        loop = Loop(collector, self._source, around.observer, around.clock, around.rng)
        pace = Pace(self._arguments.frequency, self._arguments.catch_up_lanes)
        loop.run(self._opening, pace)

    def _opening(self) -> Position:
        history_ms = self._arguments.history_hours * _HOUR_MS
        opening = open_position(self._kept, self._source.now_ms(), history_ms)
        since = datetime.fromtimestamp(opening.position.frontier_ms / 1000, UTC)
        self._around.observer.said(
            opening.level, f"{opening.said} Reading from {since:%Y-%m-%d %H:%M:%S} UTC."
        )
        return opening.position


def scope_of(settings: GithubSettings) -> str:
    """Return the folder name for the state of one audit log: another log, another state."""
    owner = settings.owner
    name = f"{settings.address.host}-{owner.kind}-{owner.name}".lower()
    return re.sub(r"[^a-z0-9.-]+", "_", name)


def wanted(excluded: Sequence[str]) -> Wanted:
    """Return the filter for the actions that a user does not want; `*` stands for anything."""
    if not excluded:
        return lambda _: True
    pattern = re.compile("|".join(translate(action) for action in excluded))

    def keeps(record: Record) -> bool:
        action = record.body.get("action") if isinstance(record.body, Mapping) else None
        return not (isinstance(action, str) and pattern.match(action))

    return keeps
