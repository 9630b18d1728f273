"""Blocks, fine-grained token grants, single sign-on authorisations, exposed credentials, teams."""

from sandbox.github.answers import refused
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND, ROWS
from sandbox.github.estate.state import TeamState
from sandbox.github.routes.finding import (
    APP_ONLY,
    body_of,
    estate_of,
    in_org,
    invalid,
    login_of,
    number_of,
    paged,
    said,
)
from sandbox.router import Router
from sandbox.wire import Answer, empty_answer, json_answer

ROUTER = Router()
BLOCKS = {"scopes": ("admin:org",), "cloud_only": True}
BLOCK_READ = BLOCKS | {"permission": "organization_user_blocking=read"}
BLOCK_WRITE = BLOCKS | {"permission": "organization_user_blocking=write"}
GRANTS = {"kinds": APP_ONLY, "permission": "organization_personal_access_tokens=read"}
REVOKE_GRANTS = GRANTS | {"permission": "organization_personal_access_tokens=write"}
SSO = {"owner": True, "cloud_only": True}
SSO_READ = SSO | {"scopes": ("read:org",), "permission": "organization_administration=read"}
SSO_WRITE = SSO | {"scopes": ("admin:org",), "permission": "organization_administration=write"}
TEAM_READ = {"scopes": ("read:org",), "permission": "members=read"}
TEAM_WRITE = {"scopes": ("admin:org",), "permission": "members=write"}
TYPES = {
    "classic_pat": "personal access token",
    "fine_grained_pat": "fine-grained personal access token",
    "ssh_key": "SSH key",
    "oauth_app_token": "OAuth app token",
}
PREFIXES = ("ghp_", "github_pat_", "gho_", "ghu_", "ghr_")


@ROUTER.route("GET /orgs/{org}/blocks", **BLOCK_READ)
def blocks(call: Call) -> Answer:
    """Answer the blocked users."""
    in_org(call)
    estate = estate_of(call)
    return paged(call, [estate.users[login] for login in estate.blocked])


@ROUTER.route("GET /orgs/{org}/blocks/{username}", **BLOCK_READ)
def block(call: Call) -> Answer:
    """Answer 204 for a blocked user, 404 for any other."""
    in_org(call)
    if login_of(call) not in estate_of(call).blocked:
        raise refused(call, NOT_FOUND)
    return empty_answer()


@ROUTER.route("PUT /orgs/{org}/blocks/{username}", **BLOCK_WRITE)
def add_block(call: Call) -> Answer:
    """Block a user; a member cannot be blocked."""
    in_org(call)
    estate, login = estate_of(call), login_of(call)
    if login in estate.members:
        raise said(call, 422, "You cannot block a member of the organization.")
    if login not in estate.blocked:
        estate.blocked.append(login)
    return empty_answer()


@ROUTER.route("DELETE /orgs/{org}/blocks/{username}", **BLOCK_WRITE)
def remove_block(call: Call) -> Answer:
    """Lift a block."""
    in_org(call)
    estate, login = estate_of(call), login_of(call)
    if login in estate.blocked:
        estate.blocked.remove(login)
    return empty_answer()


@ROUTER.route("GET /orgs/{org}/personal-access-tokens", **GRANTS)
def grants(call: Call) -> Answer:
    """Answer the fine-grained tokens, filtered by owner and token."""
    in_org(call)
    given = call.request.arguments()
    owners = {value.lower() for name, value in given if name == "owner[]"}
    tokens = {value for name, value in given if name == "token_id[]"}
    found = [
        grant
        for grant in estate_of(call).grants.values()
        if (not owners or grant["owner"]["login"] in owners)
        and (not tokens or str(grant["token_id"]) in tokens)
    ]
    return paged(call, found)


@ROUTER.route("POST /orgs/{org}/personal-access-tokens", **REVOKE_GRANTS)
def revoke_grants(call: Call) -> Answer:
    """Revoke grants in the background."""
    in_org(call)
    body, held = body_of(call), estate_of(call).grants
    numbers = body.get("pat_ids")
    if body.get("action") != "revoke":
        raise invalid(call, "PersonalAccessToken", "action")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise invalid(call, "PersonalAccessToken", "pat_ids")
    for number in numbers:
        held.pop(number, None)
    return json_answer(202, {})


