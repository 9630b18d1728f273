"""One event for the platform's playbooks, and what its answer means. Does not retry."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import requests

from github_modules.errors import IntakeRefusedError, IntakeUnavailableError

_CONNECT_S, _READ_S = 10.0, 30.0
_AGAIN = frozenset({408, 425, 429})


class PlaybookApi:
    """Posts events to the callback of one trigger.

    Args:
        url: the callback.
        headers: with the platform's token.
    """

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self._url = url
        self._headers = dict(headers)

    def post(self, name: str, event: Mapping[str, Any]) -> None:
        """Start the playbooks with an event; returns when the platform has it.

        Raises:
            IntakeUnavailableError: when sending the same again can succeed.
            IntakeRefusedError: when it cannot.
        """
        body = {"name": name, "event": event, "request_id": str(uuid4())}
        try:
            answer = requests.post(
                self._url,
                json=body,
                headers=self._headers,
                timeout=(_CONNECT_S, _READ_S),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            kind = type(error).__name__
            raise IntakeUnavailableError(f"The platform does not answer ({kind}).") from error
        if answer.status_code >= 500 or answer.status_code in _AGAIN:
            raise IntakeUnavailableError(f"The platform answered {answer.status_code}.")
        if not 200 <= answer.status_code < 300:
            raise IntakeRefusedError(
                f"The platform refused an event for the playbooks ({answer.status_code}).",
                remedy="Save the trigger's configuration again, and start it.",
            )
