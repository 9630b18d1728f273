"""Routes, their variables and queries."""

import pytest

from github_modules.errors import ValidationFailedError
from github_modules.github.route import encode_query, fill, guess_bucket


def test_variables_are_percent_encoded():
    """A slash would be another path."""
    route = "PUT /repos/{owner}/{repo}/contents/{path}"
    variables = {"owner": "acme", "repo": "a b", "path": "x/../y?z#ü"}
    assert fill(route, variables) == ("PUT", "/repos/acme/a%20b/contents/x%2F..%2Fy%3Fz%23%C3%BC")
    assert fill("GET /x/{id}", {"id": 7}) == ("GET", "/x/7")


@pytest.mark.parametrize(
    ("route", "variables"),
    [
        ("GET /orgs/{org}", {}),
        ("GET /orgs/{org}", {"org": "acme", "user": "octo"}),
        ("GET orgs", {}),
    ],
)
def test_variables_that_do_not_fit_are_a_mistake_in_the_code(route, variables):
    """Not a matter for the operator."""
    with pytest.raises(ValueError, match="does not fit"):
        fill(route, variables)


@pytest.mark.parametrize("value", ["", " ", ".", "..", ". ."])
def test_an_empty_variable_is_refused(value):
    """GET /orgs//blocks and GET /orgs/../blocks are other requests."""
    with pytest.raises(ValidationFailedError, match="org is empty"):
        fill("GET /orgs/{org}/blocks", {"org": value})


def test_queries_leave_none_out_and_escape_everything():
    """A plus sign must arrive as a plus sign."""
    params = {
        "phrase": "created:>=2026-01-01T00:00:00+00:00 a",
        "x": None,
        "b": True,
        "per_page": 5,
    }
    expected = "?phrase=created%3A%3E%3D2026-01-01T00%3A00%3A00%2B00%3A00%20a&b=true&per_page=5"
    assert expected == encode_query(params)
    assert encode_query({"x": None}) == ""


@pytest.mark.parametrize(
    ("route", "bucket"),
    [
        ("GET /orgs/{org}/audit-log", "audit_log"),
        ("GET /enterprises/{enterprise}/audit-log/streams", "audit_log_streaming"),
        ("GET /search/code", "code_search"),
        ("GET /search/users", "search"),
        ("PUT /orgs/{org}/blocks/{username}", "core"),
    ],
)
def test_the_bucket_is_guessed_from_the_route(route, bucket):
    """Until the first answer names it."""
    assert bucket == guess_bucket(route)