@ROUTER.route("GET /orgs/{org}/credential-authorizations", **SSO_READ)
def credentials(call: Call) -> Answer:
    """Answer the authorised credentials, of one user if asked."""
    in_org(call)
    login = call.request.argument("login").lower()
    held = estate_of(call).credentials.values()
    return paged(call, [item for item in held if not login or item["login"] == login])


@ROUTER.route("DELETE /orgs/{org}/credential-authorizations/{credential_id}", **SSO_WRITE)
def remove_credential(call: Call) -> Answer:
    """End the authorisation of one credential."""
    in_org(call)
    held = estate_of(call).credentials
    del held[number_of(call, "credential_id", held)["credential_id"]]
    return empty_answer()


@ROUTER.route("POST /orgs/{org}/credential-authorizations/{username}/revoke", **SSO_WRITE)
def revoke_all(call: Call) -> Answer:
    """End every authorisation of a user, in the background."""
    return _revoked(call, "")


@ROUTER.route(
    "POST /orgs/{org}/credential-authorizations/{username}/revoke-credential-type", **SSO_WRITE
)
def revoke_type(call: Call) -> Answer:
    """End the authorisations of one kind."""
    kind = body_of(call).get("credential_type")
    if kind not in TYPES:
        raise invalid(call, "CredentialAuthorization", "credential_type")
    return _revoked(call, TYPES[kind])


def _revoked(call: Call, kind: str) -> Answer:
    in_org(call)
    login, held = login_of(call), estate_of(call).credentials
    for number, item in list(held.items()):
        if item["login"] == login and kind in {"", item["credential_type"]}:
            del held[number]
    return json_answer(202, {"message": "The credentials are being revoked."})


@ROUTER.route("POST /credentials/revoke", auth="any", cloud_only=True)
def revoke_exposed(call: Call) -> Answer:
    """Revoke leaked tokens; a credential of the caller is refused."""
    if call.request.header("authorization"):
        raise refused(call, ROWS["E26"])
    given = body_of(call).get("credentials")
    tokens = given if isinstance(given, list) else []
    known = all(str(token).startswith(PREFIXES) for token in tokens)
    if not known or not 1 <= len(tokens) <= 1_000:
        raise invalid(call, "Credential", "credentials")
    estate_of(call).exposed.extend(tokens)
    for token in tokens:
        call.world.tokens.revoke(token)
    return json_answer(202, {})


@ROUTER.route("GET /orgs/{org}/teams", **TEAM_READ)
def teams(call: Call) -> Answer:
    """Answer the teams."""
    in_org(call)
    return paged(call, [held.team for held in estate_of(call).teams.values()])


def _team(call: Call) -> TeamState:
    in_org(call)
    held = estate_of(call).teams.get(call.request.parameters["team_slug"])
    if held is None:
        raise refused(call, NOT_FOUND)
    return held


@ROUTER.route("GET /orgs/{org}/teams/{team_slug}/members", **TEAM_READ)
def team_members(call: Call) -> Answer:
    """Answer who is in a team, by role."""
    team, role = _team(call), call.request.argument("role") or "all"
    people = [login for login, held in team.members.items() if role in {"all", held}]
    return paged(call, [estate_of(call).users[login] for login in people])


@ROUTER.route("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", **TEAM_READ)
def team_membership(call: Call) -> Answer:
    """Answer a membership."""
    team, login = _team(call), login_of(call)
    if login not in team.members:
        raise refused(call, NOT_FOUND)
    return _membership(call, team, login)


@ROUTER.route("PUT /orgs/{org}/teams/{team_slug}/memberships/{username}", **TEAM_WRITE)
def add_team_member(call: Call) -> Answer:
    """Add a user, or change the role."""
    team, login = _changeable(call), login_of(call)
    role = body_of(call).get("role", "member")
    if role not in {"member", "maintainer"}:
        raise invalid(call, "TeamMember", "role")
    team.members[login] = role
    return _membership(call, team, login)


@ROUTER.route("DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}", **TEAM_WRITE)
def remove_team_member(call: Call) -> Answer:
    """Take a user out of a team."""
    team, login = _changeable(call), login_of(call)
    if login not in team.members:
        raise refused(call, NOT_FOUND)
    del team.members[login]
    return empty_answer()


def _changeable(call: Call) -> TeamState:
    team = _team(call)
    if team.synced:
        raise said(call, 403, "Team membership is managed by an identity provider.")
    return team


def _membership(call: Call, team: TeamState, login: str) -> Answer:
    url = f"{call.world.api_url}{call.request.path}"
    return json_answer(200, {"url": url, "role": team.members[login], "state": "active"})
