"""Collecting from GitHub: the command line tries the account, then collects."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def live(environment: Mapping[str, str]) -> int:
    """Validate, then become `collect` until Ctrl-C; return the exit status of what failed.

    Of the account's test nothing goes to stdout: that is for events.
    """
    state = environment.get("STATE_FOLDER") or str(ROOT / "var")
    command = [sys.executable, "-m", "github_modules", "--state-folder", state]
    tried = subprocess.run([*command, "validate", "--no-actions"], stdout=sys.stderr, check=False)
    if not tried.returncode:
        where = ["--intake"] if environment.get("SEKOIA_INTAKE_KEY") else []
        os.execv(sys.executable, [*command, "collect", *where])
    return tried.returncode
