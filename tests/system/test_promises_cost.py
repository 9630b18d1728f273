"""P4 to P7: fresh, in constant memory, with few requests, never over the budget."""

import time

import pytest

from tests.system.conftest import (
    HOUR_MS,
    StartModule,
    StartSandbox,
    backlog,
    events,
    now_ms,
    scaled,
)

FAST = {"ratelimit_per_minute": 10_000_000}


def test_p4_a_visible_event_arrives_within_one_poll(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """With a poll every 2 s no event waits longer than one poll and a moment of transfer."""
    sandbox = start_sandbox(rate_limit=None)
    begin_ms = now_ms() + 3_000
    sandbox.generate(200, begin_ms, begin_ms + 8_000, seed=5, git_share=0.5)
    start_module(sandbox, connector=FAST | {"frequency": 2})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 200, timeout_s=40)
    assert report["lag_max_s"] < 2.0 + 1.5
    assert report["repeated"] == 0


def peak_kib(start_sandbox: StartSandbox, start_module: StartModule, count: int) -> int:
    sandbox = start_sandbox(rate_limit=None)
    backlog(sandbox, count, git_share=0.4)
    module = start_module(sandbox, data=f"data{count}", connector=FAST)
    sandbox.wait_until(lambda report: report["forwarded"] >= count, timeout_s=120)
    peak = module.peak_memory_kib()
    module.terminate()
    sandbox.stop()
    return peak


@pytest.mark.slow
def test_p5_memory_does_not_grow_with_the_backlog(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """200,000 events take at most 1.3 times the memory of 20,000."""
    small = peak_kib(start_sandbox, start_module, 20_000)
    large = peak_kib(start_sandbox, start_module, 200_000)
    assert large <= 1.3 * small


@pytest.mark.slow
def test_p6_idle_polls_and_sweeps_cost_little(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """A poll without news is one request; sweeps add fewer than 25 an hour on a busy-ish log."""
    rate = 1_800.0
    sandbox = start_sandbox(clock=scaled(rate), rate_limit=None)
    begin_ms = now_ms() - 20 * HOUR_MS
    sandbox.generate(3_000, begin_ms, begin_ms + 44 * HOUR_MS, seed=3, git_share=0.2)
    module = start_module(sandbox, scaled=True, connector=FAST | {"frequency": 600})
    time.sleep(5)
    first = sandbox.report()
    time.sleep(8 * 3_600 / rate)
    last = sandbox.report()
    hours = (last["now"] - first["now"]) / 3_600
    requests = last["audit_requests"] - first["audit_requests"]
    polls = hours * 6 / 0.9  # jitter makes a poll up to a tenth earlier
    assert requests >= hours * 5
    assert requests <= polls + 25 * hours
    assert module.terminate() < 5


def test_p6_an_idle_poll_is_one_request(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """In a quiet organization nothing but one request a poll goes out, sweeps included."""
    rate = 600.0
    sandbox = start_sandbox(clock=scaled(rate), rate_limit=None)
    sandbox.add_events(events(0, 3, now_ms() - HOUR_MS))
    start_module(sandbox, scaled=True, connector=FAST | {"frequency": 300})
    sandbox.wait_until(lambda report: report["forwarded"] >= 3)
    first = sandbox.report()
    time.sleep(8)
    last = sandbox.report()
    polls = (last["now"] - first["now"]) / (300 * 0.9)
    assert 3 < last["audit_requests"] - first["audit_requests"] <= polls + 2


def test_p7_no_request_while_github_said_wait(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """A small window is never overrun, its reserve is kept, and everything still arrives."""
    rate = 120.0
    limit = {"audit_log": 60, "core": 5_000, "window_s": 600}
    sandbox = start_sandbox(clock=scaled(rate), rate_limit=limit)
    backlog(sandbox, 8_000)
    start_module(sandbox, scaled=True, connector=FAST | {"frequency": 30})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 8_000, timeout_s=60)
    assert report["violations"] == 0
    assert (report["lost"], report["repeated"]) == (0, 0)
    remaining = [row["status"] for row in sandbox.requests("github")]
    assert set(remaining) == {200}


@pytest.mark.parametrize(
    "options",
    [
        {"row": "E28", "retry_after": 120},
        {"row": "E28", "retry_after": "date:120"},
        {"row": "E28", "remaining": 900},
        {"row": "E27", "status": 429, "reset_in_s": 180},
        {"row": "E27", "reset_in_s": 180},
    ],
)
def test_p7_limits_in_every_form_are_obeyed(
    start_sandbox: StartSandbox, start_module: StartModule, options: dict[str, object]
) -> None:
    """Primary and secondary limits, as 403 and 429, with seconds, date or nothing, are waited out."""
    sandbox = start_sandbox(clock=scaled(60.0))
    backlog(sandbox, 900)
    options = dict(options)
    sandbox.mode(str(options.pop("row")), path="audit-log", times=2, after=3, **options)
    start_module(sandbox, scaled=True, connector=FAST | {"frequency": 30})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 900, timeout_s=60)
    assert report["violations"] == 0
    assert (report["lost"], report["repeated"]) == (0, 0)
