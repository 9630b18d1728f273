"""Credentials: tokens by kind, scopes and permissions, and the App's JWT."""

import time
from http.client import HTTPConnection

import jwt
import pytest
import requests

ENTERPRISE = "/enterprises/acme-inc/audit-log"


@pytest.fixture
def call(shared_sandbox):
    """Call a path with an Authorization header."""

    def send(path, authorization=None, method="GET", **options):
        headers = {"Authorization": authorization} if authorization else {}
        url = shared_sandbox.github_url + path
        return requests.request(method, url, headers=headers, timeout=10, **options)

    return send


@pytest.fixture
def app_jwt(shared_sandbox):
    """Return a maker of JWTs; claims may be changed."""

    def make(key=None, algorithm="RS256", **claims):
        now = int(time.time())
        body = {"iat": now - 60, "exp": now + 540, "iss": shared_sandbox.app_id} | claims
        body = {name: value for name, value in body.items() if value is not None}
        body["iss"] = str(body["iss"])
        token = jwt.encode(body, key or shared_sandbox.app_pem, algorithm)
        return f"Bearer {token}"

    return make


@pytest.mark.parametrize("scheme", ["Bearer", "token", "bearer"])
def test_both_schemes_are_accepted(sandbox, call, scheme):
    """`token` works as well as `Bearer`, except for a JWT."""
    assert call("/orgs/acme/audit-log", f"{scheme} {sandbox.token}").status_code == 200


def test_bad_and_missing_credentials(sandbox, call):
    """A wrong token is 401 Bad credentials, none is Requires authentication."""
    wrong = call("/orgs/acme/audit-log", "Bearer ghp_wrong")
    assert (wrong.status_code, wrong.json()["message"]) == (401, "Bad credentials")
    none = call("/orgs/acme/audit-log")
    assert (none.status_code, none.json()["message"]) == (401, "Requires authentication")


def test_revoked_and_expired_tokens_are_bad_credentials(sandbox, call):
    """Both ends look the same."""
    for ending in ("revoke", "expire"):
        sandbox.set_token("ghp_short", login="x", scopes=["read:audit_log"])
        assert call("/orgs/acme/audit-log", "Bearer ghp_short").status_code == 200
        if ending == "revoke":
            sandbox.revoke_token("ghp_short")
        else:
            sandbox.set_token(
                "ghp_short", login="x", scopes=["read:audit_log"], expires_at=time.time() - 1
            )
        assert call("/orgs/acme/audit-log", "Bearer ghp_short").status_code == 401


@pytest.mark.parametrize(
    ("token", "values", "organization", "enterprise"),
    [
        ("ghp_a", {"scopes": ["admin:enterprise"]}, 200, 200),
        ("ghp_b", {"scopes": ["repo"]}, 404, 403),
        ("ghp_c", {"scopes": ["read:audit_log"], "owner": False}, 404, 403),
        ("github_pat_d", {"permissions": {"organization_administration": "write"}}, 200, 403),
        ("github_pat_e", {"permissions": {"members": "read"}}, 403, 403),
        ("ghu_f", {"permissions": {"organization_administration": "read"}}, 403, 403),
    ],
)
def test_rights_follow_the_kind_of_token(sandbox, call, token, values, organization, enterprise):
    """Scopes, permissions and ownership decide as the reference's section 3.6 says."""
    sandbox.set_token(token, login="someone", **values)
    assert call("/orgs/acme/audit-log", f"Bearer {token}").status_code == organization
    assert call(ENTERPRISE, f"Bearer {token}").status_code == enterprise
    sandbox.revoke_token(token)


def test_missing_permission_is_named_in_a_header(sandbox, call):
    """Fine-grained tokens get X-Accepted-GitHub-Permissions and no scope headers."""
    sandbox.set_token("github_pat_x", login="x", permissions={})
    answer = call("/orgs/acme/audit-log", "Bearer github_pat_x")
    assert answer.json()["message"] == "Resource not accessible by personal access token"
    wanted = "organization_administration=read"
    assert answer.headers["X-Accepted-GitHub-Permissions"] == wanted
    assert "X-OAuth-Scopes" not in answer.headers


