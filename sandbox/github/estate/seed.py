"""The estate as it is at the start. Tests rely on these names and numbers."""

from sandbox.github.accounts import organization_account, simple_user
from sandbox.github.estate import events, security
from sandbox.github.estate.contents import seed_contents
from sandbox.github.estate.shapes import (
    CREATED,
    Shape,
    commit,
    full_repository,
    minimal_repository,
    profile,
    sha_of,
    user_number,
)
from sandbox.github.estate.state import Estate, RepositoryState, TeamState
from sandbox.world import World

PEOPLE = (
    "octo-admin", "second-owner", "dev-one", "dev-two", "team-only", "invited-one", "invited-two",
    "ext-one", "ext-two", "stranger-one", "monalisa",
)  # fmt: skip
REPOSITORIES = (
    ("payments", 9001, "private", False),
    ("website", 9002, "public", False),
    ("infra", 9003, "internal", False),
    ("legacy", 9004, "private", True),
)


def seed(world: World) -> Estate:
    """Return the estate of a new sandbox."""
    estate = Estate()
    for login in PEOPLE:
        estate.users[login] = simple_user(world, login, user_number(login))
    _people(estate, world)
    _teams(estate, world)
    owner = organization_account(world)
    for name, number, visibility, archived in REPOSITORIES:
        short = minimal_repository(world.api_url, owner, name, number, visibility)
        facts = full_repository(short, visibility, archived=archived)
        estate.repositories[name] = RepositoryState(facts, short)
    estate.renamed["old-name"] = "payments"
    payments = estate.repositories["payments"]
    estate.repositories["website"].collaborators["ext-two"] = "pull"
    _automation(estate, payments, world)
    _access(estate, payments, world)
    seed_contents(payments, world)
    for text in ("first commit", "second commit"):
        made = commit(world.api_url, payments.short, estate.users["dev-one"], text)
        payments.commits[made["sha"]] = made
    payments.commits["main"] = payments.commits[sha_of("second commit")]
    security.seed_alerts(estate, world)
    events.seed_events(estate, world)
    return estate


def _people(estate: Estate, world: World) -> None:
    for login, role in (("octo-admin", "admin"), ("second-owner", "admin"), ("dev-one", "member"),
                        ("dev-two", "member"), ("team-only", "member")):  # fmt: skip
        estate.members[login] = {"role": role, "state": "active", "direct": login != "team-only",
                                 "two_factor": login != "dev-two"}  # fmt: skip
    estate.members["invited-one"] = {"role": "member", "state": "pending", "direct": True,
                                     "two_factor": True}  # fmt: skip
    estate.outside += ["ext-one", "ext-two"]
    estate.invitations[7001] = {
        "id": 7001, "login": "invited-one", "email": None, "role": "direct_member",
        "created_at": CREATED, "inviter": estate.users["octo-admin"], "team_count": 0,
        "node_id": "OI_7001", "failed_at": None, "failed_reason": None,
        "invitation_teams_url": f"{world.api_url}/organizations/1/invitations/7001/teams",
        "invitation_source": "member",
    }  # fmt: skip
    estate.user_keys["dev-one"] = {
        "keys": [{"id": 1, "key": "ssh-ed25519 AAAAfake", "created_at": CREATED}],
        "ssh_signing_keys": [
            {"id": 2, "key": "ssh-ed25519 AAAAsign", "title": "laptop", "created_at": CREATED}
        ],
        "gpg_keys": [{
            "id": 3, "primary_key_id": None, "key_id": "3262EFF25BA0D270", "public_key": "xsBN",
            "emails": [], "subkeys": [], "can_sign": True, "can_encrypt_comms": False,
            "can_encrypt_storage": False, "can_certify": True, "created_at": CREATED,
            "expires_at": None, "revoked": False, "raw_key": None, "name": "laptop",
        }],
    }  # fmt: skip


def _teams(estate: Estate, world: World) -> None:
    members = {
        "platform": {"dev-one": "maintainer", "dev-two": "member"},
        "security": {"second-owner": "maintainer"},
        "idp-synced": {"dev-two": "member"},
    }
    for number, (slug, people) in enumerate(members.items(), 11):
        url = f"{world.api_url}/organizations/{world.config.org_id}/team/{number}"
        team = {
            "id": number, "node_id": f"T_{number}", "name": slug.title(), "slug": slug,
            "description": None, "permission": "pull", "privacy": "closed", "url": url,
            "html_url": f"https://github.com/orgs/{world.config.org}/teams/{slug}",
            "members_url": f"{url}/members{{/member}}", "repositories_url": f"{url}/repos",
            "type": "organization", "organization_id": world.config.org_id, "parent": None,
        }  # fmt: skip
        estate.teams[slug] = TeamState(team, dict(people), synced=slug == "idp-synced")


def runner(number: int, name: str, *, busy: bool) -> Shape:
    """Return a self-hosted runner."""
    return {"id": number, "name": name, "os": "linux", "status": "online", "busy": busy,
            "labels": [{"id": 5, "name": "self-hosted", "type": "read-only"}]}  # fmt: skip


