"""Requests by route: credential, retries, redirects, limits together."""

from datetime import timedelta

import pytest

from github_modules.errors import (
    ConflictError,
    CredentialError,
    ForeignLinkError,
    GithubUnavailableError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RequestError,
    StopRequested,
    ValidationFailedError,
)
from github_modules.github.address import parse_address
from github_modules.github.auth import AppAuth, AppKey, TokenAuth
from github_modules.github.client import GithubClient
from github_modules.github.rate_limit import Governor, Lane
from github_modules.github.settings import Owner
from tests.fakes import FakeClock
from tests.unit.github.keys import pkcs1
from tests.unit.github.scripted import ROOT, Middle, ScriptedGithub, failed, gate_to, said

AUDIT = "GET /orgs/{org}/audit-log"
BLOCK = "PUT /orgs/{org}/blocks/{username}"
OCTO = {"org": "acme", "username": "octo"}
ACME = {"org": "acme"}
DOWN = GithubUnavailableError("down")
INSTALLED = said(200, {"id": 7})
SECONDARY = failed(403, "You have exceeded a secondary rate limit.", retry_after="60")


def token(text):
    return said(201, {"token": text, "expires_at": "2026-03-02T09:00:00Z"})


def client_of(*script, clock=None, root=ROOT, **more):
    """Return a client with a token, and the GitHub behind it."""
    clock = clock or FakeClock()
    github = ScriptedGithub(list(script))
    auth = TokenAuth("ghp_octo")
    parts = (parse_address(root), auth, github, Governor(clock), clock, Middle())
    return GithubClient(*parts, subject="acme", **more), github


def app_client_of(*script, clock=None):
    """Return a client of an App, and the GitHub behind it."""
    clock = clock or FakeClock()
    github = ScriptedGithub(list(script))
    gate, address = gate_to(github, clock), parse_address(ROOT)
    auth = AppAuth(AppKey("1", pkcs1()), Owner("organization", "acme"), address, gate, "octo")
    return GithubClient(address, auth, github, gate.governor, clock, Middle(), gate=gate), github


def test_a_request_carries_credential_version_and_name():
    """GitHub refuses requests without a User-Agent."""
    client, github = client_of(said(204))
    assert client.request(BLOCK, variables=OCTO).status == 204
    assert github.lines == ["PUT /orgs/acme/blocks/octo"]
    assert github.asked[0].headers == {
        "Accept": "application/vnd.github+json",
        "Authorization": "Bearer ghp_octo",
        "User-Agent": "github-modules/2.0",
        "X-GitHub-Api-Version": "2026-03-10",
    }


def test_a_server_is_asked_for_the_version_it_knows():
    """A newer one would be answered with 400."""
    client, github = client_of(said(200, []), root="https://git.acme.test")
    client.request("GET /user/orgs")
    assert github.asked[0].headers["X-GitHub-Api-Version"] == "2022-11-28"
    assert github.asked[0].url == "https://git.acme.test/api/v3/user/orgs"


def test_query_and_body_are_sent():
    """None is left out of the query."""
    client, github = client_of(said(200, []), api_version="2031-01-01", user_agent="octo/1")
    client.request("PATCH /orgs/{org}", variables=ACME, params={"a": 1, "b": None}, json={"c": 2})
    assert github.lines == ["PATCH /orgs/acme?a=1"]
    assert github.asked[0].json == {"c": 2}
    assert github.asked[0].headers["X-GitHub-Api-Version"] == "2031-01-01"
    assert github.asked[0].headers["User-Agent"] == "octo/1"


def test_variables_must_fit_the_route():
    """Before anything is sent."""
    client, github = client_of()
    with pytest.raises(ValueError, match="does not fit"):
        client.request(BLOCK, variables=ACME)
    with pytest.raises(ValidationFailedError, match="username is empty"):
        client.request(BLOCK, variables={"org": "acme", "username": " "})
    assert github.asked == []


def test_an_error_answer_is_raised_with_route_and_subject():
    """The caller need not look at a status."""
    client, _ = client_of(failed(403, "Resource not accessible by personal access token"))
    with pytest.raises(PermissionDeniedError, match=r"acme for PUT /orgs/\{org\}/blocks"):
        client.request(BLOCK, variables=OCTO)


