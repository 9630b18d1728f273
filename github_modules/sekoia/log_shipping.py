"""The platform's log API, used so that it can neither stop nor slow down collection.

With SDK 1.27.0 an error line is sent at once with ten attempts and then raises into the caller, and
one failed periodic flush ends the timer for good. Here a short-lived thread sends; lines that could
not be sent wait for the next flush, the oldest beyond a bound are dropped.
"""

import threading
from typing import TYPE_CHECKING, Any

import requests

_TIMEOUT_S = (3.0, 10.0)
_LAST_FLUSH_S = 2.0
_LINES_KEPT = 1_000
"""The oldest lines beyond it are dropped while the log API does not take any."""

if TYPE_CHECKING:
    from sekoia_automation.trigger import Trigger as _Base
else:
    _Base = object


class LogShipping(_Base):
    """Mixin before the SDK's trigger or connector class."""

    _flushing: threading.Thread | None = None

    # The SDK's method is wrapped in a retry object, which no plain method can match in type.
    def _send_logs_to_api(self) -> None:  # type: ignore[override]
        """Start a flush; at the end of the process wait a moment for it."""
        if self._logs and not (self._flushing and self._flushing.is_alive()):
            self._flushing = threading.Thread(target=self._flush, name="logs", daemon=True)
            self._flushing.start()
        if not self.running and self._flushing:
            self._flushing.join(_LAST_FLUSH_S)

    def _flush(self) -> None:
        """Send what is there; keep it when that fails."""
        lines: list[dict[str, Any]] = self._logs
        count = len(lines)
        try:
            answer = requests.post(
                self.logs_url,
                json={"logs": lines[:count]},
                headers=self._headers,
                timeout=_TIMEOUT_S,
            )
            answer.raise_for_status()
        except requests.RequestException:
            del lines[:-_LINES_KEPT]
        else:
            del lines[:count]