def test_plans_below_enterprise_have_no_audit_log(sandbox, call):
    """The answer is 404 although the organisation resolves, and the plan is shown to its owner."""
    sandbox.settings(plan="team")
    assert call("/orgs/acme/audit-log", f"Bearer {sandbox.token}").status_code == 404
    organization = call("/orgs/acme", f"Bearer {sandbox.token}").json()
    assert organization["plan"]["name"] == "team"
    sandbox.set_token("ghp_member", login="m", scopes=[], owner=False)
    assert "plan" not in call("/orgs/acme", "Bearer ghp_member").json()


def test_token_expiration_is_announced(sandbox, call):
    """The header has the form that was recorded."""
    sandbox.set_token("ghp_dated", login="x", scopes=[], expires_at=1_900_000_000)
    answer = call("/user", "Bearer ghp_dated")
    stamp = answer.headers["github-authentication-token-expiration"]
    assert stamp == "2030-03-17 17:46:40 UTC"


def test_request_without_user_agent_is_refused_in_html(sandbox, call):
    """E30 is the one answer that is not JSON."""
    connection = HTTPConnection(sandbox.github_url.removeprefix("http://"), timeout=10)
    connection.request("GET", "/zen")
    answer = connection.getresponse()
    assert answer.status == 403
    assert b"User-Agent header" in answer.read()
    assert answer.headers["Content-Type"].startswith("text/html")
    connection.close()


@pytest.mark.parametrize(
    ("version", "status"),
    [("2022-11-28", 200), ("2026-03-10", 200), ("1999-01-01", 400), ("2021-01-01", 410)],
)
def test_api_versions(sandbox, session, version, status):
    """A version that does not exist is 400, a retired one 410."""
    headers = {"X-GitHub-Api-Version": version}
    answer = session.get(f"{sandbox.github_url}/user", headers=headers)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["X-GitHub-Api-Version-Selected"] == version


@pytest.mark.parametrize("path", ["/user/", "/nothing", "/orgs/acme/audit-log/"])
def test_unknown_paths_and_methods_are_404(sandbox, session, path):
    """A trailing slash or a wrong method is 404, never 405."""
    assert session.get(sandbox.github_url + path).status_code == 404
    assert session.put(f"{sandbox.github_url}/user").status_code == 404


def test_weak_etag_varies_with_the_credential(sandbox, session, call):
    """A 304 is given where documented, not for the audit log."""
    url = f"{sandbox.github_url}/user"
    tag = session.get(url).headers["ETag"]
    assert tag.startswith('W/"')
    assert session.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert call("/user", f"Bearer {sandbox.fine_grained_token}").headers["ETag"] != tag
    log = session.get(f"{sandbox.github_url}/orgs/acme/audit-log")
    again = session.get(log.url, headers={"If-None-Match": log.headers["ETag"]})
    assert again.status_code == 200


def test_app_flow_gives_a_token_that_reads_the_log(sandbox, call, app_jwt):
    """Lookup, minting, reading, revoking."""
    found = call("/orgs/acme/installation", app_jwt()).json()
    assert found["id"] == sandbox.installation_id
    minted = requests.post(
        found["access_tokens_url"], headers={"Authorization": app_jwt()}, timeout=10
    )
    assert minted.status_code == 201
    token = minted.json()["token"]
    assert token.startswith("ghs_")
    assert call("/orgs/acme/audit-log", f"Bearer {token}").status_code == 200
    assert call("/user", f"Bearer {token}").status_code == 403
    assert call("/installation/token", f"Bearer {token}", "DELETE").status_code == 204
    assert call("/orgs/acme/audit-log", f"Bearer {token}").status_code == 401


def test_client_id_is_an_issuer_too(sandbox, call, app_jwt):
    """GitHub recommends the client id."""
    assert call("/app", app_jwt(iss=sandbox.client_id)).json()["id"] == sandbox.app_id


