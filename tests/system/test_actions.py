"""Every action as the platform runs it, against an organization that remembers what was done."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Sandbox
from tests.system.action_cases import BEFORE, CASES, CHANGES, LEAKED, LOOK_UPS, Case
from tests.system.action_runs import ActionRuns, Run
from tests.system.conftest import EMPTY, backlog
from tests.unit.actions.harness import ACTIONS

EVERYTHING = dict.fromkeys(
    [
        "actions",
        "administration",
        "contents",
        "issues",
        "members",
        "organization_administration",
        "organization_hooks",
        "organization_personal_access_tokens",
        "organization_self_hosted_runners",
        "organization_user_blocking",
        "repository_hooks",
        "secret_scanning_alerts",
        "security_events",
        "vulnerability_alerts",
    ],
    "write",
)
LIMITS = {"core": 100_000, "search": 1_000, "code_search": 1_000}
NOBODY = "github_pat_11SANDBOX2sandboxTokenWithoutAnyRight00000000000000"
PUBLIC = {"get_user", "list_user_keys", "get_user_events", "revoke_exposed_credentials"}


def named(cases: list[Case]) -> Any:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ActionRuns]:
    """One sandbox and one process for this file; each test begins with a fresh organization."""
    folder = tmp_path_factory.mktemp("actions")
    with (
        Sandbox(EMPTY | {"app": {"permissions": EVERYTHING}, "rate_limit": LIMITS}) as sandbox,
        ActionRuns(sandbox, folder / "data") as started,
    ):
        sandbox.set_token(NOBODY, login="octo-admin", permissions={})
        backlog(sandbox, 50)
        yield started


@pytest.fixture(autouse=True)
def fresh(runs: ActionRuns) -> None:
    """Everything as at the start."""
    runs.sandbox.clear_faults()
    runs.sandbox.estate(reset=True)


def options(case: Case) -> dict[str, Any]:
    return {"app": True} if case.app else {}


def branches(run: Run) -> set[str]:
    return {name for name, taken in run["outputs"].items() if taken}


def prepared(runs: ActionRuns, case: Case) -> None:
    if case.name in BEFORE:
        name, arguments = BEFORE[case.name]
        assert runs.run(name, arguments)["results"]["changed"]


def writes(sandbox: Sandbox) -> int:
    return sum(row["method"] != "GET" for row in sandbox.requests("github", "^/(?!app)"))


def test_every_action_has_its_case() -> None:
    """A new action is tried here, or this fails."""
    assert sorted(case.name for case in CASES) == sorted(ACTIONS)


@named(LOOK_UPS)
def test_a_look_up_in_a_process_of_its_own(runs: ActionRuns, case: Case) -> None:
    """Command line, environment, callback, secrets: nothing is left out."""
    run = runs.run_alone(case.name, case.arguments, **options(case))
    assert run["error"] == ""
    assert branches(run) == {case.branch}
    assert run["results"]


@named(CHANGES)
def test_a_change_is_tried_made_repeated_and_undone(runs: ActionRuns, case: Case) -> None:
    """Dry run, change, repeat, undo; the organization is asked each time."""
    prepared(runs, case)
    holds = case.holds
    assert holds is not None
    before, sent = runs.sandbox.estate(), writes(runs.sandbox)
    dry = runs.run(case.name, case.arguments | {"dry_run": True}, **options(case))
    assert (dry["error"], dry["results"]["changed"], dry["results"]["dry_run"]) == ("", False, True)
    assert dry["results"]["plan"]
    assert (runs.sandbox.estate(), writes(runs.sandbox)) == (before, sent)
    run = runs.run_alone(case.name, case.arguments, **options(case))
    assert (run["error"], run["results"]["changed"]) == ("", True)
    assert "changed" in branches(run)
    assert holds(runs.sandbox.estate())
    if case.name == "cancel_workflow_runs":
        return  # a finished run is no longer there to be cancelled
    again = runs.run(case.name, case.arguments, **options(case))
    assert again["error"] == ""
    assert case.again in branches(again)
    if case.undo:
        undone = runs.run(case.undo[0], case.undo[1], **options(case))
        assert (undone["error"], undone["results"]["changed"]) == ("", True)
        assert not holds(runs.sandbox.estate())


@named([case for case in CASES if case.missing is not None])
def test_what_is_not_there(runs: ActionRuns, case: Case) -> None:
    """A look-up answers it, an undo finds it done, anything else says which request it was."""
    run = runs.run(case.name, case.missing, **options(case))
    if case.absent == "error":
        assert run["results"] is None
        assert "HTTP 4" in run["error"]
    else:
        assert run["error"] == ""
        assert case.absent in branches(run)


@named([case for case in CASES if case.name not in PUBLIC])
def test_a_missing_permission_is_named(runs: ActionRuns, case: Case) -> None:
    """The error says which permission GitHub wants, or that it wants an App."""
    run = runs.run(case.name, case.arguments, token=NOBODY)
    if case.app:
        assert "only a GitHub App" in run["error"]
        return
    # Metadata is what every token may read; these need nothing else before they write.
    keys = {endpoint.permission.partition(":")[0] for endpoint in ACTIONS[case.name].endpoints}
    if "get_repository_events" in case.name:
        keys = {"metadata"}
    assert any(f"{key}: " in run["error"] for key in keys), run["error"]


@named(CASES)
def test_a_used_up_limit_is_told_at_once(runs: ActionRuns, case: Case) -> None:
    """Nobody waits an hour for an answer: the error says what is used up."""
    runs.sandbox.mode("E27", reset_in_s=3_000)
    run = runs.run(case.name, case.arguments, **options(case))
    assert run["results"] is None
    assert run["error"].startswith("GitHub asks to wait longer than an action may take")
    assert len(run["error"]) < 400


def test_leaked_tokens_go_out_without_a_credential(runs: ActionRuns) -> None:
    """GitHub refuses this call with any Authorization header; the tokens never come back."""
    run = runs.run("revoke_exposed_credentials", {"credentials": [LEAKED, "ghs_other-secret"]})
    (row,) = runs.sandbox.requests("github", "^/credentials/revoke$")[-1:]
    assert (row["method"], row["status"], row["credential"]) == ("POST", 202, "")
    told = json.dumps(run)
    assert LEAKED not in told
    assert "ghs_other-secret" not in told
    assert run["results"]["rejected"][0]["last_four"] == "cret"
    assert run["outputs"]["refused"]


def test_no_secret_comes_back(runs: ActionRuns) -> None:
    """Neither ours nor the one that was found."""
    listed = runs.run("list_secret_scanning_alerts", {})
    one = runs.run("get_secret_scanning_alert", {"repository": "payments", "alert_number": 1})
    told = json.dumps([listed, one])
    assert "-us1" not in told
    assert runs.sandbox.full_token not in told
    assert all("secret" not in alert for alert in listed["results"]["items"])


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("block_user", {"username": "octo-admin"}, "does not act against its own account"),
        ("remove_org_member", {"username": "OCTO-admin"}, "does not act against its own account"),
        ("delete_runner", {"runner_id": 802}, "currently running a job"),
        (
            "remove_team_member",
            {"team_slug": "idp-synced", "username": "dev-two"},
            "identity provider",
        ),
        ("cancel_workflow_runs", {"repository": "payments"}, "Neither run_id nor a filter"),
        ("revoke_sso_credentials", {"username": "octo-admin"}, "its own account"),
        ("set_actions_permissions", {"enabled": False}, "enabled_repositories is needed"),
        ("get_file", {"repository": "payments", "path": "docs"}, "docs is not a file"),
        ("get_user", {"username": "a b"}, "The argument username"),
        ("get_repository", {"repository": "a b/c"}, "The argument repository"),
        ("list_org_members", {"role": "king"}, "The argument role"),
    ],
)
def test_what_must_not_be_done_is_refused(
    runs: ActionRuns, name: str, arguments: dict[str, Any], words: str
) -> None:
    """Guards, GitHub's own refusals, and arguments that cannot be right."""
    run = runs.run(name, arguments)
    assert words in run["error"]
    assert "Traceback" not in run["error"]


