"""What is asked: a route with its values, ready to be sent. Sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from github_modules.github.address import Address
from github_modules.github.rate_limit import Lane
from github_modules.github.route import encode_query, fill


class Options(TypedDict, total=False):
    """What a request may say beyond its route."""

    variables: Mapping[str, object] | None
    params: Mapping[str, object] | None
    json: object
    lane: Lane
    anonymous: bool
    idempotent: bool
    expect: tuple[int, ...]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """One request before credential and headers. `expect` holds error statuses that are answers."""

    route: str
    method: str
    url: str
    json: object = None
    lane: Lane = Lane.ACTION
    anonymous: bool = False
    idempotent: bool = False
    expect: tuple[int, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def build_call(address: Address, route: str, **options: Unpack[Options]) -> Call:
    """Return the request that a route and its options mean.

    Raises:
        ValueError: the variables do not fit the route.
        ValidationFailedError: a variable is empty.
    """
    method, path = fill(route, options.get("variables") or {})
    return Call(
        route,
        method,
        address.url(path) + encode_query(options.get("params") or {}),
        json=options.get("json"),
        lane=options.get("lane", Lane.ACTION),
        anonymous=options.get("anonymous", False),
        idempotent=options.get("idempotent", False),
        expect=options.get("expect", ()),
        headers=options.get("headers", {}),
    )
