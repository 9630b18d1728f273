"""In place of the former module: its form and its checkpoint, as they stand, start this one."""

import json
import time
from pathlib import Path

import pytest

from tests.system.conftest import HOUR_MS, StartModule, StartSandbox, events, now_ms

FORMER_ARGUMENTS = {
    "frequency": 1,
    "ratelimit_per_minute": 600,
    "timebuffer": 60000,
    "filter": "",
    "q": None,
}


def test_former_form_and_checkpoint_start_this_module(
    start_sandbox: StartSandbox, start_module: StartModule, tmp_path: Path
) -> None:
    """What the former module forwarded does not come again; what came after it does."""
    sandbox = start_sandbox()
    last_ts = now_ms() - 5 * HOUR_MS
    sandbox.add_events(events(0, 20, last_ts - 30_000) + events(100, 3, last_ts))
    sandbox.add_events(events(200, 30, last_ts + 1) + events(300, 10))
    data = tmp_path / "data"
    data.mkdir()
    former = json.dumps({"last_ts": str(last_ts)})
    (data / "context.json").write_text(former, encoding="utf-8")
    module = start_module(
        sandbox,
        module={"base_url": "https://unused", "org_name": "acme"}
        | {"base_url": sandbox.github_url},
        connector=FORMER_ARGUMENTS,
    )
    sandbox.wait_until(lambda report: report["forwarded"] >= 40)
    time.sleep(2.5)
    report = sandbox.report()
    assert report["forwarded"] == 40
    assert report["repeated"] == 0
    assert "former module" in module.output
    module.terminate()
    # The former checkpoint stays as it is, for whoever goes back; it is not read a second time.
    assert (data / "context.json").read_text(encoding="utf-8") == former
    again = start_module(sandbox, connector=FORMER_ARGUMENTS)
    again.wait_for("Resuming")


def test_trigger_form_of_the_former_module_is_read(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Started as the twin trigger, with its arguments under the trigger's name, it works alike."""
    sandbox = start_sandbox()
    sandbox.add_events(events(0, 5))
    arguments = FORMER_ARGUMENTS | {"intake_key": sandbox.intake_key}
    start_module(sandbox, CONNECTOR_CONFIGURATION=None, TRIGGER_CONFIGURATION=arguments)
    assert sandbox.wait_until(lambda report: report["forwarded"] >= 5)["lost"] == 0


@pytest.mark.parametrize("content", ["", "{}", '{"last_ts": "soon"}', '{"last_ts": null}', "\x00"])
def test_damaged_former_checkpoint_is_said(
    start_sandbox: StartSandbox, start_module: StartModule, tmp_path: Path, content: str
) -> None:
    """A context.json without a usable time leads to a warning and a first start, not to silence."""
    sandbox = start_sandbox()
    sandbox.add_events(events(0, 5, now_ms() - HOUR_MS))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "context.json").write_text(content, encoding="utf-8")
    module = start_module(sandbox)
    sandbox.wait_until(lambda report: report["forwarded"] >= 5)
    assert "no usable last_ts" in module.output


def test_damaged_state_is_said_and_repeats_nothing(
    start_sandbox: StartSandbox, start_module: StartModule, tmp_path: Path
) -> None:
    """With both checkpoint files damaged the ledger keeps everything from coming twice."""
    sandbox = start_sandbox()
    sandbox.add_events(events(0, 50, now_ms() - HOUR_MS))
    first = start_module(sandbox)
    sandbox.wait_until(lambda report: report["forwarded"] >= 50)
    first.terminate()
    damaged = list((tmp_path / "data").rglob("checkpoint.*.json"))
    assert damaged
    for path in damaged:
        path.write_bytes(path.read_bytes()[:40])
    sandbox.add_events(events(100, 5))
    module = start_module(sandbox)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 55)
    assert (report["lost"], report["repeated"]) == (0, 0)
    assert "not readable" in module.output
