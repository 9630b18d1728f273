"""Users, members, outside collaborators and invitations of the organisation."""

from sandbox.github.accounts import organization_account
from sandbox.github.answers import refused
from sandbox.github.app_routes import installation_body
from sandbox.github.call import Call
from sandbox.github.errors import NOT_FOUND
from sandbox.github.estate.shapes import Shape, profile
from sandbox.github.routes.finding import (
    body_of,
    estate_of,
    in_org,
    invalid,
    login_of,
    number_of,
    paged,
    said,
    user_of,
)
from sandbox.router import Router
from sandbox.wire import Answer, empty_answer, json_answer

ROUTER = Router()
READ = {"scopes": ("read:org",), "permission": "members=read"}
WRITE = {"scopes": ("admin:org",), "permission": "members=write", "owner": True}


@ROUTER.route("GET /users/{username}", auth="any")
def user(call: Call) -> Answer:
    """Answer a profile."""
    return json_answer(200, profile(user_of(call)))


@ROUTER.route("GET /user/{account_id}", auth="any")
def user_by_id(call: Call) -> Answer:
    """Answer a profile by the number of the user."""
    number = call.request.parameters["account_id"]
    for found in estate_of(call).users.values():
        if str(found["id"]) == number:
            return json_answer(200, profile(found))
    raise refused(call, NOT_FOUND)


def membership_body(call: Call, login: str, held: Shape) -> Shape:
    """Return a membership as GitHub describes it."""
    org = organization_account(call.world)
    names = ("login", "id", "node_id", "avatar_url", "url", "repos_url", "events_url")
    short = {name: org[name] for name in names} | {"description": None}
    base = f"{call.world.api_url}/orgs/{org['login']}"
    short |= {f"{name}_url": f"{base}/{name}" for name in ("hooks", "issues", "members")}
    short |= {"public_members_url": f"{base}/public_members", "url": base}
    teams = [] if held["direct"] else ["all-staff"]
    return {
        "url": f"{base}/memberships/{login}", "state": held["state"], "role": held["role"],
        "organization_url": base, "organization": short, "user": estate_of(call).users[login],
        "direct_membership": held["direct"],
        "enterprise_teams_providing_indirect_membership": teams,
    }  # fmt: skip


@ROUTER.route("GET /orgs/{org}/memberships/{username}", **READ)
def membership(call: Call) -> Answer:
    """Answer a membership; 404 for anybody else."""
    in_org(call)
    login = login_of(call)
    held = estate_of(call).members.get(login)
    if held is None:
        raise refused(call, NOT_FOUND)
    return json_answer(200, membership_body(call, login, held))


@ROUTER.route("PUT /orgs/{org}/memberships/{username}", **WRITE)
def set_membership(call: Call) -> Answer:
    """Invite a user, or change the role of a member."""
    in_org(call)
    login = login_of(call)
    role = body_of(call).get("role", "member")
    if role not in {"admin", "member"}:
        raise invalid(call, "Member", "role")
    fresh = {"state": "pending", "direct": True, "two_factor": True}
    held = estate_of(call).members.setdefault(login, fresh)
    held["role"] = role
    return json_answer(200, membership_body(call, login, held))


@ROUTER.route("DELETE /orgs/{org}/memberships/{username}", **WRITE)
def remove_membership(call: Call) -> Answer:
    """Remove a member or a pending one; membership through an enterprise team survives."""
    in_org(call)
    estate, login = estate_of(call), login_of(call)
    held = estate.members.get(login)
    if held is None:
        raise refused(call, NOT_FOUND)
    owners = [name for name, one in estate.members.items() if one["role"] == "admin"]
    if owners == [login]:
        raise said(call, 403, "Cannot remove the last owner of the organization.")
    if held["direct"]:
        _forget(call, login)
    return empty_answer()


def _forget(call: Call, login: str) -> None:
    estate = estate_of(call)
    estate.members.pop(login, None)
    for team in estate.teams.values():
        team.members.pop(login, None)
    if login not in estate.outside:
        for repository in estate.repositories.values():
            repository.collaborators.pop(login, None)
    for number, invitation in list(estate.invitations.items()):
        if invitation["login"] == login:
            del estate.invitations[number]


