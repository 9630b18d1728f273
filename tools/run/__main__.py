"""Chooses what to run from the environment."""

import os
import sys

from tools.run.demo import demo
from tools.run.live import live
from tools.run.others import CHOICES, show


def main() -> int:
    """Run on GitHub when credentials are there, else on the sandbox; return the exit status."""
    what = os.environ.get("WHAT", "audit")
    if what not in {"audit", *CHOICES}:
        sys.stderr.write(f"WHAT is none of audit, {', '.join(CHOICES)}.\n")
        return 2
    names = ("GITHUB_ORG", "GITHUB_ENTERPRISE", "GITHUB_TOKEN", "GITHUB_APP_ID")
    try:
        if what != "audit":
            return show(what)
        return live(os.environ) if any(os.environ.get(name) for name in names) else demo()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped by Ctrl-C before anything was collected.\n")
        return 0


if __name__ == "__main__":
    sys.exit(main())
