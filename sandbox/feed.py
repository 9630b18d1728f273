"""Fills the audit log: at start from the feed setting, later through the control port."""

import base64
import secrets
from pathlib import Path
from typing import Any

from sandbox.github import corpus
from sandbox.github.event_store import Event, make_event
from sandbox.github.generator import Plan, generate
from sandbox.world import World

DEFAULT_COUNT = 1000
DEFAULT_SPAN_S = 3 * 86_400
PLAN_KEYS = ("count", "start_ms", "end_ms", "seed", "git_share", "quirks", "large_bytes")


def fill(world: World) -> None:
    """Load the configured feed; without the corpus the generator takes its place."""
    feed = world.config.feed
    end_ms = world.clock.now_ms()
    span_ms = int(feed.get("span_s", DEFAULT_SPAN_S) * 1000)
    start_ms = end_ms - span_ms
    if feed["kind"] == "none":
        return
    if feed["kind"] == "corpus":
        folder = Path(world.config.corpus)
        found = corpus.events(folder, start_ms, end_ms, feed.get("count"), feed.get("seed", 1))
        if found:
            world.add_events(found)
            return
    window = {"start_ms": start_ms, "end_ms": end_ms}
    add_generated(world, {"count": DEFAULT_COUNT} | window | feed)


def add_generated(world: World, values: dict[str, Any]) -> int:
    """Generate events and add them; return how many."""
    config = world.config
    chosen = {name: values[name] for name in PLAN_KEYS if name in values}
    plan = Plan(
        **chosen,
        late=tuple((float(share), float(delay)) for share, delay in values.get("late", ())),
        org=config.org,
        org_id=config.org_id,
        business=config.enterprise,
        business_id=config.enterprise_id,
    )
    world.add_events(list(generate(plan)))
    return plan.count


def add_given(world: World, events: list[dict[str, Any]], visible_after_s: float) -> list[str]:
    """Add events as they are; return the document ids under which the log orders them.

    An event without a time is indexed at now, one without an id under an id of its own that
    the event does not show.
    """
    now = world.clock.now()
    made = [_given(event, now, visible_after_s) for event in events]
    world.add_events(made)
    return [event.document_id for event in made]


def _given(value: dict[str, Any], now: float, visible_after_s: float) -> Event:
    stamp = value.get("@timestamp", value.get("created_at"))
    at_ms = stamp if isinstance(stamp, int) else int(now * 1000)
    document_id = value.get("_document_id")
    if not isinstance(document_id, str) or not document_id:
        document_id = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
    return make_event(value, at_ms, document_id, now + visible_after_s)
