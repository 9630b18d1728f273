"""Published alerts and events on their way through the whole process: nothing of them changes."""

import json
from datetime import datetime
from itertools import groupby
from typing import Any

import pytest
import requests

from tests.corpus import events, rows
from tests.system.conftest import StartModule, StartSandbox, scaled, until

DAY_S = 86_400
ALL_HOURS = 876_000


def by_place(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return what GitHub's REST API has, by where it was published.

    Two places may show the same alert with other values. What has no time of its making is of
    another API.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(name):
        if "created_at" in row["event"]:
            found.setdefault(row["shape"], []).append(row["event"])
    assert found
    return found


def as_text(records: list[dict[str, Any]]) -> set[str]:
    return {json.dumps(one, sort_keys=True) for one in records}


def seconds(event: dict[str, Any]) -> float:
    return datetime.fromisoformat(event["created_at"]).timestamp()


@pytest.mark.parametrize("product", ["code-scanning", "secret-scanning", "dependabot"])
def test_published_alerts_arrive_as_they_are(
    start_sandbox: StartSandbox, start_module: StartModule, product: str
) -> None:
    """JSON-equal, old and odd ones too; only a secret stays at GitHub, as we ask it to."""
    sandbox = start_sandbox()
    kinds = [product.replace("-", "_")]
    connector = {"frequency": 1, "history_hours": ALL_HOURS, "alert_types": kinds}
    hidden = {"secret": None} if product == "secret-scanning" else {}
    for number, alerts in enumerate(by_place(f"alerts-{product}").values()):
        before = len(sandbox.forwarded_events(1_000))
        sandbox.estate(reset=True, put_alerts={product: alerts})
        process = start_module(
            sandbox, "github_security_alerts", connector=connector, token="full",
            data=f"place-{number}",
        )  # fmt: skip
        wanted = as_text([alert | hidden for alert in alerts])
        until(
            lambda wanted=wanted, before=before: (
                wanted <= as_text(sandbox.forwarded_events(1_000)[before:])
            )
        )
        process.kill()


def test_published_events_arrive_as_they_are(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """JSON-equal; they are of several years, so the clock is set to the end of each."""
    happened = sorted(events("activity-events"), key=seconds)
    for year, group in groupby(happened, key=lambda event: event["created_at"][:4]):
        of_year = list(group)
        end_s = seconds(of_year[-1]) + DAY_S
        sandbox = start_sandbox(clock=scaled(1.0) | {"anchor_s": end_s})
        sandbox.estate(put_events={"website": of_year})
        connector = {"frequency": 1, "history_hours": 4_320}
        start_module(
            sandbox, "github_repository_events", connector=connector, token="full",
            data=f"of-{year}", scaled=True,
        )  # fmt: skip
        wanted = as_text(of_year)
        until(lambda wanted=wanted, of=sandbox: wanted <= as_text(of.forwarded_events(1_000)))


def test_published_audit_events_arrive_as_github_shows_them(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """JSON-equal, those without time or name too; the sandbox only moves them to these days."""
    published = events("audit-events")
    sandbox = start_sandbox(feed={"kind": "corpus"})
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(
            f"{sandbox.github_url}/orgs/{sandbox.org}/audit-log",
            params={"include": "all", "per_page": "100"},
            headers={"Authorization": f"Bearer {sandbox.token}"},
            timeout=10,
        )
    start_module(sandbox, connector={"history_hours": 4_320})
    sandbox.wait_until(lambda report: report["forwarded"] >= len(published))
    arrived = sandbox.forwarded_events(1_000)
    assert len(arrived) == len(published)
    assert as_text(arrived) == as_text(answer.json())