def test_expected_statuses_are_answers():
    """404 may be what the caller wants to know; a limit never is."""
    client, github = client_of(
        failed(404, "Not Found"), SECONDARY, failed(403, "Forbidden"), failed(409, "Conflict")
    )
    route = "GET /orgs/{org}/blocks/{username}"
    assert client.request(route, variables=OCTO, expect=(404,)).status == 404
    assert client.request(route, variables=OCTO, expect=(403,)).status == 403
    with pytest.raises(ConflictError):
        client.request(route, variables=OCTO, expect=(404,))
    assert len(github.asked) == 4


def test_an_anonymous_request_has_no_credential_and_its_own_budget():
    """Revocations are refused with one."""
    client, github = client_of(failed(401, "Bad credentials"), said(202))
    with pytest.raises(CredentialError, match="no credential"):
        client.request("POST /credentials/revoke", anonymous=True, json={"credentials": []})
    client.request("POST /credentials/revoke", anonymous=True)
    assert github.credentials == [None, None]


def test_reads_are_repeated_with_growing_waits():
    """Five attempts, then the caller decides."""
    clock = FakeClock()
    client, github = client_of(DOWN, failed(502, "Server Error"), said(200, []), clock=clock)
    client.request(AUDIT, variables=ACME)
    assert (len(github.asked), clock.waits) == (3, [0.5, 1.0])
    client, github = client_of(*[DOWN] * 9)
    with pytest.raises(GithubUnavailableError):
        client.request(AUDIT, variables=ACME)
    assert len(github.asked) == 5


def test_writes_are_repeated_only_when_that_does_no_harm():
    """Unless the endpoint may be called twice."""
    client, github = client_of(DOWN)
    with pytest.raises(GithubUnavailableError):
        client.request(BLOCK, variables=OCTO)
    client, github = client_of(DOWN, said(204))
    client.request(BLOCK, variables=OCTO, idempotent=True)
    assert len(github.asked) == 2


def test_a_limit_is_waited_for_and_the_write_sent_again():
    """It was refused before it had any effect."""
    clock = FakeClock()
    client, github = client_of(SECONDARY, said(204), clock=clock)
    client.request(BLOCK, variables=OCTO)
    assert (len(github.asked), clock.waits) == (2, [60.0])
    assert client.requests == 2


def test_a_limit_that_does_not_end_is_told():
    """After five attempts."""
    client, github = client_of(*[SECONDARY] * 6)
    with pytest.raises(RateLimitedError):
        client.request(BLOCK, variables=OCTO)
    assert len(github.asked) == 5


def test_a_refused_token_is_never_sent_again():
    """One request, one error."""
    client, github = client_of(failed(401, "Bad credentials"))
    with pytest.raises(CredentialError):
        client.request(AUDIT, variables=ACME)
    assert len(github.asked) == 1


def test_an_expired_app_token_is_renewed_once_and_the_same_url_asked_again():
    """In the middle of a walk as well."""
    clock = FakeClock()
    client, github = app_client_of(
        INSTALLED, token("ghs_1"), said(200, []), failed(401, "Bad credentials"), token("ghs_2"),
        said(200, []), clock=clock,
    )  # fmt: skip
    client.request(AUDIT, variables=ACME)
    clock.advance(60)
    client.request(AUDIT, variables=ACME)
    assert github.credentials[2:4] == ["Bearer ghs_1"] * 2
    assert github.credentials[5] == "Bearer ghs_2"
    assert clock.waits == []


def test_a_token_refused_after_its_renewal_is_told():
    """The App itself was removed."""
    clock = FakeClock()
    refused = failed(401, "Bad credentials")
    client, github = app_client_of(
        INSTALLED, token("ghs_1"), *[refused] * 4, token("ghs_2"), refused, clock=clock
    )
    with pytest.raises(CredentialError):
        client.request(AUDIT, variables=ACME)
    assert clock.waits == [1.0, 2.0, 4.0]
    assert len(github.asked) == 8


def test_a_new_token_may_be_unknown_for_some_seconds():
    """401 and 403 alike; three short waits."""
    clock = FakeClock()
    client, _ = app_client_of(
        INSTALLED,
        token("ghs_1"),
        failed(401, "Bad credentials"),
        failed(403, "Resource not accessible by integration"),
        said(200, []),
        clock=clock,
    )
    client.request(AUDIT, variables=ACME)
    assert clock.waits == [1.0, 2.0]