def _automation(estate: Estate, payments: RepositoryState, world: World) -> None:
    url = payments.short["url"]
    for number, file in ((301, "ci.yml"), (302, "deploy.yml")):
        path = f".github/workflows/{file}"
        payments.workflows[number] = {
            "id": number, "node_id": f"W_{number}", "name": file.removesuffix(".yml"),
            "path": path, "state": "active", "created_at": CREATED, "updated_at": CREATED,
            "url": f"{url}/actions/workflows/{number}", "html_url": "https://github.com/w",
            "badge_url": "https://github.com/b",
        }  # fmt: skip
    runs = ((4001, "in_progress", "dev-one", "main"), (4002, "queued", "ext-one", "feature/x"),
            (4003, "completed", "dev-one", "main"), (4004, "in_progress", "dev-one", "main"))  # fmt: skip
    tails = ("jobs", "logs", "check_suite", "artifacts", "cancel", "rerun")
    for number, status, login, branch in runs:
        payments.runs[number] = {
            "id": number, "name": "ci", "node_id": f"WR_{number}", "head_branch": branch,
            "head_sha": sha_of("second commit"), "path": ".github/workflows/ci.yml",
            "run_number": number - 4000, "event": "push", "display_title": "second commit",
            "status": status, "conclusion": "success" if status == "completed" else None,
            "workflow_id": 301, "url": f"{url}/actions/runs/{number}", "pull_requests": [],
            "created_at": CREATED, "updated_at": CREATED, "actor": estate.users[login],
            "triggering_actor": estate.users[login], "run_attempt": 1, "run_started_at": CREATED,
            "head_commit": None, "repository": payments.short, "head_repository": payments.short,
            "html_url": f"{payments.short['html_url']}/actions/runs/{number}",
            "workflow_url": f"{url}/actions/workflows/301",
            **{f"{tail}_url": f"{url}/actions/runs/{number}/{tail}" for tail in tails},
        }  # fmt: skip
    payments.stubborn.add(4004)
    estate.runners = {801: runner(801, "idle", busy=False), 802: runner(802, "busy", busy=True)}
    payments.runners = {811: runner(811, "repository", busy=False)}
    for number, active in ((601, True), (602, False)):
        payments.hooks[number] = hook(number, f"{url}/hooks/{number}", active=active)
    for number in (651, 652):
        address = f"{world.api_url}/orgs/{world.config.org}/hooks/{number}"
        estate.hooks[number] = hook(number, address, active=True)


def hook(number: int, url: str, *, active: bool) -> Shape:
    """Return a webhook; GitHub masks its secret."""
    return {
        "type": "Repository", "id": number, "name": "web", "active": active, "events": ["push"],
        "config": {"url": "https://hooks.example.test/in", "content_type": "json",
                   "insecure_ssl": "0", "secret": "********"},
        "updated_at": CREATED, "created_at": CREATED, "url": url, "test_url": f"{url}/test",
        "ping_url": f"{url}/pings", "deliveries_url": f"{url}/deliveries",
        "last_response": {"code": 200, "status": "active", "message": "OK"},
    }  # fmt: skip


def _access(estate: Estate, payments: RepositoryState, world: World) -> None:
    payments.collaborators |= {"octo-admin": "admin", "dev-one": "push", "ext-one": "push"}
    for number, read_only in ((501, True), (502, False)):
        payments.keys[number] = {
            "id": number, "key": f"ssh-ed25519 AAAAdeploy{number}", "title": f"deploy {number}",
            "url": f"{payments.short['url']}/keys/{number}", "verified": True, "enabled": True,
            "created_at": CREATED, "read_only": read_only, "added_by": "dev-one",
            "last_used": CREATED,
        }  # fmt: skip
    payments.invitations[7101] = {
        "id": 7101, "repository": payments.short, "invitee": estate.users["invited-two"],
        "inviter": estate.users["ext-one"], "permissions": "write", "created_at": CREATED,
        "url": f"{payments.short['url']}/invitations/7101", "node_id": "RI_7101",
        "html_url": "https://github.com/invitations", "expired": False,
    }  # fmt: skip
    base = f"{world.api_url}/organizations/{world.config.org_id}"
    for number, login in ((901, "dev-one"), (902, "dev-two")):
        estate.grants[number] = {
            "id": number, "owner": estate.users[login], "repository_selection": "all",
            "repositories_url": f"{base}/personal-access-tokens/{number}/repositories",
            "permissions": {"organization": {}, "repository": {"contents": "read"}, "other": {}},
            "access_granted_at": CREATED, "token_id": 97_100 + number,
            "token_name": f"{login} laptop", "token_expired": False, "token_expires_at": None,
            "token_last_used_at": None,
        }  # fmt: skip
    estate.grants[901]["token_id"], estate.grants[902]["token_id"] = 98001, 98002
    for number, login, kind in (
        (161195, "dev-one", "personal access token"),
        (161196, "dev-one", "SSH key"),
        (161197, "dev-two", "personal access token"),
    ):
        estate.credentials[number] = {
            "login": login, "credential_id": number, "credential_type": kind,
            "credential_authorized_at": CREATED, "credential_accessed_at": None,
            "authorized_credential_id": number + 1, "authorized_credential_title": None,
            "authorized_credential_note": None, "authorized_credential_expires_at": None,
            "token_last_eight": "12345678", "scopes": ["repo"],
        }  # fmt: skip


def profile_of(user: Shape) -> Shape:
    """Return the long form of a user."""
    return profile(user)
