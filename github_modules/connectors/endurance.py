"""Work that is taken up again after whatever ends it, until the process is asked to stop."""

import random
import threading
from collections.abc import Callable, Sequence

from github_modules.clock import Clock
from github_modules.collect.patience import Patience
from github_modules.errors import GithubModuleError, StopRequested
from github_modules.sekoia.self_report import defect

Work = Callable[[], None]
Failed = Callable[[GithubModuleError, float], None]
"""Told the error, and the seconds until the next try."""


def keep_running(work: Work, clock: Clock, rng: random.Random, failed: Failed) -> None:
    """Call the work until it ends by itself; failures are told and waited out."""
    patience = Patience(rng)
    while not clock.stopped():
        try:
            work()
        except StopRequested:
            return
        except GithubModuleError as error:
            fault = error
        except Exception as error:  # noqa: BLE001 - the outermost frame: the core must not die
            fault = GithubModuleError(defect(error))
        else:
            return
        wait_s = patience.after(fault)
        failed(fault, wait_s)
        clock.wait(wait_s)


def side_by_side(works: Sequence[Work], run: Callable[[Work], None]) -> None:
    """Run each piece of work in a thread of its own, the last one here, and wait for all.

    The threads are daemons: one that is stuck in a call does not hold up the end of the process.
    """
    threads = [
        threading.Thread(target=run, args=(work,), name=f"core-{number}", daemon=True)
        for number, work in enumerate(works[:-1], 1)
    ]
    for thread in threads:
        thread.start()
    run(works[-1])
    for thread in threads:
        thread.join()
