"""Making an event fit that is larger than the intake takes, without breaking its JSON."""

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

MARK = "_truncated"
_KEPT_CHARACTERS = 200
_MORE = "… [cut]"
_SHORT_BYTES = _KEPT_CHARACTERS * 6
"""Cutting a shorter value would not make the event smaller for sure."""
_NAMED_PATHS = 50
_MARK_BYTES = 16_384
"""Room for the names of what was cut."""

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    path: Path
    size_bytes: int


def encoded(body: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return compact JSON text that UTF-8 can carry.

    The quick encoder knows neither lone surrogates nor numbers beyond 64 bits; JSON does.
    """
    try:
        return orjson.dumps(body).decode()
    except TypeError:
        return json.dumps(body, separators=(",", ":"))


def trimmed(body: Any, most_bytes: int) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """Return a copy whose JSON fits, its largest values cut and named under `_truncated`.

    Long values are cut first, the longest first; if their number is the trouble, whole branches
    go. So what identifies the event, which is short, stays.
    """
    copy = json.loads(json.dumps(body))
    event: dict[str, Any] = copy if isinstance(copy, dict) else {"event": copy}
    cut: list[str] = []
    _cut(event, cut, _leaves(event, ()), most_bytes)
    _cut(event, cut, _branches(event), most_bytes)
    return {**event, MARK: cut[:_NAMED_PATHS]} if cut else event


def _cut(event: dict[str, Any], cut: list[str], values: list[_Value], most_bytes: int) -> None:
    """Cut the largest of the values until the event fits, or only short ones are left."""
    over = _size(event) + _MARK_BYTES - most_bytes
    for value in sorted(values, key=lambda value: value.size_bytes, reverse=True):
        if over <= 0 or value.size_bytes <= _SHORT_BYTES:
            return
        start = _start(_get(event, value.path))
        _put(event, value.path, start)
        cut.append(".".join(map(str, value.path)))
        over -= value.size_bytes - _size(start)


def _size(value: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    return len(encoded(value).encode())


def _start(value: Any) -> str:  # noqa: ANN401 - a leaf of JSON
    text = value if isinstance(value, str) else encoded(value)
    return text[:_KEPT_CHARACTERS] + _MORE


def _leaves(value: Any, path: Path) -> list[_Value]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict) and value:
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for i, inner in enumerate(value) for leaf in _leaves(inner, (*path, i))]
    return [_Value(path, _size(value))]


def _branches(event: dict[str, Any]) -> list[_Value]:
    return [_Value((key,), _size(value)) for key, value in event.items()]


def _get(value: Any, path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    for step in path:
        value = value[step]
    return value


def _put(event: dict[str, Any], path: Path, value: str) -> None:
    _get(event, path[:-1])[path[-1]] = value
