"""The headers that GitHub puts on every answer."""

import hashlib
import itertools
import secrets

from sandbox.github.call import Call
from sandbox.github.rights import ADVERTISED, SCOPED
from sandbox.wire import Answer, Fault

COUNTER = itertools.count(secrets.randbits(24))
EXPOSED = (
    "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining,"
    " X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes,"
    " X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO,"
    " X-GitHub-Request-Id, Deprecation, Sunset"
)
FIXED = [
    ("X-GitHub-Media-Type", "github.v3; format=json"),
    ("Access-Control-Expose-Headers", EXPOSED),
    ("Access-Control-Allow-Origin", "*"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubdomains; preload"),
    ("X-Frame-Options", "deny"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "0"),
    ("Referrer-Policy", "origin-when-cross-origin, strict-origin-when-cross-origin"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP"),
    ("Cache-Control", "private, max-age=60, s-maxage=60"),
]
NOT_GITHUB = {"E31"}


def new_request_id() -> str:
    """Return a request id in GitHub's five-part form."""
    number = next(COUNTER)
    return f"{number & 0xFFFF:04X}:{number >> 8 & 0xFFFFF:X}:{number:X}:{number * 7:X}:{number:08X}"


def finish(call: Call, answer: Answer, fault: Fault | None) -> None:
    """Add GitHub's headers to an answer; a proxy's page gets none of them."""
    row = fault.options.get("row") if fault and fault.kind == "row" else None
    if row in NOT_GITHUB or (fault and fault.kind == "html"):
        answer.put("Server", "proxy")
        return
    _tag(call, answer)
    given = {name.lower() for name, _ in answer.headers}
    for name, value in _headers(call, answer):
        if name.lower() not in given:
            answer.headers.append((name, value))


def _headers(call: Call, answer: Answer) -> list[tuple[str, str]]:
    config, request = call.world.config, call.request
    pairs = [
        ("Server", "GitHub.com"),
        ("Date", call.world.clock.http_date()),
        ("X-GitHub-Request-Id", call.request_id),
        *FIXED,
    ]
    pairs += _limit_headers(call)
    pairs += _right_headers(call)
    version = request.header("x-github-api-version") or "2022-11-28"
    if answer.status not in {400, 410}:
        pairs.append(("X-GitHub-Api-Version-Selected", version))
    if config.ghes:
        pairs.append(("X-GitHub-Enterprise-Version", config.ghes_version))
    return pairs


def _limit_headers(call: Call) -> list[tuple[str, str]]:
    if call.credential.kind == "app":
        # Recorded answers to a JWT carry no rate-limit headers at all.
        return []
    spent = call.spent or call.look()
    return spent.headers() if spent else []


def _right_headers(call: Call) -> list[tuple[str, str]]:
    credential, route = call.credential, call.route
    pairs = []
    if credential.kind in SCOPED:
        pairs.append(("X-OAuth-Scopes", ", ".join(credential.scopes)))
        pairs.append(("X-Accepted-OAuth-Scopes", ", ".join(route.scopes) if route else ""))
    if credential.kind in ADVERTISED and route and route.permission:
        pairs.append(("X-Accepted-GitHub-Permissions", route.permission))
    if credential.expires_at is not None and credential.kind != "installation":
        text = call.world.clock.iso(credential.expires_at)
        stamp = text.replace("T", " ").replace("Z", " UTC")
        pairs.append(("github-authentication-token-expiration", stamp))
    return pairs


def _tag(call: Call, answer: Answer) -> None:
    if answer.status != 200 or call.request.method != "GET":
        return
    # The tag varies with Authorization, so a renewed token never matches an old tag.
    text = call.request.header("authorization").encode() + b"\0" + answer.body
    tag = f'W/"{hashlib.blake2b(text, digest_size=32).hexdigest()}"'
    answer.put("ETag", tag)
    wanted = call.request.header("if-none-match")
    if wanted and tag.removeprefix("W/") in wanted and call.route and call.route.conditional:
        answer.status, answer.body = 304, b""
        call.refund()
        answer.drop("Content-Type")
