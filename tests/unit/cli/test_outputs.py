"""Where events go on a machine."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from github_modules.cli.outputs import Lines, RotatedFile, Rotation, rotation
from github_modules.collect.ports import Record
from github_modules.errors import ConfigurationError, StopRequested, StorageError

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def records(*numbers: int) -> Sequence[Record]:
    return [Record(number, number, {"number": number}) for number in numbers]


def numbers(path: Path) -> list[int]:
    return [json.loads(line)["number"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_reader_that_left_acknowledges_nothing() -> None:
    """And the work is asked to end."""
    told: list[str] = []

    def broken(_text: str) -> None:
        raise BrokenPipeError

    with pytest.raises(StopRequested):
        list(Lines(broken, lambda: told.append("closed")).deliver(records(1)))
    assert told == ["closed"]


def test_nothing_to_deliver_writes_nothing(tmp_path: Path) -> None:
    """Not even an empty file."""
    path = tmp_path / "events"
    assert list(Lines(pytest.fail, pytest.fail).deliver([])) == []
    assert list(RotatedFile(path, Rotation(), lambda: NOW).deliver([])) == []
    assert not path.exists()


@pytest.mark.parametrize("torn", ['{"number": 9', "x" * 200_000, "", '{"number": 8}\n{"nu'])
def test_a_torn_line_goes_and_whole_ones_stay(tmp_path: Path, torn: str) -> None:
    """A crash in the middle of a write leaves half a line; its batch comes again."""
    path = tmp_path / "events"
    path.write_text('{"number": 7}\n' + torn, encoding="utf-8")
    whole = [8] if "8" in torn else []
    list(RotatedFile(path, Rotation(), lambda: NOW).deliver(records(1, 2)))
    assert numbers(path) == [7, *whole, 1, 2]


def test_a_day_is_put_aside_when_it_is_over(tmp_path: Path) -> None:
    """By the time of its last write; a name is never used twice."""
    path = tmp_path / "events"
    for day in (2, 2, 3, 4):
        file = RotatedFile(path, Rotation(daily=True), lambda day=day: NOW.replace(day=day))
        list(file.deliver(records(day)))
        at_s = NOW.replace(day=day).timestamp()
        os.utime(path, (at_s, at_s))
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == ["events", "events.20260302T080000Z", "events.20260303T080000Z"]
    assert numbers(tmp_path / names[1]) == [2, 2]


@settings(max_examples=50, deadline=None)
@given(sizes=st.lists(st.integers(1, 30), max_size=20), largest=st.integers(1, 400))
def test_no_size_loses_or_repeats(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], largest: int
) -> None:
    """A batch is never split; only one that is too large by itself is larger than asked for."""
    folder = tmp_path_factory.mktemp("rotated")
    file = RotatedFile(folder / "events", Rotation(largest), lambda: NOW)
    wanted = 0
    for size in sizes:
        list(file.deliver(records(*range(wanted, wanted + size))))
        wanted += size
    found = [numbers(path) for path in folder.iterdir()]
    assert sorted(number for part in found for number in part) == list(range(wanted))
    for path in folder.iterdir():
        assert path.stat().st_size <= largest or len(numbers(path)) in sizes


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """With its remedy, and nothing acknowledged."""
    file = RotatedFile(tmp_path / "no" / "events", Rotation(), lambda: NOW)
    with pytest.raises(StorageError, match="events could not be written: No such file"):
        list(file.deliver(records(1)))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", Rotation()),
        ("day", Rotation(daily=True)),
        ("100MB", Rotation(100 * 2**20)),
        ("5 kib", Rotation(5 * 2**10)),
        ("2g", Rotation(2 * 2**30)),
        ("300", Rotation(300)),
    ],
)
def test_how_rotation_is_written(text: str, meaning: Rotation) -> None:
    """Sizes with the usual letters."""
    assert rotation(text) == meaning


@pytest.mark.parametrize("text", ["0", "weekly", "-5MB", "5TB"])
def test_how_it_is_not(text: str) -> None:
    """The sentence says what to write."""
    with pytest.raises(ConfigurationError, match="100MB"):
        rotation(text)
