"""One part of a connector that may be switched off at GitHub: it is told once a day, and waits."""

from github_modules.clock import Clock
from github_modules.collect.ports import Level, Observer, Tally
from github_modules.collect.position import Kind
from github_modules.errors import GithubModuleError, NotFoundError, PermissionDeniedError, PlanError

_DAY_S = 86_400.0
_OFF = (PlanError, PermissionDeniedError, NotFoundError)


class OptionalPart:
    """An observer that puts the part's name before what is said.

    What GitHub refuses for this part alone is a warning once a day: a critical line would make
    the platform stop the others, which go on.
    """

    def __init__(self, name: str, observer: Observer, clock: Clock) -> None:
        self._name = name
        self._observer = observer
        self._clock = clock
        self._said_s: float | None = None
        self.delivered = observer.delivered
        self.moved = observer.moved

    def polled(self, kind: Kind, tally: Tally) -> None:
        """Pass a finished poll on."""
        self._said_s = None
        self._observer.polled(kind, tally)

    def failed(self, error: GithubModuleError, wait_s: float) -> None:
        """Tell what is switched off once a day; pass anything else on."""
        if not isinstance(error, _OFF):
            self._observer.failed(error, wait_s)
            return
        now_s = self._clock.monotonic_s()
        if self._said_s is None or now_s - self._said_s >= _DAY_S:
            self._said_s = now_s
            said = f"No {self._name} alerts are collected; the other types go on. {error}"
            self._observer.said("warning", said)

    def recovered(self) -> None:
        """Pass on that it goes on."""
        self._observer.recovered()

    def said(self, level: Level, message: str) -> None:
        """Put the part's name before a sentence."""
        self._observer.said(level, f"{self._name[:1].upper()}{self._name[1:]}: {message}")
