"""What the platform received: callbacks, logs and the newest events of the intake."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

KEPT = 10_000


@dataclass(slots=True)
class PlatformState:
    """The platform's memory."""

    callbacks: list[dict[str, Any]] = field(default_factory=list)
    logs: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    events: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT))
    batches: int = 0
    rejected: int = 0
    largest_body: int = 0
