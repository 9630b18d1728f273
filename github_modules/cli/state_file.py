"""A state as one JSON value: position and identities, for a ticket or for another machine."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from github_modules.collect.checkpoint import position_from
from github_modules.collect.opening import Memory
from github_modules.collect.ports import Store
from github_modules.collect.position import Position
from github_modules.collect.segments import decode
from github_modules.errors import ConfigurationError, StateError

FORMAT = 1
_ROOT = "state"


@dataclass(frozen=True, slots=True)
class Exported:
    """One state; `segments` are the ledger's files by their names."""

    scope: str
    position: Position
    segments: Mapping[str, bytes]


def scopes_in(store: Store) -> list[str]:
    """Return the names of all states of a store."""
    return sorted({name.split("/")[1] for name in store.names(_ROOT)})


def exported(kept: Memory, scope: str) -> Exported:
    """Return a state.

    Raises:
        StateError: there is no readable position.
        StorageError: the store cannot tell what it holds.
    """
    position = kept.checkpoint.load().position
    if position is None:
        raise StateError(f"The state {scope} has no readable position.")
    names = kept.store.names(f"{kept.folder}/ledger")
    segments = {name.rsplit("/", 1)[1]: kept.store.read(name) or b"" for name in names}
    return Exported(scope, position, segments)


def as_json(state: Exported) -> dict[str, Any]:
    """Return a state as JSON values."""
    return {
        "format": FORMAT,
        "scope": state.scope,
        "position": asdict(state.position),
        "ledger": {
            name: base64.b64encode(data).decode("ascii") for name, data in state.segments.items()
        },
    }


def from_json(given: Any) -> Exported:  # noqa: ANN401 - whatever a file holds
    """Return the state that a file holds.

    Raises:
        ConfigurationError: it is none, or damaged.
    """
    try:
        ledger = given["ledger"].items()
        segments = {str(name): base64.b64decode(data, validate=True) for name, data in ledger}
        found = Exported(str(given["scope"]), position_from(given["position"]), segments)
        sound = found if given["format"] == FORMAT and _is_sound(found) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = None
    if sound is None:
        raise ConfigurationError(
            "The file holds no sound state of this version.",
            remedy="Give a file that `state export` has written.",
        )
    return sound


def _is_sound(state: Exported) -> bool:
    """Return whether times are numbers, ledgers whole, and names stay in their folder."""
    position = state.position
    times = [position.frontier_ms, position.floor_ms]
    times += [sweep.done_ms for sweep in position.sweeps]
    times += [span.done_ms for span in position.spans]
    return (
        all(isinstance(time, int) for time in times)
        and not any(decode(data).unsound_bytes for data in state.segments.values())
        and not any("/" in name or name[:1] in {".", ""} for name in (state.scope, *state.segments))
    )


def replace(kept: Memory, state: Exported) -> None:
    """Put a state in the place of what is there: the ledger first, so that nothing comes twice.

    Raises:
        StorageError: what was done before stays done; do it again.
    """
    remove(kept)
    for name, data in state.segments.items():
        kept.store.write(f"{kept.folder}/ledger/{name}", data)
    kept.checkpoint.load()
    kept.checkpoint.save(state.position)


def remove(kept: Memory) -> None:
    """Remove a state, the position last.

    Raises:
        StorageError: what was removed before stays removed.
    """
    names = kept.store.names(kept.folder)
    for name in sorted(names, key=lambda name: "/ledger/" not in name):
        kept.store.remove(name)
