"""A list that is newest first, read oldest first, while its entries change."""

from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from github_modules.collect.backwards import Leaf, oldest_first
from github_modules.collect.ports import Record

SIZE = 5


class Board:
    """A list as GitHub keeps it: pages by number, a changed entry moves to the front."""

    def __init__(self, times: list[int], changes: list[tuple[int, int]]) -> None:
        self.times = dict(enumerate(times))
        self.changes = changes
        self.pages = 0
        self.clock = max(times, default=0)
        self.held = 0
        self.changed: set[int] = set()

    def walk(self, start: str) -> Iterator[Leaf]:
        number = int(start or 1)
        while True:
            order = sorted(self.times, key=lambda key: (-self.times[key], key))
            part = order[(number - 1) * SIZE : number * SIZE]
            records = [
                Record(key * 1_000_000 + self.times[key], self.times[key], key) for key in part
            ]
            yield Leaf(str(number), records)
            self._change()
            if number * SIZE >= len(order):
                return
            number += 1

    def _change(self) -> None:
        self.pages += 1
        for when, key in self.changes:
            if when == self.pages and key in self.times:
                self.clock += 1
                self.times[key] = self.clock
                self.changed.add(key)


def read(board: Board, since: int, until: int | None, most: int) -> list[Record]:
    return [
        record for page in oldest_first(board.walk, since, until, most) for record in page.records()
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(0, 200), max_size=60),
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 59)), max_size=8),
    st.integers(0, 200),
    st.integers(5, 40),
)
def test_nothing_that_stays_is_passed_by(times, changes, since, most):
    """Whatever did not change meanwhile is read; what changed is newer and read next time."""
    board = Board(times, changes)
    first = dict(board.times)
    got = {(record.body, record.at_ms) for record in read(board, since, None, most)}
    owed = {(key, at) for key, at in first.items() if at >= since and key not in board.changed}
    assert owed <= got
    again = {
        (record.body, record.at_ms)
        for record in read(Board(list(board.times.values()), []), since, None, most)
    }
    assert {(key, at) for key, at in board.times.items() if at >= since} <= got | again


@settings(max_examples=500, deadline=None)
@example([0, 3, 1, 3, 3, 1, 2, 2, 1, 3, 3, 3], 0, 50)
@example([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], 1, 0)
@given(st.lists(st.integers(0, 50), max_size=60), st.integers(0, 50), st.integers(0, 50))
def test_a_still_list_comes_once_and_in_order(times, since, until):
    """Oldest first, and nothing outside of the range."""
    records = read(Board(times, []), since, until, 10)
    got = [record.at_ms for record in records]
    assert got == sorted(got)
    expected = sorted((key, at) for key, at in enumerate(times) if since <= at <= until)
    assert sorted({(record.body, record.at_ms) for record in records}) == expected


def test_a_stretch_is_read_down_to_the_one_before_it_only():
    """Twice in all, and the page where two stretches meet once more."""
    board = Board(list(range(100)), [])
    records = read(board, 0, None, 10)
    assert [record.at_ms for record in records] == sorted([*range(100), *range(9, 90, 10)])
    assert board.pages <= 20 + 9 * 3


def test_records_without_a_time_are_kept():
    """Nobody knows when they were: they are always in the range."""
    leaf = Leaf("1", [Record(1, None, "a"), Record(2, 5, "b")])
    (page,) = oldest_first(lambda _: iter([leaf]), 10)
    assert [record.body for record in page.records()] == ["a"]


def test_a_stretch_that_moved_up_is_looked_for_from_the_top():
    """Entries that vanish pull the rest forward: the mark then lies behind its stretch."""
    board = Board(list(range(40)), [])
    pages = oldest_first(board.walk, 0, None, 10)
    got = list(next(pages).records())
    for key in range(30, 40):
        del board.times[key]
    got += [record for page in pages for record in page.records()]
    assert {record.body for record in got} >= set(range(30))
