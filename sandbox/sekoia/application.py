"""The Sekoia platform on one port: callback, secrets, logs and the intake."""

import gzip
import math
import uuid
import zlib
from typing import Any

import orjson

from sandbox.faults import instead, spoil
from sandbox.identity import Identity, identity_of
from sandbox.router import Router
from sandbox.wire import Answer, Request, json_answer
from sandbox.world import World

ROUTER = Router()
BODY_LIMIT = 10 * 1024 * 1024
EVENT_LIMIT = 250 * 1024
INTAKE_PATHS = {"/batch", "/api/v1/intake-http/batch"}


def target_of(request: Request) -> str:
    """Return which part of the platform a path belongs to."""
    if request.path in INTAKE_PATHS:
        return "intake"
    return request.path.rsplit("/", 1)[-1] or "platform"


class SekoiaApplication:
    """Answers the platform's requests from a world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        answer = instead(request.fault) or self._answer(request)
        answer.put("Date", self.world.clock.http_date())
        return spoil(request.fault, request, answer)

    def _answer(self, request: Request) -> Answer:
        found = ROUTER.find(request.method, request.path)
        if found is None:
            return json_answer(404, {"message": "Not found"})
        route, request.parameters = found
        if route.auth == "token":
            wanted = f"Bearer {self.world.config.platform_token}"
            if request.header("authorization") != wanted:
                return json_answer(401, {"message": "The token is invalid", "code": "T300"})
        try:
            return route.answer(self.world, request)
        except (ValueError, KeyError, TypeError) as error:
            return json_answer(422, {"message": f"The body is invalid: {error}"})


@ROUTER.route("PATCH /callback")
@ROUTER.route("PATCH /callback/{run}")
def update_run(world: World, request: Request) -> Answer:
    """Record the state of an action's run and serve the secrets with it."""
    body = request.json()
    run = request.parameters.get("run", "")
    finished = [
        item
        for item in world.platform.callbacks
        if item["run"] == run and item["body"].get("status") == "finished"
    ]
    if body.get("status") == "finished" and finished:
        return json_answer(409, {"message": "The run is finished already"})
    call = {"method": "PATCH", "at": request.at, "run": run, "body": body}
    world.platform.callbacks.append(call)
    return json_answer(200, {"module_configuration": {"value": world.config.secrets}})


@ROUTER.route("POST /callback")
def trigger_event(world: World, request: Request) -> Answer:
    """Record an event of a trigger."""
    call = {"method": "POST", "at": request.at, "run": "", "body": request.json()}
    world.platform.callbacks.append(call)
    return json_answer(200, {})


@ROUTER.route("GET /secrets")
def secrets(world: World, _request: Request) -> Answer:
    """Serve the configured secrets."""
    config = world.config
    return json_answer(200, {"value": config.secrets, "node_value": config.node_secrets})


@ROUTER.route("POST /logs")
def logs(world: World, request: Request) -> Answer:
    """Record log lines."""
    world.platform.logs.extend(request.json()["logs"])
    return json_answer(200, {})


@ROUTER.route("POST /batch", auth="any")
@ROUTER.route("POST /api/v1/intake-http/batch", auth="any")
def batch(world: World, request: Request) -> Answer:
    """Accept events; the limits are those of the vendor's documentation, in bytes."""
    state = world.platform
    state.largest_body = max(state.largest_body, len(request.body))
    raw = _unpacked(request)
    if len(request.body) > BODY_LIMIT or len(raw) > BODY_LIMIT:
        return json_answer(413, {"message": "Payload too large"})
    body = orjson.loads(raw)
    if body["intake_key"] != world.config.intake_key:
        return json_answer(
            world.config.unknown_intake_key_status, {"message": "The intake key is invalid"}
        )
    texts: list[str] = body["jsons"]
    accepted = [text for text in texts if len(text.encode()) <= EVENT_LIMIT]
    state.rejected += len(texts) - len(accepted)
    if texts and not accepted:
        return json_answer(413, {"message": "Every event is too large"})
    accepted = accepted[: math.ceil(len(accepted) * world.config.intake_takes)]
    with state.lock:
        state.batches += 1
        state.keep(accepted)
    world.tally.arrive([_arrival(text) for text in accepted], request.at)
    return json_answer(200, {"event_ids": [str(uuid.uuid4()) for _ in accepted]})


def _unpacked(request: Request) -> bytes:
    if request.header("content-encoding") != "gzip":
        return request.body
    try:
        return gzip.decompress(request.body)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not a gzip body") from error


def _arrival(text: str) -> tuple[Identity, str]:
    try:
        event: Any = orjson.loads(text)
    except ValueError:
        return identity_of(text), ""
    cut = isinstance(event, dict) and "_truncated" in event
    return identity_of(event), str(event.get("_document_id", "")) if cut else ""
