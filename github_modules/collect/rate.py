"""How busy the log is, smoothed: what the plan for re-reading is made from."""

from math import exp

_MEMORY_S = 1_800.0
"""Half an hour: long against polls, short against a working day."""


class Rate:
    """Events a second, as an average that forgets."""

    def __init__(self) -> None:
        self.events_per_s = 0.0

    def note(self, events: int, span_s: float) -> None:
        """Take in that so many events happened in a stretch of time."""
        if span_s <= 0:
            return
        weight = 1.0 - exp(-span_s / _MEMORY_S)
        self.events_per_s += weight * (events / span_s - self.events_per_s)
