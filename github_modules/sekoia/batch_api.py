"""One `POST {intake}/batch`, and what its answer means. Does not retry."""

import json
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from github_modules.clock import Clock
from github_modules.errors import IntakeRefusedError, IntakeUnavailableError

_CONNECT_S, _READ_S = 10.0, 30.0
_RETRY_STATUSES = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class IntakeAddress:
    """Where events go. The key is a secret and never part of a text."""

    url: str
    key: str

    def __repr__(self) -> str:
        """Return the address without the key."""
        return f"IntakeAddress(url={self.url!r})"


class BodyTooLargeError(Exception):
    """The intake answered 413: the caller has to send less at a time."""


class BatchApi:
    """Posts bodies to one intake, over connections that stay open.

    Args:
        address: the intake.
        clock: turns a `Retry-After` date into seconds.
        user_agent: without the intake key, which the SDK would put there.
    """

    def __init__(self, address: IntakeAddress, clock: Clock, user_agent: str) -> None:
        self._url = f"{address.url.rstrip('/')}/batch"
        self._clock = clock
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent
        self._session.headers["Content-Type"] = "application/json"
        # Without an `auth`, requests would look for one in a .netrc file.
        self._session.auth = _unchanged

    def post(self, body: bytes) -> int:
        """Send a body and return how many events the intake acknowledged.

        Raises:
            BodyTooLargeError: on 413.
            IntakeUnavailableError: when sending the same again can succeed.
            IntakeRefusedError: when it cannot.
        """
        try:
            answer = self._session.post(
                self._url, data=body, timeout=(_CONNECT_S, _READ_S), allow_redirects=False
            )
        except requests.RequestException as error:
            reason = type(error).__name__
            raise IntakeUnavailableError(f"The intake does not answer ({reason}).") from error
        self._check(answer.status_code, answer.headers.get("Retry-After", ""))
        return _acknowledged(answer.content)

    def _check(self, status: int, retry_after: str) -> None:
        if 200 <= status < 300:
            return
        if status == 413:
            raise BodyTooLargeError
        if status >= 500 or status in _RETRY_STATUSES:
            wait_s = self._seconds(retry_after)
            raise IntakeUnavailableError(f"The intake answered {status}.", wait_s=wait_s)
        raise refusal(status)

    def _seconds(self, retry_after: str) -> float | None:
        """Return the seconds of a `Retry-After` header, which may be a number or a date."""
        if retry_after.strip().isdigit():
            return float(retry_after)
        try:
            until = parsedate_to_datetime(retry_after)
            return max(0.0, (until - self._clock.now()).total_seconds())
        except (ValueError, TypeError):
            return None


def refusal(status: int) -> IntakeRefusedError:
    """Return the error of a status that sending again does not mend."""
    if status in {401, 403}:
        cause = f"The intake refused the intake key (HTTP {status})."
        remedy = "Copy the key of the intake again (Sekoia, Operations center, Intakes)."
    elif status in {404, 405} or 300 <= status < 400:
        cause = f"There is no intake at the configured address (HTTP {status})."
        remedy = "Leave the argument intake_server empty, or give the intake base of your region."
    else:
        cause = f"The intake refused the events (HTTP {status})."
        remedy = "Check that the intake exists, is enabled and has the format Github audit logs."
    return IntakeRefusedError(cause, remedy=remedy)


def _acknowledged(content: bytes) -> int:
    try:
        answer: Any = json.loads(content)
    except ValueError as error:
        raise IntakeUnavailableError("The intake's answer was not readable.") from error
    identifiers = answer.get("event_ids") if isinstance(answer, dict) else None
    return len(identifiers) if isinstance(identifiers, list) else 0


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
