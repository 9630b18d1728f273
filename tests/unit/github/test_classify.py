"""Every row of the error table, one answer each."""

import json
import re

import pytest

from github_modules.errors import (
    ConfigurationError,
    ConflictError,
    CredentialError,
    GithubModuleError,
    GithubUnavailableError,
    NotFoundError,
    OperatorError,
    PermissionDeniedError,
    PlanError,
    RateLimitedError,
    RequestError,
    ValidationFailedError,
)
from github_modules.github.case import Case, Context
from github_modules.github.classify import RULES, build_error, decide, recognise, rule_by_id
from github_modules.github.credentials import Credential
from github_modules.github.response import Answer
from tests.corpus import rows

AUDIT = "GET /orgs/{org}/audit-log"
ENTERPRISE_AUDIT = "GET /enterprises/{enterprise}/audit-log"
MINT = "POST /app/installations/{installation_id}/access_tokens"
BLOCK = "PUT /orgs/{org}/blocks/{username}"
REPOSITORY = "GET /repos/{owner}/{repo}"
ID = {"X-GitHub-Request-Id": "1:2"}
SERVER = {"X-GitHub-Enterprise-Version": "3.19.0"}
PAGE = "https://docs.github.com/enterprise-server@3.19/rest/users/users#get-a-user"
UNSCOPED = {"X-OAuth-Scopes": "repo", "X-Accepted-OAuth-Scopes": "admin:org"}
CLASSIC, FINE, APP = Credential.CLASSIC, Credential.FINE_GRAINED, Credential.APP
INSTALLATION, NONE = Credential.INSTALLATION, Credential.NONE


def case(status, message="", headers=None, route=BLOCK, credential=CLASSIC, **more):
    """Return a case; `body` in place of a message, `url`, `fresh`, `page` as wanted."""
    fields = {"message": message} | ({"documentation_url": more["page"]} if "page" in more else {})
    body = more.get("body", json.dumps(fields).encode())
    answer = Answer(
        status,
        headers if headers is not None else ID,
        body,
        more.get("url", "https://api.github.com/x"),
    )
    context = Context(route, credential, "acme", "api.github.com", more.get("fresh", False))
    return Case(answer, context)


POLICY_CLASSIC = "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions."
POLICY_FINE = "`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App."
LIFETIME = "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days."
ALLOW_LIST = "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource."
IAT = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
EXP = "'Expiration time' claim ('exp') is too far in the future"
EXP_OLD = "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
SSO = {
    "X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso?authorization_request=A",
    **ID,
}
HTML = b"<html><body><h1>Proxy login</h1></body></html>"

