"""Feeds of public events: at most 300 of the last 30 days, shown with a delay. Says what it saw.

https://docs.github.com/rest/activity/events
"""

from typing import Any

from pydantic import Field

from github_modules.action_kit.arguments import Arguments, Moment, Texts, optional
from github_modules.action_kit.desk import Desk, JsonObject, Listing
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.results import ListResults, with_fields

MOST_EVENTS = 300
_DELAY = (
    "GitHub shows events between 30 seconds and 6 hours late, and none older than 30 days: what is "
    "missing here may still have happened. The audit log is complete."
)
FeedResults = with_fields(ListResults, coverage=dict)


class FeedArguments(Arguments):
    """What to take of a feed."""

    since: Moment = optional("Since", "Only events from this time on, such as 2026-03-02T08:00Z.")
    event_types: Texts = optional("Types", "Only these types, such as PushEvent, MemberEvent.", [])
    limit: int = Field(
        default=100, ge=1, le=MOST_EVENTS, title="Limit", description="Most events to return."
    )


def read_feed(
    desk: Desk, endpoint: Endpoint, given: FeedArguments, **values: object
) -> tuple[Listing, JsonObject]:
    """Return the events that were asked for, newest first, and what the feed covered."""
    desk.warnings.append(_DELAY)
    seen: list[Any] = []
    more = False
    for page in desk.pages(endpoint, given, None, **values):
        seen += page.items
        more = page.next_url is not None and len(seen) < MOST_EVENTS
        if not more or (page.items and _before(page.items[-1], given.since)):
            break
    types = {name.lower() for name in given.event_types}
    found = [
        event
        for event in seen
        if not _before(event, given.since)
        and (not types or str(event.get("type", "")).lower() in types)
    ]
    listing = Listing(found[: given.limit], truncated=len(found) > given.limit or more)
    return listing, _coverage(seen)


def _before(event: JsonObject, since: str) -> bool:
    """Return whether an event is older; both are texts of the same form."""
    return bool(since) and str(event.get("created_at") or since) < since


def _coverage(seen: list[Any]) -> JsonObject:
    times = sorted(str(event["created_at"]) for event in seen if event.get("created_at"))
    return {
        "oldest": times[0] if times else None,
        "newest": times[-1] if times else None,
        "events_read": len(seen),
        "truncated_at_300": len(seen) >= MOST_EVENTS,
        "public_only": not any(event.get("public") is False for event in seen),
    }
