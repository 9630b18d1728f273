"""The main job on the sandbox: the real process collects, a progress bar shows it, a table sums up.

Nothing is simulated in the module: it is `main.py github_audit_logs` as the platform starts it,
and GitHub, the platform and the intake are the sandbox on loopback.
"""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from sandbox.client import Sandbox

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "audit-events.ndjson"
BACKLOG = 10_000
TRICKLE_S = 15
_LATE = [[0.2, 3.0], [0.1, 6.0]]
_DRAIN_S = 60.0


def demo() -> int:
    """Run until everything is collected or Ctrl-C; return 0 when nothing was lost or repeated."""
    # Also where SIGINT came ignored, as to a job in the background; and a SIGTERM must not leave
    # the connector behind.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    console = Console()
    feed = {"kind": "corpus"} if CORPUS.exists() else {"kind": "generated", "count": 500}
    console.print("[bold]GitHub audit log -> intake[/], on a sandbox of both on this machine.")
    console.print(
        f"Its log: {'published events' if CORPUS.exists() else 'generated events'}, a backlog of "
        f"{BACKLOG:,} more, then {TRICKLE_S} s of live events, some of them late. Ctrl-C ends."
    )
    with Sandbox({"feed": feed}) as sandbox, tempfile.TemporaryDirectory() as folder:
        now_ms = round(time.time() * 1000)
        sandbox.generate(BACKLOG, now_ms - 20 * 3_600_000, now_ms - 120_000, seed=2, git_share=0.3)
        process = _started(sandbox, Path(folder))
        interrupted = False
        try:
            _watch(console, sandbox, process)
        except KeyboardInterrupt:
            interrupted = True
            console.print("Stopped by Ctrl-C: what was not forwarded yet would come next time.")
        finally:
            ended_s = _ended(process)
        report = sandbox.report(grace_s=3.0)
        console.print(_table(report, ended_s, missing="not yet" if interrupted else "lost"))
        clean = report["repeated"] == 0 and (interrupted or report["lost"] == 0)
        return 0 if clean else 1


def _started(sandbox: Sandbox, folder: Path) -> subprocess.Popen[bytes]:
    connector = {"frequency": 2, "ratelimit_per_minute": 6_000, "history_hours": 4_320}
    environment = sandbox.module_environment(folder, connector=connector)
    # A session of its own, so that Ctrl-C reaches this program first and it can end things in turn.
    return subprocess.Popen(
        [sys.executable, "main.py", "github_audit_logs"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _watch(console: Console, sandbox: Sandbox, process: subprocess.Popen[bytes]) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[spent]} requests"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        total = sandbox.report()["visible"]
        task = progress.add_task("Draining the backlog", total=total, spent=0)
        _follow(progress, task, sandbox, process, _DRAIN_S)
        now_ms = round(time.time() * 1000)
        sandbox.generate(60, now_ms, now_ms + TRICKLE_S * 1_000, seed=4, late=_LATE)
        progress.update(task, description="Live events, some late")
        end = time.monotonic() + TRICKLE_S
        while time.monotonic() < end:
            _update(progress, task, sandbox.report())
            time.sleep(0.3)
        _follow(progress, task, sandbox, process, _DRAIN_S)


def _follow(
    progress: Progress,
    task: TaskID,
    sandbox: Sandbox,
    process: subprocess.Popen[bytes],
    most_s: float,
) -> None:
    """Update until everything visible was forwarded, the process ended, or time is up."""
    end = time.monotonic() + most_s
    while time.monotonic() < end and process.poll() is None:
        report = sandbox.report()
        _update(progress, task, report)
        if report["forwarded"] >= report["visible"] == report["known"]:
            return
        time.sleep(0.1)


def _update(progress: Progress, task: TaskID, report: dict[str, Any]) -> None:
    spent = report["github_requests"]
    progress.update(task, completed=report["forwarded"], total=report["visible"], spent=spent)


def _ended(process: subprocess.Popen[bytes]) -> float:
    """Ask the process to end as the platform does, and return the seconds it took."""
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.monotonic() - asked


def _table(report: dict[str, Any], ended_s: float, missing: str) -> Table:
    table = Table(title="What happened", show_header=False)
    rows = {
        "shown by GitHub": report["visible"],
        "forwarded": report["forwarded"],
        "of these late": report["late"],
        "repeated": report["repeated"],
        missing: report["lost"],
        "requests spent": report["github_requests"],
        "requests against GitHub's word": report["violations"],
        "lag, median": _seconds(report["lag_p50_s"]),
        "lag, longest": _seconds(report["lag_max_s"]),
        "ended after SIGTERM in": _seconds(ended_s),
    }
    for name, value in rows.items():
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value))
    return table


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"
