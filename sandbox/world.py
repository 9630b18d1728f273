"""Everything one sandbox knows, in one place that is passed to every route."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.clock import SandboxClock, clock_from
from sandbox.config import Config
from sandbox.faults import FaultPlan
from sandbox.github.apps import AppRegistry
from sandbox.github.credentials import TokenBook
from sandbox.github.event_store import Event, EventStore
from sandbox.journal import Journal
from sandbox.limits import Limits
from sandbox.sekoia.platform_state import PlatformState
from sandbox.tally import Tally

if TYPE_CHECKING:
    from sandbox.github.estate.state import Estate


@dataclass(slots=True)
class World:
    """The state behind the sandbox's servers."""

    config: Config
    clock: SandboxClock
    tokens: TokenBook
    apps: AppRegistry
    limits: Limits
    store: EventStore = field(default_factory=EventStore)
    tally: Tally = field(default_factory=Tally)
    journal: Journal = field(default_factory=Journal)
    faults: FaultPlan = field(default_factory=FaultPlan)
    platform: PlatformState = field(default_factory=PlatformState)
    started_at: float = 0.0
    urls: dict[str, str] = field(default_factory=dict)
    proxied: dict[str, int] = field(default_factory=dict)
    _estate: "Estate | None" = None

    @property
    def api_url(self) -> str:
        """Return the base under which GitHub's links point."""
        return self.urls["github"]

    @property
    def estate(self) -> "Estate":
        """Return the organisation's people and things, made when first asked for."""
        if self._estate is None:
            from sandbox.github.estate.seed import seed  # noqa: PLC0415 - it needs this module

            self._estate = seed(self)
        return self._estate

    def forget_estate(self) -> None:
        """Let the estate be made anew."""
        self._estate = None

    def add_events(self, events: list[Event]) -> None:
        """Put events into the log and into the tally of what may be collected."""
        self.store.add(events)
        self.tally.expect(events)

    def clear_events(self) -> None:
        """Forget the log and the tally."""
        self.store.clear()
        self.tally.clear()

    def report(self, grace_s: float = 0.0) -> dict[str, Any]:
        """Return how collection went so far; grace is how long an event may be on its way."""
        numbers = self.tally.report(self.clock.now(), grace_s)
        return numbers | {
            "audit_requests": self.journal.audit_count(),
            "github_requests": self.journal.count("github"),
            "violations": self.journal.violations("github"),
            "intake_violations": self.journal.violations("intake"),
            "foreign_requests": self.journal.count("foreign"),
            "intake_requests": self.journal.count("intake"),
            "now": self.clock.now(),
            "uptime_s": time.time() - self.started_at,
        }


def new_world(config: Config) -> World:
    """Build the state for a configuration."""
    limits = Limits(None if config.ghes else config.rate_limit)
    return World(
        config=config,
        clock=clock_from(config.clock),
        tokens=TokenBook(config.tokens),
        apps=AppRegistry(config.app),
        limits=limits,
        started_at=time.time(),
    )
