"""How much re-reading the request budget carries. Functions of values."""

from dataclasses import dataclass

from github_modules.collect import sweeps

OVERLAP_S = 60.0
PAGE_SIZE = 100
_SPENDABLE = 0.8
"""Share of the allowance that collection plans with; the rest is for bursts and for actions."""
_HOUR_S = 3_600.0


@dataclass(frozen=True, slots=True)
class Load:
    """What the plan depends on."""

    events_per_s: float
    frequency_s: float
    requests_per_hour: float | None
    """None where nobody limits requests (GitHub Enterprise Server)."""


@dataclass(frozen=True, slots=True)
class Thrift:
    """What the budget carries: the overlap of head reads, and the ages that are swept."""

    overlap_ms: int
    ages_s: tuple[int, ...]

    def thinner_than(self, other: "Thrift") -> bool:
        """Return whether less is read again than under the other plan."""
        return len(self.ages_s) < len(other.ages_s) or self.overlap_ms < other.overlap_ms

    def __str__(self) -> str:
        """Return the plan as a sentence for the log."""
        ages = ", ".join(f"{age_s // 60} min" for age_s in self.ages_s)
        return (
            f"To fit the request budget, polls overlap by {self.overlap_ms / 1000:.0f} s and the "
            f"log is read again at the age of {ages}. Late events are still found, at the latest "
            "after 12 hours."
        )


def plan(load: Load) -> Thrift:
    """Return the widest overlap and the most sweeps that fit.

    First the overlap shrinks, but never under one page's worth of events; then sweeps go, the
    youngest age first. The oldest always stays: it alone finds everything, only later.
    """
    ages = sweeps.AGES_S
    if load.requests_per_hour is None:
        return Thrift(int(OVERLAP_S * 1000), ages)
    budget = load.requests_per_hour * _SPENDABLE
    overlap_s = OVERLAP_S
    if _cost(load, overlap_s, ages) > budget:
        overlap_s = _page_s(load)
    while len(ages) > 1 and _cost(load, overlap_s, ages) > budget:
        ages = ages[1:]
    return Thrift(int(overlap_s * 1000), ages)


def _page_s(load: Load) -> float:
    """Return how many seconds of the log fill one page, between 1 s and the full overlap."""
    if load.events_per_s * OVERLAP_S <= PAGE_SIZE:
        return OVERLAP_S
    return max(1.0, PAGE_SIZE / load.events_per_s)


def _cost(load: Load, overlap_s: float, ages: tuple[int, ...]) -> float:
    """Return requests an hour of head reads, their overlap, and sweeps."""
    pages_per_hour = load.events_per_s * _HOUR_S / PAGE_SIZE
    polls = _HOUR_S / load.frequency_s
    head = max(polls, pages_per_hour * (1 + overlap_s / load.frequency_s))
    return head + sum(max(_HOUR_S / sweeps.width_s(age), pages_per_hour) for age in ages)