ROWS = [
    ("E1", CredentialError, case(401, "Bad credentials")),
    ("E2", CredentialError, case(401, "Bad credentials", credential=INSTALLATION)),
    (
        "E3",
        GithubUnavailableError,
        case(401, "Bad credentials", credential=INSTALLATION, fresh=True),
    ),
    ("E3", GithubUnavailableError, case(403, "Resource not accessible by integration", fresh=True)),
    ("E4", CredentialError, case(401, IAT, credential=APP)),
    ("E5", CredentialError, case(401, EXP, credential=APP)),
    ("E5", CredentialError, case(401, EXP_OLD, credential=APP)),
    ("E6", CredentialError, case(401, "A JSON web token could not be decoded", credential=APP)),
    ("E7", CredentialError, case(404, "Integration not found", credential=APP)),
    (
        "E8",
        ConfigurationError,
        case(404, "Not Found", route="GET /orgs/{org}/installation", credential=APP),
    ),
    (
        "E9",
        CredentialError,
        case(403, "This installation has been suspended", route=MINT, credential=APP),
    ),
    ("E10", CredentialError, case(404, "Not Found", route=MINT, credential=APP)),
    (
        "E11",
        PermissionDeniedError,
        case(422, "The permissions requested are not granted", route=MINT, credential=APP),
    ),
    (
        "E12",
        PermissionDeniedError,
        case(403, "Resource not accessible by integration", credential=INSTALLATION),
    ),
    (
        "E12",
        PermissionDeniedError,
        case(403, "Resource not accessible by personal access token", credential=FINE),
    ),
    (
        "E13",
        PermissionDeniedError,
        case(403, "Must have admin rights to Repository.", route=ENTERPRISE_AUDIT),
    ),
    ("E14", PermissionDeniedError, case(404, "Not Found", UNSCOPED)),
    ("E14", PermissionDeniedError, case(403, "Forbidden", UNSCOPED)),
    ("E15", NotFoundError, case(404, "Not Found", credential=FINE)),
    ("E16", PermissionDeniedError, case(403, POLICY_CLASSIC)),
    ("E17", PermissionDeniedError, case(403, POLICY_FINE, credential=FINE)),
    ("E18", PermissionDeniedError, case(403, LIFETIME, credential=FINE)),
    (
        "E19",
        PermissionDeniedError,
        case(403, "Resource protected by organization SAML enforcement.", SSO),
    ),
    ("E19", PermissionDeniedError, case(404, "Not Found", SSO, route=AUDIT)),
    ("E21", PermissionDeniedError, case(403, ALLOW_LIST)),
    ("E22", NotFoundError, case(404, "Not Found", route=REPOSITORY)),
    ("E23", PlanError, case(404, "Not Found", route=AUDIT)),
    ("E23", PlanError, case(404, "Not Found", route=ENTERPRISE_AUDIT)),
    ("E24", PlanError, case(404, "Not Found", SERVER)),
    ("E24", PlanError, case(404, "Not Found", SERVER, route=AUDIT, page=PAGE)),
    ("G404", NotFoundError, case(404, "Not Found", SERVER, page=PAGE)),
    ("E25", PermissionDeniedError, case(403, "x", route="GET /orgs/{org}/personal-access-tokens")),
    ("E25", PermissionDeniedError, case(404, "x", route=ENTERPRISE_AUDIT, credential=FINE)),
    ("E25", PermissionDeniedError, case(403, "x", route="GET /user", credential=INSTALLATION)),
    ("E26", RequestError, case(403, "Forbidden", route="POST /credentials/revoke")),
    (
        "G403",
        PermissionDeniedError,
        case(403, "Forbidden", route="POST /credentials/revoke", credential=NONE),
    ),
    ("E27", RateLimitedError, case(403, "API rate limit exceeded for user ID 1.")),
    ("E27", RateLimitedError, case(403, "Forbidden", {"x-ratelimit-remaining": "0"})),
    ("E28", RateLimitedError, case(403, "You have exceeded a secondary rate limit.")),
    ("E28", RateLimitedError, case(429, "", body=HTML)),
    (
        "E29",
        CredentialError,
        case(403, "Maximum number of login attempts exceeded. Please try again later."),
    ),
    (
        "E30",
        RequestError,
        case(
            403,
            body=b"Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
            headers={},
        ),
    ),
    ("E31", ConfigurationError, case(403, body=HTML, headers={})),
    ("E31", ConfigurationError, case(404, body=HTML, headers={})),
    ("E32", GithubUnavailableError, case(502, "Server Error")),
    ("E32", GithubUnavailableError, case(503, body=HTML, headers={})),
    ("E32", GithubUnavailableError, case(500, body=b"")),
    (
        "E33",
        ValidationFailedError,
        case(400, "Pagination using the `page` parameter is not supported."),
    ),
    ("E34", RequestError, case(400, "2031-01-01 is not a supported API version")),
    ("E34", RequestError, case(410, "This API version is no longer supported")),
    ("E35", ValidationFailedError, case(422, "Validation Failed")),
    ("E35", ValidationFailedError, case(400, "Problems parsing JSON")),
    ("E36", RequestError, case(404, "Not Found", url="https://api.github.com/orgs/acme/?x=1")),
    ("E37", ConflictError, case(409, body=b"")),
    ("E38", RequestError, case(302, body=b"")),
    ("G401", CredentialError, case(401, "Requires authentication", credential=NONE)),
    ("G401", CredentialError, case(401, "Bad credentials", credential=APP)),
    ("G402", PlanError, case(402, "Payment required")),
    ("G403", PermissionDeniedError, case(403, "Must have push access to repository")),
    ("G404", NotFoundError, case(404, "Not Found")),
    ("G404", NotFoundError, case(410, "Issues are disabled for this repo")),
    ("G4xx", RequestError, case(451, "Unavailable for legal reasons")),
]


@pytest.mark.parametrize(
    ("row", "error", "told"), ROWS, ids=[f"{row[0]}-{number}" for number, row in enumerate(ROWS)]
)
def test_each_answer_is_recognised_as_its_row(row, error, told):
    """With its class, a cause, and what GitHub said as evidence."""
    found = decide(told.answer, told.context)
    assert row == recognise(told).id
    assert error is type(found)
    assert f"HTTP {told.status}" in str(found)
    assert "{" not in (found.cause + found.remedy).replace(told.context.route, "")
    assert found.remedy or isinstance(found, RequestError)


def test_every_row_is_recognised_here_or_elsewhere():
    """E20, E39 and E40 are no error statuses; the rest is tested above."""
    assert {rule.id for rule in RULES} == {row[0] for row in ROWS} | {"E20", "E39", "E40"}


def test_the_table_has_all_forty_rows_of_the_reference_once():
    """docs/troubleshooting.md is made from it."""
    numbers = [rule.id for rule in RULES if rule.id.startswith("E")]
    assert sorted(f"E{number}" for number in range(1, 41)) == sorted(numbers)
    assert len(RULES) == len({rule.id for rule in RULES})


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_row_says_how_to_know_it_and_what_to_do(rule):
    """Whole sentences, and only words that are always there."""
    known = set(case(404).words())
    assert rule.recognise
    for text in (rule.cause, rule.remedy):
        assert text.endswith((".", "}"))
        assert set(re.findall(r"\{(\w+)\}", text)) <= known


