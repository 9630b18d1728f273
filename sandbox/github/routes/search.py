"""Search over the estate; it gives up early when it is told to."""

from sandbox.github.call import Call
from sandbox.github.estate.events import issue
from sandbox.github.estate.shapes import Shape
from sandbox.github.routes.finding import estate_of, invalid, paged
from sandbox.router import Router
from sandbox.wire import Answer

ROUTER = Router()
RULES = {"scopes": ("repo",), "resource": "search"}
MOST = 1_000


def _found(call: Call, items: list[Shape], **facts: str) -> Answer:
    if not call.request.argument("q").strip():
        raise invalid(call, "Search", "q")
    scored = [item | {"score": 1.0} for item in items][:MOST]
    more = facts | {"incomplete_results": estate_of(call).incomplete_search}
    return paged(call, scored, "items", more=more)


@ROUTER.route("GET /search/repositories", permission="metadata=read", **RULES)
def repositories(call: Call) -> Answer:
    """Answer the repositories whose name the query holds."""
    words = call.request.argument("q").split()
    held = [item.facts for item in estate_of(call).repositories.values()]
    return _found(call, [facts for facts in held if any(word in facts["name"] for word in words)])


@ROUTER.route(
    "GET /search/code", permission="contents=read", scopes=("repo",), resource="code_search"
)
def code(call: Call) -> Answer:
    """Answer the files of payments."""
    payments = estate_of(call).repositories["payments"]
    files = [item for item in payments.contents.values() if isinstance(item, dict)]
    names = ("name", "path", "sha", "url", "git_url", "html_url")
    return _found(
        call,
        [{name: file[name] for name in names} | {"repository": payments.short} for file in files],
    )


@ROUTER.route("GET /search/commits", permission="contents=read", **RULES)
def commits(call: Call) -> Answer:
    """Answer the commits of payments whose message the query is part of."""
    payments = estate_of(call).repositories["payments"]
    word = call.request.argument("q").split(" ")[0]
    unique = {item["sha"]: item for item in payments.commits.values()}
    long = {"stats", "files"}
    return _found(call, [
        {name: value for name, value in item.items() if name not in long}
        | {"repository": payments.short, "committer": item["commit"]["committer"]}
        for item in unique.values()
        if word in item["commit"]["message"]
    ])  # fmt: skip


@ROUTER.route("GET /search/issues", permission="issues=read", **RULES)
def issues(call: Call) -> Answer:
    """Answer the issues of all repositories."""
    estate = estate_of(call)
    held = [item for one in estate.repositories.values() for item in one.issues.values()]
    found = held or [issue(estate, "payments", 1, "A question", "")]
    return _found(call, found, search_type="lexical")
