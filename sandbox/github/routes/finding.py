"""What the routes over the estate share: finding things, pages, refusals, who calls."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from sandbox.github.answers import refused
from sandbox.github.call import Call, RefusalError
from sandbox.github.errors import NOT_FOUND, ROWS
from sandbox.github.estate.shapes import Shape
from sandbox.github.estate.state import Estate, RepositoryState
from sandbox.github.links import link, with_parameters
from sandbox.wire import Answer, json_answer

APP_ONLY = ("installation",)


def estate_of(call: Call) -> Estate:
    """Return the estate of the sandbox."""
    return call.world.estate


def in_org(call: Call) -> None:
    """Refuse another organisation than the sandbox's."""
    if call.request.parameters["org"].lower() != call.world.config.org.lower():
        raise refused(call, NOT_FOUND)


def user_of(call: Call, name: str = "username") -> Shape:
    """Return the user of the path."""
    found = estate_of(call).user(call.request.parameters[name])
    if found is None:
        raise refused(call, NOT_FOUND)
    return found


def login_of(call: Call) -> str:
    """Return the login of the path as its owner writes it."""
    return str(user_of(call)["login"])


def repository_of(call: Call) -> RepositoryState:
    """Return the repository of the path; a renamed one is a redirect."""
    estate, config = estate_of(call), call.world.config
    owner, name = call.request.parameters["owner"], call.request.parameters["repo"]
    if owner.lower() != config.org.lower():
        raise refused(call, NOT_FOUND)
    if name in estate.renamed:
        old, new = f"/{owner}/{name}", f"/{owner}/{estate.renamed[name]}"
        query = f"?{call.request.query}" if call.request.query else ""
        place = f"{call.world.urls['github_origin']}{call.request.path.replace(old, new, 1)}{query}"
        status = 301 if call.request.method == "GET" else 307
        body = {"message": "Moved Permanently", "url": place}
        raise RefusalError(json_answer(status, body, Location=place))
    if name not in estate.repositories:
        raise refused(call, NOT_FOUND)
    return estate.repositories[name]


def number_of(call: Call, name: str, held: dict[int, Shape]) -> Shape:
    """Return the thing of the path by its number."""
    text = call.request.parameters[name]
    if not text.isdecimal() or int(text) not in held:
        raise refused(call, NOT_FOUND)
    return held[int(text)]


def body_of(call: Call) -> Shape:
    """Return the body as an object."""
    try:
        body = call.request.json() or {}
    except orjson.JSONDecodeError:
        raise RefusalError(json_answer(400, {"message": "Problems parsing JSON"})) from None
    if not isinstance(body, dict):
        raise RefusalError(json_answer(400, {"message": "Body should be a JSON object"}))
    return body


def invalid(
    call: Call, resource: str, field: str, message: str = "Validation Failed"
) -> RefusalError:
    """Return the refusal of a field."""
    errors = [{"resource": resource, "field": field, "code": "invalid"}]
    return refused(call, ROWS["E35"], {"message": message, "errors": errors})


def said(call: Call, status: int, message: str) -> RefusalError:
    """Return a refusal with GitHub's words."""
    return refused(call, NOT_FOUND, {"status": status, "message": message})


def paged(
    call: Call,
    items: Sequence[Any],
    key: str = "",
    shape: Callable[[Any], Any] = lambda item: item,
    more: Shape | None = None,
) -> Answer:
    """Return a numbered page of a list, with GitHub's links."""
    given = dict(call.request.arguments())
    size = _whole(given.get("per_page"), 30, 100)
    page = _whole(given.get("page"), 1, 10_000)
    start = (page - 1) * size
    part = [shape(item) for item in items[start : start + size]]
    body: Any = {"total_count": len(items), **(more or {}), key: part} if key else part
    answer = json_answer(200, body)
    last = max(1, -(-len(items) // size))
    links = _links(call, page, last)
    if links:
        answer.put("Link", links)
    return answer


def _links(call: Call, page: int, last: int) -> str:
    url = call.world.urls["github_origin"] + call.request.path
    arguments = call.request.arguments()
    targets: dict[str, int] = {}
    if page < last:
        targets |= {"next": page + 1, "last": last}
    if page > 1:
        targets |= {"prev": page - 1, "first": 1}
    return ", ".join(
        link(url, with_parameters(arguments, page=str(number)), relation)
        for relation, number in targets.items()
    )


def _whole(text: str | None, default: int, most: int) -> int:
    return min(most, max(1, int(text))) if text and text.isdecimal() else default
