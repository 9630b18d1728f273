"""Trying a connection step by step."""

import pytest

from github_modules.errors import (
    ConflictError,
    CredentialError,
    GithubModuleError,
    PlanError,
    RateLimitedError,
)
from github_modules.github.auth import AppAuth, AppKey, TokenAuth
from github_modules.github.client import GithubClient
from github_modules.github.preflight import PatientFor, Preflight, Topic, headline
from github_modules.github.settings import check_settings
from tests.fakes import FakeClock
from tests.unit.github.keys import pkcs1
from tests.unit.github.scripted import ScriptedGithub, failed, gate_to, said

META, ORG, AUDIT = (
    said(200, {}),
    said(200, {"login": "acme", "plan": {"name": "enterprise"}}),
    said(200, []),
)
ENDS = {"github_authentication_token_expiration": "2026-03-10 08:00:00 UTC"}
USER = said(200, {"login": "octo-admin"}, x_oauth_scopes="read:audit_log", **ENDS)
LIMITS = {
    "x_ratelimit_limit": "1750",
    "x_ratelimit_remaining": "1700",
    "x_ratelimit_reset": "1772442000",
    "x_ratelimit_resource": "audit_log",
}


def steps(*script, clock=None, **form):
    """Return the outcomes and what was asked."""
    clock = PatientFor(clock or FakeClock())
    github = ScriptedGithub(list(script))
    settings = check_settings(**{"org_name": "acme", "apikey": "ghp_octo"} | form)
    gate = gate_to(github, clock)
    auth = TokenAuth(settings.token)
    if settings.private_key:
        key = AppKey(settings.app_id, settings.private_key)
        auth = AppAuth(key, settings.owner, settings.address, gate, "octo")
    client = GithubClient(settings.address, auth, github, gate.governor, clock, gate=gate)
    return {step.topic: step for step in Preflight(settings, client).steps()}, github


def test_a_good_token_passes_every_step():
    """Each tells what was found."""
    found, github = steps(META, USER, ORG, said(200, [], **LIMITS))
    assert all(step.passed for step in found.values())
    assert [step.text for step in found.values()] == [
        "GitHub answers at api.github.com.",
        "octo-admin, by personal access token (classic) with the scopes read:audit_log.",
        "acme is there, plan enterprise.",
        "The audit log of organization acme can be read.",
        "1700 of 1750 audit log requests are left in this hour.",
        "The token expires on 2026-03-10 08:00 UTC.",
    ]
    assert github.credentials[0] is None


def test_a_server_tells_its_version_and_has_no_budget():
    """Limits are off by default there."""
    meta = said(200, {}, x_github_enterprise_version="3.19.0")
    found, _ = steps(meta, said(200, []), said(200, []), AUDIT, base_url="git.acme.test")
    assert found[Topic.ADDRESS].text == "GitHub Enterprise Server 3.19.0 answers at git.acme.test."
    assert found[Topic.IDENTITY].text == "unknown user, by personal access token (classic)."
    assert found[Topic.OWNER].text == "acme is there."
    assert found[Topic.BUDGET].text == "This server does not limit requests."
    assert found[Topic.EXPIRY].text == "No expiry date is known."


def test_an_app_is_named_and_its_installation_tried():
    """Signature, lookup and token are one step."""
    minted = said(201, {"token": "ghs_1", "expires_at": "2026-03-02T09:00:00Z"})
    installed = said(200, {"id": 7})
    script = [
        META,
        said(200, {"slug": "octo-app"}),
        installed,
        minted,
        said(200, {"login": "acme"}),
        AUDIT,
    ]
    found, _ = steps(*script, app_id=1, pem_file=pkcs1())
    assert found[Topic.IDENTITY].text == "GitHub App octo-app, installed."
    assert found[Topic.OWNER].text == "acme is there."
    assert all(step.passed for step in found.values())


def test_an_installation_token_has_no_user():
    """So that step asks nothing; an enterprise alone has no organization to look for."""
    found, github = steps(META, AUDIT, apikey="ghs_octo", org_name="", enterprise="acme-corp")
    assert "one hour" in found[Topic.IDENTITY].text
    assert Topic.OWNER not in found
    assert github.lines[1].startswith("GET /enterprises/acme-corp/audit-log")


def test_later_steps_are_left_out_after_an_early_failure():
    """They could only repeat it."""
    found, _ = steps(failed(400, "x"), failed(401, "Bad credentials"))
    assert list(found) == [Topic.ADDRESS, Topic.IDENTITY]
    assert found[Topic.IDENTITY].text.startswith("Authentication failed: ")
    down = [failed(422, "x")]
    found, _ = steps(*down)
    assert list(found) == [Topic.ADDRESS]


def test_a_missing_permission_does_not_hide_the_rest():
    """Each step has its own outcome."""
    found, _ = steps(META, USER, failed(404, "Not Found"), failed(404, "Not Found"))
    assert [step.passed for step in found.values()] == [True, True, False, False, True, True]


def test_a_test_does_not_wait_long_for_a_limit():
    """A person is waiting."""
    clock = FakeClock()
    limited = failed(403, "You have exceeded a secondary rate limit.", retry_after="600")
    found, _ = steps(META, USER, limited, clock=clock)
    assert not found[Topic.OWNER].passed
    assert "longer than a test may take" in found[Topic.OWNER].text
    assert clock.waits == []


def test_patience_adds_up():
    """Short waits are fine until their sum is not."""
    clock = FakeClock()
    patient = PatientFor(clock, 5.0)
    assert [patient.wait(3.0), patient.stopped(), patient.wait(3.0), patient.stopped()] == [
        False,
        False,
        True,
        True,
    ]
    assert clock.waits == [3.0]
    clock.stop()
    assert PatientFor(clock).stopped()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CredentialError("x", remedy="y"), "Authentication failed"),
        (PlanError("x", remedy="y"), "Not available"),
        (RateLimitedError("x", resource="core"), "API rate limit exceeded"),
        (ConflictError("x"), "Organization access restricted or name not found"),
        (GithubModuleError("x"), "Failed"),
    ],
)
def test_each_group_of_errors_has_its_headline(error, words):
    """In words that users of other products know."""
    assert headline(error) == words
