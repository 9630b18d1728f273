"""The organisation remembers what is done to it, and refuses what GitHub refuses."""

import pytest

from tests.sandbox.estate_calls import ORG, REPO, status


def test_a_blocked_user_stays_blocked_until_unblocked(call, estate):
    """Block, look, list, unblock; a member cannot be blocked."""
    path = f"{ORG}/blocks/stranger-one"
    assert status(call, "GET", path) == 404
    assert [status(call, "PUT", path) for _ in range(2)] == [204, 204]
    assert status(call, "GET", path) == 204
    assert [item["login"] for item in call("GET", f"{ORG}/blocks").json()] == ["stranger-one"]
    assert estate.estate()["blocked"] == ["stranger-one"]
    assert status(call, "DELETE", path) == 204
    assert status(call, "GET", path) == 404
    assert status(call, "PUT", f"{ORG}/blocks/dev-one") == 422


def test_ghes_has_no_blocks(call, estate):
    """What is not on the server answers 404, whatever the rights."""
    estate.settings(ghes=True)
    assert status(call, "GET", f"/api/v3{ORG}/blocks") == 404


def test_a_removed_member_is_gone(call, estate):
    """Membership and teams end; the enterprise team's member survives."""
    path = f"{ORG}/memberships/dev-one"
    assert call("GET", path).json()["state"] == "active"
    assert status(call, "DELETE", path) == 204
    assert status(call, "GET", path) == 404
    assert status(call, "DELETE", path) == 404
    assert "dev-one" not in estate.estate()["teams"]["platform"]
    assert status(call, "DELETE", f"{ORG}/memberships/team-only") == 204
    survivor = call("GET", f"{ORG}/memberships/team-only").json()
    assert survivor["direct_membership"] is False
    assert survivor["enterprise_teams_providing_indirect_membership"] == ["all-staff"]


def test_the_last_owner_cannot_be_removed_or_converted(call):
    """The second owner may go, the last one may not."""
    assert status(call, "DELETE", f"{ORG}/memberships/second-owner") == 204
    assert status(call, "DELETE", f"{ORG}/memberships/octo-admin") == 403
    assert status(call, "PUT", f"{ORG}/outside_collaborators/octo-admin") == 403


def test_a_converted_member_is_an_outside_collaborator(call):
    """The two lists change together; a stranger cannot be converted."""
    path = f"{ORG}/outside_collaborators/dev-one"
    assert status(call, "DELETE", path) == 422
    assert status(call, "PUT", path) == 204
    assert status(call, "GET", f"{ORG}/memberships/dev-one") == 404
    listed = call("GET", f"{ORG}/outside_collaborators").json()
    assert "dev-one" in [item["login"] for item in listed]
    assert status(call, "PUT", f"{ORG}/outside_collaborators/monalisa") == 403


def test_members_are_filtered_by_role_and_second_factor(call):
    """Owners by role; who has no second factor."""
    names = {
        query: [item["login"] for item in call("GET", f"{ORG}/members?{query}").json()]
        for query in ("role=admin", "filter=2fa_disabled")
    }
    assert names == {
        "role=admin": ["octo-admin", "second-owner"],
        "filter=2fa_disabled": ["dev-two"],
    }


def test_a_synchronised_team_refuses_changes(call):
    """The identity provider fills it; another team can be changed and restored."""
    assert status(call, "DELETE", f"{ORG}/teams/idp-synced/memberships/dev-two") == 403
    path = f"{ORG}/teams/platform/memberships/dev-two"
    assert status(call, "DELETE", path) == 204
    assert status(call, "GET", path) == 404
    assert call("PUT", path, {"role": "maintainer"}).json()["role"] == "maintainer"


def test_a_workflow_is_switched_and_runs_go_on(call, estate):
    """Disabling by file name changes the state, not the runs."""
    path = f"{REPO}/actions/workflows"
    assert status(call, "PUT", f"{path}/ci.yml/disable") == 204
    assert call("GET", f"{path}/301").json()["state"] == "disabled_manually"
    assert estate.estate()["repositories"]["payments"]["runs"]["4001"] == "in_progress"
    assert status(call, "PUT", f"{path}/301/enable") == 204
    assert call("GET", f"{path}/301").json()["state"] == "active"


@pytest.mark.parametrize(
    ("run", "answers"), [(4001, [202, 409]), (4002, [202, 409]), (4003, [409, 409])]
)
def test_a_run_is_cancelled_once(call, run, answers):
    """What is over cannot be cancelled: 409."""
    path = f"{REPO}/actions/runs/{run}"
    assert [status(call, "POST", f"{path}/cancel") for _ in answers] == answers
    assert call("GET", path).json()["status"] == "completed"


def test_a_run_that_does_not_react_is_cancelled_by_force(call):
    """409, then 202."""
    path = f"{REPO}/actions/runs/4004"
    assert status(call, "POST", f"{path}/cancel") == 409
    assert status(call, "POST", f"{path}/force-cancel") == 202
    assert call("GET", path).json()["conclusion"] == "cancelled"


