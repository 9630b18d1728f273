"""Feeds of events and the activity of repositories, with GitHub's poll interval."""

from collections.abc import Sequence

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND
from sandbox.github.estate.events import MOST
from sandbox.github.estate.shapes import Shape
from sandbox.github.links import cursor_links
from sandbox.github.routes.finding import estate_of, in_org, login_of, paged, repository_of, said
from sandbox.router import Router
from sandbox.wire import Answer, json_answer

ROUTER = Router()
PERIODS_S = {"day": 86_400, "week": 604_800, "month": 2_592_000, "quarter": 7_776_000,
             "year": 31_536_000}  # fmt: skip


def _feed(call: Call, events: Sequence[Shape]) -> Answer:
    given = dict(call.request.arguments())
    page, size = int(given.get("page") or 1), min(100, int(given.get("per_page") or 30))
    if (page - 1) * size >= MOST:
        raise said(
            call,
            422,
            "In order to keep the API fast for everyone, pagination is limited for this resource.",
        )
    now = call.world.clock.now()
    visible = [event for event in events if event["_at"] <= now][:MOST]
    answer = paged(call, visible, shape=_shown)
    answer.put("X-Poll-Interval", str(call.world.config.poll_interval_s))
    return answer


def _shown(event: Shape) -> Shape:
    return {name: value for name, value in event.items() if name != "_at"}


@ROUTER.route("GET /users/{username}/events", auth="any")
@ROUTER.route("GET /users/{username}/events/public", auth="any")
@ROUTER.route("GET /users/{username}/received_events", auth="any")
@ROUTER.route("GET /users/{username}/received_events/public", auth="any")
def user_events(call: Call) -> Answer:
    """Answer what a user did; what a user watches is empty here."""
    received = "received" in call.request.path
    events = estate_of(call).user_events.get(login_of(call), [])
    return _feed(call, [] if received else events)


@ROUTER.route("GET /users/{username}/events/orgs/{org}", kinds=("classic", "fine_grained"))
def user_org_events(call: Call) -> Answer:
    """Answer the dashboard of the caller; nobody else's, and no App's."""
    in_org(call)
    if login_of(call).lower() != call.credential.login.lower():
        raise refused(call, NOT_FOUND)
    return _feed(call, _everything(call))


def _everything(call: Call) -> list[Shape]:
    events = [event for held in estate_of(call).repositories.values() for event in held.events]
    return sorted(events, key=lambda event: (-event["_at"], event["id"]))


@ROUTER.route("GET /orgs/{org}/events", auth="any")
def org_events(call: Call) -> Answer:
    """Answer the events of the organisation."""
    in_org(call)
    return _feed(call, _everything(call))


@ROUTER.route("GET /repos/{owner}/{repo}/events", scopes=("repo",), permission="metadata=read")
@ROUTER.route("GET /networks/{owner}/{repo}/events", auth="any")
def repository_events(call: Call) -> Answer:
    """Answer the events of a repository, or of its network."""
    return _feed(call, repository_of(call).events)


@ROUTER.route("GET /repos/{owner}/{repo}/activity", scopes=("repo",), permission="contents=read")
def activity(call: Call) -> Answer:
    """Answer pushes and branch changes, newest first, by cursor."""
    given = dict(call.request.arguments())
    now = call.world.clock.now()
    since = now - PERIODS_S.get(given.get("time_period", ""), now)
    found = [
        entry
        for entry in repository_of(call).activity
        if since <= entry["_at"] <= now
        and given.get("activity_type") in {None, entry["activity_type"]}
        and given.get("actor") in {None, (entry["actor"] or {}).get("login")}
        and given.get("ref") in {None, entry["ref"], entry["ref"].removeprefix("refs/heads/")}
    ]
    return _by_cursor(call, found, given)


def _by_cursor(call: Call, found: Sequence[Shape], given: dict[str, str]) -> Answer:
    size = min(100, int(given.get("per_page") or 30))
    if given.get("after"):
        last = int(given["after"])
        found = [entry for entry in found if entry["id"] < last]
    part = found[:size]
    answer = json_answer(200, [_shown(entry) for entry in part])
    more = str(part[-1]["id"]) if len(found) > size else ""
    url = call.world.urls["github_origin"] + call.request.path
    links = cursor_links(url, call.request.arguments(), more, "")
    if links:
        answer.put("Link", links)
    return answer