def test_a_permission_that_is_still_missing_after_the_lag_is_told():
    """The lag explains it no more."""
    denied = failed(403, "Resource not accessible by integration")
    client, _ = app_client_of(INSTALLED, token("ghs_1"), *[denied] * 4)
    with pytest.raises(PermissionDeniedError):
        client.request(AUDIT, variables=ACME)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_inside_the_address_are_followed_with_method_and_body(status):
    """A write that turns into a read would look like success."""
    client, github = client_of(failed(status, "Moved", location="/organizations/1/x"), said(204))
    client.request(BLOCK, variables=OCTO, json={"a": 1})
    assert github.lines == ["PUT /orgs/acme/blocks/octo", "PUT /organizations/1/x"]
    assert github.asked[1].json == {"a": 1}
    assert github.credentials == ["Bearer ghp_octo"] * 2


def test_see_other_is_read():
    """That is what 303 means."""
    client, github = client_of(failed(303, "", location=f"{ROOT}/y"), said(200))
    client.request("POST /x", json={"a": 1})
    assert github.lines == ["POST /x", "GET /y"]
    assert github.asked[1].json is None


def test_a_redirect_to_another_origin_is_not_followed():
    """The token stays here."""
    client, github = client_of(failed(302, "", location="https://evil.test/x"))
    with pytest.raises(ForeignLinkError, match="redirects GET /x away"):
        client.request("GET /x")
    assert len(github.asked) == 1


def test_a_fourth_redirect_is_not_followed():
    """Neither is one without a target."""
    client, github = client_of(*[failed(302, "", location="/x")] * 4)
    with pytest.raises(RequestError, match="without an end"):
        client.request("GET /x")
    assert len(github.asked) == 4
    client, _ = client_of(failed(302, ""))
    with pytest.raises(RequestError, match="without naming a target"):
        client.request("GET /x")


def test_pages_are_walked_with_the_same_care():
    """A page that fails is asked for again in halves."""
    link = f'<{ROOT}/organizations/1/audit-log?per_page=100&after=A>; rel="next"'
    client, github = client_of(said(200, [1], link=link), failed(502, "x"), said(200, [2]))
    pages = client.pages(AUDIT, variables=ACME, params={"per_page": 100}, lane=Lane.HEAD)
    assert [page.items for page in pages] == [[1], [2]]
    assert github.lines == [
        "GET /orgs/acme/audit-log?per_page=100",
        "GET /organizations/1/audit-log?per_page=100&after=A",
        "GET /organizations/1/audit-log?per_page=50&after=A",
    ]


def test_the_bucket_of_a_route_is_learnt_from_answers():
    """Old servers count the audit log as core."""
    clock = FakeClock()
    limits = {
        "x_ratelimit_limit": "5000",
        "x_ratelimit_remaining": "4000",
        "x_ratelimit_reset": str(int((clock.now() + timedelta(hours=1)).timestamp())),
        "x_ratelimit_resource": "core",
    }
    client, _ = client_of(said(200, [], **limits), said(200, [], **limits), clock=clock)
    assert client.requests_per_hour("core", 100) == 6000
    client.request(AUDIT, variables=ACME)
    client.request(AUDIT, variables=ACME)
    assert client.requests_per_hour("core", 100) == 5000
    assert client.requests_per_hour("core", 20) == 1200
    assert client._buckets == {AUDIT: "core"}


def test_githubs_clock_is_known_after_the_first_answer():
    """Ours may be wrong."""
    clock = FakeClock()
    client, _ = client_of(said(200, [], date="Mon, 02 Mar 2026 08:00:05 GMT"), clock=clock)
    before_ms = client.now_ms()
    client.request("GET /x")
    assert client.now_ms() - before_ms == 5000


def test_a_token_that_ends_soon_is_told_once():
    """Whatever the answers, once a day."""
    ends = {"github_authentication_token_expiration": "2026-03-10 08:00:00 UTC"}
    told = []
    client, _ = client_of(said(200, **ends), failed(404, "x", **ends), on_expiry=told.append)
    client.request("GET /x")
    with pytest.raises(NotFoundError):
        client.request("GET /x")
    assert [moment.isoformat() for moment in told] == ["2026-03-10T08:00:00+00:00"]


def test_a_stop_ends_every_wait():
    """Nothing more is sent."""
    clock = FakeClock()
    client, github = client_of(DOWN, said(200), clock=clock)
    clock.wait = lambda seconds: True
    with pytest.raises(StopRequested):
        client.request("GET /x")
    assert len(github.asked) == 1


def test_closing_closes_the_transport():
    """Connections are given back."""
    client, github = client_of()
    client.close()
    assert github.is_closed
