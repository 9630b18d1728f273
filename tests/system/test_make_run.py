"""`make run` as a person uses it: on a GitHub with credentials, and on the sandbox."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.system.conftest import StartSandbox, backlog
from tests.system.module_process import ROOT

VARIABLES = ("GITHUB_", "SEKOIA_", "COVERAGE_")


def started(**variables: str) -> "subprocess.Popen[str]":
    kept = {k: v for k, v in os.environ.items() if not k.startswith(VARIABLES)}
    return subprocess.Popen(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT,
        env=kept | variables | {"COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def credentials(
    start_sandbox: StartSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[Any, dict[str, str]]:
    """A sandbox with a backlog, and the variables that lead to it; state in a folder of its own."""
    sandbox = start_sandbox()
    backlog(sandbox, 130)
    variables = {
        "GITHUB_URL": sandbox.github_url,
        "GITHUB_ORG": sandbox.org,
        "GITHUB_TOKEN": sandbox.token,
        "STATE_FOLDER": str(tmp_path / "state"),
    }
    return sandbox, variables


def test_events_come_out_as_lines_and_once(credentials: tuple[Any, dict[str, str]]) -> None:
    """One event a line on stdout, everything else on stderr; a second run repeats nothing."""
    sandbox, variables = credentials
    seen: list[str] = []
    for more in (3, 2):  # one to validate, two pages; then one to validate, one without news
        asked = sandbox.report()["audit_requests"] + more
        process = started(**variables)
        sandbox.wait_until(lambda report, n=asked: report["audit_requests"] >= n, timeout_s=60)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        output, told = process.communicate(timeout=15)
        assert process.returncode == 0, told
        assert "Audit log permission" in told
        assert sandbox.token not in output + told
        seen += output.splitlines()
    assert len(seen) == len({json.loads(line)["_document_id"] for line in seen}) == 130


def test_events_go_into_an_intake_when_its_key_is_set(
    credentials: tuple[Any, dict[str, str]],
) -> None:
    """With a key, stdout stays empty and the intake has everything."""
    sandbox, variables = credentials
    intake = {"SEKOIA_INTAKE_KEY": sandbox.intake_key, "SEKOIA_INTAKE_SERVER": sandbox.sekoia_url}
    process = started(**variables, **intake)
    assert sandbox.wait_until(lambda report: report["forwarded"] >= 130)["lost"] == 0
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=15)
    assert output == ""


def test_app_signs_with_its_key_file(
    credentials: tuple[Any, dict[str, str]], tmp_path: Path
) -> None:
    """The path of the App's key stands in the place of a token."""
    sandbox, variables = credentials
    key = tmp_path / "app.pem"
    key.write_text(sandbox.app_pem, encoding="utf-8")
    del variables["GITHUB_TOKEN"]
    variables |= {"GITHUB_APP_ID": str(sandbox.app_id), "GITHUB_APP_PEM": str(key)}
    process = started(**variables)
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(130)]
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=15)
    assert len({json.loads(line)["_document_id"] for line in lines}) == 130
    assert "GitHub App" in told


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"GITHUB_TOKEN": "ghp_wrong"}, "Authentication failed"),
        ({"GITHUB_ORG": "two words"}, "org_name"),
        ({"GITHUB_APP_ID": "1", "GITHUB_APP_PEM": "/nowhere.pem"}, "The file that pem_file names"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_collected(
    credentials: tuple[Any, dict[str, str]], changed: dict[str, str], words: str
) -> None:
    """The exit status is 1, and the sentence has a remedy."""
    _, variables = credentials
    process = started(**(variables | changed))
    output, told = process.communicate(timeout=30)
    assert (output, process.returncode) == ("", 1)
    assert words in " ".join(told.split())
    assert "Traceback" not in told


@pytest.mark.slow
def test_demo_ends_with_nothing_lost_and_nothing_repeated() -> None:
    """Without credentials the sandbox is collected, published events included where present."""
    process = started()
    output, told = process.communicate(timeout=150)
    assert process.returncode == 0, output + told
    rows = {line.split("│")[1].strip(): line for line in output.splitlines() if "│" in line}
    assert rows["lost"].split("│")[2].strip() == rows["repeated"].split("│")[2].strip() == "0"
    assert all(len(line) <= 80 for line in output.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_demo_ends_cleanly_when_asked(name: signal.Signals) -> None:
    """Interrupted, it ends the connector, sums up, and leaves with status 0.

    The signal goes to the whole group, as a terminal sends it. A shell starts its background
    jobs with SIGINT ignored, and so do we here.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = started()
    signal.signal(signal.SIGINT, before)
    time.sleep(6)
    os.killpg(process.pid, name)
    output, told = process.communicate(timeout=30)
    assert process.returncode == 0, output + told
    assert "Stopped by Ctrl-C" in output
    assert "Traceback" not in told


def test_ctrl_c_before_it_began_is_no_failure() -> None:
    """While the sandbox starts there is nothing to sum up, and no traceback either."""
    process = started()
    assert process.stdout
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert told == "Stopped by Ctrl-C before anything was collected.\n"


@pytest.mark.slow
@pytest.mark.parametrize("what", ["alerts", "events", "trigger"])
def test_the_other_components_can_be_shown(what: str) -> None:
    """Everything arrives, nothing twice; the table says so."""
    process = started(WHAT=what)
    out, _ = process.communicate(timeout=90)
    assert process.returncode == 0, out
    assert "What happened" in out


def test_an_unknown_component_is_named() -> None:
    """The choices are listed."""
    process = started(WHAT="everything")
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "WHAT is none of audit, alerts, events, trigger." in err
