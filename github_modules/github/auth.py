"""How requests prove who asks: a token as it is, or installation tokens of a GitHub App.

https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Protocol, TypeVar

import jwt

from github_modules.errors import GithubUnavailableError, UnreadableAnswerError
from github_modules.github.address import Address
from github_modules.github.case import Context
from github_modules.github.classify import decide
from github_modules.github.credentials import Credential, token_kind
from github_modules.github.gate import Gate, Outgoing
from github_modules.github.rate_limit import Lane
from github_modules.github.response import Answer
from github_modules.github.route import API_VERSION, API_VERSION_SERVER, fill
from github_modules.github.settings import Owner

T = TypeVar("T")

_BACKDATED = timedelta(seconds=60)
_JWT_LIFE = timedelta(minutes=8)
"""GitHub takes 10 minutes at most by its own clock, and refuses exactly 10 at random."""
_RENEW_EARLY = timedelta(minutes=5)
_SKEW_WORTH = timedelta(seconds=30)
"""A smaller difference of the clocks is covered by back-dating."""
_FRESH_S = 10.0
"""How long a new token may be unknown to some of GitHub's machines."""
_BUCKET = "app:core"
"""The App's own budget; the colon keeps it apart from that of its installation."""


class Auth(Protocol):
    """What the client asks of a credential."""

    @property
    def kind(self) -> Credential:
        """The kind of credential that requests carry."""

    def authorization(self) -> str:
        """Return the value of the header; may ask GitHub for a token first."""

    def is_fresh(self, authorization: str) -> bool:
        """Return whether a header's token was made within the last seconds."""

    def renew_after_refusal(self, authorization: str) -> bool:
        """Take note that a header was refused; True when the next one will be another."""


class TokenAuth:
    """A personal access token, or any other token, as it was given."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.kind = token_kind(token)

    def authorization(self) -> str:
        """Return the token as a header."""
        return f"Bearer {self._token}"

    def is_fresh(self, authorization: str) -> bool:  # noqa: ARG002 - the protocol's
        """Return False: nobody knows when it was made."""
        return False

    def renew_after_refusal(self, authorization: str) -> bool:  # noqa: ARG002 - the protocol's
        """Return False: repeating a refused token leads to a lock-out (row E29)."""
        return False


@dataclass(frozen=True, slots=True)
class AppKey:
    """Who the App is: App ID or client id, and its private key as PEM text."""

    app_id: str
    private_key: str = field(repr=False)


class AppAuth:
    """Installation tokens, made when needed and used until five minutes before their end.

    Safe among threads: one mints while the others wait for it.

    Args:
        key: the App.
        owner: whose installation is used.
        address: the configured GitHub.
        gate: sends the App's own requests.
        user_agent: GitHub refuses requests without one.
    """

    kind = Credential.INSTALLATION

    def __init__(
        self, key: AppKey, owner: Owner, address: Address, gate: Gate, user_agent: str
    ) -> None:
        self._key = key
        self._owner = owner
        self._address = address
        self._gate = gate
        self._lock = Lock()
        self._installation: int | None = None
        self._token = ""
        self._expires_at: datetime | None = None
        self._fresh_until_s = float("-inf")
        self._headers = {
            "Accept": "application/vnd.github+json",
            "User-Agent": user_agent,
            "X-GitHub-Api-Version": API_VERSION_SERVER if address.is_server else API_VERSION,
        }

    def authorization(self) -> str:
        """Return a token that lives at least five more minutes.

        Raises:
            GithubModuleError: GitHub refuses the App, its key or its installation.
        """
        with self._lock:
            if not self._expires_at or self._gate.github_now() >= self._expires_at - _RENEW_EARLY:
                self._mint()
            return f"Bearer {self._token}"

    def is_fresh(self, authorization: str) -> bool:
        """Return whether a header's token is the newest, and was made within ten seconds."""
        return (
            authorization == f"Bearer {self._token}"
            and self._gate.clock.monotonic_s() < self._fresh_until_s
        )

    def renew_after_refusal(self, authorization: str) -> bool:
        """Forget the token if it is the refused one; the next call makes a new one."""
        with self._lock:
            if authorization == f"Bearer {self._token}":
                self._expires_at = None
        return True

    def installation(self) -> dict[str, Any]:
        """Return the installation as GitHub describes it (id, permissions, suspended_at, ...).

        Raises:
            GithubModuleError: there is none, or the App is refused.
        """
        owner = self._owner
        shelf = "enterprises/{enterprise}" if owner.kind == "enterprise" else "orgs/{org}"
        found = _object(self._as_app(f"GET /{shelf}/installation", owner.path_variables))
        self._installation = _field(found, "id", int)
        return found

    def app(self) -> dict[str, Any]:
        """Return the App as GitHub describes it.

        Raises:
            GithubModuleError: the App is refused.
        """
        return _object(self._as_app("GET /app", {}))

    def _mint(self) -> None:
        if self._installation is None:
            self.installation()
        installation, self._installation = self._installation, None
        answer = self._as_app(
            "POST /app/installations/{installation_id}/access_tokens",
            {"installation_id": str(installation)},
        )
        # Known again only now: an installation that was removed and made anew has another id.
        self._installation = installation
        made = _object(answer)
        self._token = _field(made, "token", str)
        self._expires_at = _field(made, "expires_at", _moment)
        self._fresh_until_s = self._gate.clock.monotonic_s() + _FRESH_S

    def _as_app(self, route: str, variables: dict[str, str]) -> Answer:
        """Send a request signed by the App; once more when GitHub's clock differs from ours."""
        signed_at = self._gate.github_now()
        answer = self._send(route, variables, signed_at)
        corrected = self._gate.github_now()
        if answer.status == 401 and abs(corrected - signed_at) > _SKEW_WORTH:
            answer = self._send(route, variables, corrected)
        context = Context(route, Credential.APP, self._owner.name, self._address.host)
        error = decide(answer, context, self._gate.clock.now())
        if isinstance(error, GithubUnavailableError):
            error.never_arrived = True
        if error:
            raise error
        return answer

    def _send(self, route: str, variables: dict[str, str], now: datetime) -> Answer:
        method, path = fill(route, variables)
        headers = self._headers | {"Authorization": f"Bearer {self._signed(now)}"}
        request = Outgoing(method, self._address.url(path), headers)
        try:
            return self._gate.send(request, _BUCKET, Lane.ACTION)
        except GithubUnavailableError as err:
            err.never_arrived = True  # the request that waits for the token was not sent
            raise

    def _signed(self, now: datetime) -> str:
        claims = {"iat": now - _BACKDATED, "exp": now + _JWT_LIFE, "iss": self._key.app_id}
        return jwt.encode(claims, self._key.private_key, algorithm="RS256")


def _object(answer: Answer) -> dict[str, Any]:
    found = answer.json()
    if not isinstance(found, dict):
        raise UnreadableAnswerError(
            f"GitHub's answer to {answer.path} is not an object.", evidence=answer.evidence
        )
    return found


def _field(found: dict[str, Any], name: str, kind: Callable[[Any], T]) -> T:
    """Return one field in its type; without it there is no going on."""
    value = found.get(name)
    try:
        if value not in (None, ""):
            return kind(value)
    except (TypeError, ValueError):
        pass
    cause = f"GitHub's answer about the App's installation has no usable field {name}."
    raise UnreadableAnswerError(cause, remedy='Check "base_url"; if it is right, report this.')


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
