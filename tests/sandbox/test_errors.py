"""Every error row of the reference can be produced, with its own marks."""

import orjson
import pytest
import requests

from sandbox.github.errors import ROWS

MARKS = {
    "E1": (401, "Bad credentials"),
    "E2": (401, "Bad credentials"),
    "E3": (401, "Bad credentials"),
    "E4": (401, "'Issued at' claim ('iat') must be an Integer representing the time"),
    "E5": (401, "'Expiration time' claim ('exp') is too far in the future"),
    "E6": (401, "A JSON web token could not be decoded"),
    "E7": (404, "Integration not found"),
    "E8": (404, "Not Found"),
    "E9": (403, "This installation has been suspended"),
    "E10": (404, "Not Found"),
    "E11": (422, "permissions requested are not granted"),
    "E12": (403, "Resource not accessible by personal access token"),
    "E13": (403, "Must have admin rights to Repository."),
    "E14": (403, "Must have admin rights"),
    "E15": (403, "Resource not accessible by personal access token"),
    "E16": (403, "`acme` forbids access via a personal access token (classic). Please use a"),
    "E17": (403, "`acme` forbids access via a personal access token with fine-grained"),
    "E18": (403, "lifetime is greater than 366 days"),
    "E19": (403, "Resource protected by organization SAML enforcement."),
    "E21": (403, "has an IP allow list enabled, and your IP address is not permitted"),
    "E22": (404, "Not Found"),
    "E23": (404, "Not Found"),
    "E24": (404, "Not Found"),
    "E25": (403, "Resource not accessible by"),
    "E26": (403, "without credentials"),
    "E27": (403, "API rate limit exceeded for user ID"),
    "E28": (403, "You have exceeded a secondary rate limit. Please wait a few minutes"),
    "E29": (403, "Maximum number of login attempts exceeded. Please try again later."),
    "E30": (403, "Please make sure your request has a User-Agent header"),
    "E31": (403, "<html>"),
    "E32": (502, "Server Error"),
    "E33": (400, "Pagination using the `page` parameter is not supported."),
    "E34": (400, "version"),
    "E35": (422, "Validation Failed"),
    "E36": (404, "Not Found"),
    "E37": (409, ""),
    "E38": (307, ""),
}


def test_the_table_names_every_row():
    """E1 to E40 are there, as rows or as the three special ones."""
    assert {*ROWS, "E20", "E39", "E40"} == {f"E{number}" for number in range(1, 41)}
    assert set(MARKS) == set(ROWS)


@pytest.mark.parametrize("row", MARKS)
def test_row_has_its_status_and_text(sandbox, session, log_url, row):
    """A mode makes every answer that row, until it is cleared."""
    sandbox.mode(row)
    answer = session.get(log_url, allow_redirects=False)
    status, text = MARKS[row]
    assert answer.status_code == status
    assert text in answer.text
    sandbox.clear_mode()
    assert session.get(log_url).status_code == 200


@pytest.mark.parametrize("row", sorted(set(MARKS) - {"E30", "E31", "E32"}))
def test_row_is_a_basic_error_with_a_request_id(sandbox, session, log_url, row):
    """Errors carry message, documentation address and the status as text."""
    sandbox.mode(row)
    answer = session.get(log_url, allow_redirects=False)
    body = answer.json()
    assert body["message"]
    assert body["documentation_url"].startswith("https://docs.github.com/")
    assert body["status"] == str(answer.status_code)
    assert answer.headers["X-GitHub-Request-Id"].count(":") == 4


def test_a_proxy_page_has_no_request_id(sandbox, session, log_url):
    """E31 is recognised by HTML without X-GitHub-Request-Id."""
    sandbox.mode("E31")
    answer = session.get(log_url)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "X-GitHub-Request-Id" not in answer.headers


def test_sso_headers_are_required_or_partial(sandbox, session, log_url):
    """E19 names an address, E20 is a good answer with left-out organisations."""
    sandbox.mode("E19")
    assert session.get(log_url).headers["X-GitHub-SSO"].startswith("required; url=https://")
    sandbox.clear_mode()
    sandbox.mode("E20")
    answer = session.get(log_url)
    assert answer.status_code == 200
    assert answer.headers["X-GitHub-SSO"] == "partial-results; organizations=21955855,20582480"


def test_object_instead_of_a_list_and_no_answer_at_all(sandbox, session, log_url):
    """E39 is an object with status 200, E40 no answer."""
    sandbox.mode("E39", times=1)
    assert isinstance(session.get(log_url).json(), dict)
    sandbox.mode("E40", times=1)
    with pytest.raises(requests.ConnectionError):
        session.get(log_url)


def test_missing_scope_is_named_by_two_headers(sandbox, session, log_url):
    """E14 is the difference of accepted and held scopes."""
    sandbox.mode("E14")
    headers = session.get(log_url).headers
    assert headers["X-Accepted-OAuth-Scopes"] == "read:audit_log"
    assert "read:audit_log" not in headers["X-OAuth-Scopes"]


def test_validation_errors_have_entries(sandbox, session, log_url):
    """E35 lists resource, field and code."""
    sandbox.mode("E35")
    entry = orjson.loads(session.get(log_url).content)["errors"][0]
    assert {"resource", "field", "code"} <= set(entry)


def test_ghes_and_moved_rows_carry_their_header(sandbox, session, log_url):
    """E24 shows the server's version, E38 a location on the same host."""
    sandbox.mode("E24")
    assert session.get(log_url).headers["X-GitHub-Enterprise-Version"] == "3.17.0"
    sandbox.clear_mode()
    sandbox.mode("E38", times=1)
    answer = session.get(log_url, params={"include": "all"})
    assert answer.status_code == 200
    assert answer.url.endswith("/organizations/80307827/audit-log?include=all")


def test_row_can_wait_for_a_later_page(sandbox, session, log_url):
    """The admin-rights 403 has been seen after partial results."""
    sandbox.mode("E13", after=1)
    assert session.get(log_url).status_code == 200
    assert session.get(log_url).status_code == 403


def test_unknown_rows_and_faults_are_refused(sandbox):
    """A typo in a test must not pass silently."""
    for kind, options in (("row", {"row": "E99"}), ("no_such_fault", {})):
        with pytest.raises(OSError, match="400"):
            sandbox.fault(kind, **options)
