"""One request through everything that may hold it back: budgets first, then the breaker.

Does not judge answers beyond "GitHub is there", and does not retry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from github_modules.clock import Clock
from github_modules.github.rate_limit import Governor, Lane
from github_modules.github.response import Answer
from github_modules.github.retry import CircuitBreaker


class Sender(Protocol):
    """What sends one request: `transport.Transport`, or a double."""

    def send(
        self, method: str, url: str, headers: Mapping[str, str], *, json: object = None
    ) -> Answer:
        """Return the answer, or raise GithubUnavailableError."""

    def close(self) -> None:
        """Give up every connection."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request as it goes out."""

    method: str
    url: str
    headers: Mapping[str, str]
    json: object = None


@dataclass
class Gate:
    """Sends requests one by one through governor and breaker; knows GitHub's clock."""

    transport: Sender
    governor: Governor
    breaker: CircuitBreaker
    clock: Clock
    ahead: timedelta = field(default_factory=timedelta)
    """How far GitHub's clock is ahead of this machine's, as of the last answer."""

    def send(self, request: Outgoing, resource: str, lane: Lane) -> Answer:
        """Return the answer to one request, whatever its status.

        Raises:
            GithubUnavailableError: no answer, or the breaker is open.
            StopRequested: the process was asked to end.
        """
        self.breaker.check()
        answer = None
        self.governor.before(resource, lane)
        try:
            answer = self.transport.send(
                request.method, request.url, request.headers, json=request.json
            )
        except BaseException:  # whatever it was: a probe must not stay open
            self.breaker.failed()
            raise
        finally:
            self.governor.after(answer, resource)
        if answer.status >= 500:
            self.breaker.failed()
        else:
            self.breaker.succeeded()
        if answer.date:
            self.ahead = answer.date - self.clock.now()
        return answer

    def github_now(self) -> datetime:
        """Return the time on GitHub's clock, as far as its answers told."""
        return self.clock.now() + self.ahead