def test_the_last_owner_stays(runs: ActionRuns) -> None:
    """An App that is told to remove the only owner refuses before GitHub has to."""
    assert runs.run("remove_org_member", {"username": "second-owner"}, app=True)["results"][
        "changed"
    ]
    run = runs.run("remove_org_member", {"username": "octo-admin"}, app=True)
    assert "is the only owner of acme" in run["error"]


def test_membership_of_each_kind(runs: ActionRuns) -> None:
    """Member, outside collaborator, invited, none: each is a branch of its own."""
    people = {
        "dev-one": "member",
        "ext-one": "outside",
        "invited-one": "invited",
        "monalisa": "none",
    }
    for username, branch in people.items():
        assert branches(runs.run("get_org_membership", {"username": username})) == {branch}


def test_a_user_is_found_by_number(runs: ActionRuns) -> None:
    """Audit events carry numbers; logins change."""
    number = 1000 + sum(b"stranger-one")
    assert runs.run("get_user", {"username": str(number)})["results"]["login"] == "stranger-one"
    runs.run("block_user", {"username": number})
    assert runs.sandbox.estate()["blocked"] == ["stranger-one"]


def test_the_feed_says_what_it_covers(runs: ActionRuns) -> None:
    """Three hundred events are GitHub's end of the feed, not the user's."""
    run = runs.run("get_user_events", {"username": "monalisa", "limit": 300})
    coverage = run["results"]["coverage"]
    assert (coverage["events_read"], coverage["truncated_at_300"], coverage["public_only"]) == (
        300, True, True,
    )  # fmt: skip
    half = run["results"]["items"][99]["created_at"]
    since = runs.run("get_user_events", {"username": "monalisa", "limit": 300, "since": half})
    assert since["results"]["count"] == 100
    types = runs.run("get_user_events", {"username": "dev-one", "event_types": "pushevent"})
    assert {event["type"] for event in types["results"]["items"]} == {"PushEvent"}


