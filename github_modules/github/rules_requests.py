"""Rows about the request, the limits and the way to GitHub.

https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

from github_modules.errors import (
    ConfigurationError,
    ConflictError,
    GithubUnavailableError,
    PlanError,
    RateLimitedError,
    RequestError,
    UnreadableAnswerError,
    ValidationFailedError,
)
from github_modules.github.case import Case
from github_modules.github.credentials import Credential
from github_modules.github.limits import is_primary_limit, is_secondary_limit
from github_modules.github.rule import Rule, never

_REPORT = "This is a defect of the module: please report it with the request id."
_WAIT = "Nothing to do: the module waits."


def _is_foreign_page(case: Case) -> bool:
    has_request_id = bool(case.answer.header("x-github-request-id"))
    return case.status in range(400, 500) and case.is_foreign and not has_request_id


def _is_revocation_with_credential(case: Case) -> bool:
    has_credential = case.context.credential is not Credential.NONE
    is_revocation = case.context.route == "POST /credentials/revoke"
    return case.status == 403 and is_revocation and has_credential


def _has_bad_path(case: Case) -> bool:
    path = case.answer.url.partition("?")[0].partition("://")[2]
    return case.status in {404, 405} and (path.endswith("/") or "//" in path)


FIRST_RULES: tuple[Rule, ...] = (
    Rule(
        "E38",
        "HTTP 301, 302, 307 or 308 that cannot be followed",
        "GitHub redirects {call} without an end or without naming a target.",
        "Check the names in the request: something was renamed or moved.",
        RequestError,
        lambda case: case.status in range(300, 400),
    ),
    Rule(
        "E30",
        'HTTP 403, "Request forbidden by administrative rules ... User-Agent"',
        "GitHub received the request without a User-Agent.",
        "Check whether a proxy removes the header User-Agent; else report it as a defect.",
        RequestError,
        lambda case: case.status == 403 and case.says("administrative rules"),
    ),
    Rule(
        "E32",
        "HTTP 5xx or 408",
        "{host} could not answer {call} (HTTP {status}).",
        "Nothing to do: the module asks again, with smaller pages. If it lasts, see "
        "https://www.githubstatus.com.",
        GithubUnavailableError,
        lambda case: case.status >= 500 or case.status == 408,
    ),
    Rule(
        "E28",
        'HTTP 403 or 429, "You have exceeded a secondary rate limit", or Retry-After',
        "GitHub's secondary rate limit stops every request for a while.",
        _WAIT,
        RateLimitedError,
        is_secondary_limit,
    ),
    Rule(
        "E27",
        'HTTP 403 or 429, "API rate limit exceeded", or x-ratelimit-remaining: 0',
        "The hourly budget of requests is used up.",
        _WAIT,
        RateLimitedError,
        is_primary_limit,
    ),
    Rule(
        "E31",
        "HTTP 4xx with a page or text and no X-GitHub-Request-Id",
        "Not GitHub's API, but something else at {host} answered with HTTP {status}.",
        'Check "base_url" and "proxy_url": a proxy, a login page or a web server stands in '
        "between.",
        ConfigurationError,
        _is_foreign_page,
    ),
    Rule(
        "E26",
        "HTTP 403 on POST /credentials/revoke",
        "GitHub accepts revocations only without a credential.",
        _REPORT,
        RequestError,
        _is_revocation_with_credential,
    ),
)

LAST_RULES: tuple[Rule, ...] = (
    Rule(
        "E34",
        "HTTP 400 or 410 about the API version",
        "{host} does not know the version of the API that was asked for.",
        _REPORT,
        RequestError,
        lambda case: case.status in {400, 410} and case.says("api version", "x-github-api-version"),
    ),
    Rule(
        "E33",
        'HTTP 400, "Pagination using the `page` parameter is not supported."',
        "GitHub no longer offers this list by page number.",
        _REPORT,
        ValidationFailedError,
        lambda case: case.status == 400 and case.says("pagination using"),
    ),
    Rule(
        "E36",
        "HTTP 404 or 405 for a URL with a doubled or trailing slash",
        "The address of the request is malformed.",
        _REPORT,
        RequestError,
        _has_bad_path,
    ),
    Rule(
        "E35",
        'HTTP 400 or 422, "Validation Failed", "Problems parsing JSON"',
        "GitHub refuses the request as invalid.",
        "Correct the values that GitHub names.",
        ValidationFailedError,
        lambda case: case.status in {400, 422},
    ),
    Rule(
        "E37",
        "HTTP 409",
        "The state of the object does not allow {call} (any more).",
        "Look at the object in GitHub; often the wanted state is reached already.",
        ConflictError,
        lambda case: case.status == 409,
    ),
    Rule(
        "G402",
        "HTTP 402",
        "The plan of {subject} does not include {call}.",
        "Have an owner of {subject} check the plan and the billing.",
        PlanError,
        lambda case: case.status == 402,
    ),
    Rule(
        "E39",
        "HTTP 200 with a JSON object or a page where a list is expected",
        "The answer is not the list that GitHub documents for {call}.",
        'Check "base_url" and "proxy_url"; if they are right, report it.',
        UnreadableAnswerError,
        never,
    ),
    Rule(
        "E40",
        "No answer: DNS, TLS, proxy, refused connection, timeout, torn body",
        "{host} could not be reached; the text names the reason.",
        "Check the network, the firewall and the fields base_url, proxy_url and ca_certificate.",
        GithubUnavailableError,
        never,
    ),
)
# Whatever matches nothing else; never offered to `matches` before the rest.
OTHER_RULE = Rule(
    "G4xx",
    "Any other HTTP status from 400 on",
    "GitHub refuses {call} with HTTP {status}.",
    "Look up the status on the page that GitHub names.",
    RequestError,
    lambda case: case.status >= 400,
)
