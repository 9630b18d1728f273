"""Records that match, put together by time: one playbook for a burst. Functions of values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from github_modules.collect.ports import Record
from github_modules.severity.model import Verdict

MOST_EVENTS = 500
"""Events that are sent with one bundle; `count` tells how many there were."""

Judge = Callable[[Any], Verdict | None]
"""Returns how severe a record is, None for one that does not match."""


@dataclass(slots=True)
class Bundle:
    """Records in order; those that match with their verdicts."""

    records: list[Record] = field(default_factory=list)
    matched: list[tuple[Record, Verdict]] = field(default_factory=list)

    def takes(self, record: Record, bundle_ms: int) -> bool:
        """Return whether a matching record belongs to it: close enough to its first one."""
        if not self.matched:
            return True
        first_ms, at_ms = self.matched[0][0].at_ms, record.at_ms
        return first_ms is None or at_ms is None or abs(at_ms - first_ms) <= bundle_ms


def bundled(records: Sequence[Record], judge: Judge, bundle_ms: int) -> Iterator[Bundle]:
    """Yield all records in their order, cut into bundles; one without a match is quiet."""
    bundle = Bundle()
    for record in records:
        verdict = judge(record.body)
        if verdict is not None and not bundle.takes(record, bundle_ms):
            yield bundle
            bundle = Bundle()
        bundle.records.append(record)
        if verdict is not None:
            bundle.matched.append((record, verdict))
    if bundle.records:
        yield bundle


def event_of(bundle: Bundle, link: Callable[[Mapping[str, Any]], str]) -> dict[str, Any]:
    """Return what a playbook gets: the most severe record's fields, the rest as a list.

    Args:
        bundle: with at least one match.
        link: returns GitHub's page for a record.
    """
    worst, verdict = max(bundle.matched, key=lambda pair: pair[1].severity.rank)
    own = worst.body if isinstance(worst.body, dict) else {}
    summary = {
        "severity": str(verdict.severity),
        "severity_reason": verdict.reason,
        "rule": verdict.rule,
        "docs": verdict.docs,
        "link": link(own),
        "count": len(bundle.matched),
        "truncated": len(bundle.matched) > MOST_EVENTS,
        "events": [record.body for record, _ in bundle.matched[:MOST_EVENTS]],
    }
    return {**own, **summary}


def title_of(event: Mapping[str, Any], what: str) -> str:
    """Return the name of a playbook run."""
    more = f" and {event['count'] - 1} more" if event["count"] > 1 else ""
    return f"GitHub {what}{more} ({event['severity']})"
