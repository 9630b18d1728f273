"""One process at a time for one state."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from s3path import S3Path

from github_modules.errors import StateInUseError
from github_modules.sekoia.state_lock import held


def hold(root: Path, pipe: Connection) -> None:
    with held(root, ["acme"]):
        pipe.send("held")
        pipe.recv()
        os._exit(9)


def test_a_state_is_let_go_when_its_process_dies(tmp_path: Path) -> None:
    """However it dies; until then it is refused, and other states are not."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=hold, args=(tmp_path, theirs))
    process.start()
    assert ours.recv() == "held"
    with pytest.raises(StateInUseError, match="acme"), held(tmp_path, ["other", "acme"]):
        raise AssertionError("held twice")
    with held(tmp_path, ["other"]):
        pass
    ours.send("die")
    process.join(10)
    with held(tmp_path, ["acme", "other"]):
        pass


def test_where_nothing_can_be_locked_nothing_is_refused(tmp_path: Path) -> None:
    """A bucket has no locks; a folder that cannot be made is told by whoever writes to it."""
    (tmp_path / "file").write_text("")
    for root in (S3Path("/bucket"), tmp_path / "file"):
        with held(root, ["acme"]), held(root, ["acme"]):
            pass
