"""Answers validate against GitHub's published schemas, and look like recorded exchanges."""

import json
import re
import time

import jsonschema
import jwt
import pytest
import requests

from tests.corpus import rows

TOKEN_ROUTES = {
    "get_orgs_org_audit-log": "/orgs/acme/audit-log?include=all",
    "get_enterprises_enterprise_audit-log": "/enterprises/acme-inc/audit-log?include=all",
    "get_user": "/user",
    "get_orgs_org": "/orgs/acme",
    "get_meta": "/meta",
    "get_rate_limit": "/rate_limit",
}
APP_ROUTES = {
    "get_app": ("GET", "/app"),
    "get_app_installations": ("GET", "/app/installations"),
    "get_orgs_org_installation": ("GET", "/orgs/acme/installation"),
    "post_app_installations_installation_id_access_tokens": (
        "POST",
        "/app/installations/51000/access_tokens",
    ),
}
# Where the published schemas are wrong the sandbox follows the recordings: events have an object
# as `config` and texts in `events`; in the list of installations the schema wants an account to
# be a user and an enterprise at once, where the single installation says "either".
SCHEMA_IS_WRONG = re.compile(r"\$\[\d+\]\.(config|events\[\d+\]|account)$")
# What a recorded audit answer has although it does not concern this protocol.
NOT_OURS = {"transfer-encoding", "content-encoding", "x-github-media-type"}


def check(corpus, operation, answer):
    """Validate an answer against the schema of its operation and status."""
    document = json.loads((corpus / "openapi-slices" / f"{operation}.json").read_text())
    response = document["responses"][str(answer.status_code)]
    schema = response["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator(schema)
    errors = [
        f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer.json())
    ]
    assert [text for text in errors if not SCHEMA_IS_WRONG.match(text.partition(":")[0])] == []


@pytest.mark.parametrize("operation", TOKEN_ROUTES)
def test_token_route_matches_its_schema(corpus, sandbox, session, operation):
    """Each documented answer has every required field in its type."""
    now = int(time.time() * 1000)
    sandbox.generate(30, now - 60_000, now - 1000)
    check(corpus, operation, session.get(sandbox.github_url + TOKEN_ROUTES[operation]))


@pytest.mark.parametrize("operation", APP_ROUTES)
def test_app_route_matches_its_schema(corpus, sandbox, operation):
    """The App's routes too."""
    now = int(time.time())
    claims = {"iat": now - 60, "exp": now + 300, "iss": str(sandbox.app_id)}
    token = jwt.encode(claims, sandbox.app_pem, "RS256")
    method, path = APP_ROUTES[operation]
    answer = requests.request(
        method, sandbox.github_url + path, headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    check(corpus, operation, answer)


def test_a_wrong_answer_would_be_noticed(corpus, sandbox, session):
    """The check can fail: an object is no list of events."""
    sandbox.fault("object")
    answer = session.get(f"{sandbox.github_url}/orgs/acme/audit-log")
    with pytest.raises(AssertionError, match="is not of type 'array'"):
        check(corpus, "get_orgs_org_audit-log", answer)


@pytest.mark.parametrize("recorded_id", ["S12-http-exchanges-0001", "S30-http-exchanges-0014"])
def test_recorded_audit_answers_have_no_header_that_ours_lacks(sandbox, session, recorded_id):
    """Every header of the recorded answers is there, in the same form where it has one."""
    found = next(item for item in rows("http-exchanges") if item["id"] == recorded_id)
    now = int(time.time() * 1000)
    sandbox.generate(30, now - 60_000, now - 1000)
    sandbox.set_token(
        "ghp_dated", login="octo", scopes=["read:audit_log"], expires_at=time.time() + 9e5
    )
    session.headers["Authorization"] = "Bearer ghp_dated"
    ours = session.get(f"{sandbox.github_url}/orgs/acme/audit-log", params={"per_page": 10}).headers
    recorded = found["exchange"]["response"]["headers"]
    missing = {name.lower() for name in recorded} - {name.lower() for name in ours} - NOT_OURS
    assert missing == set()
    assert ours["Content-Type"] == recorded["Content-Type"]
    assert ours["Cache-Control"] == recorded["Cache-Control"]
    sandbox.revoke_token("ghp_dated")


def test_recorded_limit_answers_have_the_same_form(sandbox, session):
    """The recorded secondary limit and ours share status, message and header."""
    found = next(
        item["exchange"]["response"]
        for item in rows("http-exchanges")
        if item["id"] == "S31-http-exchanges-0003"
    )
    sandbox.mode("E28", status=429, retry_after=int(found["headers"]["Retry-After"]))
    answer = session.get(f"{sandbox.github_url}/orgs/acme/audit-log")
    assert answer.status_code == found["status"]
    assert answer.headers["Retry-After"] == found["headers"]["Retry-After"]
    body = found["body"] if isinstance(found["body"], dict) else json.loads(found["body"])
    assert answer.json()["message"].startswith(body["message"])
