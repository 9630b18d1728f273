"""Running actions against a sandbox: in a process of their own, or many in one."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any, Self

from sandbox.client import Sandbox
from tests.system.module_process import ROOT

Run = dict[str, Any]
_COVERED = {"COVERAGE_PROCESS_START": os.environ.get("COVERAGE_PROCESS_START", "")}

# The same code is measured where it runs in the shared process; measuring it here too would take
# longer than everything else that an action does.
_UNCOVERED = {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""}


class ActionRuns:
    """Runs actions as the platform does: callback protocol, secrets handed over by the callback."""

    def __init__(self, sandbox: Sandbox, data_path: Path) -> None:
        self.sandbox = sandbox
        self.data_path = data_path
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.communicate()  # it ends with its stdin

    def run(self, name: str, arguments: Any = None, **options: Any) -> Run:
        """Run an action in the shared process, and return what the platform was told."""
        validator = options.pop("validator", False)
        environment, run = self._environment(arguments, options)
        if self._server is None:
            self._server = self._start("tests.system.action_server")
        server = self._server
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps({"command": name, "environment": environment}) + "\n")
        server.stdin.flush()
        printed = ""
        while (line := server.stdout.readline()) and line != "done\n":
            printed += line
        assert line, f"the process ended at {name}"
        return self._told(run, validator=validator) | {"printed": printed}

    def run_alone(self, name: str, arguments: Any = None, **options: Any) -> Run:
        """Run an action as `python main.py <name>`, and return what the platform was told."""
        environment, run = self._environment(arguments, options)
        done = subprocess.run(
            [sys.executable, "main.py", name],
            cwd=ROOT,
            env=environment | _UNCOVERED,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return self._told(run)

    def _start(self, module: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=self.sandbox.module_environment(self.data_path) | _COVERED,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _environment(self, arguments: Any, options: dict[str, Any]) -> tuple[dict[str, str], str]:
        self.data_path.mkdir(parents=True, exist_ok=True)
        run = str(uuid.uuid4())
        options = {"token": "full"} | options
        environment = self.sandbox.module_environment(self.data_path, **options)
        environment["ARGUMENTS"] = json.dumps(arguments or {})
        environment["URL_CALLBACK"] = f"{self.sandbox.sekoia_url}/callback/{run}"
        return environment | _COVERED, run

    def _told(self, run: str, *, validator: bool = False) -> Run:
        bodies = [call["body"] for call in self.sandbox.callbacks() if call["run"] == run]
        assert [body["status"] for body in bodies] == ["running", "finished"]
        secrets = {} if validator else {"need_secrets": True}
        assert bodies[0] == {"status": "running"} | secrets
        return {"error": "", "results": None, "outputs": {}, "logs": ""} | dict(bodies[1])
