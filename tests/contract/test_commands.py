"""`make run` as a person starts it: a process of its own, from a copy of the tree."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[2]
EVENTS = 250
LIVE = [sys.executable, "-m", "tools.run"]
BRIEF_DEMO = "import sys, tools.run.demo as d; d.BACKLOG, d.TRICKLE_S = 500, 3; sys.exit(d.demo())"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, because the command keeps its state beside itself."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("github_modules", "sandbox", "tools"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("main.py", "manifest.json"):
        shutil.copy(ROOT / name, tree)
    return tree


@pytest.fixture
def sandbox(tree: Path) -> Iterator[Sandbox]:
    """A GitHub with some events of the last hours."""
    shutil.rmtree(tree / "var", ignore_errors=True)
    with Sandbox({"feed": {"kind": "none"}}) as sandbox:
        now_ms = round(time.time() * 1000)
        sandbox.generate(EVENTS, now_ms - 7_200_000, now_ms - 60_000)
        yield sandbox


def environment(**variables: str) -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    return own | {"NO_PROXY": "127.0.0.1", "CI": "true"} | variables


def started(tree: Path, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        LIVE,
        cwd=tree,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def interrupted(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """End as Ctrl-C does, and return status, stdout, stderr."""
    process.send_signal(signal.SIGINT)
    output, said = process.communicate(timeout=30)
    return process.returncode, output, said


@pytest.mark.system
def test_events_come_to_stdout_and_words_to_stderr(tree: Path, sandbox: Sandbox) -> None:
    """With a token: validated first, then one JSON object a line; Ctrl-C ends it cleanly."""
    process = started(
        tree, GITHUB_ORG=sandbox.org, GITHUB_TOKEN=sandbox.token, GITHUB_URL=sandbox.github
    )
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(EVENTS)]
    status, rest, said = interrupted(process)
    assert status == 0, said
    assert rest == ""
    assert len({json.loads(line)["_document_id"] for line in lines}) == EVENTS
    assert "Audit log permission" in said
    assert sandbox.token not in said


@pytest.mark.system
def test_second_start_repeats_nothing(tree: Path, sandbox: Sandbox) -> None:
    """The state beside the command is found again."""
    variables = {"GITHUB_ORG": sandbox.org, "GITHUB_TOKEN": sandbox.token}
    process = started(tree, GITHUB_URL=sandbox.github, **variables)
    assert process.stdout
    for _ in range(EVENTS):
        process.stdout.readline()
    assert interrupted(process)[0] == 0
    asked = sandbox.report()["audit_requests"]
    again = started(tree, GITHUB_URL=sandbox.github, **variables)
    # The validation asks once, the first poll once more.
    sandbox.wait_until(lambda report: report["audit_requests"] >= asked + 2)
    time.sleep(1)
    assert interrupted(again)[:2] == (0, "")


@pytest.mark.system
def test_app_collects_into_an_intake(tree: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    """With an App's key as a file, and an intake key: events go there and not to stdout."""
    key = tmp_path / "app.pem"
    key.write_text(sandbox.app_pem, encoding="utf-8")
    process = started(
        tree,
        GITHUB_ORG=sandbox.org,
        GITHUB_APP_ID=str(sandbox.app_id),
        GITHUB_APP_PEM=str(key),
        GITHUB_URL=sandbox.github,
        SEKOIA_INTAKE_KEY=sandbox.intake_key,
        SEKOIA_INTAKE_SERVER=sandbox.sekoia,
    )
    report = sandbox.wait_until(lambda report: report["forwarded"] == EVENTS)
    status, output, said = interrupted(process)
    assert (status, output) == (0, ""), said
    assert (report["lost"], report["repeated"]) == (0, 0)


@pytest.mark.system
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"GITHUB_ORG": "acme"}, "there is no credential"),
        ({"GITHUB_TOKEN": "ghp_wrong"}, '"org_name" and "enterprise" are both empty'),
        ({"GITHUB_ORG": "acme", "GITHUB_TOKEN": "ghp_wrong"}, "Create a new token"),
        ({"GITHUB_ORG": "acme", "GITHUB_APP_ID": "1", "GITHUB_APP_PEM": "/no/file"}, "private key"),
    ],
)
def test_what_is_wrong_is_said_and_ends_it(
    tree: Path, sandbox: Sandbox, variables: dict[str, str], words: str
) -> None:
    """Status 1, nothing on stdout, and the remedy on stderr."""
    process = started(tree, GITHUB_URL=sandbox.github, **variables)
    output, said = process.communicate(timeout=60)
    assert (process.returncode, output) == (1, "")
    assert words in said


@pytest.mark.system
@pytest.mark.slow
def test_demo_ends_with_nothing_lost_and_nothing_repeated(tree: Path) -> None:
    """Without credentials the sandbox is collected, live and late events included."""
    result = subprocess.run(
        [sys.executable, "-c", BRIEF_DEMO],
        check=False,
        cwd=tree,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    for row in ("lost", "repeated", "requests against GitHub's word"):
        assert any(
            line.split()[-2:] == ["0", "│"] for line in result.stdout.splitlines() if row in line
        )
