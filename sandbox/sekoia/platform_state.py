"""What the platform received: callbacks, logs and the newest events of the intake."""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

KEPT = 20_000
KEPT_BYTES = 64 * 1024 * 1024


@dataclass(slots=True)
class PlatformState:
    """The platform's memory."""

    callbacks: list[dict[str, Any]] = field(default_factory=list)
    logs: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    events: deque[str] = field(default_factory=deque)
    events_size: int = 0
    batches: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    rejected: int = 0
    largest_body: int = 0

    def keep(self, texts: list[str]) -> None:
        """Keep the newest events, bounded in number and in size."""
        self.events.extend(texts)
        self.events_size += sum(map(len, texts))
        while len(self.events) > KEPT or self.events_size > KEPT_BYTES:
            self.events_size -= len(self.events.popleft())
