"""Delivery acknowledged by count: retries, halves, sets aside, and says when a person must act."""

import json
import random
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
import requests_mock

from github_modules.collect.ports import Record
from github_modules.errors import IntakeRefusedError, IntakeUnavailableError, StopRequested
from github_modules.sekoia.batch_api import BatchApi, BodyTooLargeError, IntakeAddress
from github_modules.sekoia.intake import Intake
from tests.collect_fakes import MemoryStore, RecordingObserver
from tests.fakes import FakeClock

URL = "https://intake.example"
BATCH = f"{URL}/batch"
KEY = "secret-key"


class Bench:
    """An intake over a scripted server."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = MemoryStore()
        self.observer = RecordingObserver()
        self.api = BatchApi(IntakeAddress(URL, KEY), self.clock, "agent/1")
        self.intake = Intake(self.api, KEY, self.store, self.clock, random.Random(1), self.observer)

    def deliver(self, *contents: object) -> list[object]:
        records = [Record(n, None, content) for n, content in enumerate(contents)]
        return [record.body for run in self.intake.deliver(records) for record in run]


def accepting(request: Any, _: object) -> object:
    return {"event_ids": [str(n) for n in range(len(request.json()["jsons"]))]}


def poisoned(request: Any, _: object) -> object:
    """Acknowledge everything but the event called poison."""
    events = request.json()["jsons"]
    return {"event_ids": ["id" for event in events if "poison" not in event]}


def test_everything_is_acknowledged_in_one_request(requests_mock: requests_mock.Mocker) -> None:
    """One request for a batch, with the key in the body and not in the headers."""
    requests_mock.post(BATCH, json=accepting)
    assert Bench().deliver("a", "b") == ["a", "b"]
    (sent,) = requests_mock.request_history
    assert sent.json() == {"intake_key": KEY, "jsons": ['"a"', '"b"']}
    assert KEY not in str(sent.headers)
    assert sent.headers["User-Agent"] == "agent/1"


@pytest.mark.parametrize(
    "fault",
    [
        {"status_code": 500},
        {"status_code": 429},
        {"status_code": 408},
        {"exc": requests.ConnectTimeout},
        {"exc": requests.ConnectionError},
        {"text": "no json"},
        {"json": []},
        {"json": {"event_ids": ["1"]}},
        {"json": {}},
    ],
)
def test_what_waiting_mends_is_sent_again(
    requests_mock: requests_mock.Mocker, fault: dict[str, object]
) -> None:
    """After two faults the same batch goes out a third time, and waits lie between."""
    requests_mock.post(BATCH, [fault, fault, {"json": accepting}])
    bench = Bench()
    assert bench.deliver("a", "b") == ["a", "b"]
    assert len(requests_mock.request_history) == 3
    assert len(bench.clock.waits) == len(bench.observer.failures) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 422, 301])
def test_refusal_is_for_a_person(requests_mock: requests_mock.Mocker, status: int) -> None:
    """Nothing is repeated, and the error has a remedy."""
    requests_mock.post(BATCH, status_code=status)
    with pytest.raises(IntakeRefusedError) as refused:
        Bench().deliver("a")
    assert refused.value.remedy
    assert KEY not in str(refused.value)
    assert len(requests_mock.request_history) == 1


def test_retry_after_is_obeyed(requests_mock: requests_mock.Mocker) -> None:
    """As seconds and as a date; nonsense counts as not said."""
    bench = Bench()
    later = format_datetime(bench.clock.now() + timedelta(seconds=90))
    for header, least in (("45", 45), (later, 44), ("soon", 0.5)):
        bench.clock.waits.clear()
        faults = {"status_code": 503, "headers": {"Retry-After": header}}
        requests_mock.post(BATCH, [faults, {"json": accepting}])
        bench.deliver("a")
        assert bench.clock.waits[0] >= least
    assert bench.clock.waits[0] <= 1


def test_too_large_a_body_is_halved(requests_mock: requests_mock.Mocker) -> None:
    """413 leads to smaller bodies, and everything still arrives."""

    def picky(request: Any, context: object) -> object:
        if len(request.json()["jsons"]) > 2:
            context.status_code = 413  # type: ignore[attr-defined]
            return {}
        return accepting(request, context)

    requests_mock.post(BATCH, json=picky)
    assert Bench().deliver(*"abcdefg") == list("abcdefg")


def test_one_event_too_large_by_itself_is_kept_as_a_file(
    requests_mock: requests_mock.Mocker,
) -> None:
    """It cannot be made smaller, so it is set aside and named; the others pass."""

    def picky(request: Any, context: object) -> object:
        if any("poison" in event for event in request.json()["jsons"]):
            context.status_code = 413  # type: ignore[attr-defined]
        return accepting(request, context)

    requests_mock.post(BATCH, json=picky)
    bench = Bench()
    assert sorted(map(str, bench.deliver("a", "poison", "b"))) == ["a", "b", "poison"]
    assert bench.store.names("set_aside")
    assert "is kept in set_aside/" in bench.observer.lines[0][1]


def test_one_event_that_is_never_taken_does_not_stop_the_others(
    requests_mock: requests_mock.Mocker,
) -> None:
    """Short answers lead to halves, the culprit is found and kept as a file."""
    requests_mock.post(BATCH, json=poisoned)
    bench = Bench()
    delivered = bench.deliver("poison", "a", "b", "c")
    assert sorted(map(str, delivered)) == ["a", "b", "c", "poison"]
    (name,) = bench.store.names("set_aside")
    assert json.loads(bench.store.files[name]) == "poison"


def test_intake_that_takes_nothing_at_all_sets_nothing_aside_quickly(
    requests_mock: requests_mock.Mocker,
) -> None:
    """While no event passes, it is the intake: for an hour nothing is given up."""
    requests_mock.post(BATCH, json={"event_ids": []})
    bench = Bench()

    def stop_after_half_an_hour(_: object, __: object) -> object:
        bench.clock.is_stopped = bench.clock.monotonic_s() > 1_800
        return {"event_ids": []}

    requests_mock.post(BATCH, json=stop_after_half_an_hour)
    with pytest.raises(StopRequested):
        bench.deliver("a")
    assert bench.store.names("set_aside") == []


def test_oversize_event_is_kept_whole_and_said(requests_mock: requests_mock.Mocker) -> None:
    """The log names the file of the original."""
    requests_mock.post(BATCH, json=accepting)
    bench = Bench()
    bench.deliver({"text": "x" * 300_000})
    (name,) = bench.store.names("oversize")
    assert name in bench.observer.lines[0][1]
    assert len(bench.store.files[name]) > 300_000


def test_nothing_to_send_is_no_request(requests_mock: requests_mock.Mocker) -> None:
    """An empty batch costs nothing."""
    assert Bench().deliver() == []
    assert requests_mock.request_history == []


def test_address_does_not_show_its_key() -> None:
    """Neither in a representation nor in an error."""
    assert KEY not in repr(IntakeAddress(URL, KEY))


def test_single_call_tells_the_three_outcomes_apart(requests_mock: requests_mock.Mocker) -> None:
    """Acknowledged, too large, not now."""
    api = Bench().api
    requests_mock.post(BATCH, json={"event_ids": ["1", "2"]})
    assert api.post(b"{}") == 2
    requests_mock.post(BATCH, status_code=413)
    with pytest.raises(BodyTooLargeError):
        api.post(b"{}")
    requests_mock.post(BATCH, status_code=502)
    with pytest.raises(IntakeUnavailableError):
        api.post(b"{}")
