"""The audit log of the organisation and of the enterprise."""

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.cursor import Position, decode, encode
from sandbox.github.errors import NOT_FOUND, ROWS
from sandbox.github.event_store import Page, Query
from sandbox.github.links import cursor_links, page_links
from sandbox.github.page_faults import PageContext, apply_page_fault
from sandbox.github.phrase import parse
from sandbox.router import Router
from sandbox.wire import JSON_TYPE, Answer

ROUTER = Router()
DAY_MS = 86_400_000
MAX_PER_PAGE = 100
DEFAULT_PER_PAGE = 30
ORG = {
    "scopes": ("read:audit_log",),
    "permission": "organization_administration=read",
    "owner": True,
    "resource": "audit_log",
    "conditional": False,
}
# Enterprise: an owner's classic token. An app's installation on the enterprise is accepted when
# it has the permission, since GitHub's own sources disagree about it.
ENTERPRISE = {
    "scopes": ("read:audit_log",),
    "permission": "enterprise_administration=read",
    "resource": "audit_log",
    "kinds": ("classic", "oauth", "installation"),
    "conditional": False,
    "denied": "E13",
}


@ROUTER.route("GET /orgs/{org}/audit-log", **ORG)
@ROUTER.route("GET /organizations/{org}/audit-log", **ORG)
def organization_audit_log(call: Call) -> Answer:
    """Answer the organisation's audit log; the name is not case sensitive."""
    config = call.world.config
    name = call.request.parameters["org"]
    plan_is_enough = config.plan == "enterprise" or config.ghes
    if name.lower() not in {config.org.lower(), str(config.org_id)} or not plan_is_enough:
        raise refused(call, NOT_FOUND)
    return _answer(call, f"/organizations/{config.org_id}/audit-log", numbered=config.ghes)


@ROUTER.route("GET /enterprises/{enterprise}/audit-log", **ENTERPRISE)
def enterprise_audit_log(call: Call) -> Answer:
    """Answer the enterprise's audit log, which also knows page numbers."""
    config = call.world.config
    name = call.request.parameters["enterprise"]
    if name.lower() not in {config.enterprise.lower(), str(config.enterprise_id)}:
        raise refused(call, NOT_FOUND)
    if call.credential.kind != "installation" and not call.credential.enterprise_owner:
        raise refused(call, ROWS["E13"])
    return _answer(call, f"/enterprises/{config.enterprise_id}/audit-log", numbered=True)


def _answer(call: Call, path: str, *, numbered: bool) -> Answer:
    arguments = call.request.arguments()
    values = dict(arguments)
    page_number = _number(values.get("page", ""), 1) if numbered else 1
    query = _query(call, values, page_number)
    page = call.world.store.select(query)
    url = f"{call.world.api_url}{path}"
    if numbered and "page" in values and query.after is None and query.before is None:
        links = page_links(url, arguments, page_number, more=page.more)
    else:
        after, before = _neighbours(page, query)
        links = cursor_links(url, arguments, after, before)
    context = PageContext(url, arguments, query, page, links)
    apply_page_fault(call, context)
    call.world.tally.show(context.page.events, call.request.at)
    body = b"[" + b",".join([event.body for event in context.page.events]) + b"]"
    headers = [("Content-Type", JSON_TYPE)]
    if context.links:
        headers.append(("Link", context.links))
    return Answer(200, body, headers)


def _neighbours(page: Page, query: Query) -> tuple[str, str]:
    events = page.events
    after = encode(events[-1].position) if page.more and events else ""
    if page.more and not events and query.before is not None:
        after = encode(query.before)
    before = encode(events[0].position) if page.earlier and events else ""
    return after, before


def _query(call: Call, values: dict[str, str], page_number: int) -> Query:
    config, now_ms = call.world.config, int(call.request.at * 1000)
    phrase = parse(values.get("phrase", ""), epoch_ms=config.epoch_ms_phrase)
    oldest = now_ms - int(config.retention_days * DAY_MS)
    default = now_ms - int(config.default_window_days * DAY_MS), 1 << 62
    low, high = phrase.created or default
    per_page = min(MAX_PER_PAGE, _number(values.get("per_page", ""), DEFAULT_PER_PAGE))
    return Query(
        low_ms=max(low, oldest),
        high_ms=high,
        git_low_ms=now_ms - int(config.git_retention_days * DAY_MS),
        include=values.get("include") or "web",
        phrase=phrase,
        ascending=values.get("order") == "asc",
        limit=per_page,
        now=call.request.at,
        after=_cursor(call, values.get("after", "")),
        before=_cursor(call, values.get("before", "")),
        skip=(page_number - 1) * per_page,
    )


def _cursor(call: Call, text: str) -> Position | None:
    if not text:
        return None
    try:
        return decode(text)
    except ValueError:
        # Which status GitHub gives is not recorded; a client must cope with any 4xx here.
        row = ROWS["E35"]
        raise refused(call, row, {"status": 400, "message": "Invalid cursor"}) from None


def _number(text: str, default: int) -> int:
    return int(text) if text.isdigit() and int(text) > 0 else default
