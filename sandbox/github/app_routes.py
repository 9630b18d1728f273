"""The GitHub App's routes: itself, its installations, their tokens."""

from typing import Any

from sandbox.github.accounts import enterprise_account, organization_account
from sandbox.github.answers import refused
from sandbox.github.apps import Installation, grants
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND, ROWS
from sandbox.router import Router
from sandbox.wire import Answer, empty_answer, json_answer

ROUTER = Router()
CREATED = "2026-01-02T03:04:05Z"


def installation_body(call: Call, installation: Installation) -> dict[str, Any]:
    """Return an installation as GitHub describes it."""
    base, app = call.world.api_url, call.world.apps.settings
    enterprise = installation.account == "enterprise"
    account = enterprise_account(call.world) if enterprise else organization_account(call.world)
    number = installation.installation_id
    return {
        "id": number,
        "account": account,
        "repository_selection": "all",
        "access_tokens_url": f"{base}/app/installations/{number}/access_tokens",
        "repositories_url": f"{base}/installation/repositories",
        "html_url": f"https://github.com/organizations/{call.world.config.org}/settings/installations/{number}",
        "app_id": app["app_id"],
        "client_id": app["client_id"],
        "app_slug": app["slug"],
        "target_id": account["id"],
        "target_type": "Enterprise" if enterprise else "Organization",
        "permissions": installation.permissions,
        "events": [],
        "created_at": CREATED,
        "updated_at": CREATED,
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": organization_account(call.world) if installation.suspended_at else None,
        "suspended_at": installation.suspended_at,
    }


@ROUTER.route("GET /app", auth="jwt", resource="none")
def app(call: Call) -> Answer:
    """Answer the app of the JWT."""
    settings = call.world.apps.settings
    return json_answer(
        200,
        {
            "id": settings["app_id"],
            "slug": settings["slug"],
            "client_id": settings["client_id"],
            "node_id": "A_sandbox",
            "owner": organization_account(call.world),
            "name": "Sandbox collector",
            "description": "Reads the audit log",
            "external_url": "https://example.test",
            "html_url": f"https://github.com/apps/{settings['slug']}",
            "created_at": CREATED,
            "updated_at": CREATED,
            "permissions": settings["permissions"],
            "events": [],
            "installations_count": len(call.world.apps.installations()),
        },
    )


@ROUTER.route("GET /app/installations", auth="jwt", resource="none")
def app_installations(call: Call) -> Answer:
    """Answer the app's installations."""
    found = call.world.apps.installations()
    return json_answer(200, [installation_body(call, item) for item in found])


@ROUTER.route("GET /app/installations/{installation_id}", auth="jwt", resource="none")
def app_installation(call: Call) -> Answer:
    """Answer one installation."""
    found = call.world.apps.find(call.request.parameters["installation_id"])
    if found is None:
        raise refused(call, NOT_FOUND)
    return json_answer(200, installation_body(call, found))


@ROUTER.route("GET /orgs/{org}/installation", auth="jwt", resource="none")
def organization_installation(call: Call) -> Answer:
    """Answer the installation on the organisation."""
    world = call.world
    same = call.request.parameters["org"].lower() == world.config.org.lower()
    if not same or world.apps.organization.deleted:
        raise refused(call, NOT_FOUND)
    return json_answer(200, installation_body(call, world.apps.organization))


@ROUTER.route(
    "GET /enterprises/{enterprise}/installation", auth="jwt", resource="none", cloud_only=True
)
def enterprise_installation(call: Call) -> Answer:
    """Answer the installation on the enterprise; absent from GHES."""
    world = call.world
    same = call.request.parameters["enterprise"].lower() == world.config.enterprise.lower()
    if not same or world.apps.enterprise.deleted:
        raise refused(call, NOT_FOUND)
    return json_answer(200, installation_body(call, world.apps.enterprise))


@ROUTER.route(
    "POST /app/installations/{installation_id}/access_tokens", auth="jwt", resource="none"
)
def create_access_token(call: Call) -> Answer:
    """Mint an installation token, or say why not (E9, E10, E11)."""
    apps = call.world.apps
    installation = apps.find(call.request.parameters["installation_id"])
    if installation is None:
        raise refused(call, ROWS["E10"])
    if installation.suspended_at:
        raise refused(call, ROWS["E9"])
    permissions = _wanted(call, installation)
    credential = apps.mint(installation, permissions, call.request.at)
    call.world.tokens.put(credential)
    expires_at = call.request.at + float(apps.settings["token_life_s"])
    body = {
        "token": credential.token,
        "expires_at": call.world.clock.iso(expires_at),
        "permissions": credential.permissions,
        "repository_selection": "all",
    }
    return json_answer(201, body)


def _wanted(call: Call, installation: Installation) -> dict[str, str] | None:
    try:
        body = call.request.json() or {}
    except ValueError:
        row = {"status": 400, "message": "Problems parsing JSON"}
        raise refused(call, ROWS["E34"], row) from None
    permissions: dict[str, str] | None = body.get("permissions")
    if permissions and (
        installation.account == "enterprise" or not grants(installation, permissions)
    ):
        raise refused(call, ROWS["E11"])
    if body.get("repositories") or body.get("repository_ids"):
        message = (
            "There is at least one repository that does not exist or is not accessible"
            " to the parent installation."
        )
        raise refused(call, ROWS["E11"], {"message": message})
    return permissions


@ROUTER.route("DELETE /installation/token", kinds=("installation",))
def revoke_access_token(call: Call) -> Answer:
    """Revoke the token that is used for the call."""
    call.world.tokens.revoke(call.credential.token)
    return empty_answer()
