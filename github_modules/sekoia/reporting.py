"""What the log says: one line for a poll that found something, one an hour when nothing happens.

A failure that only a person can mend is said once as critical, with cause and remedy; a critical
line makes the platform stop the connector. What waiting mends is a warning: more than five errors
a day would mark the connector as broken.
"""

from collections.abc import Callable

from github_modules.clock import Clock
from github_modules.collect.ports import Level, Tally
from github_modules.collect.position import Kind
from github_modules.errors import GithubModuleError, OperatorError, RetryableError
from github_modules.sekoia.metrics import Metrics

_QUIET_LINE_S = 3_600.0
_REPEAT_FAILURE_S = 600.0

Log = Callable[[str, Level], None]
"""Takes message and level; must not raise and not wait."""


class Reporter:
    """An observer that writes to the platform's log and to the metrics.

    Args:
        log: where lines go.
        clock: for the hourly line.
        metrics: the counters.
        forwarded: told count and lag in seconds of every acknowledged run.
        budget: returns a few words about the request budget.
        moved: told of every sign of life.
    """

    def __init__(
        self,
        log: Log,
        clock: Clock,
        metrics: Metrics,
        forwarded: Callable[[int, float | None], None],
        budget: Callable[[], str],
        moved: Callable[[], None],
    ) -> None:
        self._log = log
        self._clock = clock
        self._metrics = metrics
        self._forwarded = forwarded
        self._budget = budget
        self.moved = moved
        self._last_line_s = clock.monotonic_s()
        self._failure = ""
        self._failure_said_s = 0.0
        self._idle_polls = 0

    def delivered(self, count: int, lag_s: float | None) -> None:
        """Count one acknowledged run."""
        self._forwarded(count, lag_s)

    def polled(self, kind: Kind, tally: Tally) -> None:
        """Say what a poll or a sweep found, or once an hour that there was nothing."""
        self._metrics.take(tally)
        self.recovered()
        budget = self._budget()
        if tally.forwarded or tally.suppressed:
            self._say(found(kind, tally), "info")
            return
        self._idle_polls += kind is Kind.HEAD
        if self._clock.monotonic_s() - self._last_line_s >= _QUIET_LINE_S:
            self._say(f"Nothing new in {self._idle_polls} polls. {budget}".strip(), "info")

    def _say(self, message: str, level: Level) -> None:
        self._last_line_s = self._clock.monotonic_s()
        self._idle_polls = 0
        self._log(message, level)

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        """Say a failure when it is new or has not been said for ten minutes."""
        self._metrics.failures.labels(kind=type(error).__name__).inc()
        now_s = self._clock.monotonic_s()
        known = error.cause == self._failure
        if known and (
            isinstance(error, OperatorError) or now_s - self._failure_said_s < _REPEAT_FAILURE_S
        ):
            return
        self._failure, self._failure_said_s = error.cause, now_s
        self._log(f"{error} Next try in {wait_s:.0f} s.", severity(error))

    def recovered(self) -> None:
        """Say that collection goes on."""
        if self._failure:
            self._log("Collection goes on; nothing was lost.", "info")
        self._failure = ""

    def said(self, level: Level, message: str) -> None:
        """Pass a sentence on."""
        self._log(message, level)


def severity(error: GithubModuleError) -> Level:
    """Return the level of the log line for a failure, by its group."""
    if isinstance(error, OperatorError):
        return "critical"
    return "warning" if isinstance(error, RetryableError) else "error"


def found(kind: Kind, tally: Tally) -> str:
    """Return the line for a poll or sweep that found something."""
    events = "event" if tally.forwarded == 1 else "events"
    if kind is Kind.SWEEP:
        return f"Forwarded {tally.forwarded} late {events} found by reading the log again."
    notes = [
        f"{tally.late} late" if tally.late else "",
        f"{tally.suppressed} excluded" if tally.suppressed else "",
    ]
    noted = ", ".join(note for note in notes if note)
    return f"Forwarded {tally.forwarded} {events} from {tally.pages} pages" + (
        f" ({noted})." if noted else "."
    )