@pytest.mark.parametrize(
    ("claims", "status", "text"),
    [
        ({"iat": int(time.time()) + 600}, 401, "'Issued at' claim ('iat') must be an Integer"),
        ({"iat": None}, 401, "'Issued at' claim ('iat')"),
        ({"exp": int(time.time()) + 9000}, 401, "is too far in the future"),
        ({"exp": int(time.time()) - 5}, 401, "the future time at which the assertion expires"),
        ({"iss": 1}, 404, "Integration not found"),
        ({"algorithm": "HS256", "key": "k" * 40}, 401, "A JSON web token could not be decoded"),
    ],
)
def test_jwt_is_checked_with_the_known_messages(sandbox, call, app_jwt, claims, status, text):
    """Rows E4 to E7."""
    answer = call("/app", app_jwt(**claims))
    assert answer.status_code == status
    assert text in answer.json()["message"]


def test_jwt_of_another_key_and_damaged_jwt(sandbox, call, app_jwt):
    """E6: the key does not belong to the app."""
    good = app_jwt()
    for token in (good[:-6] + "AAAAAA", "Bearer eyJub25zZW5zZQ"):
        answer = call("/app", token)
        assert answer.json()["message"] == "A JSON web token could not be decoded"


def test_jwt_is_refused_outside_the_app_routes(sandbox, call, app_jwt):
    """And a token is refused on them."""
    assert call("/orgs/acme/audit-log", app_jwt()).status_code == 401
    assert call("/app", f"Bearer {sandbox.token}").status_code == 401


def test_suspended_and_deleted_installations(sandbox, call, app_jwt):
    """E9 is reported by the token call and visible in the lookup; E10 and E8 are 404."""
    mint = f"/app/installations/{sandbox.installation_id}/access_tokens"
    sandbox.installation(suspended=True)
    answer = call(mint, app_jwt(), "POST")
    assert (answer.status_code, answer.json()["message"]) == (
        403,
        "This installation has been suspended",
    )
    assert call("/orgs/acme/installation", app_jwt()).json()["suspended_at"]
    sandbox.installation(deleted=True)
    assert call(mint, app_jwt(), "POST").status_code == 404
    assert call("/orgs/acme/installation", app_jwt()).status_code == 404


def test_permission_that_is_not_granted_is_422(sandbox, call, app_jwt):
    """E11; less than what is granted is fine."""
    mint = f"/app/installations/{sandbox.installation_id}/access_tokens"
    more = {"permissions": {"organization_administration": "write"}}
    assert call(mint, app_jwt(), "POST", json=more).status_code == 422
    less = {"permissions": {"members": "read"}}
    answer = call(mint, app_jwt(), "POST", json=less)
    assert answer.json()["permissions"] == less["permissions"]
    token = answer.json()["token"]
    assert call("/orgs/acme/audit-log", f"Bearer {token}").status_code == 403


def test_fresh_token_may_be_unknown_for_a_while(sandbox, call, app_jwt):
    """E3: replication lag; then life ends as configured (E2)."""
    mint = f"/app/installations/{sandbox.installation_id}/access_tokens"
    sandbox.settings(app={"replication_lag_s": 1, "token_life_s": 2.5, "long_tokens": True})
    token = call(mint, app_jwt(), "POST").json()["token"]
    sandbox.settings(app={"replication_lag_s": 0, "token_life_s": 3600, "long_tokens": False})
    assert len(token) > 300
    statuses = []
    for _ in range(3):
        statuses.append(call("/orgs/acme/audit-log", f"Bearer {token}").status_code)
        time.sleep(1.4)
    assert statuses == [401, 200, 401]


def test_enterprise_installation_reads_the_enterprise_log(sandbox, call, app_jwt):
    """Its token has no access to the organisation."""
    found = call("/enterprises/acme-inc/installation", app_jwt()).json()
    mint = f"/app/installations/{found['id']}/access_tokens"
    token = call(mint, app_jwt(), "POST").json()["token"]
    assert call(ENTERPRISE, f"Bearer {token}").status_code == 200
    assert call("/orgs/acme/audit-log", f"Bearer {token}").status_code == 403
