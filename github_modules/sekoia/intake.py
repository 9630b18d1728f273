"""Delivery to the intake, acknowledged by count: one identifier for each event sent.

The SDK's own push hides failures and repeats refusals for an hour, so it is not used. Retries go
on for as long as the process runs; a refusal that only a person can mend is raised.
"""

import random
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from github_modules.clock import Clock
from github_modules.collect.ports import Observer, Record, Store
from github_modules.collect.trimming import encoded
from github_modules.errors import IntakeUnavailableError, StopRequested
from github_modules.sekoia.batch_api import BatchApi, BodyTooLargeError
from github_modules.sekoia.packing import EVENT_BYTES, Packed, body, chunks, pack

_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
_SPLIT_AFTER = 3
"""Short acknowledgements of a run before it is halved, to get at the event that causes them."""
_SET_ASIDE_AFTER = 5
"""Short acknowledgements of one event alone, while others pass, before it is kept as a file."""
_GIVE_UP_AFTER = 60
"""The same while nothing else could be tried: about an hour."""


class _Outcome(Enum):
    ACCEPTED = auto()
    HALVE = auto()
    STUCK = auto()
    TOO_LARGE = auto()


class Intake:
    """A sink over `BatchApi`.

    Args:
        api: one request.
        key: the intake key.
        store: keeps the originals of events that were cut, and events the intake never takes.
        clock: ends waits when the process is asked to stop.
        rng: jitter.
        observer: told about failures, and about events that were cut or set aside.
    """

    def __init__(
        self,
        api: BatchApi,
        key: str,
        store: Store,
        clock: Clock,
        rng: random.Random,
        observer: Observer,
    ) -> None:
        self._api = api
        self._key = key
        self._store = store
        self._clock = clock
        self._rng = rng
        self._observer = observer
        self._accepted = 0

    def deliver(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Yield runs of records as the intake acknowledges them, all of them in the end.

        Raises:
            IntakeRefusedError: when only a person can mend it.
            StorageError: when the original of a cut event cannot be kept.
            StopRequested: when the process is asked to end.
        """
        packed = [self._packed(record) for record in records]
        waiting = list(chunks(packed))[::-1]
        accepted_before = self._accepted
        while waiting:
            run = waiting.pop()
            patience = _SET_ASIDE_AFTER
            if not waiting and self._accepted == accepted_before:
                patience = _GIVE_UP_AFTER
            outcome = self._push(run, patience)
            if outcome is _Outcome.HALVE:
                middle = len(run) // 2
                waiting += [run[middle:], run[:middle]]
            elif outcome is _Outcome.STUCK and waiting and self._accepted == accepted_before:
                # Whether it is this event or the intake shows when the others are tried.
                waiting.insert(0, run)
            else:
                if outcome is not _Outcome.ACCEPTED:
                    self._set_aside(run[0].record)
                yield [item.record for item in run]

    def _packed(self, record: Record) -> Packed:
        packed = pack(record)
        if packed.oversize:
            name = self._keep("oversize", record)
            self._observer.said(
                "warning",
                f"An event is larger than the intake takes ({EVENT_BYTES} bytes) and was cut; it "
                f"says so in _truncated. The whole event is kept in {name}.",
            )
        return packed

    def _push(self, run: Sequence[Packed], patience: int) -> _Outcome:
        content = body(self._key, run)
        wait_s, short = _FIRST_WAIT_S, 0
        while True:
            try:
                acknowledged = self._api.post(content)
                if acknowledged >= len(run):
                    self._accepted += 1
                    return _Outcome.ACCEPTED
                short += 1
                self._wait(_short(acknowledged, len(run)), wait_s)
            except BodyTooLargeError:
                return _Outcome.HALVE if len(run) > 1 else _Outcome.TOO_LARGE
            except IntakeUnavailableError as error:
                self._wait(error, wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
            if len(run) > 1 and short >= _SPLIT_AFTER:
                return _Outcome.HALVE
            if short >= patience:
                return _Outcome.STUCK

    def _wait(self, error: IntakeUnavailableError, backoff_s: float) -> None:
        wait_s = max(error.wait_s or 0.0, backoff_s * self._rng.uniform(0.5, 1.0))
        self._observer.failed(error, wait_s)
        if self._clock.wait(wait_s):
            raise StopRequested

    def _set_aside(self, record: Record) -> None:
        name = self._keep("set_aside", record)
        self._observer.said(
            "error",
            "The intake takes every event but one. That one is kept in "
            f"{name}, and collection goes on; send the file to Sekoia's support.",
        )

    def _keep(self, folder: str, record: Record) -> str:
        name = f"{folder}/{record.identity:016x}.json"
        self._store.write(name, encoded(record.body).encode())
        return name


def _short(acknowledged: int, sent: int) -> IntakeUnavailableError:
    return IntakeUnavailableError(
        f"The intake acknowledged {acknowledged} of {sent} events; they are sent again."
    )
