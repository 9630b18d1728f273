"""The cursor against recorded examples."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.github.cursor import decode, encode, scientific

RECORDED = {
    "MS42NjQzODMzNTk5MjdlKzEyfDloQzBxdURzaFdVbVlLWjkxRU9mNXc=": (
        1664383359927,
        "9hC0quDshWUmYKZ91EOf5w",
    ),
    "MS42MTUzMzYzNzg4MzNlKzEyfFlBdkVhclBZR21reGtQMG5uRng4bVE=": (
        1615336378833,
        "YAvEarPYGmkxkP0nnFx8mQ",
    ),
    "MS42MTQ2OTI2NDYwMzZlKzEyfDY0N0w0UXBHVWtVclZPbEZmNVZXRVE9PQ==": (
        1614692646036,
        "647L4QpGUkUrVOlFf5VWEQ==",
    ),
    "MS42MTQ2OTc2Mzg2NmUrMTJ8RzVnYmpBU1dUdVlYLV9CSmE2aTRlUT09": (
        1614697638660,
        "G5gbjASWTuYX-_BJa6i4eQ==",
    ),
}


@pytest.mark.parametrize(("cursor", "position"), RECORDED.items())
def test_recorded_cursor_is_read_and_written_back(cursor, position):
    """All four published cursors survive a round trip byte for byte."""
    assert decode(cursor) == position
    assert encode(position) == cursor


def test_trailing_zeros_are_dropped():
    """The number is the shortest form that keeps every digit."""
    assert scientific(1614697638660) == "1.61469763866e+12"
    assert scientific(1000000000000) == "1e+12"


@given(st.integers(1, 10**15), st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_any_position_survives_a_round_trip(at_ms, document_id):
    """No digit and no character of an id is lost."""
    assert decode(encode((at_ms, document_id))) == (at_ms, document_id)


def test_forged_cursor_without_an_id_is_accepted():
    """A published collector shipped cursors with an empty id, and GitHub took them."""
    assert decode(base64.b64encode(b"1.6e+12|").decode()) == (1_600_000_000_000, "")


@pytest.mark.parametrize("text", ["!", "YWJj", base64.b64encode(b"x|y").decode(), "é"])
def test_what_is_no_cursor_is_refused(text):
    """A bare document id, for one, is not a cursor."""
    with pytest.raises(ValueError, match="not a cursor"):
        decode(text)