def test_a_run_that_cannot_be_cancelled_is_named_beside_the_others(runs: ActionRuns) -> None:
    """One refusal does not stop the rest; force does what cancel could not."""
    run = runs.run("cancel_workflow_runs", {"repository": "payments", "actor": "dev-one"})
    assert [item["id"] for item in run["results"]["cancelled"]] == [4001]
    assert [item["id"] for item in run["results"]["not_cancellable"]] == [4004]
    forced = {"repository": "payments", "run_id": 4004, "force": True}
    assert runs.run("cancel_workflow_runs", forced)["results"]["changed"]


def test_a_write_whose_outcome_is_unknown_is_not_sent_again(runs: ActionRuns) -> None:
    """GitHub may have acted before the connection broke."""
    runs.sandbox.fault("reset", path="/orgs/acme/blocks", method="PUT", times=None)
    sent = writes(runs.sandbox)
    run = runs.run("block_user", {"username": "stranger-one"})
    assert "may or may not have carried out" in run["error"]
    assert writes(runs.sandbox) == sent + 1


def test_the_validator_tells_which_actions_will_work(runs: ActionRuns) -> None:
    """The matrix for an App, a classic and a fine-grained token."""
    everything = validated(runs, app=True)
    assert f"{len(ACTIONS)} of {len(ACTIONS)} actions will work." in everything
    classic = validated(runs)
    assert "Missing: a GitHub App for" in classic
    fine = validated(runs, token=runs.sandbox.full_fine_grained_token)
    assert "cannot be told without writing" in fine


def validated(runs: ActionRuns, **how: Any) -> str:
    run = runs.run("validate_module_configuration", {}, validator=True, **how)
    assert run["results"] == {"success": True}, run["error"]
    return str(run["printed"])


def test_permissions_that_are_missing_are_named_by_the_validator(runs: ActionRuns) -> None:
    """What each missing action needs, once for each permission."""
    runs.sandbox.installation(
        permissions={"organization_administration": "read", "members": "read"}
    )
    try:
        told = validated(runs, app=True)
    finally:
        runs.sandbox.installation(permissions=EVERYTHING)
    assert "permission members:write for" in told
    assert "block_user" in told


def test_results_stay_in_the_folder_of_the_run(runs: ActionRuns, tmp_path: Path) -> None:
    """A long list is a file beside its preview."""
    now = 1_795_000_000
    wanted = {
        "product": "dependabot",
        "repository": "infra",
        "count": 200,
        "start_s": now,
        "end_s": now,
    }
    runs.sandbox.estate(add_alerts=wanted)
    run = runs.run("list_dependabot_alerts", {"limit": 150})
    results = run["results"]
    assert (results["count"], len(results["items"]), results["truncated"]) == (150, 20, True)
    assert len(json.loads((runs.data_path / results["items_path"]).read_bytes())) == 150
