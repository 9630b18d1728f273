"""The audit log's cursor: base64 of "<milliseconds>|<document id>".

The number is the shortest scientific form that keeps every digit: 1614697638660 becomes
1.61469763866e+12. C's %e would pad or drop digits, which recorded cursors do not.
"""

import base64
from decimal import Decimal, InvalidOperation

Position = tuple[int, str]
MOST_DIGITS = 18


def scientific(at_ms: int) -> str:
    """Return milliseconds in the shortest scientific form."""
    digits = str(at_ms)
    fraction = digits[1:].rstrip("0")
    mantissa = f"{digits[0]}.{fraction}" if fraction else digits[0]
    return f"{mantissa}e+{len(digits) - 1:02d}"


def encode(position: Position) -> str:
    """Return the cursor of a position."""
    return base64.b64encode(f"{scientific(position[0])}|{position[1]}".encode()).decode()


def decode(cursor: str) -> Position:
    """Return the position of a cursor; an empty document id is accepted.

    Raises:
        ValueError: the text is not a cursor.
    """
    try:
        number, bar, document_id = base64.b64decode(cursor, validate=True).decode().partition("|")
        value = Decimal(number)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"not a cursor: {cursor!r}") from error
    # The bound keeps a hostile exponent from becoming a number of a million digits.
    if not bar or not value.is_finite() or value.adjusted() > MOST_DIGITS:
        raise ValueError(f"not a cursor: {cursor!r}")
    return int(value), document_id
