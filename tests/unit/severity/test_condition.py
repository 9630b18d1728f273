"""What a condition takes for the same, and what it does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.severity.condition import Condition

HOLDS: list[tuple[Condition, dict[str, Any], bool]] = [
    (Condition(("a",), one_of=("Main",)), {"a": "main"}, True),
    (Condition(("a",), one_of=(False,)), {"a": "False"}, True),
    (Condition(("a",), one_of=(False,)), {"a": 0}, False),
    (Condition(("a",), one_of=(7,)), {"a": "7"}, True),
    (Condition(("a",), one_of=("7",)), {"a": 7.0}, True),
    (Condition(("a",), one_of=("x",)), {}, False),
    (Condition(("a",), one_of=("x",)), {"a": ["y", "x"]}, True),
    (Condition(("a",), not_one_of=("x",)), {"a": ["y", "x"]}, False),
    (Condition(("a",), not_one_of=("x",)), {}, True),
    (Condition(("a", "b"), one_of=("x",)), {"a": {"b": "x"}}, True),
    (Condition(("a", "b"), one_of=("x",)), {"a": "x"}, False),
    (Condition(("a",), one_of=("x",)), {"data": {"a": "x"}}, True),
    (Condition(("a",), one_of=("x",)), {"a": "y", "data": {"a": "x"}}, False),
    (Condition(("a",), contains=("HOG",)), {"a": "TruffleHog/3"}, True),
    (Condition(("a",), contains=("hog",)), {"a": ["x", "hogs"]}, True),
    (Condition(("a",), contains=("hog",)), {"a": 5}, False),
    (Condition(("a",), at_least=7), {"a": 7.5}, True),
    (Condition(("a",), at_least=7), {"a": "8"}, True),
    (Condition(("a",), at_least=7), {"a": 6}, False),
    (Condition(("a",), at_least=7), {"a": "many"}, False),
    (Condition(("a",), at_least=7), {"a": None}, False),
    (Condition(("a",), at_least=7), {"a": 10**400}, False),
    (Condition(("a",), exists=True), {"a": False}, True),
    (Condition(("a",), exists=True), {"a": []}, False),
    (Condition(("a",), exists=False), {"a": ""}, True),
    (Condition(("a",), raised_from="b"), {"a": "admin", "b": "read"}, True),
    (Condition(("a",), raised_from="b"), {"a": "write"}, True),
    (Condition(("a",), raised_from="b"), {"a": "read", "b": "Admin"}, False),
    (Condition(("a",), raised_from="b"), {"a": "our-own-role", "b": "read"}, False),
    (Condition(("a",), exists=True, not_one_of=("x",)), {"a": "y"}, True),
    (Condition(("a",), exists=True, not_one_of=("x",)), {}, False),
]


@pytest.mark.parametrize(("condition", "record", "holds"), HOLDS)
def test_a_condition_holds_or_not(
    condition: Condition, record: dict[str, Any], holds: bool
) -> None:
    """One row is one fact."""
    assert condition.holds(record) is holds


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "data"]),
        st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.integers()),
    )
)
def test_any_record_is_answered(record: dict[str, Any]) -> None:
    """GitHub promises no shape."""
    for condition, _, _ in HOLDS:
        assert condition.holds(record) in {True, False}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition(("a", "b"), one_of=("x", False)), "`a.b`: x or false"),
        (Condition(("a",), not_one_of=("x",), exists=True), "`a`: not x, is there"),
        (Condition(("a",), contains=("x", "y")), "`a`: contains x or y"),
        (Condition(("a",), at_least=7.5, exists=False), "`a`: at least 7.5, is not there"),
        (Condition(("a",), raised_from="b"), "`a`: more than `b`"),
    ],
)
def test_a_condition_is_told_in_words(condition: Condition, words: str) -> None:
    """The page of the rules is written from them."""
    assert str(condition) == words
