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
