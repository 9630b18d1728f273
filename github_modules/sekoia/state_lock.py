"""One process at a time for one state: two would write over each other's ledger.

The lock ends with its process, however that ends. A bucket has no locks, and some network file
systems neither: there, nothing is held and nothing refused.
"""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from s3path import S3Path

from github_modules.errors import StateInUseError

_FOLDER = "locks"
_HELD_ELSEWHERE = {errno.EACCES, errno.EAGAIN}


@contextmanager
def held(root: Path, scopes: Iterable[str]) -> Iterator[None]:
    """Hold the states of these scopes.

    Raises:
        StateInUseError: another process holds one of them.
    """
    with ExitStack() as stack:
        if not isinstance(root, S3Path):
            for scope in scopes:
                stack.enter_context(_locked(root / _FOLDER / f"{scope}.lock", scope))
        yield


@contextmanager
def _locked(path: Path, scope: str) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        # A folder that cannot be written to is told by whoever writes the state.
        yield
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD_ELSEWHERE:
                raise _in_use(scope) from error
        yield
    finally:
        os.close(descriptor)


def _in_use(scope: str) -> StateInUseError:
    return StateInUseError(
        f"Another process collects with the state {scope}.",
        remedy="Stop it first, or name another state folder; it is let go when that process ends.",
    )
