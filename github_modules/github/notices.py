"""What a person should know although the request succeeded; each notice once a day.

Knows nothing of logs: it calls what it is given.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from github_modules.github.response import Answer

_SOON = timedelta(days=14)
_AGAIN_AFTER = timedelta(days=1)
_HEADER = "github-authentication-token-expiration"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ?(UTC|[+-]\d{4})?")


def parse_expiry(text: str) -> datetime | None:
    """Return a token's end of life from "2024-09-04 17:35:38 UTC" or with "+0200", or None."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    zone = found[2] or "UTC"
    try:
        if zone == "UTC":
            return datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
        return datetime.strptime(f"{found[1]} {zone}", "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None


class Notices:
    """Reads answers for a token that ends soon and for lists that are not complete.

    Args:
        on_expiry: told when the token ends, if that is within 14 days.
        on_notice: told every other warning.
    """

    def __init__(
        self,
        on_expiry: Callable[[datetime], None] | None = None,
        on_notice: Callable[[str], None] | None = None,
    ) -> None:
        self._on_expiry = on_expiry
        self._on_notice = on_notice
        self._told: dict[str, datetime] = {}

    def read(self, answer: Answer, now: datetime) -> None:
        """Tell what the answer's headers warn of; `now` is on GitHub's clock."""
        expiry = parse_expiry(answer.header(_HEADER)) if self._on_expiry else None
        # Some tokens are told the time of the request instead: only the future counts.
        if self._on_expiry and expiry and now < expiry <= now + _SOON and self._may(_HEADER, now):
            self._on_expiry(expiry)
        for warning in answer.warnings if self._on_notice else ():
            if self._on_notice and self._may(warning, now):
                self._on_notice(warning)

    def _may(self, subject: str, now: datetime) -> bool:
        """Return whether a subject was not told within the last day, and note it as told."""
        last = self._told.get(subject)
        if last and now - last < _AGAIN_AFTER:
            return False
        self._told[subject] = now
        return True
