"""The control port: adds events, plans faults, changes credentials, reports."""

from dataclasses import asdict
from typing import Any

import orjson

from sandbox import feed
from sandbox.config import default_limits
from sandbox.github.errors import CHANGES_GOOD_ANSWER, NOT_AN_ANSWER, ROWS
from sandbox.github.estate import changes
from sandbox.router import Router
from sandbox.wire import Answer, Fault, Request, json_answer
from sandbox.world import World

ROUTER = Router()


class ControlApplication:
    """Answers the tests' own requests; they are not part of the journal."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        found = ROUTER.find(request.method, request.path)
        if found is None:
            return json_answer(404, {"message": "Not found"})
        try:
            return found[0].answer(self.world, request)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return json_answer(400, {"message": f"{type(error).__name__}: {error}"})


@ROUTER.route("POST /events")
def add_events(world: World, request: Request) -> Answer:
    """Add events as they are given."""
    body = request.json()
    ids = feed.add_given(world, body["events"], float(body.get("visible_after_s", 0)))
    return json_answer(200, {"document_ids": ids})


@ROUTER.route("POST /generate")
def generate(world: World, request: Request) -> Answer:
    """Add generated events."""
    return json_answer(200, {"added": feed.add_generated(world, request.json())})


@ROUTER.route("DELETE /events")
def clear_events(world: World, _request: Request) -> Answer:
    """Forget every event and what was forwarded."""
    world.clear_events()
    return json_answer(200, {})


@ROUTER.route("POST /faults")
def add_fault(world: World, request: Request) -> Answer:
    """Plan a fault."""
    fault = Fault(**request.json())
    row = fault.options.get("row")
    if fault.kind == "row" and row not in {*ROWS, *CHANGES_GOOD_ANSWER, *NOT_AN_ANSWER}:
        raise ValueError(f"unknown row {row!r}")
    if fault.kind == "redirect":
        fault.options.setdefault("location", f"{world.urls['foreign']}/elsewhere")
    world.faults.add(fault)
    return json_answer(200, asdict(fault))


@ROUTER.route("DELETE /faults")
def clear_faults(world: World, request: Request) -> Answer:
    """Forget planned faults, all or those of one kind."""
    world.faults.clear(request.argument("kind"))
    return json_answer(200, {})


@ROUTER.route("POST /estate")
def change_estate(world: World, request: Request) -> Answer:
    """Change what the organisation has."""
    return json_answer(200, changes.change(world, request.json()))


@ROUTER.route("GET /estate")
def estate(world: World, _request: Request) -> Answer:
    """Answer what the organisation has, in short."""
    return Answer(200, orjson.dumps(changes.summary(world.estate), option=orjson.OPT_NON_STR_KEYS))


@ROUTER.route("POST /tokens")
def set_token(world: World, request: Request) -> Answer:
    """Create or replace a token."""
    body = request.json()
    world.tokens.set(body.pop("token"), body)
    return json_answer(200, {})


@ROUTER.route("POST /tokens/revoke")
def revoke_token(world: World, request: Request) -> Answer:
    """Revoke a token."""
    return json_answer(200, {"known": world.tokens.revoke(request.json()["token"])})


@ROUTER.route("POST /installation")
def set_installation(world: World, request: Request) -> Answer:
    """Suspend, delete or re-equip an installation."""
    body = request.json()
    found = getattr(world.apps, body.pop("account", "organization"))
    if "suspended" in body:
        now = world.clock.iso(request.at)
        found.suspended_at = now if body.pop("suspended") else None
    for name, value in body.items():
        setattr(found, name, value)
    return json_answer(200, {})


@ROUTER.route("POST /settings")
def change_settings(world: World, request: Request) -> Answer:
    """Change settings of the running sandbox: any configuration key, `rate_limit` and `app` too."""
    body: dict[str, Any] = request.json()
    if "rate_limit" in body:
        limits = body.pop("rate_limit")
        base = world.limits.settings or default_limits()
        world.limits.configure(None if limits is None else base | limits)
        world.journal.forget_waits()
    world.apps.settings.update(body.pop("app", {}))
    for name, value in body.items():
        getattr(world.config, name)
        setattr(world.config, name, value)
    return json_answer(200, {})


@ROUTER.route("GET /requests")
def requests(world: World, request: Request) -> Answer:
    """Return the journal."""
    rows = world.journal.rows(request.argument("target"), request.argument("path_regex"))
    return json_answer(200, rows)


@ROUTER.route("GET /request_count")
def request_count(world: World, request: Request) -> Answer:
    """Return how many requests match."""
    number = world.journal.count(request.argument("target"), request.argument("path_regex"))
    return json_answer(200, {"count": number})


@ROUTER.route("GET /report")
def report(world: World, request: Request) -> Answer:
    """Return how collection went so far."""
    return json_answer(200, world.report(float(request.argument("grace_s") or 0)))


@ROUTER.route("GET /forwarded")
def forwarded(world: World, request: Request) -> Answer:
    """Return the newest events of the intake, as text."""
    limit = int(request.argument("limit") or 100)
    return json_answer(200, list(world.platform.events)[-limit:])


@ROUTER.route("GET /platform")
def platform(world: World, _request: Request) -> Answer:
    """Return callbacks, logs and counters of the platform."""
    state = world.platform
    body = {
        "callbacks": state.callbacks,
        "proxied": world.proxied,
        "logs": list(state.logs),
        "batches": state.batches,
        "rejected": state.rejected,
        "largest_body": state.largest_body,
    }
    return json_answer(200, body)
