"""The audit events of the sandbox, in GitHub's only total order: (time in ms, document id).

Bodies are serialised once, when events are added: answering a page is two bisections and a
join. The index time and id are kept beside the body, since published events may lack both.
"""

import threading
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import orjson

from sandbox.github.cursor import Position
from sandbox.github.phrase import Phrase
from sandbox.identity import Identity, canonical_text, identity_of_text


@dataclass(slots=True)
class Event:
    """One event with what the server knows about it."""

    at_ms: int
    document_id: str
    visible_at: float
    git: bool
    body: bytes
    identity: Identity

    @property
    def position(self) -> Position:
        """Return the event's place in the order."""
        return self.at_ms, self.document_id


@dataclass(slots=True)
class Query:
    """What one request asks for; times are inclusive milliseconds."""

    low_ms: int
    high_ms: int
    git_low_ms: int
    include: str
    phrase: Phrase
    ascending: bool
    limit: int
    now: float
    after: Position | None = None
    before: Position | None = None
    skip: int = 0


@dataclass(slots=True)
class Page:
    """The events of one page and whether there are neighbours."""

    events: list[Event]
    more: bool
    earlier: bool


ORDER = attrgetter("at_ms", "document_id")
# Below this, inserting one by one is cheaper than sorting a log of 200,000 events again.
FEW = 100


def make_event(
    value: dict[str, Any],
    at_ms: int,
    document_id: str,
    visible_at: float,
    *,
    git: bool | None = None,
) -> Event:
    """Serialise an event; whether it is a git event follows from its action."""
    is_git = str(value.get("action", "")).startswith("git.") if git is None else git
    body = canonical_text(value)
    return Event(at_ms, document_id, visible_at, is_git, body, identity_of_text(body))


class EventStore:
    """Sorted events; adding and reading are safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[Event] = []

    def __len__(self) -> int:
        return len(self._events)

    def add(self, events: Iterable[Event]) -> None:
        """Insert events; the list is replaced, so that readers keep a consistent one."""
        added = list(events)
        with self._lock:
            merged = list(self._events)
            if len(added) > FEW:
                merged += added
                merged.sort(key=ORDER)
            else:
                for event in added:
                    insort(merged, event, key=ORDER)
            self._events = merged

    def clear(self) -> None:
        """Forget every event."""
        with self._lock:
            self._events = []

    def select(self, query: Query) -> Page:
        """Return a page: exclusive of the cursors, relative to the order."""
        events = self._events
        start = self._index(events, (query.low_ms, ""), bisect_left)
        stop = self._index(events, (query.high_ms + 1, ""), bisect_left)
        if query.before is not None:
            return self._page_before(events, start, stop, query)
        cursor = query.after
        if cursor is not None and query.ascending:
            start = max(start, self._index(events, cursor, bisect_right))
        elif cursor is not None:
            stop = min(stop, self._index(events, cursor, bisect_left))
        indices = range(start, stop) if query.ascending else range(stop - 1, start - 1, -1)
        found = self._collect(events, indices, query, query.skip + query.limit + 1)[query.skip :]
        return Page(
            found[: query.limit], len(found) > query.limit, cursor is not None or query.skip > 0
        )

    def _page_before(self, events: list[Event], start: int, stop: int, query: Query) -> Page:
        cursor = query.before or (0, "")
        if query.ascending:
            stop = min(stop, self._index(events, cursor, bisect_left))
            indices = range(stop - 1, start - 1, -1)
        else:
            indices = range(max(start, self._index(events, cursor, bisect_right)), stop)
        found = self._collect(events, indices, query, query.limit + 1)
        return Page(found[: query.limit][::-1], more=True, earlier=len(found) > query.limit)

    @staticmethod
    def _index(events: list[Event], position: Position, side: Callable[..., int]) -> int:
        return side(events, position, key=ORDER)

    @staticmethod
    def _collect(events: list[Event], indices: range, query: Query, wanted: int) -> list[Event]:
        found: list[Event] = []
        for index in indices:
            if _wanted(events[index], query):
                found.append(events[index])
                if len(found) == wanted:
                    break
        return found

    def visible(self, now: float) -> list[Event]:
        """Return every event that can be seen by now, in order."""
        return [event for event in self._events if event.visible_at <= now]


def _wanted(event: Event, query: Query) -> bool:
    if event.visible_at > query.now:
        return False
    if query.include != "all" and event.git != (query.include == "git"):
        return False
    if event.git and event.at_ms < query.git_low_ms:
        return False
    phrase = query.phrase
    if phrase.excluded and not phrase.matches_time(event.at_ms):
        return False
    return not phrase.reads_events or phrase.matches(orjson.loads(event.body), git=event.git)
