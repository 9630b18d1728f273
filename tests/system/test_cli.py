"""Every command in a pipe and in a terminal, against the sandbox."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from tests.system.cli_runs import Terminal, called, environment, piped
from tests.system.conftest import EMPTY, backlog


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One for all tests that change nothing at GitHub that others see."""
    with Sandbox(EMPTY | {"proxy": True}) as sandbox:
        backlog(sandbox, 230)
        end_s = time.time() - 600
        for product in ("code-scanning", "secret-scanning", "dependabot"):
            span = {"start_s": end_s - 36_000, "end_s": end_s, "count": 12}
            sandbox.estate(add_alerts={"product": product, "repository": "infra"} | span)
        yield sandbox


COMMANDS = {
    "validate": ["validate"],
    "doctor": ["doctor"],
    "action list": ["action", "--list"],
    "look-up": ["action", "get_user", "--username", "octo-admin"],
    "list": ["action", "list_repositories", "--limit", "3"],
    "dry run": ["action", "block_user", "--username", "mallory", "--dry-run"],
    "collect": ["collect", "--once", "--since", "24h"],
    "alerts": ["collect", "--once", "--source", "alerts", "--output", "{folder}/alerts.ndjson"],
    "record": ["record", "{folder}/recording", "--output", "{folder}/events.ndjson"],
    "replay": ["replay", "{recording}", "--output", "{folder}/again.ndjson"],
    "severity": ["severity", "{recording}/../events.ndjson"],
    "state show": ["--state-folder", "{kept}", "state", "show"],
    "help": ["--help"],
}


