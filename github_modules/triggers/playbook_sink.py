"""A sink that starts playbooks; a record counts as delivered when the platform has answered."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from github_modules.clock import Clock
from github_modules.collect.ports import Observer, Record
from github_modules.errors import IntakeUnavailableError, StopRequested
from github_modules.triggers.bundles import Bundle, Judge, bundled

_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
Send = Callable[[Bundle], None]


class PlaybookSink:
    """Sends each bundle of matching records once, in order, until the platform takes it.

    Args:
        send: one attempt.
        judge: which records match.
        bundle_ms: records that lie no further apart belong together.
        clock: ends waits when the process is asked to stop.
        rng: jitter.
        observer: told about failures.
    """

    def __init__(
        self,
        send: Send,
        judge: Judge,
        bundle_ms: int,
        clock: Clock,
        rng: random.Random,
        observer: Observer,
    ) -> None:
        self._send = send
        self._judge = judge
        self._bundle_ms = bundle_ms
        self._clock = clock
        self._rng = rng
        self._observer = observer

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Yield the records, each bundle after the platform has answered.

        Raises:
            IntakeRefusedError: only a person can mend it.
            StopRequested: when the process is asked to end.
        """
        for bundle in bundled(records, self._judge, self._bundle_ms):
            if bundle.matched:
                self._persist(bundle)
            yield bundle.records

    def _persist(self, bundle: Bundle) -> None:
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                self._send(bundle)
            except IntakeUnavailableError as error:
                pause_s = wait_s * self._rng.uniform(0.5, 1.0)
                self._observer.failed(error, pause_s)
                if self._clock.wait(pause_s):
                    raise StopRequested from None
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
            else:
                return


def web_address(api: str) -> str:
    """Return where people see what an API address serves."""
    host = api.partition("://")[2].partition("/")[0]
    return f"https://{host.removeprefix('api.')}"


def text_of(record: Mapping[str, Any], *path: str) -> str:
    """Return a field as text, empty when it is not there."""
    value: Any = record
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""
