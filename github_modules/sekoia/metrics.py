"""What a dashboard shows. Under the SDK's common names where they exist, else under our own.

The SDK labels its metrics with the intake key, on a port without authentication; here the label
is a fingerprint of the key.
"""

from functools import cache
from hashlib import sha256

from prometheus_client import Counter, Gauge

from github_modules.collect.ports import Tally

_NAMESPACE = "symphony_module_github"


class Metrics:
    """The module's own metrics. One set a process: the registry refuses a second one."""

    def __init__(self) -> None:
        self.late = _counter("late_events", "Events forwarded that appeared late in the log")
        self.repeated = _counter("repeated_events", "Events read again and not forwarded again")
        self.suppressed = _counter("suppressed_events", "Events excluded by excluded_actions")
        self.pages = _counter("pages", "Pages of the audit log read")
        self.requests = _counter("requests", "Requests sent to GitHub")
        self.waits = _counter("waits", "Times the module waited because of a limit")
        self.waited_s = _counter("waited_seconds", "Seconds waited because of a limit")
        self.failures = _counter("failures", "Failures that were waited out", ["kind"])
        self.budget_left = Gauge(
            "budget_left",
            "Requests left in GitHub's current window",
            ["resource"],
            namespace=_NAMESPACE,
        )

    def take(self, tally: Tally) -> None:
        """Add what one poll or sweep did."""
        self.pages.inc(tally.pages)
        self.late.inc(tally.late)
        self.repeated.inc(tally.repeated)
        self.suppressed.inc(tally.suppressed)


@cache
def metrics() -> Metrics:
    """Return the set of this process, made at the first call."""
    return Metrics()


def fingerprint(intake_key: str) -> str:
    """Return what stands for an intake key in a label."""
    return sha256(intake_key.encode()).hexdigest()[:8]


def _counter(name: str, text: str, labels: list[str] | None = None) -> Counter:
    return Counter(name, text, labels or [], namespace=_NAMESPACE)
