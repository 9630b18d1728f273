"""Times as people type them: a moment, or how long ago."""

import re
from datetime import UTC, datetime, timedelta

from github_modules.clock import epoch_ms
from github_modules.errors import ConfigurationError

_AGO = re.compile(r"(\d{1,6})\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment_ms(text: str, now: datetime, option: str) -> int:
    """Return milliseconds since the epoch.

    Args:
        text: 2026-03-02, 2026-03-02T08:00 (UTC unless it says otherwise), or 90m, 24h, 7d ago.
        now: the current time.
        option: what the text was given for, for the sentence.

    Raises:
        ConfigurationError: it is neither.
    """
    text = text.strip()
    if ago := _AGO.fullmatch(text.lower()):
        return epoch_ms(now - timedelta(**{_UNITS[ago[2]]: int(ago[1])}))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"{option} is not a time.",
            remedy="Write 2026-03-02, 2026-03-02T08:00:00Z, or how long ago: 90m, 24h, 7d.",
        ) from None
    return epoch_ms(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def words(at_ms: int) -> str:
    """Return a time in UTC, to the second."""
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"


def duration(seconds: float) -> str:
    """Return a duration in its two largest units: 3 h 12 min."""
    left = round(abs(seconds))
    parts: list[str] = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count or (unit == "s" and not parts):
            parts.append(f"{count} {unit}")
    return ("-" if seconds < 0 else "") + " ".join(parts[:2])
