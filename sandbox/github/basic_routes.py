"""The routes that a client uses to look around: meta, user, organisation, limits, zen."""

from typing import Any

from sandbox.github.accounts import organization_account, public_user
from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND
from sandbox.router import Router
from sandbox.wire import Answer, json_answer

ROUTER = Router()
ORG_CREATED = "2020-12-29T10:00:00Z"
ORG_LINKS = {
    "repos_url": "repos",
    "events_url": "events",
    "hooks_url": "hooks",
    "issues_url": "issues",
    "members_url": "members{/member}",
    "public_members_url": "public_members{/member}",
}


@ROUTER.route("GET /meta", auth="any")
def meta(call: Call) -> Answer:
    """Answer facts about the server; GHES adds its version."""
    config = call.world.config
    body: dict[str, Any] = {"verifiable_password_authentication": False}
    if config.ghes:
        body["installed_version"] = config.ghes_version
    else:
        body |= {"api": ["127.0.0.1/32"], "web": ["127.0.0.1/32"], "hooks": ["127.0.0.1/32"]}
    return json_answer(200, body)


@ROUTER.route("GET /zen", auth="any")
def zen(_call: Call) -> Answer:
    """Answer a line of plain text."""
    return Answer(
        200, b"Keep it logically awesome.", [("Content-Type", "text/plain;charset=utf-8")]
    )


@ROUTER.route("GET /user", kinds=("classic", "fine_grained", "oauth", "user_token"))
def own_user(call: Call) -> Answer:
    """Answer the token's user; installation tokens have none."""
    login = call.credential.login
    return json_answer(200, public_user(call.world, login, ORG_CREATED))


@ROUTER.route("GET /orgs/{org}", auth="any")
@ROUTER.route("GET /organizations/{org}", auth="any")
def organization(call: Call) -> Answer:
    """Answer the organisation; the plan is shown to owners and installations only."""
    config = call.world.config
    if call.request.parameters["org"].lower() not in {config.org.lower(), str(config.org_id)}:
        raise refused(call, NOT_FOUND)
    account = organization_account(call.world)
    base = f"{call.world.api_url}/orgs/{config.org}"
    body = {name: account[name] for name in ("login", "id", "node_id", "avatar_url", "html_url")}
    body |= {"url": base} | {name: f"{base}/{tail}" for name, tail in ORG_LINKS.items()}
    body |= {
        "description": "",
        "has_organization_projects": True,
        "has_repository_projects": True,
        "public_repos": 3,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "type": "Organization",
        "created_at": ORG_CREATED,
        "updated_at": ORG_CREATED,
        "archived_at": None,
    }
    if call.credential.owner or call.credential.kind == "installation":
        body |= {"plan": {"name": config.plan, "space": 976562499, "private_repos": 999999}}
    return json_answer(200, body)


@ROUTER.route("GET /rate_limit", auth="any", resource="none")
def rate_limit(call: Call) -> Answer:
    """Answer the caller's buckets without spending; the schema has no audit_log entry."""
    limits, who = call.world.limits, call.credential.who
    if limits.settings is None:
        raise refused(call, NOT_FOUND, {"message": "Rate limiting is not enabled."})
    spent = limits.spend(who, "core", "core", call.request.at, cost=0)
    core: dict[str, Any] = {}
    if spent:
        core = {
            "limit": spent.limit,
            "used": spent.used,
            "remaining": spent.limit - spent.used,
            "reset": spent.reset,
        }
    search = {"limit": 30, "used": 0, "remaining": 30, "reset": core["reset"]}
    body: dict[str, Any] = {"resources": {"core": core, "search": search}}
    if call.request.header("x-github-api-version") != "2026-03-10":
        body["rate"] = core
    return json_answer(200, body)
