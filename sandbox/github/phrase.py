"""The audit log's search phrase.

Different qualifiers narrow, a repeated one is a union, a leading minus excludes. `created:`
works to the second, and what it cannot read does not filter at all, as GitHub has been seen
to do with `created:=>`. Free text is not supported by GitHub and ignored here.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.json_value import Json

TERM = re.compile(r'(?P<minus>-?)(?P<name>[a-z_]+):(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))')
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?")
EPOCH_MS = re.compile(r"\d{12,14}")
COMPARISON = re.compile(r"(>=|<=|>|<)?(.*)", re.DOTALL)
DAY_MS = 86_400_000
EVER = (0, 1 << 62)
Range = tuple[int, int]

FIELDS: dict[str, tuple[str, ...]] = {
    "actor": ("actor",),
    "actor_id": ("actor_id",),
    "user": ("user",),
    "user_id": ("user_id",),
    "operation": ("operation_type",),
    "org": ("org",),
    "org_id": ("org_id",),
    "business": ("business",),
    "business_id": ("business_id",),
    "repo": ("repo", "repository"),
    "repository": ("repo", "repository"),
    "repo_id": ("repo_id", "repository_id"),
    "ip": ("actor_ip",),
    "actor_ip": ("actor_ip",),
    "oauth_app_id": ("oauth_application_id",),
}


@dataclass(slots=True)
class Phrase:
    """A parsed phrase: a time range and the other terms."""

    created: Range | None = None
    excluded: list[Range] = field(default_factory=list)
    wanted: dict[str, list[str]] = field(default_factory=dict)
    unwanted: dict[str, list[str]] = field(default_factory=dict)

    @property
    def reads_events(self) -> bool:
        """Tell whether matching needs the event's content."""
        return bool(self.wanted or self.unwanted)

    def matches_time(self, at_ms: int) -> bool:
        """Tell whether a time is outside every excluded range."""
        return not any(low <= at_ms <= high for low, high in self.excluded)

    def matches(self, event: dict[str, Any], *, git: bool) -> bool:
        """Tell whether an event satisfies every qualifier but created."""
        for name, values in self.wanted.items():
            if not any(_term_matches(name, value, event, git=git) for value in values):
                return False
        return not any(
            _term_matches(name, value, event, git=git)
            for name, values in self.unwanted.items()
            for value in values
        )


def parse(text: str, *, epoch_ms: bool = True) -> Phrase:
    """Parse a phrase; terms that GitHub does not know are ignored."""
    phrase = Phrase()
    for term in TERM.finditer(text):
        value = term["quoted"] if term["quoted"] is not None else term["plain"]
        if term["name"] == "created":
            _add_created(phrase, value, minus=bool(term["minus"]), epoch_ms=epoch_ms)
        elif term["name"] in FIELDS or term["name"] in SPECIAL:
            side = phrase.unwanted if term["minus"] else phrase.wanted
            side.setdefault(term["name"], []).append(value)
    return phrase


def _add_created(phrase: Phrase, value: str, *, minus: bool, epoch_ms: bool) -> None:
    found = created_range(value, epoch_ms=epoch_ms)
    if found is None:
        return
    if minus:
        phrase.excluded.append(found)
    else:
        low, high = phrase.created or EVER
        phrase.created = max(low, found[0]), min(high, found[1])


def created_range(value: str, *, epoch_ms: bool = True) -> Range | None:
    """Return the inclusive range in ms of one created term, or None when it is unreadable."""
    if ".." in value:
        return _between(*value.split("..", 1), epoch_ms=epoch_ms)
    match = COMPARISON.fullmatch(value)
    unit = moment(match[2], epoch_ms=epoch_ms) if match else None
    if match is None or unit is None:
        return None
    low, high = unit
    ranges = {">": (high + 1, EVER[1]), ">=": (low, EVER[1]), "<": (0, low - 1), "<=": (0, high)}
    return ranges.get(match[1] or "", unit)


def _between(first: str, last: str, *, epoch_ms: bool) -> Range | None:
    low = EVER if first == "*" else moment(first, epoch_ms=epoch_ms)
    high = EVER if last == "*" else moment(last, epoch_ms=epoch_ms)
    return (low[0], high[1]) if low and high else None


def moment(text: str, *, epoch_ms: bool = True) -> Range | None:
    """Return the first and last millisecond of a day, a second or an epoch number."""
    if epoch_ms and EPOCH_MS.fullmatch(text):
        return int(text), int(text)
    if not MOMENT.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    start = int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()) * 1000
    return start, start + (999 if "T" in text else DAY_MS - 1)


def _term_matches(name: str, value: str, event: dict[str, Any], *, git: bool) -> bool:
    if name in SPECIAL:
        return SPECIAL[name](value, event, git)
    wanted = value.lower()
    return any(wanted == item for key in FIELDS[name] for item in _texts(event.get(key)))


def _texts(value: Json) -> list[str]:
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [str(item).lower() for item in items]


def _action(value: str, event: dict[str, Any], _git: bool) -> bool:  # noqa: FBT001
    action = str(event.get("action", ""))
    return action == value or action.startswith(f"{value}.")


def _country(value: str, event: dict[str, Any], _git: bool) -> bool:  # noqa: FBT001
    location = event.get("actor_location")
    return isinstance(location, dict) and value.lower() in _texts(list(location.values()))


def _token(value: str, event: dict[str, Any], git: bool) -> bool:  # noqa: FBT001
    # The documentation says that token searches never return git events.
    return not git and str(event.get("hashed_token", "")).rstrip("=") == value.rstrip("=")


SPECIAL = {"action": _action, "country": _country, "country_code": _country, "hashed_token": _token}
