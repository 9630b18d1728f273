"""The accounts of the sandbox as GitHub writes them inside other objects."""

from typing import Any

from sandbox.world import World

USER_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}


def user_id(login: str) -> int:
    """Return the id of a user: every place derives it from the login in this one way."""
    return 1000 + sum(login.encode())


def user(world: World, login: str) -> dict[str, Any]:
    """Return the short form of a user."""
    return simple_user(world, login, user_id(login))


def simple_user(world: World, login: str, number: int, kind: str = "User") -> dict[str, Any]:
    """Return the short form of a user or organisation."""
    base = f"{world.api_url}/users/{login}"
    return {
        "login": login,
        "id": number,
        "node_id": f"U_{number}",
        "avatar_url": f"https://avatars.example.test/u/{number}",
        "gravatar_id": "",
        "url": base,
        "html_url": f"https://github.com/{login}",
        **{name: f"{base}{tail}" for name, tail in USER_LINKS.items()},
        "type": kind,
        "user_view_type": "public",
        "site_admin": False,
    }


def public_user(world: World, login: str, created_at: str) -> dict[str, Any]:
    """Return the long form of a user, as anybody sees it."""
    return user(world, login) | {
        "name": login,
        "company": None,
        "blog": "",
        "location": None,
        "email": None,
        "hireable": None,
        "bio": None,
        "twitter_username": None,
        "public_repos": 0,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": created_at,
        "updated_at": created_at,
    }


def organization_simple(world: World) -> dict[str, Any]:
    """Return the organisation as memberships show it."""
    config = world.config
    base = f"{world.api_url}/orgs/{config.org}"
    return {
        "login": config.org,
        "id": config.org_id,
        "node_id": f"O_{config.org_id}",
        "url": base,
        "repos_url": f"{base}/repos",
        "events_url": f"{base}/events",
        "hooks_url": f"{base}/hooks",
        "issues_url": f"{base}/issues",
        "members_url": f"{base}/members{{/member}}",
        "public_members_url": f"{base}/public_members{{/member}}",
        "avatar_url": f"https://avatars.example.test/u/{config.org_id}",
        "description": None,
    }


def organization_account(world: World) -> dict[str, Any]:
    """Return the organisation in the short form."""
    return simple_user(world, world.config.org, world.config.org_id, "Organization")


def enterprise_account(world: World) -> dict[str, Any]:
    """Return the enterprise in the short form."""
    config = world.config
    return {
        "id": config.enterprise_id,
        "node_id": f"E_{config.enterprise_id}",
        "name": config.enterprise,
        "slug": config.enterprise,
        "html_url": f"https://github.com/enterprises/{config.enterprise}",
        "website_url": None,
        "description": None,
        "created_at": "2019-05-14T19:31:12Z",
        "updated_at": "2019-05-14T19:31:12Z",
        "avatar_url": f"https://avatars.example.test/b/{config.enterprise_id}",
    }