@pytest.mark.parametrize("identifier", ["E20", "E39", "E40"])
def test_rows_recognised_elsewhere_match_nothing_here(identifier):
    """They stand in the table for their texts."""
    rule = rule_by_id(identifier)
    assert not any(rule.matches(row[2]) for row in ROWS)
    built = build_error(rule, case(200))
    assert isinstance(built, GithubModuleError)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 304])
def test_success_and_not_modified_are_no_errors(status):
    """304 answers a conditional request."""
    assert decide(Answer(status, {}), Context()) is None


def test_a_missing_permission_is_named():
    """As GitHub names it, with alternatives."""
    headers = {"X-Accepted-GitHub-Permissions": "organization_administration=read; members=write"}
    told = case(403, "Resource not accessible by integration", headers, AUDIT, INSTALLATION)
    error = decide(told.answer, told.context)
    assert "organization_administration: read, or members: write" in error.remedy
    assert "acme" in error.cause


def test_a_missing_scope_is_named_with_those_that_are_there():
    """So that nobody has to compare two lists."""
    told = case(404, "Not Found", UNSCOPED, AUDIT)
    error = decide(told.answer, told.context)
    assert "needs the scope admin:org; the token has: repo." in error.remedy


def test_the_single_sign_on_address_is_handed_on():
    """It is valid for an hour, so it must be in the text."""
    told = case(403, "x", SSO)
    assert "https://github.com/orgs/acme/sso?authorization_request=A" in str(
        decide(told.answer, told.context)
    )


def test_a_rate_limit_carries_its_bucket_and_wait():
    """The wait travels with the error."""
    headers = {
        "Retry-After": "17",
        "X-RateLimit-Resource": "audit_log",
        "X-RateLimit-Remaining": "0",
    }
    told = case(403, "API rate limit exceeded for user ID 1.", headers)
    error = decide(told.answer, told.context)
    assert (error.resource, error.secondary, error.wait_s) == ("audit_log", False, 17.0)
    secondary = case(403, "You have exceeded a secondary rate limit.", {})
    error = decide(secondary.answer, secondary.context)
    assert (error.resource, error.secondary, error.wait_s) == ("core", True, None)


def test_an_unavailable_github_may_name_its_wait():
    """503 with Retry-After is common in maintenance."""
    told = case(503, "", {"Retry-After": "120"})
    assert decide(told.answer, told.context).wait_s == 120.0


def test_a_refused_request_lists_every_problem():
    """Resource and field of each entry."""
    body = json.dumps(
        {
            "message": "Validation Failed",
            "errors": [{"resource": "Hook", "field": "url", "code": "invalid"}, "second."],
        }
    )
    told = case(422, body=body.encode())
    error = decide(told.answer, told.context)
    assert error.problems == ("Hook.url: invalid", "second.")
    assert "Hook.url: invalid. second." in error.cause


def test_no_secret_reaches_a_text():
    """Not from the body, not from a page."""
    leak = b"<p>Bearer abcdefgh12345678 github_pat_octo</p>"
    for told in (
        case(403, "ghp_octo is bad"),
        case(403, body=leak, headers={}),
        case(502, body=leak),
    ):
        said = str(decide(told.answer, told.context))
        assert "octo" not in said
        assert "abcdefgh" not in said


CORPUS_ERRORS = {
    "S31-http-exchanges-0001": RateLimitedError,
    "S31-http-exchanges-0002": RateLimitedError,
    "S31-http-exchanges-0003": RateLimitedError,
    "S31-http-exchanges-0004": CredentialError,
    "S31-http-exchanges-0025": CredentialError,
    "S31-http-exchanges-0026": RateLimitedError,
    "S31-http-exchanges-0027": RateLimitedError,
    "S31-http-exchanges-0028": RateLimitedError,
    "S31-http-exchanges-0029": PermissionDeniedError,
    "S31-http-exchanges-0030": PermissionDeniedError,
    "S31-http-exchanges-0031": RateLimitedError,
}


def test_recorded_error_answers_are_classified():
    """Every recorded exchange: its class of error, or none for a success."""
    found = {}
    for record in rows("http-exchanges"):
        response = record["exchange"]["response"]
        body = json.dumps(response.get("body")).encode()
        answer = Answer(response["status"], response["headers"], body, "https://api.github.com/x")
        error = decide(answer, Context("GET /x", CLASSIC, "acme", "api.github.com"))
        if error:
            found[record["id"]] = type(error)
            assert isinstance(error, RateLimitedError | OperatorError)
    assert found == CORPUS_ERRORS
