"""Every body shape that GitHub documents is read."""

import json

import pytest

from github_modules.github.case import Case, Context
from github_modules.github.response import Answer


def case_of(body, status=422, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Case(Answer(status, names, raw, "https://api.github.com/x"), Context())


@pytest.mark.parametrize(
    ("body", "message", "problems"),
    [
        ({"message": "Not Found"}, "Not Found", ()),
        (
            {
                "message": "Validation Failed",
                "errors": [{"resource": "Hook", "field": "url", "code": "missing_field"}],
            },
            "Validation Failed",
            ("Hook.url: missing field",),
        ),
        (
            {"errors": [{"resource": "Hook", "message": "is bad", "code": "custom"}]},
            "",
            ("Hook: is bad",),
        ),
        ({"message": "x", "errors": ["first", "second"]}, "x", ("first", "second")),
        ({"message": "x", "errors": "only one"}, "x", ("only one",)),
        ({"errors": [{}, {"index": 3}]}, "", ("refused",)),
        ({"detail": "no such user", "status": 404, "schemas": []}, "no such user", ()),
        (b"", "", ()),
        (b"null", "", ()),
        ([1], "", ()),
        (b"<html><body>Forbidden</body></html>", "Forbidden", ()),
        (
            b"Request forbidden by administrative rules.",
            "Request forbidden by administrative rules.",
            (),
        ),
        (b'{"message": "torn', "", ()),
        ({"message": None, "documentation_url": None, "errors": None}, "", ()),
    ],
)
def test_message_and_problems_are_found_in_any_shape(body, message, problems):
    """None of them makes the reading fail."""
    case = case_of(body)
    assert (message, problems) == (case.message, case.problems)


def test_secrets_in_a_message_are_hidden():
    """GitHub may repeat what it was sent."""
    assert case_of({"message": "bad token ghp_octo"}).message == "bad token [hidden]"


def test_the_evidence_is_what_github_said():
    """For whoever asks GitHub's support."""
    body = {"message": "Nope", "documentation_url": "https://docs.github.com/rest"}
    evidence = case_of(body, 403, X_GitHub_Request_Id="1:2").evidence
    said = ' [HTTP 403, GitHub said "Nope", see https://docs.github.com/rest, request id 1:2]'
    assert said == str(evidence)


def test_what_a_call_needs_comes_from_the_scopes_or_the_permissions():
    """Scopes first: a classic token has no permissions."""
    scopes = {"X_OAuth_Scopes": "repo, gist", "X_Accepted_OAuth_Scopes": "read:audit_log"}
    assert (
        "needs the scope read:audit_log; the token has: repo, gist." in case_of({}, **scopes).needs
    )
    none = {"X_OAuth_Scopes": "", "X_Accepted_OAuth_Scopes": "read:audit_log"}
    assert "the token has: none." in case_of({}, **none).needs
    permissions = {"X_Accepted_GitHub_Permissions": "administration=write"}
    assert "needs the permission administration: write." in case_of({}, **permissions).needs
    assert case_of({}).needs == ""
