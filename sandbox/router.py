"""Routes as decorated functions: `@route("GET /orgs/{org}/audit-log", ...)`.

A route file states what GitHub documents about an endpoint (who may call it, with which scope
or permission, which rate bucket it spends) beside the function that answers it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from sandbox.json_value import Json
from sandbox.wire import Answer

REST = -1
"""The index of routes that end in a name for any number of segments."""


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint and what it asks of its caller."""

    method: str
    segments: tuple[str, ...]
    answer: Callable[..., Answer]
    auth: str = "token"
    scopes: tuple[str, ...] = ()
    permission: str = ""
    owner: bool = False
    kinds: tuple[str, ...] = ("classic", "fine_grained", "installation", "oauth")
    resource: str = "core"
    cloud_only: bool = False
    conditional: bool = True
    docs: str = "rest"
    denied: str = ""


@dataclass(slots=True)
class Router:
    """A table of routes, indexed by method and number of segments."""

    table: dict[tuple[str, int], list[Route]] = field(default_factory=dict)

    def route(self, line: str, **rules: Json) -> Callable[..., Callable[..., Answer]]:
        """Register the decorated function for a line such as "GET /orgs/{org}"."""
        method, _, pattern = line.partition(" ")
        segments = tuple(pattern.split("/")[1:])

        def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
            length = REST if segments[-1].endswith("...}") else len(segments)
            found = self.table.setdefault((method, length), [])
            found.append(Route(method, segments, function, **rules))
            return function

        return register

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route of a path and its parameters; literal segments win over names."""
        parts = path.split("/")[1:]
        best: tuple[Route, dict[str, str]] | None = None
        for candidate in self.table.get((method, len(parts)), []):
            values = _match(candidate.segments, parts)
            if values is not None and (best is None or len(values) < len(best[1])):
                best = candidate, values
        return best or self._find_rest(method, parts)

    def _find_rest(self, method: str, parts: list[str]) -> tuple[Route, dict[str, str]] | None:
        """Try the routes whose last name, such as {path...}, takes one or more segments."""
        for route in self.table.get((method, REST), []):
            head = len(route.segments) - 1
            if len(parts) > head:
                joined = [*parts[:head], "/".join(parts[head:])]
                values = _match(route.segments, joined)
                if values is not None:
                    return route, values
        return None


def _match(segments: tuple[str, ...], parts: list[str]) -> dict[str, str] | None:
    values = {}
    for segment, part in zip(segments, parts, strict=True):
        if segment.startswith("{"):
            if not part:
                return None
            values[segment[1:-1].removesuffix("...")] = unquote(part)
        elif segment != part:
            return None
    return values
