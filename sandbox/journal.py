"""The record of every request, and the memory of who was told to wait."""

import hashlib
import re
import threading
from collections import deque
from typing import Any

from sandbox.wire import Answer, Request

KEPT = 200_000
AUDIT_PATH = "/audit-log"
# A caller that waits exactly as long as it was told may arrive a hair early by its own clock.
TOLERANCE_S = 0.05
PREFIXES = ("github_pat_", "ghp_", "ghs_", "gho_", "ghu_")
FIELDS = (
    "at",
    "at_real",
    "target",
    "method",
    "path",
    "query",
    "status",
    "credential",
    "limited",
    "user_agent",
)


def fingerprint(authorization: str) -> str:
    """Return a credential's prefix and the start of its hash, never the credential."""
    token = authorization.partition(" ")[2].strip() or authorization
    if not token:
        return ""
    prefix = next((item for item in PREFIXES if token.startswith(item)), "")
    if not prefix and token.startswith("eyJ"):
        prefix = "jwt_"
    return f"{prefix}{hashlib.sha256(token.encode()).hexdigest()[:8]}"


class Journal:
    """Requests in the order of their answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: deque[tuple[Any, ...]] = deque(maxlen=KEPT)
        self._counts: dict[str, int] = {}
        self._audit_count = 0
        self._wait_until: dict[tuple[str, str, str], float] = {}
        self._violations: dict[str, int] = {}

    def told_to_wait(self, target: str, who: str, scope: str, until: float) -> None:
        """Remember until when a caller was told to stay away; scope "" means everything."""
        with self._lock:
            key = (target, who, scope)
            self._wait_until[key] = max(until, self._wait_until.get(key, 0.0))

    def must_wait(self, target: str, who: str, scope: str, now: float) -> bool:
        """Tell whether a caller is still within a wait that it was told about."""
        with self._lock:
            ends = [self._wait_until.get((target, who, item), 0.0) for item in {"", scope}]
        return now < max(ends) - TOLERANCE_S

    def forget_waits(self) -> None:
        """Forget who was told to wait, as when the limits are set anew."""
        with self._lock:
            self._wait_until.clear()

    def add(self, request: Request, answer: Answer, *, early: bool) -> None:
        """Record a request and its answer; early means it came while told to wait."""
        target = request.target
        row = (
            request.at,
            request.at_real,
            target,
            request.method,
            request.path,
            request.query,
            answer.status,
            fingerprint(request.header("authorization")),
            early,
            request.header("user-agent"),
        )
        with self._lock:
            self._rows.append(row)
            self._counts[target] = self._counts.get(target, 0) + 1
            self._audit_count += target == "github" and request.path.endswith(AUDIT_PATH)
            self._violations[target] = self._violations.get(target, 0) + early

    def rows(self, target: str = "", path_regex: str = "") -> list[dict[str, Any]]:
        """Return the matching records, oldest first."""
        pattern = re.compile(path_regex)
        with self._lock:
            rows = list(self._rows)
        return [
            dict(zip(FIELDS, row, strict=True))
            for row in rows
            if (not target or row[2] == target) and pattern.search(row[4])
        ]

    def count(self, target: str = "", path_regex: str = "") -> int:
        """Return how many requests match."""
        if not path_regex:
            with self._lock:
                return self._counts.get(target, 0) if target else sum(self._counts.values())
        return len(self.rows(target, path_regex))

    def audit_count(self) -> int:
        """Return how many requests for an audit log came."""
        with self._lock:
            return self._audit_count

    def violations(self, target: str) -> int:
        """Return how many requests came while their caller was told to wait."""
        with self._lock:
            return self._violations.get(target, 0)
