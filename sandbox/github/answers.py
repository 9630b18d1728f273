"""Short ways to refuse a call."""

from typing import Any

from sandbox.github.call import Call, RefusalError
from sandbox.github.errors import Row, row_answer


def words_of(call: Call) -> dict[str, str]:
    """Return the words that error texts may name."""
    return call.words()


def refused(
    call: Call,
    row: Row,
    options: dict[str, Any] | None = None,
    words: dict[str, str] | None = None,
) -> RefusalError:
    """Return the refusal of a row, ready to be raised."""
    return RefusalError(row_answer(row, words or call.words(), options))
