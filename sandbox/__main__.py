"""`python -m sandbox [--config JSON-or-@file]`: one ready line, then serve until told to end."""

import argparse
import os
import signal
import sys
import threading

import orjson

from sandbox.config import config_from_text
from sandbox.program import Program


def main() -> int:
    """Run a sandbox until SIGTERM, SIGINT or, where asked, the end of stdin."""
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--config", default="{}", help="JSON, or @ and a file's name")
    config = config_from_text(parser.parse_args().config)
    ended = threading.Event()
    # GitHub's answers must not wait 5 ms behind the intake's reading of a batch.
    sys.setswitchinterval(0.0005)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    program = Program(config)
    try:
        sys.stdout.write(orjson.dumps(program.start()).decode() + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever started it is gone already
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        program.stop()
        return 0
    if config.exit_with_parent:
        threading.Thread(target=_follow_stdin, args=(ended,), daemon=True).start()
    ended.wait()
    program.stop()
    return 0


def _follow_stdin(ended: threading.Event) -> None:
    # The raw descriptor: a thread inside sys.stdin's lock would abort the interpreter's end.
    while os.read(sys.stdin.fileno(), 4096):
        continue
    ended.set()


if __name__ == "__main__":
    sys.exit(main())
