"""Rate buckets: fixed windows per caller, resource and entity path.

The audit log has a bucket of its own for each entity; `per_minute` adds the announced limit of
15 a minute, which answers as a secondary limit.
"""

import math
import threading
from dataclasses import dataclass, replace
from typing import Any

SECONDARY_WINDOW_S = 60.0
MINUTE = {"search", "code_search"}
"""Resources that are counted by the minute."""


@dataclass(frozen=True, slots=True)
class Spent:
    """A bucket after a request."""

    resource: str
    limit: int
    used: int
    reset: int
    exceeded: bool
    secondary: bool = False

    def headers(self) -> list[tuple[str, str]]:
        """Return the x-ratelimit headers."""
        return [
            ("X-RateLimit-Limit", str(self.limit)),
            ("X-RateLimit-Remaining", str(max(0, self.limit - self.used))),
            ("X-RateLimit-Reset", str(self.reset)),
            ("X-RateLimit-Used", str(self.used)),
            ("X-RateLimit-Resource", self.resource),
        ]


class Limits:
    """All buckets of a sandbox."""

    def __init__(self, settings: dict[str, Any] | None) -> None:
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, str, str], tuple[float, int]] = {}
        self.settings = settings

    def configure(self, settings: dict[str, Any] | None) -> None:
        """Set new limits and forget what was used."""
        with self._lock:
            self.settings = settings
            self._windows.clear()

    def spend(
        self, who: str, resource: str, entity: str, now: float, cost: int = 1
    ) -> Spent | None:
        """Count a request, or with cost 0 only look; None where there are no limits."""
        settings = self.settings
        if settings is None:
            return None
        if cost > 0 and self._minute_is_full(settings, who, resource, entity, now):
            spent = self._count(settings, (who, resource, entity), now, 0)
            return replace(spent, exceeded=True, secondary=True)
        return self._count(settings, (who, resource, entity), now, cost)

    def _count(
        self, settings: dict[str, Any], key: tuple[str, str, str], now: float, cost: int
    ) -> Spent:
        limit = int(settings[key[1] if key[0] else "anonymous"])
        window_s = SECONDARY_WINDOW_S if key[1] in MINUTE else float(settings["window_s"])
        start, used = self._advance(key, now, window_s, cost)
        exceeded = used > limit
        reset = math.ceil(start + window_s)
        return Spent(key[1], limit, min(used, limit), reset, exceeded)

    def _minute_is_full(
        self, settings: dict[str, Any], who: str, resource: str, entity: str, now: float
    ) -> bool:
        allowed = settings.get("per_minute")
        if not allowed or resource != "audit_log":
            return False
        _, used = self._advance((who, "minute", entity), now, SECONDARY_WINDOW_S, 1)
        return used > int(allowed)

    def _advance(
        self, key: tuple[str, str, str], now: float, window_s: float, cost: int
    ) -> tuple[float, int]:
        with self._lock:
            start, used = self._windows.get(key, (now, 0))
            if now >= math.ceil(start + window_s):
                start, used = now, 0
            used = max(0, used + cost)
            self._windows[key] = start, used
        return start, used