def test_runs_are_filtered(call):
    """By actor, branch and status."""
    for query, expected in (
        ("actor=ext-one", [4002]),
        ("branch=feature/x", [4002]),
        ("status=completed", [4003]),
    ):
        found = call("GET", f"{REPO}/actions/runs?{query}").json()
        assert [item["id"] for item in found["workflow_runs"]] == expected


def test_what_is_deleted_is_gone(call):
    """Deploy key, webhook, runner, invitation: 204, then 404; a busy runner stays."""
    for path in (
        f"{REPO}/keys/501",
        f"{REPO}/hooks/601",
        f"{ORG}/hooks/651",
        f"{ORG}/actions/runners/801",
        f"{REPO}/actions/runners/811",
        f"{REPO}/invitations/7101",
        f"{ORG}/invitations/7001",
        f"{ORG}/credential-authorizations/161195",
    ):
        assert [status(call, "DELETE", path) for _ in range(2)] == [204, 404], path
    assert status(call, "DELETE", f"{ORG}/actions/runners/802") == 422


def test_a_webhook_is_disabled_and_its_secret_is_masked(call):
    """Only `active` changes."""
    changed = call("PATCH", f"{REPO}/hooks/601", {"active": False}).json()
    assert changed["active"] is False
    assert changed["config"]["secret"] == "********"
    assert call("GET", f"{REPO}/hooks/601").json()["active"] is False


def test_removing_a_collaborator_takes_the_invitations_that_were_sent(call):
    """ext-one invited invited-two."""
    assert status(call, "DELETE", f"{REPO}/collaborators/ext-one") == 204
    assert status(call, "GET", f"{REPO}/collaborators/ext-one") == 404
    assert call("GET", f"{REPO}/invitations").json() == []


def test_an_archived_repository_takes_only_its_unarchiving(call):
    """Everything else is refused until then."""
    path = "/repos/acme/legacy"
    assert status(call, "PATCH", path, {"visibility": "internal"}) == 403
    assert call("PATCH", path, {"archived": False}).json()["archived"] is False
    changed = call("PATCH", path, {"visibility": "public"}).json()
    assert (changed["visibility"], changed["private"]) == ("public", False)


def test_a_renamed_repository_is_a_redirect_on_the_same_origin(call, estate):
    """301 for reading, 307 for anything else."""
    answer = call("GET", "/repos/acme/old-name/hooks?per_page=1")
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith(f"{estate.github_url}/")
    assert call("GET", answer.headers["Location"]).json()[0]["id"] == 601
    assert status(call, "DELETE", "/repos/acme/old-name/keys/501") == 307


def test_a_ruleset_is_made_once_and_removed(call):
    """The name must be new."""
    body = {"name": "frozen", "enforcement": "active", "rules": [{"type": "deletion"}]}
    made = call("POST", f"{REPO}/rulesets", body)
    assert made.status_code == 201
    assert status(call, "POST", f"{REPO}/rulesets", body) == 422
    assert status(call, "DELETE", f"{REPO}/rulesets/{made.json()['id']}") == 204
    assert call("GET", f"{REPO}/rulesets").json() == []


def test_exposed_credentials_are_revoked_without_a_credential(call, estate):
    """An Authorization header is refused; a revoked token no longer works."""
    body = {"credentials": [estate.token]}
    assert status(call, "POST", "/credentials/revoke", body) == 403
    assert call("POST", "/credentials/revoke", body, token="").status_code == 202
    assert call("GET", "/user", token=estate.token).status_code == 401
    assert call("POST", "/credentials/revoke", {"credentials": []}, token="").status_code == 422
    assert call("POST", "/credentials/revoke", {"credentials": ["x"]}, token="").status_code == 422


def test_credential_authorizations_end_by_kind_and_by_user(call):
    """The SSH key first, then everything; another user's stays."""
    base = f"{ORG}/credential-authorizations"
    kind = {"credential_type": "ssh_key"}
    assert status(call, "POST", f"{base}/dev-one/revoke-credential-type", kind) == 202
    left = call("GET", f"{base}?login=dev-one").json()
    assert [item["credential_id"] for item in left] == [161195]
    wrong = {"credential_type": "passport"}
    assert status(call, "POST", f"{base}/dev-one/revoke-credential-type", wrong) == 422
    assert status(call, "POST", f"{base}/dev-one/revoke") == 202
    assert [item["login"] for item in call("GET", base).json()] == ["dev-two"]


def test_a_token_without_the_right_is_told_which_one(call, estate):
    """The permission and the scope are named in the headers; only an App lists grants."""
    path = f"{ORG}/blocks/monalisa"
    fine = call("PUT", path, token=estate.fine_grained_token)
    assert fine.status_code == 403
    assert fine.headers["X-Accepted-GitHub-Permissions"] == "organization_user_blocking=write"
    classic = call("PUT", path, token=estate.token)
    assert classic.status_code == 404
    assert classic.headers["X-Accepted-OAuth-Scopes"] == "admin:org"
    assert call("PUT", path, token=estate.full_fine_grained_token).status_code == 204
    assert status(call, "GET", f"{ORG}/personal-access-tokens") == 403
