"""From options to collections: the platform's own, each with a meter and a filter of the terminal."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from github_modules.cli.configuration import Configuration
from github_modules.cli.progress import Meter, Screen, Watched
from github_modules.clock import Clock
from github_modules.collect.delivery import Wanted
from github_modules.collect.ports import Observer, Record, Sink, Store
from github_modules.connectors.alerts_collection import AlertsArguments, alerts_collections
from github_modules.connectors.audit_collection import AuditLogArguments, audit_collection
from github_modules.connectors.collection import Collection, Surroundings
from github_modules.connectors.events_collection import EventsArguments, events_collection
from github_modules.connectors.shaping import ShapedArguments
from github_modules.errors import ConfigurationError
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.forms import listed
from github_modules.severity.evaluate import RuleSet, at_least
from github_modules.severity.model import Severity
from github_modules.severity.parse import own_rules

SinkFor = Callable[[Observer], Sink]
"""Returns where the records of one collection go; its observer is told of faults on the way."""

SOURCES = ("audit", "alerts", "events")
_BUCKETS = {"audit": "audit_log"}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records of which sources; a range without an end goes on to the newest record."""

    sources: tuple[str, ...] = ("audit",)
    since_ms: int | None = None
    until_ms: int | None = None
    phrase: str | None = None
    include: str | None = None
    severity: Severity | None = None

    @property
    def is_range(self) -> bool:
        """Whether the stored position has no say in it."""
        return self.since_ms is not None

    @property
    def suffix(self) -> str:
        """Return what is added to the name of a state: a filtered collection has its own."""
        chosen = (self.phrase, self.include, self.severity)
        if not any(chosen):
            return ""
        return f"-only-{blake2b(repr(chosen).encode(), digest_size=4).hexdigest()}"


def sources_of(given: Sequence[str]) -> tuple[str, ...]:
    """Return the named sources, each once; commas may stand between them.

    Raises:
        ConfigurationError: there is no such source.
    """
    named = [name.lower() for text in given for name in listed(text)]
    for name in named:
        if name not in SOURCES:
            raise ConfigurationError(
                f"There is no source {name}.", remedy=f"Name any of {', '.join(SOURCES)}."
            )
    return tuple(dict.fromkeys(named)) or ("audit",)


@dataclass(frozen=True, slots=True)
class Edges:
    """What the collections of one run share: where records go, where state lives, who watches."""

    client: GithubClient
    store: Store
    clock: Clock
    screen: Screen
    sink: SinkFor


def collections_for(
    selection: Selection, configuration: Configuration, edges: Edges
) -> list[Collection]:
    """Return the collections of a selection.

    Raises:
        ConfigurationError: a value cannot be right.
    """
    settings = configuration.settings()
    return [
        _chosen(collection, selection, configuration)
        for name in selection.sources
        for collection in _made(name, selection, configuration, settings, edges)
    ]


def _made(
    name: str,
    selection: Selection,
    configuration: Configuration,
    settings: GithubSettings,
    edges: Edges,
) -> Sequence[Collection]:
    meters: list[Meter] = []

    def budget() -> str:
        told = edges.client.governor.budget().get(_BUCKETS.get(name, "core"))
        return f"{told.remaining:,}" if told else ""

    def around(observer: Observer) -> Surroundings:
        rng = random.Random()  # noqa: S311 - jitter
        return Surroundings(edges.sink(observer), edges.store, observer, edges.clock, rng)

    def meter(label: str) -> Meter:
        meters.append(Meter(edges.screen, label, edges.clock, budget))
        return meters[-1]

    given: dict[str, Any] = {"intake_key": configuration.text("intake_key", "none")}
    if name == "alerts":
        alerts = configuration.arguments(AlertsArguments, **given)
        told = (meter(name), edges.clock)
        made = alerts_collections(settings, alerts, edges.client, around, told)
    elif name == "events":
        events = configuration.arguments(EventsArguments, **given)
        made = [events_collection(settings, events, edges.client, around(meter(name)))]
    else:
        given |= {"phrase": selection.phrase, "include": selection.include}
        audit = configuration.arguments(AuditLogArguments, **given)
        made = [audit_collection(settings, audit, edges.client, around(meter(name)))]
    return [one.changed(source=Watched(one.plan.source, meters[0])) for one in made]


def _chosen(
    collection: Collection, selection: Selection, configuration: Configuration
) -> Collection:
    plan = collection.plan
    return collection.changed(
        scope=f"{plan.scope}{selection.suffix}",
        wanted=_wanted(plan.wanted, plan.name, selection, configuration),
        since_ms=selection.since_ms,
        until_ms=selection.until_ms,
    )


def _wanted(
    wanted: Wanted, kind: str, selection: Selection, configuration: Configuration
) -> Wanted:
    """Return the filter of the plan, and those of the command line after it."""
    until_ms = selection.until_ms
    least = selection.severity
    shaped = configuration.arguments(ShapedArguments)
    rules = RuleSet.with_builtin(own_rules(shaped.severity_rules)) if least else None

    def keeps(record: Record) -> bool:
        return (
            wanted(record)
            and (until_ms is None or record.at_ms is None or record.at_ms <= until_ms)
            and (
                rules is None or least is None or at_least(rules.evaluate(record.body, kind), least)
            )
        )

    return keeps


def endless(collection: Collection) -> Collection:
    """Return the collection as it goes on after its first pass: from where that one ended."""
    return collection.changed(since_ms=None, until_ms=None)
