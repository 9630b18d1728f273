"""Large events: they fit afterwards, say what was cut, and stay JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from github_modules.collect.trimming import encoded, trimmed

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_encoding_is_json_equal_and_utf8(body: object) -> None:
    """Whatever JSON holds comes back equal, lone surrogates and large numbers included."""
    assert json.loads(encoded(body).encode()) == body


@pytest.mark.parametrize("body", [{"a": "\ud800"}, {"a": 2**80}, {"é": [1.5, None]}])
def test_what_the_quick_encoder_refuses_is_encoded_all_the_same(body: object) -> None:
    """Two encoders stand behind each other."""
    assert json.loads(encoded(body)) == body


@settings(deadline=None)
@given(JSON, st.sampled_from(["text", "list", "deep", "numbers"]))
def test_large_event_fits_and_names_what_was_cut(body: object, shape: str) -> None:
    """An event far over the limit fits, keeps its id, and lists the paths that were cut."""
    large: object = {
        "text": "é" * 200_000,
        "list": ["x" * 1_000] * 400,
        "deep": {"a": {"b": [{"c": "\\" * 300_000}]}},
        "numbers": list(range(80_000)),
    }[shape]
    event = {"_document_id": "id", "small": body, "large": large}
    cut = trimmed(event, 250_000)
    assert len(encoded(cut).encode()) <= 250_000
    assert cut["_document_id"] == "id"
    assert any(path.startswith("large") for path in cut["_truncated"])


def test_event_that_fits_is_left_as_it_is() -> None:
    """Nothing is cut without need, and nothing is marked."""
    assert trimmed({"a": 1}, 250_000) == {"a": 1}


def test_what_is_no_object_is_put_into_one() -> None:
    """There is no place for the mark in a bare text."""
    assert set(trimmed("x" * 300_000, 250_000)) == {"event", "_truncated"}
