"""GitHub's times as text, in milliseconds."""

from datetime import UTC, datetime
from typing import Any


def milliseconds(value: Any) -> int | None:  # noqa: ANN401 - GitHub's
    """Return milliseconds since the epoch of a time such as 2026-03-02T08:00:00Z, else None."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return round(moment.timestamp() * 1000)
