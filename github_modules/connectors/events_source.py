"""Feeds of repository events as one source: merged by time, each asked only when it has news.

https://docs.github.com/rest/activity/events
https://docs.github.com/rest/repos/repos#list-repository-activities
"""

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from github_modules.clock import Clock
from github_modules.collect.backwards import Leaf, Turned, oldest_first
from github_modules.collect.identity import identity_of, identity_of_body
from github_modules.collect.ports import Page, Record
from github_modules.collect.position import Kind, Reading
from github_modules.connectors.times import milliseconds
from github_modules.errors import (
    GithubModuleError,
    NotFoundError,
    PermissionDeniedError,
    PlanError,
)
from github_modules.github.client import GithubClient
from github_modules.github.pages import Page as GithubPage
from github_modules.github.rate_limit import Lane

MOST_EVENTS = 300
MOST_HELD = 20_000
_PAGE_SIZE = 100
_NOT_MODIFIED = 304
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Feed:
    """One list of events: its route, the variables of it, and what it is called in a text."""

    route: str
    variables: tuple[tuple[str, str], ...]
    words: str
    ends_at: int = 0
    """So many events are all that GitHub keeps in it; 0 for a list without such an end."""
    optional: bool = False
    """Whether the other feeds go on when GitHub refuses this one."""


@dataclass(slots=True)
class _Known:
    """What is known of a feed: the tag of an answer, and the newest event that it held."""

    tag: str = ""
    newest_ms: int = 0
    ask_again_s: float = 0.0
    refused_s: float | None = None


class EventsSource:
    """Reads feeds that GitHub gives newest first, oldest event first.

    A head read of a feed without news costs nothing: it is asked with the tag of its last answer,
    and no sooner than GitHub wants. The tag is used only once everything it stands for is
    acknowledged; sweeps read without it.

    Args:
        client: the GitHub to ask.
        feeds: returns what to read; called once for each reading.
        clock: measures GitHub's poll interval.
        per_minute: our own cap, for planning.
        said: told what a person should know of a feed: it overflowed, or GitHub refuses it.
    """

    def __init__(
        self,
        client: GithubClient,
        feeds: Callable[[], Sequence[Feed]],
        clock: Clock,
        per_minute: float,
        said: Callable[[str], None],
    ) -> None:
        self._client = client
        self._feeds = feeds
        self._clock = clock
        self._per_minute = per_minute
        self._said = said
        self._known: dict[Feed, _Known] = {}

    def read(self, reading: Reading) -> Iterator[Page]:
        """Yield what is new in the feeds, in the order of time over all of them.

        Raises:
            GithubModuleError: what GitHub or the network answered.
            StopRequested: when the process is asked to end.
        """
        parts = [self._one(feed, reading) for feed in self._feeds()]
        merged = heapq.merge(*parts, key=lambda record: record.at_ms or 0)
        while batch := list(itertools.islice(merged, _PAGE_SIZE)):
            yield Turned(batch)

    def now_ms(self) -> int:
        """Return GitHub's clock, milliseconds since the epoch."""
        return self._client.now_ms()

    def requests_per_hour(self) -> float:
        """Return what GitHub's limit and our own cap leave."""
        return self._client.requests_per_hour("core", self._per_minute)

    def _one(self, feed: Feed, reading: Reading) -> list[Record]:
        """Return what a feed has of a range, oldest first."""
        seen: list[Record] = []

        def walk(_start: str) -> Iterator[Leaf]:
            for page in self._pages(feed, reading):
                records = [record_of(event) for event in page.items]
                seen.extend(records)
                yield Leaf(page.url, records)

        pages = oldest_first(walk, reading.since_ms, reading.until_ms, most=MOST_HELD)
        try:
            found = [record for page in pages for record in page.records()]
        except (NotFoundError, PermissionDeniedError, PlanError) as error:
            if not feed.optional:
                raise
            self._refused(feed, error)
            return []
        times = [record.at_ms for record in seen if record.at_ms is not None]
        if feed in self._known:
            self._known[feed].newest_ms = max([self._known[feed].newest_ms, *times])
        if feed.ends_at and len(seen) >= feed.ends_at and min(times) > reading.since_ms:
            self._said(
                f"The feed of {feed.words} holds only its newest {feed.ends_at} events, and all of "
                "them are newer than what was read before: older ones may be missing. Poll more "
                "often, or name the busy repositories."
            )
        return found

    def _refused(self, feed: Feed, error: GithubModuleError) -> None:
        """Tell a feed that GitHub refuses once a day; the others go on."""
        known = self._known.setdefault(feed, _Known())
        now_s = self._clock.monotonic_s()
        if known.refused_s is None or now_s - known.refused_s >= _DAY_S:
            known.refused_s = now_s
            self._said(f"No events of {feed.words} are collected; the others go on. {error}")

    def _pages(self, feed: Feed, reading: Reading) -> Iterator[GithubPage]:
        is_head = reading.kind is not Kind.SWEEP
        known = self._known.setdefault(feed, _Known())
        if is_head and self._clock.monotonic_s() < known.ask_again_s:
            return
        tag = known.tag if is_head and known.newest_ms <= reading.known_ms else ""
        answer = self._client.request(
            feed.route,
            variables=dict(feed.variables),
            params={"per_page": _PAGE_SIZE},
            headers={"If-None-Match": tag} if tag else {},
            lane=Lane.HEAD if is_head else Lane.SWEEP,
        )
        interval = answer.header("x-poll-interval")
        if is_head and interval.isdecimal():
            known.ask_again_s = self._clock.monotonic_s() + int(interval)
        if answer.status == _NOT_MODIFIED:
            return
        known.tag = answer.header("etag")
        following = answer.links.get("next")
        yield GithubPage(answer.url, following, answer)
        if following:
            yield from self._client.pages(
                feed.route,
                variables=dict(feed.variables),
                lane=Lane.HEAD if is_head else Lane.SWEEP,
                start=following,
            )


def record_of(event: Any) -> Record:  # noqa: ANN401 - GitHub promises no shape
    """Return an event or an activity as a record; its id is its name."""
    if not isinstance(event, dict) or event.get("id") is None:
        return Record(identity_of_body(event), None, event)
    at_ms = milliseconds(event.get("created_at") or event.get("timestamp"))
    kind = "activity" if "activity_type" in event else "event"
    return Record(identity_of(kind, event["id"]), at_ms, event)