@ROUTER.route("GET /orgs/{org}/members", **READ)
def members(call: Call) -> Answer:
    """Answer the members; only owners may filter by two-factor posture."""
    in_org(call)
    estate, given = estate_of(call), dict(call.request.arguments())
    posture, role = given.get("filter", "all"), given.get("role", "all")
    if posture != "all" and not call.credential.owner:
        raise invalid(call, "Member", "filter")
    found = [
        estate.users[login]
        for login, held in estate.members.items()
        if held["state"] == "active"
        and role in {"all", held["role"]}
        and (posture == "all" or not held["two_factor"])
    ]
    return paged(call, found)


@ROUTER.route("GET /orgs/{org}/outside_collaborators", **READ)
def outside(call: Call) -> Answer:
    """Answer the outside collaborators."""
    in_org(call)
    estate = estate_of(call)
    return paged(call, [estate.users[login] for login in estate.outside])


@ROUTER.route("PUT /orgs/{org}/outside_collaborators/{username}", **WRITE)
def convert(call: Call) -> Answer:
    """Turn a member into an outside collaborator."""
    in_org(call)
    estate, login = estate_of(call), login_of(call)
    if login not in estate.members:
        raise said(
            call, 403, f"{login} is not a member of the {call.world.config.org} organization."
        )
    owners = [name for name, one in estate.members.items() if one["role"] == "admin"]
    if owners == [login]:
        raise said(call, 403, "Cannot convert the last owner to an outside collaborator")
    estate.outside.append(login)
    _forget(call, login)
    return json_answer(202, {}) if body_of(call).get("async") else empty_answer()


@ROUTER.route("DELETE /orgs/{org}/outside_collaborators/{username}", **WRITE)
def remove_outside(call: Call) -> Answer:
    """Remove an outside collaborator from every repository."""
    in_org(call)
    estate, login = estate_of(call), login_of(call)
    if login in estate.members:
        raise said(
            call,
            422,
            "You cannot specify an organization member to remove as an outside collaborator.",
        )
    if login in estate.outside:
        estate.outside.remove(login)
    for repository in estate.repositories.values():
        repository.collaborators.pop(login, None)
    return empty_answer()


@ROUTER.route("GET /orgs/{org}/invitations", cloud_only=True, **(READ | {"scopes": ("admin:org",)}))
def invitations(call: Call) -> Answer:
    """Answer the pending invitations."""
    in_org(call)
    return paged(call, list(estate_of(call).invitations.values()))


@ROUTER.route("DELETE /orgs/{org}/invitations/{invitation_id}", cloud_only=True, **WRITE)
def cancel_invitation(call: Call) -> Answer:
    """Cancel an invitation."""
    in_org(call)
    estate = estate_of(call)
    invitation = number_of(call, "invitation_id", estate.invitations)
    del estate.invitations[invitation["id"]]
    estate.members.pop(invitation["login"], None)
    return empty_answer()


@ROUTER.route(
    "GET /orgs/{org}/installations",
    scopes=("admin:org",),
    permission="organization_administration=read",
    owner=True,
)
def installations(call: Call) -> Answer:
    """Answer the installed Apps: ours and a stranger's."""
    in_org(call)
    own = installation_body(call, call.world.apps.organization)
    rogue = own | {"id": 52000, "app_id": 777, "app_slug": "rogue-app", "client_id": "Iv23rogue",
                   "permissions": {"contents": "write", "metadata": "read"}}  # fmt: skip
    return paged(call, [own, rogue], "installations")


@ROUTER.route("GET /users/{username}/keys", auth="any")
@ROUTER.route("GET /users/{username}/ssh_signing_keys", auth="any")
@ROUTER.route("GET /users/{username}/gpg_keys", auth="any")
def keys(call: Call) -> Answer:
    """Answer the public keys of a user."""
    kind = call.request.path.rpartition("/")[2]
    return paged(call, estate_of(call).user_keys.get(login_of(call), {}).get(kind, []))
