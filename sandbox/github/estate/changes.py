"""What tests change in the estate, and what they read back, through the control port."""

from typing import Any

from sandbox.github.estate import events, security
from sandbox.github.estate.shapes import Shape
from sandbox.github.estate.state import Estate, RepositoryState
from sandbox.world import World


def change(world: World, wanted: Shape) -> Shape:
    """Carry out what the body asks for, and return what was made.

    Keys: `reset` true: everything as at the start; `add_alerts` {product, repository, count,
    start_s, end_s}; `change_alert` {product, repository, number, at_s, values}; `off` [products];
    `add_events` and `add_activity` {repository, count, start_s, end_s, login, kind};
    `put_alerts` {product: [alerts]} and `put_events` {repository: [events]}: as they are;
    `incomplete_search` boolean.
    """
    if wanted.get("reset"):
        world.forget_estate()
    estate = world.estate
    made: dict[str, Any] = {}
    if "add_alerts" in wanted:
        made["alerts"] = _alerts(estate, wanted["add_alerts"])
    if "change_alert" in wanted:
        given = wanted["change_alert"]
        alert = security.change_alert(
            estate, given["product"], given["repository"], given["number"],
            float(given.get("at_s") or world.clock.now()), given["values"],
        )  # fmt: skip
        made["alert"] = alert["number"]
    for name in ("add_events", "add_activity"):
        if name in wanted:
            made[name] = _happened(world, name, wanted[name])
    _put(estate, wanted)
    if "off" in wanted:
        estate.off = set(wanted["off"])
    estate.incomplete_search = bool(wanted.get("incomplete_search", estate.incomplete_search))
    return made


def _times(given: Shape) -> list[float]:
    count, start_s, end_s = int(given["count"]), float(given["start_s"]), float(given["end_s"])
    return [start_s + (end_s - start_s) * index / max(1, count - 1) for index in range(count)]


def _alerts(estate: Estate, given: Shape) -> int:
    for at_s in _times(given):
        security.add_alert(estate, given["product"], given["repository"], at_s)
    return len(_times(given))


def _put(estate: Estate, wanted: Shape) -> None:
    for product, alerts in wanted.get("put_alerts", {}).items():
        for alert in alerts:
            security.put_alert(estate, product, alert)
    for repository, happened in wanted.get("put_events", {}).items():
        for event in happened:
            events.put_event(estate, repository, event)


def _happened(world: World, name: str, given: Shape) -> int:
    add = events.add_event if name == "add_events" else events.add_activity
    kind = given.get("kind", "PushEvent" if name == "add_events" else "push")
    for at_s in _times(given):
        login = given.get("login", "dev-one")
        add(world.estate, world, given["repository"], at_s, login, kind)
    return len(_times(given))


def summary(estate: Estate) -> Shape:
    """Return the state in short, for assertions."""
    return {
        "members": {login: held["role"] for login, held in estate.members.items()},
        "outside": estate.outside,
        "blocked": estate.blocked,
        "grants": sorted(estate.grants),
        "credentials": sorted(estate.credentials),
        "exposed": estate.exposed,
        "teams": {slug: held.members for slug, held in estate.teams.items()},
        "invitations": sorted(estate.invitations),
        "hooks": {number: hook["active"] for number, hook in estate.hooks.items()},
        "runners": sorted(estate.runners),
        "actions": estate.actions,
        "alerts": {
            product: [
                [name, number, alert.get("updated_at"), alert["state"]]
                for (name, number), alert in held.items()
            ]
            for product, held in estate.alerts.items()
        },
        "repositories": {name: _repository(held) for name, held in estate.repositories.items()},
    }


def _repository(held: RepositoryState) -> Shape:
    return {
        "visibility": held.facts["visibility"],
        "archived": held.facts["archived"],
        "collaborators": held.collaborators,
        "workflows": {number: item["state"] for number, item in held.workflows.items()},
        "runs": {number: item["status"] for number, item in held.runs.items()},
        "actions": held.actions,
        "keys": sorted(held.keys),
        "hooks": {number: item["active"] for number, item in held.hooks.items()},
        "runners": sorted(held.runners),
        "rulesets": [item["name"] for item in held.rulesets.values()],
        "issues": {number: item["title"] for number, item in held.issues.items()},
        "comments": {number: len(items) for number, items in held.comments.items()},
        "invitations": sorted(held.invitations),
    }
