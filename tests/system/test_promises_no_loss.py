"""P1 to P3: late events are found, a crash costs one batch at most, nothing moves unacknowledged."""

import random
import time

import pytest

from tests.system.conftest import HOUR_MS, StartModule, StartSandbox, backlog, now_ms, scaled

LATE = [[0.2, 1.0], [0.2, 90.0], [0.2, 1_800.0], [0.1, 5 * 3_600.0], [0.2, 12 * 3_600.0 - 5]]


@pytest.mark.slow
def test_p1_events_up_to_twelve_hours_late_are_forwarded(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Whatever GitHub shows within 12 h of its time arrives once; a day passes in 50 s."""
    rate = 1_800.0
    sandbox = start_sandbox(clock=scaled(rate), rate_limit=None)
    begin_ms = now_ms()
    sandbox.generate(1_200, begin_ms, begin_ms + 2 * HOUR_MS, seed=11, late=LATE, git_share=0.3)
    start_module(sandbox, scaled=True, connector={"frequency": 300, "ratelimit_per_minute": 6_000})
    time.sleep(18 * 3_600 / rate)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 1_200, timeout_s=20)
    assert report["late"] > 400
    assert (report["lost"], report["repeated"], report["unknown"]) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("lanes", [1, 4])
def test_p2_kill_at_random_moments(
    start_sandbox: StartSandbox, start_module: StartModule, lanes: int
) -> None:
    """Killed 15 times at random moments: nothing lost, at most one batch repeated a kill."""
    kills, count = 15, 20_000
    rng = random.Random(lanes)
    sandbox = start_sandbox(rate_limit=None, latency_ms=25)
    backlog(sandbox, count, git_share=0.3)
    connector = {"frequency": 1, "catch_up_lanes": lanes, "ratelimit_per_minute": 10_000_000}
    for _ in range(kills):
        module = start_module(sandbox, connector=connector)
        asked = sandbox.report()["audit_requests"]
        sandbox.wait_until(lambda report, asked=asked: report["audit_requests"] > asked)
        time.sleep(rng.uniform(0.0, 0.35))
        module.kill()
    start_module(sandbox, connector=connector)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= count, timeout_s=60)
    assert (report["lost"], report["unknown"]) == (0, 0)
    assert report["repeated"] <= kills * 1_000


FAULTS = [
    {"kind": "status", "status": 500, "times": 3},
    {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}, "times": 2},
    {"kind": "reset", "times": 2},
    {"kind": "truncated", "times": 1},
    {"kind": "html", "times": 1},
    {"kind": "fewer_ids", "times": 2},
    {"kind": "empty_body", "times": 1},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["kind"])
def test_p3_nothing_moves_before_the_intake_acknowledged(
    start_sandbox: StartSandbox, start_module: StartModule, fault: dict[str, object]
) -> None:
    """While the intake fails, a kill and a restart still lead to every event delivered."""
    sandbox = start_sandbox()
    backlog(sandbox, 1_500)
    fault = dict(fault)
    sandbox.fault(str(fault.pop("kind")), target="intake", after=1, **(fault | {"times": None}))
    connector = {"frequency": 1}
    module = start_module(sandbox, connector=connector)
    sandbox.wait_until(lambda report: report["intake_requests"] >= 2)
    module.kill()
    sandbox.clear_faults()
    start_module(sandbox, connector=connector)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 1_500)
    assert (report["lost"], report["unknown"]) == (0, 0)
    assert report["repeated"] <= 2_000


def test_p3_events_that_the_intake_did_not_acknowledge_are_sent_again(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """An intake that keeps only part of each batch gets the rest again, across a kill."""
    sandbox = start_sandbox(intake_takes=0.7)
    backlog(sandbox, 1_500)
    module = start_module(sandbox, connector={"frequency": 1})
    sandbox.wait_until(lambda report: report["intake_requests"] >= 2)
    module.kill()
    sandbox.settings(intake_takes=1.0)
    start_module(sandbox, connector={"frequency": 1})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 1_500)
    assert report["lost"] == 0


def test_p3_a_lost_acknowledgement_repeats_one_batch_only(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """When the intake took a batch but its answer was lost, that batch alone comes twice."""
    sandbox = start_sandbox()
    backlog(sandbox, 1_500)
    sandbox.fault("lost_answer", target="intake", times=1)
    start_module(sandbox, connector={"frequency": 1})
    report = sandbox.wait_until(
        lambda report: report["forwarded"] >= 1_500 and report["intake_requests"] >= 3
    )
    assert 0 < report["repeated"] <= 1_000
    assert report["lost"] == 0
