"""What was shown, what arrived at the intake, and how the two compare.

Events are known by identity (a hash of their canonical JSON), so that "arrived" also means
"unchanged". Equal events are legitimate: an identity has as many twins as were added.
"""

import threading
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.github.event_store import Event
from sandbox.identity import Identity


@dataclass(slots=True)
class Track:
    """The fate of one identity; times are sandbox seconds, 0 means not yet."""

    at_ms: int
    visible_at: float
    twins: int = 1
    shown: bool = False
    arrivals: int = 0
    arrived_at: float = 0.0
    late: bool = False


class Tally:
    """Counts over all identities; small enough for hundreds of thousands."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._tracks: dict[Identity, Track] = {}
        self._by_document: dict[str, Identity] = {}
        self._unknown: dict[Identity, int] = {}
        self._lead_times: list[float] = []
        self._lead_ms: list[int] = []
        self._first_read: float | None = None
        self._truncated = 0

    def expect(self, events: Iterable[Event]) -> None:
        """Register events that exist from now on."""
        with self._lock:
            for event in events:
                track = self._tracks.get(event.identity)
                if track is None:
                    self._tracks[event.identity] = Track(event.at_ms, event.visible_at)
                else:
                    track.twins += 1
                    track.visible_at = min(track.visible_at, event.visible_at)
                self._by_document[event.document_id] = event.identity

    def show(self, events: Iterable[Event], now: float) -> None:
        """Note that a page showed these events."""
        if self._first_read is None:
            self._first_read = now
        for event in events:
            if (track := self._tracks.get(event.identity)) is not None:
                track.shown = True

    def arrive(self, arrivals: Iterable[tuple[Identity, str]], now: float) -> None:
        """Note a batch at the intake: identities, and document ids of events cut to size."""
        with self._lock:
            lead = self._lead_ms[-1] if self._lead_ms else -1
            for identity, cut_document_id in arrivals:
                lead = max(lead, self._arrive(identity, cut_document_id, now))
            if not self._lead_ms or lead > self._lead_ms[-1]:
                self._lead_ms.append(lead)
                self._lead_times.append(now)

    def _arrive(self, identity: Identity, cut_document_id: str, now: float) -> int:
        known = identity
        if cut_document_id and identity not in self._tracks:
            known = self._by_document.get(cut_document_id, identity)
            self._truncated += known != identity
        track = self._tracks.get(known)
        if track is None or not track.shown:
            self._unknown[identity] = self._unknown.get(identity, 0) + 1
            return -1
        track.arrivals += 1
        if track.arrivals == 1:
            track.arrived_at = now
            track.late = self._lead_at(track.visible_at) > track.at_ms
        return track.at_ms

    def _lead_at(self, at_s: float) -> int:
        index = bisect_right(self._lead_times, at_s)
        return self._lead_ms[index - 1] if index else -1

    def report(self, now: float, grace_s: float) -> dict[str, Any]:
        """Return the comparison at a moment; lag counts only events that appeared live."""
        with self._lock:
            tracks = list(self._tracks.values())
            unknown, first_read = len(self._unknown), self._first_read
            truncated = self._truncated
        arrived = [track for track in tracks if track.arrivals]
        start = now if first_read is None else first_read
        lags = sorted(t.arrived_at - t.visible_at for t in arrived if t.visible_at >= start)
        return {
            "shown": sum(track.shown for track in tracks),
            "visible": sum(track.visible_at <= now for track in tracks),
            "known": len(tracks),
            "forwarded": len(arrived),
            "late": sum(track.late for track in arrived),
            "repeated": sum(max(0, track.arrivals - track.twins) for track in arrived),
            "lost": sum(not t.arrivals and t.visible_at <= now - grace_s for t in tracks),
            "unknown": unknown,
            "truncated": truncated,
            "lag_p50_s": _percentile(lags, 0.5),
            "lag_p99_s": _percentile(lags, 0.99),
            "lag_max_s": lags[-1] if lags else None,
        }


def _percentile(ordered: list[float], share: float) -> float | None:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
