"""One collection, put together from its source: the same for every source, and for a terminal."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from github_modules.clock import Clock
from github_modules.collect.collector import Collector, Pace
from github_modules.collect.delivery import Delivery, Wanted
from github_modules.collect.loop import Loop
from github_modules.collect.opening import Opening, memory, open_position
from github_modules.collect.ports import Observer, Record, Sink, Source, Store
from github_modules.collect.position import Position, Span
from github_modules.collect.schedule import starting_position
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


AroundWith = Callable[[Observer], Surroundings]
"""Returns what a collection is given; each has a sink of its own, and may have its own observer."""


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
    name: str = "audit"
    """What kind of records they are, as the rules of severity call them."""
    since_ms: int | None = None
    """Where to begin, whatever the stored position says."""
    until_ms: int | None = None
    """Where to end; needs `since_ms`."""


class Collection:
    """Collects one source until asked to stop."""

    def __init__(self, plan: Plan, around: Surroundings) -> None:
        self.plan = plan
        self._around = around
        self._kept = memory(around.store, plan.scope)

    def run(self) -> None:
        """Load the position and collect from there; failures are waited out."""
        plan, around = self.plan, self._around
        loop = Loop(self._collector(), plan.source, around.observer, around.clock, around.rng)
        loop.run(self._opening, plan.pace)

    def once(self) -> None:
        """Collect what is there now, sweeps that are due included, and end.

        Raises:
            GithubModuleError: what was acknowledged before stays so.
            StopRequested: when the process is asked to end.
        """
        collector = self._collector()
        try:
            collector.begin(self._opening())
            collector.poll(self.plan.pace)
            while (due_ms := collector.next_sweep_ms()) and due_ms <= self.plan.source.now_ms():
                collector.sweep()
        finally:
            collector.drop_sweep()

    def changed(self, **changes: Any) -> "Collection":  # noqa: ANN401 - the fields of a plan
        """Return the same collection with some fields of its plan changed."""
        return Collection(replace(self.plan, **changes), self._around)

    def _collector(self) -> Collector:
        plan, around = self.plan, self._around
        delivery = Delivery(self._kept, around.sink, around.observer, plan.wanted)
        return Collector(plan.source, delivery, self._kept, around.observer, around.clock)

    def _opening(self) -> Position:
        plan = self.plan
        if plan.since_ms is not None:
            opening = Opening(_ranged(plan.since_ms, plan.until_ms), "info", "A range.")
        else:
            history_ms = plan.history_hours * _HOUR_MS
            opening = open_position(self._kept, plan.source.now_ms(), history_ms)
        since = datetime.fromtimestamp(opening.position.frontier_ms / 1000, UTC)
        self._around.observer.said(
            opening.level, f"{opening.said} Reading from {since:%Y-%m-%d %H:%M:%S} UTC."
        )
        return opening.position


def _ranged(since_ms: int, until_ms: int | None) -> Position:
    """Return the position that reads from a time on, and up to another one if there is one."""
    position = replace(starting_position(since_ms), floor_ms=since_ms - 1)
    if until_ms is None:
        return position
    # One window of a catch-up, and no sweeps: it ends where it is told to.
    return replace(position, sweeps=(), spans=(Span(since_ms, until_ms, since_ms),))


def scope_of(settings: GithubSettings, *what: str) -> str:
    """Return the folder name for the state of one source: another source, another state."""
    owner = settings.owner
    name = "-".join([settings.address.host, owner.kind, owner.name, *what]).lower()
    return re.sub(r"[^a-z0-9.-]+", "_", name)
