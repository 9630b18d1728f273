"""Failures on demand: which one meets a request, and what it does to the answer.

Kinds that answer instead of the application leave no effect behind; kinds that spoil an answer
let the application work first, so that data may be accepted although the caller never learns.
Faults on pages (`empty_page`, `short_page`, ...) are carried out by the routes themselves.
"""

import re
import threading
from collections.abc import Callable
from typing import Any

import orjson

from sandbox.wire import Answer, Fault, Request, json_answer

HTML = (
    b"<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head><body>Try again.</body></html>"
)
PAGE_KINDS = {"empty_page", "short_page", "foreign_link", "loop_link"}


class FaultPlan:
    """The planned faults, in the order in which they were planned."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Plan a fault; an unknown kind is refused at once."""
        if fault.kind not in KINDS:
            raise ValueError(f"unknown fault {fault.kind!r}, known: {', '.join(sorted(KINDS))}")
        re.compile(fault.path)
        with self._lock:
            self._faults.append(fault)

    def clear(self, kind: str = "") -> None:
        """Forget the faults of a kind, or all of them."""
        with self._lock:
            self._faults = [item for item in self._faults if kind and item.kind != kind]

    def take(self, target: str, method: str, path: str) -> Fault | None:
        """Return the first fault that is due for a request, and count it."""
        with self._lock:
            for fault in self._faults:
                if _meets(fault, target, method, path) and _due(fault):
                    return fault
        return None


def _meets(fault: Fault, target: str, method: str, path: str) -> bool:
    return (
        (not fault.target or fault.target == target)
        and (not fault.method or fault.method == method)
        and re.search(fault.path, path) is not None
    )


def _due(fault: Fault) -> bool:
    if fault.times is not None and fault.fired >= fault.times:
        return False
    fault.seen += 1
    if fault.seen <= fault.after:
        return False
    fault.fired += 1
    return True


def instead(fault: Fault | None) -> Answer | None:
    """Return the answer of a fault that keeps the application from working."""
    maker = INSTEAD.get(fault.kind) if fault else None
    return maker(fault.options) if maker and fault else None


def spoil(fault: Fault | None, request: Request, answer: Answer) -> Answer:
    """Return the answer as the fault leaves it."""
    change = SPOILERS.get(fault.kind) if fault else None
    if change and fault:
        change(answer, fault.options, request)
    return answer


def _status(options: dict[str, Any]) -> Answer:
    status = int(options["status"])
    headers = dict(options.get("headers", {}))
    body = options.get("body", {"message": options.get("message", "Server Error")})
    if isinstance(body, str):
        return Answer(status, body.encode(), [("Content-Type", "text/plain"), *headers.items()])
    answer = json_answer(status, body)
    for name, value in headers.items():
        answer.put(name, str(value))
    return answer


def _html(options: dict[str, Any]) -> Answer:
    status = int(options.get("status", 200))
    return Answer(status, HTML, [("Content-Type", "text/html; charset=utf-8")])


def _reset(_options: dict[str, Any]) -> Answer:
    answer = Answer(500)
    answer.delivery.reset = True
    return answer


def _redirect(options: dict[str, Any]) -> Answer:
    return Answer(int(options.get("status", 302)), b"", [("Location", str(options["location"]))])


def _stall(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.delivery.stall_s = float(options.get("seconds", 1))


def _lost(answer: Answer, _options: dict[str, Any], _request: Request) -> None:
    answer.delivery.reset = True


def _cut(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.delivery.cut_share = float(options.get("share", 0.5))


def _torn(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.delivery.cut_share = float(options.get("share", 0.5))
    answer.delivery.cut_by_reset = True


def _slow(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.delivery.spread_s = float(options.get("seconds", 1))


def _content_type(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.put("Content-Type", str(options.get("value", "text/plain; charset=utf-8")))


def _headers(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    for name, value in options.get("headers", {}).items():
        answer.put(name, str(value))


def _object(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.body = orjson.dumps(options.get("body", {"message": "Something went wrong"}))


def _broken_json(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    answer.body = answer.body[: int(len(answer.body) * float(options.get("share", 0.5)))]


def _fewer_ids(answer: Answer, options: dict[str, Any], _request: Request) -> None:
    if answer.status == 200:
        ids = orjson.loads(answer.body)["event_ids"]
        kept = ids[: max(0, len(ids) - int(options.get("missing", 1)))]
        answer.body = orjson.dumps({"event_ids": kept})


def _empty_body(answer: Answer, _options: dict[str, Any], _request: Request) -> None:
    answer.body = b""


INSTEAD: dict[str, Callable[[dict[str, Any]], Answer]] = {
    "status": _status,
    "html": _html,
    "reset": _reset,
    "redirect": _redirect,
}
SPOILERS: dict[str, Callable[[Answer, dict[str, Any], Request], None]] = {
    "stall": _stall,
    "lost_answer": _lost,
    "truncated": _cut,
    "reset_mid_body": _torn,
    "slow_body": _slow,
    "content_type": _content_type,
    "headers": _headers,
    "object": _object,
    "broken_json": _broken_json,
    "fewer_ids": _fewer_ids,
    "empty_body": _empty_body,
}
KINDS = {"row", *PAGE_KINDS, *INSTEAD, *SPOILERS}
