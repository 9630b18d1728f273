"""Public events and the activity of repositories, newest first."""

from sandbox.github.estate.shapes import Shape, seconds_of, sha_of, stamp
from sandbox.github.estate.state import Estate
from sandbox.world import World

MOST = 300
MINUTE_S = 60


def seed_events(estate: Estate, world: World) -> None:
    """Forty events of dev-one, three hundred of monalisa, some activity in payments."""
    now = world.clock.now()
    for index in range(40):
        kind = ("PushEvent", "IssuesEvent", "WatchEvent", "MemberEvent")[index % 4]
        add_event(estate, world, "website", now - (40 - index) * MINUTE_S, "dev-one", kind)
    for index in range(MOST):
        at_s = now - (MOST - index) * MINUTE_S
        add_event(estate, world, "", at_s, "monalisa", "PushEvent")
    old = dict(estate.user_events["dev-one"][-1])
    old["payload"] = {"push_id": 1, "size": 1, "distinct_size": 1, "ref": "refs/heads/main",
                      "head": sha_of("a"), "before": sha_of("b"), "repository_id": 9002,
                      "commits": [{"sha": sha_of("a"), "message": "old shape"}]}  # fmt: skip
    old["type"] = "PushEvent"
    estate.user_events["dev-one"][-1] = old
    for number, kind in enumerate(("push", "force_push", "branch_creation", "branch_deletion")):
        add_activity(estate, world, "payments", now - (9 - number) * MINUTE_S, "dev-one", kind)


def _payload(estate: Estate, number: int, kind: str) -> Shape:
    if kind == "PushEvent":
        return {"repository_id": 9002, "push_id": number, "ref": "refs/heads/main",
                "head": sha_of(f"head {number}"), "before": sha_of(f"before {number}")}  # fmt: skip
    if kind == "MemberEvent":
        return {"action": "added", "member": estate.users["ext-one"]}
    if kind == "IssuesEvent":
        return {"action": "opened", "issue": issue(estate, "website", 1, "A question", "")}
    return {"action": "started"}


def add_event(
    estate: Estate, world: World, repository: str, at_s: float, login: str, kind: str = "PushEvent"
) -> Shape:
    """Put an event in front of the feeds it belongs to; without a repository, only the user's."""
    number = next(estate.numbers)
    actor = estate.users[login]
    name = f"{world.config.org}/{repository or 'elsewhere'}"
    event = {
        "id": str(number), "type": kind,
        "actor": {"id": actor["id"], "login": login, "display_login": login, "gravatar_id": "",
                  "url": actor["url"], "avatar_url": actor["avatar_url"]},
        "repo": {"id": 9002, "name": name, "url": f"{world.api_url}/repos/{name}"},
        "payload": _payload(estate, number, kind), "public": True, "created_at": stamp(at_s),
        "_at": at_s,
    }  # fmt: skip
    feeds = [estate.user_events.setdefault(login, [])]
    if repository:
        feeds.append(estate.repositories[repository].events)
    for feed in feeds:
        _insert(feed, event)
    return event


def put_event(estate: Estate, repository: str, event: Shape) -> None:
    """Put an event as it is into the feed of a repository, whatever it says of its own."""
    feed = estate.repositories[repository].events
    _insert(feed, event | {"_at": seconds_of(event["created_at"])})


def _insert(feed: list[Shape], event: Shape) -> None:
    feed.insert(0, event)
    feed.sort(key=lambda item: -item["_at"])


def add_activity(
    estate: Estate, world: World, repository: str, at_s: float, login: str, kind: str
) -> Shape:
    """Put an entry in front of a repository's activity."""
    del world
    number = next(estate.numbers)
    entry = {
        "id": number, "node_id": f"PSH_{number}", "before": sha_of(f"before {number}"),
        "after": sha_of(f"after {number}"), "ref": "refs/heads/main", "timestamp": stamp(at_s),
        "activity_type": kind, "actor": estate.users[login], "_at": at_s,
    }  # fmt: skip
    estate.repositories[repository].activity.insert(0, entry)
    return entry


def issue(estate: Estate, repository: str, number: int, title: str, body: str) -> Shape:
    """Return an issue."""
    url = f"{estate.repositories[repository].short['url']}/issues/{number}"
    tails = {"labels_url": "/labels{/name}", "comments_url": "/comments", "events_url": "/events"}
    return {
        "id": 5_000 + number, "node_id": f"I_{number}", "url": url, "number": number,
        "repository_url": estate.repositories[repository].short["url"], "state": "open",
        "html_url": f"https://github.com/acme/{repository}/issues/{number}", "title": title,
        "body": body, "user": estate.users["octo-admin"], "labels": [], "milestone": None,
        "locked": False, "comments": 0, "closed_at": None, "assignee": None, "assignees": [],
        "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z",
        "author_association": "OWNER", "state_reason": None,
        **{name: f"{url}{tail}" for name, tail in tails.items()},
    }  # fmt: skip