@pytest.fixture(scope="module")
def kept(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a recording, its events, and the state of a collection."""
    folder = tmp_path_factory.mktemp("kept")
    variables = environment(sandbox, folder / "state")
    events = called(variables, "record", folder / "recording")
    (folder / "events.ndjson").write_text(events.stdout, encoding="utf-8")
    assert called(variables, "collect", "--once").returncode == 0
    return folder


def arguments_of(name: str, folder: Path, kept: Path) -> list[str]:
    places = {"folder": folder, "recording": kept / "recording", "kept": kept / "state"}
    return [part.format(**places) for part in COMMANDS[name]]


@pytest.mark.parametrize("name", COMMANDS)
def test_screens_look_right_at_80_columns(
    sandbox: Sandbox, kept: Path, tmp_path: Path, name: str
) -> None:
    """No line is broken by the terminal, frames are closed, and it ends well."""
    terminal = Terminal(
        environment(sandbox, tmp_path / "state"), *arguments_of(name, tmp_path, kept)
    )
    assert terminal.end() == 0
    shown = [line for line in terminal.lines if line]
    assert shown
    assert "Traceback" not in terminal.written
    assert sandbox.full_token not in terminal.written
    assert len({len(line) for line in shown if line[0] in "╭│╰"}) <= 1
    if name != "collect":  # events are as long as they are
        assert max(map(len, terminal.bare_lines)) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_works_in_a_pipe(
    sandbox: Sandbox, kept: Path, tmp_path: Path, name: str
) -> None:
    """No colours, no progress, nothing on stderr, no line wider than 80 but events."""
    run = piped(environment(sandbox, tmp_path / "state"), *arguments_of(name, tmp_path, kept))
    assert (run.returncode, run.stderr) == (0, "")
    assert "\x1b" not in run.stdout
    assert name == "collect" or all(len(line) <= 80 for line in run.stdout.splitlines())


def test_progress_of_a_collection(sandbox: Sandbox, tmp_path: Path) -> None:
    """Events, pages, what is left of the budget, and the position in time."""
    output = tmp_path / "events.ndjson"
    variables = environment(sandbox, tmp_path / "state")
    terminal = Terminal(variables, "collect", "--once", "--output", output)
    assert terminal.end() == 0
    last = next(line for line in reversed(terminal.lines) if "events" in line)
    assert "230 events · 3 pages · " in last
    assert time.strftime("%m-%d ", time.gmtime()) in last
    assert " left " in last
    assert len(output.read_text(encoding="utf-8").splitlines()) == 230


def test_pipes_are_quiet(sandbox: Sandbox, tmp_path: Path) -> None:
    """Events on stdout, nothing on stderr."""
    run = called(environment(sandbox, tmp_path), "collect", "--once", "--source", "audit,alerts")
    assert (run.returncode, run.stderr) == (0, "")
    events = [json.loads(line) for line in run.stdout.splitlines()]
    assert sum("_document_id" in event for event in events) == 230
    assert sum("html_url" in event for event in events) >= 36


def test_validate_says_what_fails_and_ends_with_1(sandbox: Sandbox, tmp_path: Path) -> None:
    """The same sentences as the platform's, and no credential in them."""
    variables = environment(sandbox, tmp_path)
    good = called(variables, "validate")
    assert good.returncode == 0
    assert "block_user" in good.stdout
    wrong = called(variables | {"GITHUB_TOKEN": "ghp_" + "x" * 36}, "validate")
    assert wrong.returncode == 1
    assert "FAIL Identity" in wrong.stdout
    assert "Authentication failed" in wrong.stdout
    form = called(variables | {"GITHUB_ORG": "two words"}, "validate")
    assert form.returncode == 1
    assert "org_name" in form.stdout
    assert "ghp_" not in wrong.stdout + wrong.stderr + form.stdout


def test_the_matrix_names_what_is_missing(sandbox: Sandbox, tmp_path: Path) -> None:
    """What a narrow token may not do stands first; collecting works, so it ends with 0."""
    run = called(environment(sandbox, tmp_path, GITHUB_TOKEN=sandbox.token), "validate")
    assert run.returncode == 0
    rows = run.stdout.split("Actions with this credential")[1]
    assert "admin:org" in rows
    assert rows.index("block_user ") < rows.index("get_user ")


def test_doctor_is_one_page_without_secrets(sandbox: Sandbox, tmp_path: Path) -> None:
    """Versions, origins, storage, network, clock, budget; what is not well is marked."""
    variables = environment(sandbox, tmp_path)
    run = called(variables, "doctor")
    assert run.returncode == 0, run.stdout
    for words in ("Python", "sekoia-automation-sdk", "GITHUB_TOKEN in the environment", "can be",
                  "no proxy", "clock", "core "):  # fmt: skip
        assert words in run.stdout
    assert sandbox.full_token not in run.stdout
    assert sandbox.intake_key not in run.stdout
    assert len(run.stdout.splitlines()) <= 60
    nobody = variables | {"GITHUB_URL": "http://127.0.0.1:9"}
    lost = called(nobody, "doctor")
    assert lost.returncode == 1
    assert "refused the connection" in " ".join(lost.stdout.split())


def test_doctor_names_proxy_and_certificate(sandbox: Sandbox, tmp_path: Path) -> None:
    """A proxy of the environment is told without its password; a wrong storage is told too."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    proxy = sandbox.proxy_url.replace("://", "://user:hunter2@")
    variables = environment(sandbox, tmp_path / "file", GITHUB_PROXY_URL=proxy)
    run = called(variables, "doctor")
    told = " ".join(run.stdout.split())
    assert run.returncode == 1
    assert "through the proxy" in told
    assert "hunter2" not in told
    assert "FAIL state folder" in told


def test_action_runs_and_is_undone(sandbox: Sandbox, tmp_path: Path) -> None:
    """Typed options, dry run, change, repeat, undo; the same results as on the platform."""
    variables = environment(sandbox, tmp_path)
    block = ["action", "block_user", "--username", "stranger-one", "--json"]
    shown = [
        json.loads(called(variables, *arguments).stdout)
        for arguments in (
            [*block, "--dry_run"],
            block,
            block,
            ["action", "unblock_user", "--username", "stranger-one", "--json"],
        )
    ]
    assert [one["changed"] for one in shown] == [False, True, False, True]
    assert shown[0]["plan"] == [
        {"method": "PUT", "path": f"/orgs/{sandbox.org}/blocks/stranger-one"}
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["get_repository", "--repository", "a b"], 2, "The argument repository is not usable: it"),
        (["get_user"], 2, "--username"),
        (["get_user", "--username", "nobody-at-all"], 0, "found"),
        (["list_token_grants"], 2, "GitHub App"),
        (["no_such_action"], 2, "no_such_action"),
        (["get_commit", "--repository", "gone", "--ref", "main"], 0, "reason"),
    ],
)
def test_what_an_action_cannot_do(
    sandbox: Sandbox, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    """One sentence and a status; never a traceback."""
    run = called(environment(sandbox, tmp_path), "action", *arguments)
    assert run.returncode == status, run.stderr
    assert words in " ".join((run.stdout + run.stderr).split())
    assert "Traceback" not in run.stderr


def test_a_token_comes_from_stdin(sandbox: Sandbox, tmp_path: Path) -> None:
    """So that it stands in no list of processes; it does not come back either."""
    token = "ghp_" + "leak" * 9
    arguments = ["action", "revoke_exposed_credentials", "--credentials", "-", "--dry-run"]
    run = called(environment(sandbox, tmp_path), *arguments, given=f"{token}\n")
    assert run.returncode == 0, run.stderr
    assert "/credentials/revoke" in run.stdout
    assert token not in run.stdout + run.stderr


def test_severity_says_which_rule_and_why(kept: Path, tmp_path: Path) -> None:
    """From a file and from stdin, one a line and as a list; own rules come first."""
    variables = environment(None, tmp_path)
    event = {"action": "org.disable_two_factor_requirement", "actor": "mallory"}
    alert = {"number": 7, "state": "open", "url": "https://api.github.com/x/dependabot/alerts/7"}
    run = called(variables, "severity", given=json.dumps([event, alert, 7]))
    assert run.returncode == 0, run.stderr
    told = " ".join(run.stdout.split())
    assert "high org.disable_two_factor_requirement by mallory two-factor-off:" in told
    assert "because action is org.disable_two_factor_requirement" in told
    assert "dependabot 7" in told
    assert "not an object" in told
    rules = tmp_path / "rules.json"
    rules.write_text(
        json.dumps([{"id": "mine", "actions": ["org.*"], "severity": "low", "reason": "Known."}]),
        encoding="utf-8",
    )
    own = called(variables, "severity", "--json", "--rules", rules, given=json.dumps(event))
    assert json.loads(own.stdout) | {"event": 0} == {
        "severity": "low",
        "rule": "mine",
        "reason": "Known.",
        "because": "action is org.*",
        "docs": "",
        "event": 0,
    }
    high = called(variables, "severity", kept / "events.ndjson", "--minimum", "high", "--json")
    found = [json.loads(line)["severity"] for line in high.stdout.splitlines()]
    assert found
    assert set(found) <= {"high", "critical"}
    torn = called(variables, "severity", given='{"action": "a.b"}\n{"action"')
    assert (torn.returncode, "Line 2 is not JSON." in torn.stderr) == (2, True)


def test_the_rest_of_what_people_type_wrong(tmp_path: Path) -> None:
    """Each ends in one sentence with a remedy and status 2, before GitHub is asked."""
    (tmp_path / "c.toml").write_text('org = "acme"', encoding="utf-8")
    variables = environment(None, tmp_path / "s", GITHUB_TOKEN="ghp_" + "x" * 36, GITHUB_ORG="acme")
    for arguments, words in {
        ("collect", "--since", "soon"): "--since is not a time.",
        ("collect", "--until", "1h"): "--until needs --since.",
        ("collect", "--since", "1h", "--until", "2h"): "--until lies before --since.",
        ("collect", "--rotate", "day"): "--rotate needs --output.",
        ("collect", "--output", "x", "--rotate", "often"): "--rotate is neither a size nor a day.",
        (
            "collect",
            "--output",
            "x",
            "--intake",
        ): "The options --intake and --output exclude each other.",
        ("collect", "--intake"): "The argument intake_key is empty.",
        ("collect", "--source", "logs"): "There is no source logs.",
        ("collect", "--source", "events", "--severity", "low"): "Repository events have no",
        ("--config", tmp_path / "c.toml", "doctor"): "Perhaps org_name is meant.",
        ("--config", tmp_path / "none.toml", "doctor"): "none.toml cannot be read: No such file",
        ("replay", tmp_path): "holds no recording of this version.",
        ("state", "show"): "There is no state in",
        ("severity", tmp_path / "none.json"): "none.json cannot be read.",
    }.items():
        run = called(variables, *arguments, cwd=tmp_path)
        assert (run.returncode, words in run.stderr) == (2, True), run.stderr
        assert "Traceback" not in run.stderr
