"""The same promises with the state in a bucket, on a real S3 server on loopback."""

import time

from tests.system.conftest import StartModule, StartSandbox, backlog, events

FAST = {"frequency": 1, "ratelimit_per_minute": 10_000_000}


def test_state_in_a_bucket_survives_a_kill(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Killed in the middle of a backlog, the next start goes on from the bucket."""
    sandbox = start_sandbox(s3=True, rate_limit=None, latency_ms=20)
    backlog(sandbox, 6_000)
    for _ in range(3):
        module = start_module(sandbox, s3=True, connector=FAST)
        asked = sandbox.report()["audit_requests"]
        sandbox.wait_until(lambda report, asked=asked: report["audit_requests"] > asked + 5)
        time.sleep(0.2)
        module.kill()
    start_module(sandbox, s3=True, connector=FAST)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 6_000, timeout_s=60)
    assert (report["lost"], report["unknown"]) == (0, 0)
    assert report["repeated"] <= 3 * 1_000


def test_restart_from_a_bucket_repeats_nothing(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """After a clean end the bucket holds everything that a start needs."""
    sandbox = start_sandbox(s3=True)
    backlog(sandbox, 900)
    first = start_module(sandbox, s3=True, connector=FAST)
    sandbox.wait_until(lambda report: report["forwarded"] >= 900)
    first.wait_for("Forwarded 900 events")
    assert first.terminate() < 5
    assert not list(first.data_path.rglob("*.ids"))
    sandbox.add_events(events(0, 4))
    start_module(sandbox, s3=True, connector=FAST)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 904)
    assert (report["lost"], report["repeated"]) == (0, 0)
