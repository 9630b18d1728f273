"""An action's result for a person: facts in two columns, a list as a table of what fits."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

_MOST_COLUMNS = 5
_FIRST = ("id", "number", "login", "name", "full_name", "type", "state", "created_at")
_LONGEST = 400


def shown(result: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Yield what is printed: the facts, then the entries of the list, then warnings."""
    items = result.get("items")
    rows = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    facts = {
        name: value
        for name, value in result.items()
        if name != "warnings" and not (name == "items" and rows)
    }
    if rows:
        yield _table(rows)
    yield _facts(facts)
    for warning in result.get("warnings") or ():
        yield Text(f"warning: {warning}", "yellow")


def _facts(facts: Mapping[str, Any]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items():
        table.add_row(name, Text(_text(value)))
    return table


def _table(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE, expand=False)
    names = _columns(rows)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_text(row.get(name))) for name in names))
    return table


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the fields that tell entries apart best: known ones first, plain values only."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    plain = [
        name
        for name in names
        if not name.endswith("url")
        and name != "node_id"
        and any(row.get(name) not in (None, "") for row in rows)
        and all(not isinstance(row.get(name), dict | list) for row in rows)
    ]
    known = [name for name in _FIRST if name in plain]
    return [*known, *(name for name in plain if name not in known)][:_MOST_COLUMNS] or names[:1]


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
