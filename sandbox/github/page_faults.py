"""Failures that concern a page of a list and its Link header.

They keep the walk complete for a client that follows the rules: an empty or short page links
to the events it held back.
"""

from dataclasses import dataclass, replace
from typing import Any

from sandbox.github.call import Call
from sandbox.github.cursor import Position, encode
from sandbox.github.event_store import Page, Query
from sandbox.github.links import Arguments, cursor_links, link, with_parameters


@dataclass(slots=True)
class PageContext:
    """A page that is about to be sent."""

    url: str
    arguments: Arguments
    query: Query
    page: Page
    links: str


def apply_page_fault(call: Call, context: PageContext) -> None:
    """Change the page as the request's fault says, if it has one of these."""
    fault = call.request.fault
    change = CHANGES.get(fault.kind) if fault else None
    if change is not None and fault is not None and context.page.events:
        change(call, context, fault.options)


def _empty(_call: Call, context: PageContext, _options: dict[str, Any]) -> None:
    after = encode(_just_before(context))
    context.page = replace(context.page, events=[], more=True)
    context.links = cursor_links(context.url, context.arguments, after, "")


def _short(_call: Call, context: PageContext, options: dict[str, Any]) -> None:
    events = context.page.events
    kept = events[: int(options.get("keep", max(1, len(events) // 2)))]
    if len(kept) == len(events):
        return
    after = encode(kept[-1].position)
    context.page = replace(context.page, events=kept, more=True)
    context.links = cursor_links(context.url, context.arguments, after, "")


def _foreign(call: Call, context: PageContext, options: dict[str, Any]) -> None:
    base = str(options.get("base", call.world.urls["foreign"]))
    url = base + context.url.removeprefix(call.world.api_url)
    after = encode(context.page.events[-1].position)
    context.links = cursor_links(url, context.arguments, after, "")


def _loop(_call: Call, context: PageContext, _options: dict[str, Any]) -> None:
    own = dict(context.arguments).get("after") or encode(_just_before(context))
    arguments = with_parameters(context.arguments, after=own, before="")
    context.links = link(context.url, arguments, "next")


def _just_before(context: PageContext) -> Position:
    """Return a position between the request's cursor and the page's first event."""
    at_ms, document_id = context.page.events[0].position
    if not context.query.ascending:
        return at_ms, f"{document_id}-"
    cursor = context.query.after
    if cursor is not None and cursor[0] == at_ms:
        return at_ms, f"{cursor[1]}-"
    return at_ms, ""


CHANGES = {
    "empty_page": _empty,
    "short_page": _short,
    "foreign_link": _foreign,
    "loop_link": _loop,
}
