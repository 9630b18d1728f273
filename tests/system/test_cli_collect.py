"""`collect`, `record` and `replay`: nothing twice, nothing lost, the same again without GitHub."""

import json
import re
import signal
import time
from pathlib import Path

from tests.system.cli_runs import Terminal, called, environment, piped, started
from tests.system.conftest import StartModule, StartSandbox, backlog, now_ms


def identifiers(lines: str) -> list[str]:
    return [json.loads(line)["_document_id"] for line in lines.splitlines()]


def test_a_second_run_prints_what_is_new_only(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """Twice nothing, late events included; a filtered run has a position of its own."""
    sandbox = start_sandbox()
    backlog(sandbox, 300)
    variables = environment(sandbox, tmp_path)
    first = identifiers(piped(variables, "collect", "--once").stdout)
    assert len(set(first)) == len(first) == 300
    assert piped(variables, "collect", "--once").stdout == ""
    sandbox.generate(20, now_ms() - 20_000, now_ms() - 10_000, seed=9)
    assert len(identifiers(piped(variables, "collect", "--once").stdout)) == 20
    web = piped(variables, "collect", "--once", "--include", "web").stdout
    assert 0 < len(identifiers(web)) < 320
    assert piped(variables, "collect", "--once", "--include", "web").stdout == ""
    severe = piped(variables, "collect", "--once", "--severity", "high").stdout
    assert 0 < len(identifiers(severe)) < 160


def test_a_range_is_read_whole_and_remembered_nowhere(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """Each event between the two times, at every run; what is outside stays out."""
    sandbox = start_sandbox()
    at_ms = now_ms() // 1000 * 1000 - 3_600_000
    events = [
        {"@timestamp": at_ms + step, "_document_id": f"d{step}", "action": "repo.create"}
        for step in (-1, 0, 1, 999, 1_000, 5_000, 5_001)
    ]
    sandbox.add_events(events)
    since, until = (
        time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime((at_ms + more) / 1000))
        for more in (0, 5_000)
    )
    variables = environment(sandbox, tmp_path / "state")
    for _ in range(2):
        run = called(variables, "collect", "--since", since, "--until", until)
        assert identifiers(run.stdout) == ["d0", "d1", "d999", "d1000", "d5000"], run.stderr
    open_end = called(variables, "collect", "--since", since, "--once")
    assert len(identifiers(open_end.stdout)) == 6
    assert not (tmp_path / "state").exists()


def test_killed_in_between_nothing_is_lost(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """What was written before the kill counts; at most one batch comes twice."""
    sandbox = start_sandbox(latency_ms=100)
    backlog(sandbox, 3_000)
    output = tmp_path / "events.ndjson"
    variables = environment(sandbox, tmp_path / "state")
    for pages in (8, 20):
        with started(variables, "collect", "--once", "--output", output):
            sandbox.wait_until(lambda report, pages=pages: report["audit_requests"] >= pages)
    with output.open("a", encoding="utf-8") as file:
        file.write('{"cut sho')
    assert called(variables, "collect", "--once", "--output", output).returncode == 0
    found = identifiers(output.read_text(encoding="utf-8"))
    assert len(set(found)) == 3_000
    assert len(found) <= 5_000


def test_a_closed_pipe_ends_it_with_the_checkpoint_intact(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """As `head` does; what the reader did not take comes at the next start."""
    sandbox = start_sandbox(latency_ms=50)
    backlog(sandbox, 3_000)
    variables = environment(sandbox, tmp_path)
    with started(variables, "collect", "--once") as process:
        assert process.stdout
        assert process.stderr
        taken = [process.stdout.readline().decode() for _ in range(5)]
        process.stdout.close()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""
    rest = piped(variables, "collect", "--once").stdout
    # What stood in the pipe when it was closed was taken by nobody we can ask: 64 KiB and a batch.
    assert len(set(identifiers("".join(taken) + rest))) >= 3_000 - 1_000
    assert piped(variables, "collect", "--once").stdout == ""


def test_it_goes_on_until_ctrl_c(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """Live events are printed as they come; Ctrl-C is a good end."""
    sandbox = start_sandbox()
    backlog(sandbox, 50)
    variables = environment(sandbox, tmp_path, GITHUB_FREQUENCY="1")
    with started(variables, "collect") as process:
        assert process.stdout
        first = [process.stdout.readline() for _ in range(50)]
        sandbox.generate(5, now_ms() - 2_000, now_ms() - 1_000, seed=3)
        then = [process.stdout.readline() for _ in range(5)]
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
    assert len({json.loads(line)["_document_id"] for line in (*first, *then)}) == 55


def test_ctrl_c_on_a_terminal_before_it_is_done(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """`--once` that was not done ends with 130; the next run brings the rest."""
    sandbox = start_sandbox(latency_ms=300)
    backlog(sandbox, 3_000)
    output = tmp_path / "events.ndjson"
    variables = environment(sandbox, tmp_path / "state")
    terminal = Terminal(variables, "collect", "--once", "--output", output)
    sandbox.wait_until(lambda report: report["audit_requests"] >= 5)
    terminal.process.sendintr()
    assert terminal.end() == 130
    sandbox.settings(latency_ms=0)
    assert called(variables, "collect", "--once", "--output", output).returncode == 0
    assert len(set(identifiers(output.read_text(encoding="utf-8")))) == 3_000


def test_events_on_the_terminal_are_whole_lines(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """The line of progress does not get between them."""
    sandbox = start_sandbox()
    backlog(sandbox, 30)
    terminal = Terminal(environment(sandbox, tmp_path), "collect", "--once")
    assert terminal.end() == 0
    found = [line for line in terminal.bare_lines if line.startswith("{")]
    assert len({json.loads(line)["_document_id"] for line in found}) == 30


def test_files_are_put_aside_by_size(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """None is larger than asked for, and together they hold everything once."""
    sandbox = start_sandbox()
    backlog(sandbox, 2_000)
    output = tmp_path / "out" / "events.ndjson"
    output.parent.mkdir()
    variables = environment(sandbox, tmp_path / "state")
    arguments = ["collect", "--once", "--output", output, "--rotate", "700KB"]
    assert called(variables, *arguments).returncode == 0
    files = sorted(output.parent.iterdir())
    assert len(files) > 1
    assert all(file.stat().st_size <= 700 * 1024 for file in files)
    found = identifiers("".join(file.read_text(encoding="utf-8") for file in files))
    assert len(found) == len(set(found)) == 2_000


def test_events_go_to_the_intake(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """With acknowledgement by count, as from the platform."""
    sandbox = start_sandbox()
    backlog(sandbox, 400)
    variables = environment(sandbox, tmp_path)
    run = called(variables, "collect", "--once", "--intake")
    report = sandbox.report()
    assert (run.returncode, run.stdout) == (0, "")
    assert (report["forwarded"], report["lost"], report["repeated"]) == (400, 0, 0)


def test_one_product_that_is_off_does_not_hold_up_the_others(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """It is said, and the status tells that not everything came."""
    sandbox = start_sandbox()
    span = {"start_s": time.time() - 9_000, "end_s": time.time() - 600, "count": 7}
    sandbox.estate(add_alerts={"product": "dependabot", "repository": "infra"} | span)
    sandbox.mode("E16", path="/code-scanning/")
    run = called(environment(sandbox, tmp_path), "collect", "--once", "--source", "alerts,events")
    assert run.returncode == 1
    assert "error: code_scanning:" in run.stderr
    assert sum('"security_advisory"' in line for line in run.stdout.splitlines()) >= 7


def test_a_github_that_does_not_answer_is_a_status_of_its_own(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """After a few tries, each told with its wait; the next run goes on."""
    sandbox = start_sandbox()
    backlog(sandbox, 10)
    sandbox.fault("status", path="/audit-log", times=None, status=502)
    variables = environment(sandbox, tmp_path)
    run = called(variables, "collect", "--once")
    assert run.returncode == 3, run.stderr
    assert run.stderr.count("Next try in") == 4
    assert "Traceback" not in run.stderr
    sandbox.clear_faults()
    assert len(called(variables, "collect", "--once").stdout.splitlines()) == 10


def test_a_refusal_ends_with_cause_and_remedy(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """In the words that the platform shows; with --debug, where it came from."""
    sandbox = start_sandbox()
    sandbox.mode("E16", path="/audit-log")
    variables = environment(sandbox, tmp_path)
    run = called(variables, "collect")
    assert (run.returncode, run.stdout) == (1, "")
    assert "request id" in run.stderr
    assert "Traceback" not in run.stderr
    assert "Traceback" in called(variables, "--debug", "collect").stderr


def test_a_recording_is_played_without_github(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """Byte for byte, faults on the way included; neither token nor key is in it."""
    sandbox = start_sandbox(proxy=False)
    backlog(sandbox, 450)
    leak = "ghp_" + "leak" * 9
    sandbox.add_events([{"@timestamp": now_ms() - 90_000, "_document_id": "leak", "note": leak}])
    span = {"start_s": time.time() - 9_000, "end_s": time.time() - 600, "count": 7}
    sandbox.estate(add_alerts={"product": "secret-scanning", "repository": "infra"} | span)
    sandbox.fault("status", path="/audit-log", after=1, status=502)
    sandbox.fault("reset", path="/audit-log", after=2)
    variables = environment(sandbox, tmp_path / "state")
    folder = tmp_path / "recording"
    made = piped(variables, "record", folder, "--source", "audit,alerts,events")
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.splitlines()) > 450
    sandbox.stop()
    played = piped(environment(None, tmp_path / "none"), "replay", folder)
    assert (played.returncode, played.stdout) == (0, made.stdout), played.stderr
    kept = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert '"fault"' in kept
    assert "x-github-request-id" in kept
    for secret in (variables["GITHUB_TOKEN"], leak, variables["SEKOIA_INTAKE_KEY"]):
        assert secret not in kept
        assert secret not in made.stdout
    assert '"authorization"' not in kept.lower()
    again = piped(environment(None, tmp_path / "none"), "record", folder)
    assert again.returncode == 2


def test_a_recording_of_an_app_holds_no_token(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """Answers about tokens are not kept at all; it plays without the key."""
    sandbox = start_sandbox()
    backlog(sandbox, 20)
    key = tmp_path / "app.pem"
    key.write_text(sandbox.app_pem, encoding="utf-8")
    more = {"GITHUB_APP_ID": str(sandbox.app_id), "GITHUB_APP_PEM": str(key), "GITHUB_TOKEN": ""}
    variables = environment(sandbox, tmp_path / "state", **more)
    folder = tmp_path / "recording"
    made = called(variables, "record", folder, "--since", "24h")
    assert len(made.stdout.splitlines()) == 20, made.stderr
    kept = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert not re.search(r"gh[a-z]_|eyJ|PRIVATE|access_tokens|/installation", kept)
    assert called(environment(None, tmp_path), "replay", folder).stdout == made.stdout


def test_a_recording_that_was_cut_short(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """It is played as far as it goes, and says so."""
    sandbox = start_sandbox(latency_ms=300)
    backlog(sandbox, 2_000)
    folder = tmp_path / "recording"
    with started(environment(sandbox, tmp_path / "state"), "record", folder):
        sandbox.wait_until(lambda report: report["audit_requests"] >= 5)
    played = called(environment(None, tmp_path), "replay", folder)
    assert played.returncode == 1
    assert "cut short" in played.stderr
    assert len(played.stdout.splitlines()) >= 300


def test_a_refusal_is_played_as_well(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """The same sentence and the same status, and nothing was cut short."""
    sandbox = start_sandbox()
    sandbox.mode("E16", path="/audit-log")
    folder = tmp_path / "recording"
    made = called(environment(sandbox, tmp_path / "state"), "record", folder)
    played = called(environment(None, tmp_path), "replay", folder)
    assert made.returncode == played.returncode == 1
    assert played.stderr == made.stderr


def test_state_is_carried_moved_and_removed(start_sandbox: StartSandbox, tmp_path: Path) -> None:
    """Export, reset, import elsewhere, set: each followed by what the next run prints."""
    sandbox = start_sandbox()
    backlog(sandbox, 200)
    here = environment(sandbox, tmp_path / "here")
    there = environment(sandbox, tmp_path / "there")
    assert len(called(here, "collect", "--once").stdout.splitlines()) == 200
    shown = called(here, "state", "show").stdout
    for words in ("frontier", "lag", "sweep at 12 h", "200 in 1 files", "no process"):
        assert words in " ".join(shown.split())
    exported = called(here, "state", "export").stdout
    assert sandbox.full_token not in exported
    moved = called(there, "state", "import", given=exported)
    assert moved.returncode == 0, moved.stderr
    assert called(there, "collect", "--once").stdout == ""
    assert called(there, "state", "import", given=exported).returncode == 2
    assert called(there, "state", "import", "--yes", given=exported).returncode == 0
    assert called(here, "state", "set", "24h", "--yes").returncode == 0
    assert called(here, "collect", "--once").stdout == ""
    assert called(here, "state", "reset").returncode == 2
    assert called(here, "state", "reset", "--yes").returncode == 0
    assert len(called(here, "collect", "--once").stdout.splitlines()) == 200
    for broken in ("{}", "[]", exported.replace('"format": 1', '"format": 9'), "{"):
        assert called(there, "state", "import", "--yes", given=broken).returncode == 2


def test_a_person_is_asked_before_something_is_left_out(
    start_sandbox: StartSandbox, tmp_path: Path
) -> None:
    """On a terminal; no is no."""
    sandbox = start_sandbox()
    backlog(sandbox, 20)
    variables = environment(sandbox, tmp_path)
    called(variables, "collect", "--once")
    asked = Terminal(variables, "state", "set", "2099-01-01")
    asked.wait_for("[y/N]")
    assert "will be left out" in " ".join(asked.written.split())
    asked.process.sendline("n")
    assert asked.end() == 1
    assert "2099" not in called(variables, "state", "show").stdout
    again = Terminal(variables, "state", "reset")
    again.wait_for("[y/N]")
    again.process.sendline("y")
    assert again.end() == 0
    assert called(variables, "state", "show").returncode == 2


def test_nobody_works_beside_a_live_connector(
    start_sandbox: StartSandbox, start_module: StartModule, tmp_path: Path
) -> None:
    """On the data folder of the platform's process; once that is gone, all works."""
    sandbox = start_sandbox()
    backlog(sandbox, 40)
    module = start_module(sandbox)
    sandbox.wait_until(lambda report: report["forwarded"] >= 40)
    variables = environment(sandbox, tmp_path / "data")
    for arguments in (
        ["state", "set", "24h", "--yes"],
        ["state", "reset", "--yes"],
        ["state", "export"],
        ["collect", "--once"],
    ):
        run = piped(variables, *arguments)
        assert (run.returncode, run.stdout) == (4, ""), arguments
        assert "Another process collects with the state" in run.stderr
    assert "a process collects with it now" in piped(variables, "state", "show").stdout
    module.kill()
    exported = piped(variables, "state", "export").stdout
    assert json.loads(exported)["position"]["frontier_ms"]
    assert piped(variables, "collect", "--once").stdout == ""
