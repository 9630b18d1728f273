"""What surrounds every application: planned faults, the journal, the memory of waits."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime

from sandbox.github.call import entity_of
from sandbox.journal import fingerprint
from sandbox.server import Application
from sandbox.wire import Answer, Request
from sandbox.world import World

PATIENCE_S = 60.0
LIMITED = {403, 429, 503}


def watched(
    world: World, application: Application, target_of: Callable[[Request], str]
) -> Application:
    """Return an application whose traffic is recorded and may be disturbed."""

    def serve(request: Request) -> Answer:
        request.target = target_of(request)
        request.fault = world.faults.take(request.target, request.method, request.path)
        who = fingerprint(request.header("authorization"))
        scope = entity_of(request.path)
        early = world.journal.must_wait(request.target, who, scope, request.at)
        answer = application(request)
        until, everything = wait_told(answer, request.at)
        if until:
            world.journal.told_to_wait(request.target, who, "" if everything else scope, until)
        world.journal.add(request, answer, early=early)
        return answer

    return serve


def wait_told(answer: Answer, now: float) -> tuple[float, bool]:
    """Return until when an answer tells its caller to wait, and whether for everything."""
    if answer.status not in LIMITED:
        return 0.0, False
    wait = answer.get("retry-after")
    if wait:
        return (now + float(wait) if _is_number(wait) else _date(wait)), True
    if b"secondary rate limit" in answer.body:
        return now + PATIENCE_S, True
    if answer.status != 503 and answer.get("x-ratelimit-remaining") == "0":
        return float(answer.get("x-ratelimit-reset") or 0), False
    return 0.0, False


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _date(text: str) -> float:
    try:
        return parsedate_to_datetime(text).timestamp()
    except ValueError:
        return 0.0
