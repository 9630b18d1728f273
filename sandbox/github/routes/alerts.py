"""Security alerts of the three products, as each of them pages and changes."""

import base64
from collections.abc import Sequence
from typing import Any

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND
from sandbox.github.estate.security import change_alert, shown
from sandbox.github.estate.shapes import Shape
from sandbox.github.links import cursor_links
from sandbox.github.routes.finding import (
    body_of,
    estate_of,
    in_org,
    invalid,
    paged,
    repository_of,
    said,
)
from sandbox.router import Router
from sandbox.wire import Answer, json_answer

ROUTER = Router()
KEYS = {
    "secret-scanning": "secret_scanning_alerts",
    "code-scanning": "security_events",
    "dependabot": "vulnerability_alerts",
}
SCOPES = ("security_events",)
OFF = {
    "secret-scanning": (404, "Secret scanning is disabled on this repository."),
    "code-scanning": (
        403,
        "Advanced Security must be enabled for this repository to use code scanning.",
    ),
    "dependabot": (403, "Dependabot alerts are disabled for this repository."),
}
CLOSED = {"secret-scanning": "resolved", "code-scanning": "dismissed", "dependabot": "dismissed"}
REASONS = {
    "secret-scanning": {"false_positive", "wont_fix", "revoked", "used_in_tests"},
    "code-scanning": {"false positive", "won't fix", "used in tests", "mitigated"},
    "dependabot": {"fix_started", "inaccurate", "no_bandwidth", "not_used", "tolerable_risk"},
}
PAGE = "/alerts"


def _product(call: Call) -> str:
    product = next(name for name in KEYS if f"/{name}/alerts" in call.request.path)
    if product in estate_of(call).off:
        status, message = OFF[product]
        raise said(call, status, message)
    return product


def _alerts(call: Call, repository: str = "") -> list[Shape]:
    product = _product(call)
    held = estate_of(call).alerts[product].items()
    states = set(filter(None, call.request.argument("state").split(",")))
    found = [
        alert
        for (name, _), alert in held
        if repository in {"", name} and (not states or alert["state"] in states)
    ]
    field = "_at" if call.request.argument("sort") == "updated" else "created_at"
    backwards = call.request.argument("direction") != "asc"
    return sorted(
        found,
        key=lambda one: (one[field], *one["_place"]),
        reverse=backwards,
    )


def _list(call: Call, repository: str = "") -> Answer:
    product = _product(call)
    found = _alerts(call, repository)
    hide = call.request.argument("hide_secret") == "true"

    def out(alert: Shape) -> Shape:
        return shown(alert, with_repository=not repository, hide_secret=hide)

    given = dict(call.request.arguments())
    if product == "dependabot":
        if "page" in given:
            raise said(call, 400, "Pagination using the `page` parameter is not supported.")
        return _by_cursor(call, [(_mark(alert), out(alert)) for alert in found])
    if given.get("after") or given.get("before"):
        return _by_cursor(call, [(_mark(alert), out(alert)) for alert in found])
    return paged(call, found, shape=out)


def _mark(alert: Shape) -> str:
    text = "|".join(map(str, (alert["_at"], *alert["_place"])))
    return base64.b64encode(text.encode()).decode()


def _place(mark: str) -> tuple[float, int, int]:
    at_s, repository, number = base64.b64decode(mark).decode().split("|")
    return float(at_s), int(repository), int(number)


def _by_cursor(call: Call, rows: Sequence[tuple[str, Any]]) -> Answer:
    given = dict(call.request.arguments())
    size = min(100, int(given.get("per_page") or 30))
    after = given.get("after", "")
    if after:
        # The cursor holds the sort key, so it stays good when its entry has moved on.
        descending = given.get("direction", "desc") != "asc"
        place = _place(after)
        rows = [
            row
            for row in rows
            if (_place(row[0]) < place if descending else _place(row[0]) > place)
        ]
    part = rows[:size]
    answer = json_answer(200, [row for _, row in part])
    url = call.world.urls["github_origin"] + call.request.path
    more = part[-1][0] if len(rows) > size else ""
    links = cursor_links(
        url, [pair for pair in call.request.arguments() if pair[0] != "before"], more, ""
    )
    if links:
        answer.put("Link", links)
    return answer


def _register(product: str) -> None:
    read = {"scopes": SCOPES, "permission": f"{KEYS[product]}=read"}
    write = {"scopes": SCOPES, "permission": f"{KEYS[product]}=write"}
    base = f"/repos/{{owner}}/{{repo}}/{product}{PAGE}"
    ROUTER.route(f"GET /enterprises/{{enterprise}}/{product}{PAGE}", **read)(of_enterprise)
    ROUTER.route(f"GET /orgs/{{org}}/{product}{PAGE}", **read)(of_organization)
    ROUTER.route(f"GET {base}", **read)(of_repository)
    ROUTER.route(f"GET {base}/{{alert_number}}", **read)(one)
    ROUTER.route(f"PATCH {base}/{{alert_number}}", **write)(update)


def of_organization(call: Call) -> Answer:
    """Answer the alerts of every repository."""
    in_org(call)
    return _list(call)


def of_enterprise(call: Call) -> Answer:
    """Answer the alerts of the enterprise, which has one organisation."""
    if call.request.parameters["enterprise"].lower() != call.world.config.enterprise.lower():
        raise refused(call, NOT_FOUND)
    return _list(call)


def of_repository(call: Call) -> Answer:
    """Answer the alerts of one repository."""
    return _list(call, str(repository_of(call).facts["name"]))


def _alert(call: Call) -> Shape:
    product, repository = _product(call), repository_of(call)
    text = call.request.parameters["alert_number"]
    key = (str(repository.facts["name"]), int(text) if text.isdecimal() else 0)
    held = estate_of(call).alerts[product]
    if key not in held:
        raise refused(call, NOT_FOUND)
    return held[key]


def one(call: Call) -> Answer:
    """Answer one alert."""
    hide = call.request.argument("hide_secret") == "true"
    return json_answer(200, shown(_alert(call), with_repository=False, hide_secret=hide))


def update(call: Call) -> Answer:
    """Close an alert with a reason, or open it again."""
    product, alert, body = _product(call), _alert(call), body_of(call)
    state = body.get("state")
    if state not in {"open", CLOSED[product]}:
        raise invalid(call, "Alert", "state")
    reason = "resolution" if product == "secret-scanning" else "dismissed_reason"
    if state != "open" and body.get(reason) not in REASONS[product]:
        raise invalid(call, "Alert", reason)
    name = str(alert["repository"]["name"])
    at_s = call.world.clock.now()
    changed = change_alert(estate_of(call), product, name, alert["number"], at_s, body)
    return json_answer(200, shown(changed, with_repository=False, hide_secret=False))


@ROUTER.route(
    "GET /repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}/locations",
    scopes=SCOPES,
    permission="secret_scanning_alerts=read",
)
def locations(call: Call) -> Answer:
    """Answer where a secret was found."""
    alert = _alert(call)
    url = alert["repository"]["url"]
    place = {
        "path": "/config.ini", "start_line": 1, "end_line": 1, "start_column": 1, "end_column": 37,
        "blob_sha": "af5626b4a114abcb82d63db7c8082c3c4756e51b", "blob_url": f"{url}/git/blobs/af56",
        "commit_sha": "f14d7debf9775f957cf4f1e8176da0786431f72b",
        "commit_url": f"{url}/git/commits/f14d", "html_url": "https://github.com/acme/payments",
    }  # fmt: skip
    return paged(call, [{"type": "commit", "details": place}])


for _name in KEYS:
    _register(_name)
