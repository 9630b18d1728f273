"""GitHub's error answers, one row for each known cause (E1 to E40 of the reference).

A row is data: status, message, documentation address, extra headers. `{org}` and the like are
filled in when it is answered. Rows that are not errors (E20, E39) change a good answer instead.
"""

from dataclasses import dataclass, field
from typing import Any

import orjson

from sandbox.wire import JSON_TYPE, Answer

DOCS = "https://docs.github.com/"
LIMITS_DOCS = f"{DOCS}rest/overview/rate-limits-for-the-rest-api"
SECONDARY_DOCS = f"{LIMITS_DOCS}#about-secondary-rate-limits"
AUDIT_DOCS = f"{DOCS}rest/reference/enterprise-admin#get-the-audit-log-for-an-enterprise"
HTML_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the error table."""

    status: int
    message: str
    docs: str = f"{DOCS}rest"
    headers: dict[str, str] = field(default_factory=dict)
    html: bool = False
    errors: tuple[dict[str, str], ...] = ()
    document: bool = True


NOT_FOUND = Row(404, "Not Found")
BAD_CREDENTIALS = Row(401, "Bad credentials")
SECONDARY_TEXT = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    " If you reach out to GitHub Support for help, please include the request ID {request_id}."
)
PRIMARY_TEXT = (
    "API rate limit exceeded for {who}. If you reach out to GitHub Support for help,"
    " please include the request ID {request_id} and timestamp {timestamp}."
)
CLASSIC_FORBIDDEN = (
    "`{org}` forbids access via a personal access token (classic). Please use a GitHub App,"
    " OAuth App, or a personal access token with fine-grained permissions."
)
FINE_FORBIDDEN = (
    "`{org}` forbids access via a personal access token with fine-grained permissions."
    " Please use a GitHub App, or an OAuth App."
)
TOO_LONG_LIFE = (
    "The '{org}' organization forbids access via a fine-grained personal access tokens if the"
    " token's lifetime is greater than 366 days. Please adjust your token's lifetime at the"
    " following URL: https://github.com/settings/personal-access-tokens/1"
)
SAML = (
    "Resource protected by organization SAML enforcement."
    " You must grant your Personal Access token access to this organization."
)
ALLOW_LIST = (
    "Although you appear to have the correct authorization credentials, the `{org}` organization"
    " has an IP allow list enabled, and your IP address is not permitted to access this resource."
)
NO_USER_AGENT = (
    "\r\nRequest forbidden by administrative rules. Please make sure your request has a"
    " User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api"
    "#user-agent-required). Check https://developer.github.com for other possible causes.\r\n"
)
PROXY_PAGE = (
    "<!DOCTYPE html><html><head><title>Web filter</title></head>"
    "<body><h1>Access blocked</h1><p>This proxy refused the address.</p></body></html>"
)
SSO_URL = "https://github.com/orgs/{org}/sso?authorization_request=AZSCKtL4"
ISSUED_AT = (
    "'Issued at' claim ('iat') must be an Integer representing"
    " the time that the assertion was issued"
)
INVALID_FIELD = {"resource": "AuditLog", "field": "phrase", "code": "invalid"}

ROWS: dict[str, Row] = {
    "E1": BAD_CREDENTIALS,
    "E2": BAD_CREDENTIALS,
    "E3": BAD_CREDENTIALS,
    "E4": Row(401, ISSUED_AT),
    "E5": Row(401, "'Expiration time' claim ('exp') is too far in the future"),
    "E6": Row(401, "A JSON web token could not be decoded"),
    "E7": Row(404, "Integration not found"),
    "E8": NOT_FOUND,
    "E9": Row(403, "This installation has been suspended"),
    "E10": NOT_FOUND,
    "E11": Row(422, "The permissions requested are not granted to this installation."),
    "E12": Row(403, "Resource not accessible by {noun}"),
    "E13": Row(403, "Must have admin rights to Repository.", AUDIT_DOCS),
    "E14": Row(
        403,
        "Must have admin rights to Repository.",
        headers={"X-OAuth-Scopes": "read:user", "X-Accepted-OAuth-Scopes": "read:audit_log"},
    ),
    "E15": Row(403, "Resource not accessible by personal access token"),
    "E16": Row(403, CLASSIC_FORBIDDEN),
    "E17": Row(403, FINE_FORBIDDEN),
    "E18": Row(403, TOO_LONG_LIFE),
    "E19": Row(
        403,
        SAML,
        f"{DOCS}articles/authenticating-to-a-github-organization-with-saml-single-sign-on/",
        headers={"X-GitHub-SSO": f"required; url={SSO_URL}"},
    ),
    "E21": Row(403, ALLOW_LIST),
    "E22": NOT_FOUND,
    "E23": NOT_FOUND,
    "E24": Row(404, "Not Found", headers={"X-GitHub-Enterprise-Version": "3.17.0"}),
    "E25": Row(403, "Resource not accessible by {noun}"),
    "E26": Row(403, "This endpoint must be called without credentials."),
    "E27": Row(403, PRIMARY_TEXT, LIMITS_DOCS),
    "E28": Row(403, SECONDARY_TEXT, SECONDARY_DOCS),
    "E29": Row(403, "Maximum number of login attempts exceeded. Please try again later."),
    "E30": Row(403, NO_USER_AGENT, headers={"Content-Type": HTML_TYPE}, html=True),
    "E31": Row(403, PROXY_PAGE, headers={"Content-Type": HTML_TYPE}, html=True),
    "E32": Row(502, "Server Error", document=False),
    "E33": Row(400, "Pagination using the `page` parameter is not supported."),
    "E34": Row(400, "The API version requested is not supported: {version}"),
    "E35": Row(422, "Validation Failed", errors=(INVALID_FIELD,)),
    "E36": NOT_FOUND,
    "E37": Row(409, "Conflict"),
    "E38": Row(307, "Temporary Redirect"),
}
CHANGES_GOOD_ANSWER = {"E20", "E39"}
NOT_AN_ANSWER = {"E40"}


def row_answer(row: Row, words: dict[str, str], options: dict[str, Any] | None = None) -> Answer:
    """Return a row as an answer; options may override status, message and headers."""
    chosen = options or {}
    status = int(chosen.get("status", row.status))
    message = _filled(str(chosen.get("message", row.message)), words)
    headers = {name: _filled(value, words) for name, value in row.headers.items()}
    headers |= {name: str(value) for name, value in chosen.get("headers", {}).items()}
    if row.html:
        return Answer(status, message.encode(), list(headers.items()))
    body: dict[str, Any] = {"message": message}
    if row.errors:
        body["errors"] = chosen.get("errors", list(row.errors))
    if row.document:
        body |= {"documentation_url": chosen.get("docs", row.docs), "status": str(status)}
    return Answer(status, orjson.dumps(body), [("Content-Type", JSON_TYPE), *headers.items()])


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text
