"""Runs everything, prints it, and writes docs/performance.md."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import flows, ledger, runs, severity, sources

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

_HEAD = """# Performance

Written by `make bench`: the real connector process against the sandbox, everything in one run on
one machine. Compare ratios, not seconds: the machine is small and shared.

The serial floor is pages times latency: what following the links costs when nothing else takes any
time. A bare reader follows the links and does not look into the pages.
"""


def main() -> int:
    """Measure, print and write."""
    sections = [_HEAD, _about(), _drains(), _lanes(), _size(), _spending(), _lag(), _ledger()]
    sections += [_alerts(), _idle(), _severity()]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(sections), encoding="utf-8")
    return 0


def _about() -> str:
    day = datetime.now(UTC).date().isoformat()
    return f"Last run: {day}, Python {platform.python_version()}, {platform.machine()}.\n"


def _table(title: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", "| --- " * len(head) + "|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    return text


def _drains() -> str:
    rows = []
    for events, latency_ms in (
        (20_000, 0),
        (20_000, 20),
        (20_000, 100),
        (200_000, 0),
        (200_000, 20),
    ):
        drain = runs.drain(events, latency_ms)
        bare_s = runs.bare_reader_s(events, latency_ms)
        floor = f"{drain.against_floor:.2f}" if latency_ms else "-"
        rows.append(
            [f"{events:,}", f"{latency_ms} ms", floor, f"{drain.seconds / bare_s:.2f}",
             f"{events / drain.seconds:,.0f}"]
        )  # fmt: skip
    head = ["events", "latency", "against serial floor", "against bare reader", "events a second"]
    return _table("Draining a backlog with one lane", head, rows)


def _lanes() -> str:
    rows = []
    for lanes in (1, 2, 4):
        drain = runs.drain(20_000, 20, lanes)
        rows.append([str(lanes), f"{drain.against_floor:.2f}", str(drain.pages)])
    head = ["lanes", "against serial floor", "requests"]
    return _table("Lanes: 20,000 events at 20 ms", head, rows)


def _size() -> str:
    small, large = runs.drain(20_000, 0), runs.drain(200_000, 0)
    rows = [
        [f"{drain.events:,}", f"{drain.peak_mib:.0f} MiB", f"{drain.peak_mib / small.peak_mib:.2f}",
         f"{drain.cpu_s / drain.events * 10_000:.2f} s"]
        for drain in (small, large)
    ]  # fmt: skip
    head = ["events", "peak memory", "against 20,000", "processor time for 10,000 events"]
    return _table("Memory and processor", head, rows)


def _spending() -> str:
    rows = []
    for events_per_hour in (0, 200, 2_000):
        spent = flows.spending(max(1, events_per_hour))
        rows.append(
            [f"{events_per_hour:,}", f"{spent.per_thousand:,.0f}" if events_per_hour else "-",
             f"{max(0.0, spent.swept_an_hour):.1f}"]
        )  # fmt: skip
    head = [
        "events an hour",
        "requests for 1,000 events",
        "requests an hour beyond polls and pages",
    ]
    return _table("Requests with sweeps on, a poll every 300 s", head, rows)


def _lag() -> str:
    rows = []
    for frequency_s in (1, 5):
        fresh = flows.freshness(20, frequency_s)
        rows.append(
            [f"{frequency_s} s", f"{fresh.p50_s / frequency_s:.2f}",
             f"{fresh.p99_s / frequency_s:.2f}", str(fresh.lost), str(fresh.repeated)]
        )  # fmt: skip
    head = ["a poll every", "median lag in polls", "99 % lag in polls", "lost", "repeated"]
    return _table("Lag at 20 events a second", head, rows)


def _alerts() -> str:
    drain = sources.alerts(20_000, 20)
    floor = f"{drain.against_floor:.2f}"
    row = [f"{drain.alerts:,}", f"{drain.pages:,}", floor, f"{drain.peak_mib:.0f} MiB"]
    head = ["alerts", "pages read", "against serial floor", "peak memory"]
    return _table("A first run over security alerts, 20 ms", head, [row])


def _idle() -> str:
    rows = [[name, f"{rate:.0f}"] for name, rate in sources.idle().items()]
    return _table("Requests an hour when nothing happens", ["component", "requests"], rows)


def _severity() -> str:
    rate = f"{severity.events_a_second():,.0f}"
    return _table("Severity on one core", ["rules evaluated for events a second"], [[rate]])


def _ledger() -> str:
    rows = [
        [weight.where, f"{weight.stored_mib:.1f} MiB", f"{weight.save_ms:.1f} ms",
         f"{weight.save_p99_ms:.1f} ms", f"{weight.save_ms / weight.bare_write_ms:.1f}",
         f"{weight.load_s:.2f} s"]
        for weight in (ledger.local(), ledger.bucket())
    ]  # fmt: skip
    head = ["where", "size", "saving a page", "99 %", "against one bare write", "loading"]
    return _table("Ledger at 450,000 identities", head, rows)


if __name__ == "__main__":
    sys.exit(main())
