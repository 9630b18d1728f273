"""Requests to GitHub by route, and lists by page. The face of this package.

Ties credential, budgets, retries and redirects together; each decision is made elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import SystemRandom
from typing import Unpack
from urllib.parse import urljoin

from github_modules.clock import Clock, epoch_ms
from github_modules.errors import (
    ForeignLinkError,
    GithubModuleError,
    GithubUnavailableError,
    RateLimitedError,
    RetryableError,
    StopRequested,
)
from github_modules.github.address import Address
from github_modules.github.auth import Auth
from github_modules.github.call import Call, Options, build_call
from github_modules.github.case import Context
from github_modules.github.classify import decide
from github_modules.github.credentials import Credential
from github_modules.github.gate import Gate, Outgoing, Sender
from github_modules.github.notices import Notices
from github_modules.github.pages import OnRetry, Page, Walker
from github_modules.github.rate_limit import Governor, Lane
from github_modules.github.response import Answer
from github_modules.github.retry import (
    WALK,
    CircuitBreaker,
    Patience,
    Rng,
    decide_retry,
)
from github_modules.github.route import API_VERSION, API_VERSION_SERVER, guess_bucket

DEFAULT_USER_AGENT = "github-modules/2.0"
_MOST_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}
# https://github.com/octokit/auth-app.js/issues/65
_LAG_WAITS_S = (1.0, 2.0, 4.0)


@dataclass
class GithubClient:
    """One GitHub with one credential. Safe among threads.

    `subject` is the organization or enterprise that texts name; `on_expiry` is told once a day
    when the token ends within 14 days, `on_notice` once a day what else an answer warns of.
    """

    address: Address
    auth: Auth
    transport: Sender
    governor: Governor
    clock: Clock
    rng: Rng = field(default_factory=SystemRandom)
    api_version: str = ""
    user_agent: str = DEFAULT_USER_AGENT
    subject: str = ""
    on_expiry: Callable[[datetime], None] | None = None
    on_notice: Callable[[str], None] | None = None
    on_retry: OnRetry | None = None
    """Told each failure of a walk that is waited out, and the seconds."""
    gate: Gate | None = None
    walk_patience: Patience = WALK
    """How long a walk waits for a GitHub that does not answer."""

    def __post_init__(self) -> None:
        breaker = CircuitBreaker(self.clock)
        self._gate = self.gate or Gate(self.transport, self.governor, breaker, self.clock)
        self._notices = Notices(self.on_expiry, self.on_notice)
        self._buckets: dict[str, str] = {}
        version = API_VERSION_SERVER if self.address.is_server else API_VERSION
        self._headers = {
            "Accept": "application/vnd.github+json",
            "User-Agent": self.user_agent,
            "X-GitHub-Api-Version": self.api_version or version,
        }

    def request(self, route: str, **options: Unpack[Options]) -> Answer:
        """Return the answer to one request.

        Args:
            route: as GitHub documents it: "PUT /orgs/{org}/blocks/{username}".
            options: `variables` of the path; `params` of the query (None is left out); `json`
                as the body; further `headers`; `lane`; `anonymous` to send no credential; `idempotent` if the
                endpoint may be called twice without harm; `expect`: error statuses that are
                answers to the caller.

        Raises:
            GithubModuleError: what the answer means, with cause and remedy.
            StopRequested: the process was asked to end.
            ValueError: the variables do not fit the route.
        """
        return self._persist(build_call(self.address, route, **options))

    def pages(
        self,
        route: str,
        *,
        variables: Mapping[str, object] | None = None,
        params: Mapping[str, object] | None = None,
        lane: Lane = Lane.ACTION,
        items_key: str = "",
        start: str = "",
    ) -> Iterator[Page]:
        """Yield the pages of a list; see `pages.Walker.walk` for what may be raised.

        Args:
            route: as GitHub documents it: "GET /orgs/{org}/audit-log".
            variables: of the path.
            params: of the query; None is left out.
            lane: who asks.
            items_key: the field that holds the list, where the answer is an object.
            start: the address of a page of this list, to begin there.
        """
        call = build_call(self.address, route, variables=variables, params=params, lane=lane)
        walker = Walker(
            lambda url: self._attempt(replace(call, url=url)),
            self.address,
            self.clock,
            self.rng,
            items_key,
            self.on_retry,
            self.walk_patience,
        )
        return walker.walk(start or call.url)

    @property
    def requests(self) -> int:
        """How many requests were sent, those for tokens included."""
        return self.governor.requests

    def now_ms(self) -> int:
        """Return GitHub's clock as far as its answers told, milliseconds since the epoch."""
        return epoch_ms(self._gate.github_now())

    def requests_per_hour(self, resource: str, per_minute: float) -> float:
        """Return what GitHub's limit of a bucket, where it told one, and a cap of ours leave."""
        told = self.governor.budget().get(resource)
        ours = per_minute * 60
        return min(ours, told.limit) if told else ours

    @property
    def clock_skew_s(self) -> float:
        """How far GitHub's clock is ahead of this machine's, in seconds, as of the last answer."""
        return self._gate.ahead.total_seconds()

    def route_through(self, through: Callable[[Sender], Sender]) -> None:
        """Let every request go through something on its way to the network."""
        self._gate.transport = self.transport = through(self.transport)

    def close(self) -> None:
        """Close every connection."""
        self.transport.close()

    def _persist(self, call: Call) -> Answer:
        number = 1
        while True:
            try:
                return self._attempt(call)
            except RetryableError as error:
                wait_s = decide_retry(
                    error, number, method=call.method, idempotent=call.idempotent, rng=self.rng
                )
                if wait_s is None:
                    raise
            self._pause(wait_s)
            number += 1

    def _attempt(self, call: Call) -> Answer:
        """Return a good answer; one renewal and the lag of a new token are not failures."""
        lag_waits = list(_LAG_WAITS_S)
        may_renew = True
        while True:
            authorization = "" if call.anonymous else self.auth.authorization()
            answer = self._follow(call, authorization)
            error = self._judge(
                call, answer, is_fresh=bool(lag_waits) and self._fresh(authorization)
            )
            if error is None:
                return answer
            if lag_waits and self._is_lag(answer, error):
                self._pause(lag_waits.pop(0))
            elif may_renew and answer.status == 401 and self._renewed(call, authorization):
                may_renew = False
            else:
                raise error

    def _judge(self, call: Call, answer: Answer, *, is_fresh: bool) -> GithubModuleError | None:
        if answer.status < 300 or (answer.status == 304 and call.headers):
            return None
        kind = Credential.NONE if call.anonymous else self.auth.kind
        context = Context(call.route, kind, self.subject, self.address.host, is_fresh)
        error = decide(answer, context, self.clock.now())
        is_expected = answer.status in call.expect and not isinstance(error, RateLimitedError)
        return None if is_expected else error

    def _follow(self, call: Call, authorization: str) -> Answer:
        """Send a request and follow its redirects by hand, inside the address only.

        The method is kept but for 303: a write that turns into a read would look like success.
        https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
        """
        headers = self._headers | dict(call.headers)
        headers |= {"Authorization": authorization} if authorization else {}
        request = Outgoing(call.method, call.url, headers, call.json)
        answer = self._send(call, request)
        for _ in range(_MOST_REDIRECTS):
            target = answer.header("location")
            if answer.status not in _REDIRECTS or not target:
                break
            url = urljoin(request.url, target)
            if not self.address.contains(url):
                cause = f"GitHub redirects {call.route} away from {self.address.origin}."
                raise ForeignLinkError(cause, remedy='Check "base_url".', evidence=answer.evidence)
            request = replace(request, url=url)
            if answer.status == 303:
                request = replace(request, method="GET", json=None)
            answer = self._send(call, request)
        return answer

    def _send(self, call: Call, request: Outgoing) -> Answer:
        bucket = self._buckets.get(call.route) or guess_bucket(call.route)
        if call.anonymous:
            bucket = f"{bucket}:anonymous"  # counted by IP address, not by user
        answer = self._gate.send(request, bucket, call.lane)
        named = answer.header("x-ratelimit-resource")
        if named and named != bucket and not call.anonymous:
            self._buckets[call.route] = named
        self._notices.read(answer, self._gate.github_now())
        return answer

    def _fresh(self, authorization: str) -> bool:
        return bool(authorization) and self.auth.is_fresh(authorization)

    def _is_lag(self, answer: Answer, error: GithubModuleError) -> bool:
        return answer.status in {401, 403} and isinstance(error, GithubUnavailableError)

    def _renewed(self, call: Call, authorization: str) -> bool:
        return not call.anonymous and self.auth.renew_after_refusal(authorization)

    def _pause(self, seconds: float) -> None:
        if seconds and self.clock.wait(seconds):
            raise StopRequested
