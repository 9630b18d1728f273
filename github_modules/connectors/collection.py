"""One collection, put together from its source: the same for every source, and for a terminal."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from github_modules.clock import Clock
from github_modules.collect.collector import Collector, Pace
from github_modules.collect.delivery import Delivery, Wanted
from github_modules.collect.loop import Loop
from github_modules.collect.opening import memory, open_position
from github_modules.collect.ports import Observer, Record, Sink, Source, Store
from github_modules.collect.position import Position
from github_modules.github.settings import GithubSettings

_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a collection is given: where events go, where state lives, who is told, time."""

    sink: Sink
    store: Store
    observer: Observer
    clock: Clock
    rng: random.Random


def everything(_record: Record) -> bool:
    """Want every record."""
    return True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is collected, under which name its state is kept, and at what pace."""

    source: Source
    scope: str
    history_hours: int
    pace: Pace
    wanted: Wanted = everything


class Collection:
    """Collects one source until asked to stop."""

    def __init__(self, plan: Plan, around: Surroundings) -> None:
        self._plan = plan
        self._around = around
        self._kept = memory(around.store, plan.scope)

    def run(self) -> None:
        """Load the position and collect from there; failures are waited out."""
        plan, around = self._plan, self._around
        delivery = Delivery(self._kept, around.sink, around.observer, plan.wanted)
        collector = Collector(plan.source, delivery, self._kept, around.observer, around.clock)
        loop = Loop(collector, plan.source, around.observer, around.clock, around.rng)
        loop.run(self._opening, plan.pace)

    def _opening(self) -> Position:
        history_ms = self._plan.history_hours * _HOUR_MS
        opening = open_position(self._kept, self._plan.source.now_ms(), history_ms)
        since = datetime.fromtimestamp(opening.position.frontier_ms / 1000, UTC)
        self._around.observer.said(
            opening.level, f"{opening.said} Reading from {since:%Y-%m-%d %H:%M:%S} UTC."
        )
        return opening.position


def scope_of(settings: GithubSettings, *what: str) -> str:
    """Return the folder name for the state of one source: another source, another state."""
    owner = settings.owner
    name = "-".join([settings.address.host, owner.kind, owner.name, *what]).lower()
    return re.sub(r"[^a-z0-9.-]+", "_", name)
