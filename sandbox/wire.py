"""What passes between the socket and the routes: requests, answers and how to deliver them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from sandbox.json_value import Json

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(slots=True)
class Fault:
    """One planned failure and how often it has met its condition."""

    kind: str
    target: str = ""
    path: str = ""
    method: str = ""
    times: int | None = 1
    after: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    fired: int = 0


@dataclass(slots=True)
class Request:
    """One request as it was read from the socket; header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    at_real: float
    target: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None

    def header(self, name: str) -> str:
        """Return a header's value, or the empty text."""
        return self.headers.get(name.lower(), "")

    def arguments(self) -> list[tuple[str, str]]:
        """Return the query's parameters in their order, empty ones too."""
        return parse_qsl(self.query, keep_blank_values=True)

    def argument(self, name: str) -> str:
        """Return the last value of a query parameter, or the empty text."""
        return dict(self.arguments()).get(name, "")

    def json(self) -> Json:
        """Return the decoded body, or None for an empty one; raise ValueError when broken."""
        return orjson.loads(self.body) if self.body else None


@dataclass(slots=True)
class Delivery:
    """How an answer leaves the socket; the defaults are the honest way."""

    stall_s: float = 0.0
    reset: bool = False
    cut_share: float | None = None
    cut_by_reset: bool = False
    spread_s: float = 0.0


@dataclass(slots=True)
class Answer:
    """One answer before it is written."""

    status: int
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)
    delivery: Delivery = field(default_factory=Delivery)

    def get(self, name: str) -> str:
        """Return a header's value, or the empty text."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    def put(self, name: str, value: str) -> None:
        """Set a header, replacing any of the same name."""
        self.drop(name)
        self.headers.append((name, value))

    def drop(self, name: str) -> None:
        """Remove a header."""
        wanted = name.lower()
        self.headers = [pair for pair in self.headers if pair[0].lower() != wanted]


def json_answer(status: int, value: Json, **headers: str) -> Answer:
    """Return an answer with a JSON body; header keywords use _ for -."""
    pairs = [("Content-Type", JSON_TYPE)]
    pairs += [(name.replace("_", "-"), text) for name, text in headers.items()]
    return Answer(status, orjson.dumps(value), pairs)


def empty_answer(status: int = 204) -> Answer:
    """Return an answer without a body."""
    return Answer(status)
