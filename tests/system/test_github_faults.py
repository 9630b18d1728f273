"""Faults of GitHub and of the network: nothing lost, nothing hammered."""

import pytest

from tests.system.conftest import StartModule, StartSandbox, backlog, events, now_ms, scaled

FAST = {"frequency": 1, "ratelimit_per_minute": 10_000_000}

FAULTS = [
    ("status", {"status": 502, "times": 2}),
    ("status", {"status": 503, "times": 1, "headers": {"Retry-After": "1"}}),
    ("html", {"times": 1}),
    ("reset", {"times": 2}),
    ("reset_mid_body", {"times": 1}),
    ("truncated", {"times": 1}),
    ("broken_json", {"times": 1}),
    ("object", {"times": 1}),
    ("empty_body", {"times": 1}),
    ("content_type", {"times": 1}),
    ("empty_page", {"times": 1}),
    ("short_page", {"times": 2}),
    ("loop_link", {"times": 1}),
]


@pytest.mark.parametrize(("kind", "options"), FAULTS)
def test_a_fault_in_the_middle_of_a_walk_loses_nothing(
    start_sandbox: StartSandbox, start_module: StartModule, kind: str, options: dict[str, object]
) -> None:
    """After the fault the walk goes on or begins again, and every event arrives once."""
    # The connector waits half a minute after what it cannot read: here that is four seconds.
    sandbox = start_sandbox(rate_limit=None, clock=scaled(8.0))
    backlog(sandbox, 800)
    sandbox.fault(kind, path="audit-log", after=2, **options)
    start_module(sandbox, scaled=True, connector=FAST | {"frequency": 8})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 800, timeout_s=90)
    assert (report["lost"], report["repeated"], report["unknown"]) == (0, 0, 0)
    assert report["audit_requests"] < 60


def test_an_event_from_the_future_does_not_hide_the_present(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """One event with a time in next year does not move the frontier there."""
    sandbox = start_sandbox()
    sandbox.add_events(events(0, 3) + events(50, 1, now_ms() + 365 * 86_400_000))
    start_module(sandbox, connector=FAST)
    sandbox.wait_until(lambda report: report["forwarded"] >= 4)
    sandbox.add_events(events(100, 5))
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 9)
    assert report["repeated"] == 0


def test_an_event_too_large_for_the_intake_is_cut_and_kept(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """The cut event says what was cut; the whole one is a file named in the log."""
    sandbox = start_sandbox()
    large = events(0, 1)[0] | {"data": {"text": "é" * 300_000}, "note": '"\\' * 1_000}
    sandbox.add_events([large, *events(10, 2)])
    module = start_module(sandbox, connector=FAST)
    sandbox.wait_until(lambda report: report["forwarded"] >= 3)
    cut = next(event for event in sandbox.forwarded_events() if "_truncated" in event)
    assert cut["_truncated"] == ["data.text"]
    assert cut["_document_id"] == large["_document_id"]
    module.wait_for("is larger than the intake takes")
    kept = list(module.data_path.glob("oversize/*.json"))
    assert len(kept) == 1
    assert len(kept[0].read_bytes()) > 600_000
