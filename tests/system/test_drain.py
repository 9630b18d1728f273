"""The connector's main job: everything into the intake, unchanged, once; then quiet."""

from tests.system.conftest import StartModule, StartSandbox, backlog, events


def test_backlog_arrives_whole_unchanged_and_once(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Every event of the history window reaches the intake once, JSON-equal to what GitHub has."""
    sandbox = start_sandbox()
    backlog(
        sandbox,
        2_345,
        git_share=0.3,
        quirks={
            "no_timestamp": 0.01,
            "no_document_id": 0.02,
            "no_actor": 0.05,
            "org_list": 0.02,
            "numbers_as_text": 0.02,
            "same_ms": 0.2,
        },
    )
    module = start_module(sandbox)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 2_345)
    assert (report["lost"], report["repeated"], report["unknown"]) == (0, 0, 0)
    assert module.terminate() < 5


def test_restart_repeats_nothing_and_goes_on(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """A second start on the same folder forwards what is new and nothing else."""
    sandbox = start_sandbox()
    backlog(sandbox, 500)
    first = start_module(sandbox, connector={"frequency": 1})
    sandbox.wait_until(lambda report: report["forwarded"] >= 500)
    first.terminate()
    sandbox.add_events(events(0, 7))
    start_module(sandbox, connector={"frequency": 1})
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 507)
    assert report["repeated"] == 0
    assert report["lost"] == 0


def test_enterprise_log_with_lanes(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """An enterprise's backlog read in four lanes arrives whole and once."""
    sandbox = start_sandbox(rate_limit=None)
    backlog(sandbox, 3_000, git_share=0.5)
    module = start_module(
        sandbox,
        module={"enterprise": sandbox.enterprise, "org_name": ""},
        connector={"catch_up_lanes": 4},
    )
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 3_000)
    assert (report["lost"], report["repeated"], report["unknown"]) == (0, 0, 0)
    assert all("/enterprises/" in row["path"] for row in sandbox.requests("github"))
    module.wait_for("Forwarded 3000 events")


def test_secrets_stay_out_of_everything(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Neither token nor intake key appear in output, platform logs, metrics or the state folder."""
    sandbox = start_sandbox()
    backlog(sandbox, 50)
    module = start_module(sandbox)
    sandbox.wait_until(lambda report: report["forwarded"] >= 50)
    seen = module.raw_metrics()
    module.terminate()
    seen += module.output + str(sandbox.logs())
    for path in module.data_path.rglob("*"):
        if path.is_file():
            seen += path.read_bytes().decode("latin-1")
    for secret in (sandbox.token, sandbox.intake_key, sandbox.platform_token):
        assert secret not in seen
    agents = {row["user_agent"] for row in sandbox.requests("intake")}
    assert not any(sandbox.intake_key in str(agent) for agent in agents)


def test_excluded_actions_are_counted_not_forwarded(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """An excluded action reaches the metrics and not the intake; the others arrive."""
    sandbox = start_sandbox()
    sandbox.add_events(
        events(0, 5)
        + [{**event, "action": "workflows.completed_workflow_run"} for event in events(100, 4)]
    )
    module = start_module(sandbox, connector={"excluded_actions": ["workflows.*"], "frequency": 1})
    sandbox.wait_until(lambda report: report["forwarded"] >= 5)
    sandbox.wait_until(lambda report: report["audit_requests"] >= 4)
    metrics = module.metrics()
    assert metrics["symphony_module_github_suppressed_events_total"] == 4
    assert metrics["symphony_module_common_forwarded_events_total"] == 5
    assert {event["action"] for event in sandbox.forwarded_events()} == {"repo.create"}
    assert module.health() == 200
