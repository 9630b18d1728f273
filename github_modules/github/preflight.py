"""Trying a connection step by step, without writing anything: what works, what fails, what to do.

Each step tells its own outcome, so that one failure does not hide the others; a step that depends
on a failed one is left out. Ends within seconds: a person is waiting for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from github_modules.clock import Clock
from github_modules.errors import (
    ConfigurationError,
    ContractError,
    CredentialError,
    GithubModuleError,
    PermissionDeniedError,
    PlanError,
    RateLimitedError,
    RequestError,
    RetryableError,
    StopRequested,
)
from github_modules.github.auth import AppAuth
from github_modules.github.client import GithubClient
from github_modules.github.notices import parse_expiry
from github_modules.github.response import Answer
from github_modules.github.settings import GithubSettings

_ANY_ANSWER = (400, 401, 403, 404, 410)
_LONGEST_WAIT_S = 20.0


class Topic(StrEnum):
    """The steps, in their order."""

    FORM = "Form"
    ADDRESS = "Address and TLS"
    IDENTITY = "Identity"
    OWNER = "Organization or enterprise"
    AUDIT_LOG = "Audit log permission"
    BUDGET = "Request budget"
    EXPIRY = "Token expiry"
    ACTIONS = "Actions"


@dataclass(frozen=True, slots=True)
class Step:
    """One outcome: `text` says what was found, or cause and remedy."""

    topic: Topic
    passed: bool
    text: str


class PatientFor:
    """A clock that lets waits add up to a few seconds, and then counts as stopped."""

    def __init__(self, clock: Clock, most_s: float = _LONGEST_WAIT_S) -> None:
        self._clock = clock
        self._left_s = most_s
        self.now = clock.now
        self.monotonic_s = clock.monotonic_s

    def wait(self, seconds: float) -> bool:
        """Wait if there is patience left; True when there is not, or when asked to stop."""
        self._left_s -= seconds
        return self._left_s < 0 or self._clock.wait(seconds)

    def stopped(self) -> bool:
        """Return whether patience is at its end."""
        return self._left_s < 0 or self._clock.stopped()


# In the words that users of comparable products know from their error tables.
_HEADLINES: tuple[tuple[type[GithubModuleError], str], ...] = (
    (ConfigurationError, "Configuration not usable"),
    (CredentialError, "Authentication failed"),
    (PermissionDeniedError, "Access forbidden"),
    (PlanError, "Not available"),
    (RateLimitedError, "API rate limit exceeded"),
    (RetryableError, "Connection test failed"),
    (RequestError, "Organization access restricted or name not found"),
    (ContractError, "Connection test failed"),
)


def headline(error: GithubModuleError) -> str:
    """Return the few words that an error's group is known by."""
    return next((words for kind, words in _HEADLINES if isinstance(error, kind)), "Failed")


class Preflight:
    """The steps against one client. Use `steps` once.

    Args:
        settings: checked settings.
        client: made from them with a `PatientFor` clock.
    """

    def __init__(self, settings: GithubSettings, client: GithubClient) -> None:
        self._settings = settings
        self._client = client
        self._expiry = ""

    def steps(self) -> Iterator[Step]:
        """Yield outcomes; nothing is raised but by a defect."""
        reached = self._tried(Topic.ADDRESS, self._address)
        yield reached
        if not reached.passed:
            return
        known = self._tried(Topic.IDENTITY, self._identity)
        yield known
        if not known.passed:
            return
        if self._settings.organization:
            yield self._tried(Topic.OWNER, self._organization)
        yield self._tried(Topic.AUDIT_LOG, self._audit_log)
        yield self._tried(Topic.BUDGET, self._budget)
        yield self._tried(Topic.EXPIRY, self._token_expiry)

    def _tried(self, topic: Topic, step: Callable[[], str]) -> Step:
        try:
            return Step(topic, passed=True, text=step())
        except GithubModuleError as error:
            return Step(topic, passed=False, text=f"{headline(error)}: {error}")
        except StopRequested:
            text = (
                "API rate limit exceeded: GitHub asks to wait longer than a test may take. Try "
                "again later, or use a credential that nothing else uses."
            )
            return Step(topic, passed=False, text=text)

    def _address(self) -> str:
        answer = self._client.request("GET /meta", anonymous=True, expect=_ANY_ANSWER)
        version = answer.header("x-github-enterprise-version")
        product = f"GitHub Enterprise Server {version}" if version else "GitHub"
        return f"{product} answers at {self._client.address.host}."

    def _identity(self) -> str:
        auth = self._client.auth
        if isinstance(auth, AppAuth):
            app = auth.app()
            auth.authorization()
            return f"GitHub App {app.get('slug') or app.get('name')}, installed."
        kind = self._settings.credential.value
        if self._settings.token.startswith("ghs_"):
            return f"A {kind}; it ends one hour after it was made."
        answer = self._client.request("GET /user")
        self._expiry = answer.header("github-authentication-token-expiration")
        return f"{_login(answer)}, by {kind}{_scopes(answer)}."

    def _organization(self) -> str:
        found = self._client.request(
            "GET /orgs/{org}", variables={"org": self._settings.organization}
        ).json()
        plan = found.get("plan") if isinstance(found, dict) else None
        name = plan.get("name") if isinstance(plan, dict) else ""
        return f"{self._settings.organization} is there" + (f", plan {name}." if name else ".")

    def _audit_log(self) -> str:
        owner = self._settings.owner
        self._client.request(
            owner.audit_log_route,
            variables=owner.path_variables,
            params={"per_page": 1, "include": "all"},
        )
        return f"The audit log of {owner.kind} {owner.name} can be read."

    def _budget(self) -> str:
        limit = self._client.governor.budget().get("audit_log")
        if limit is None:
            return "This server does not limit requests."
        return f"{limit.remaining} of {limit.limit} audit log requests are left in this hour."

    def _token_expiry(self) -> str:
        expires_at = parse_expiry(self._expiry) if self._expiry else None
        if expires_at is None:
            return "No expiry date is known."
        return f"The token expires on {expires_at:%Y-%m-%d %H:%M} UTC."


def _login(answer: Answer) -> str:
    found = answer.json()
    return str(found.get("login")) if isinstance(found, dict) else "unknown user"


def _scopes(answer: Answer) -> str:
    scopes = answer.header("x-oauth-scopes")
    return f" with the scopes {scopes}" if scopes else ""
