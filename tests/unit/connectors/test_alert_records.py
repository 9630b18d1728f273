"""What names one state of one alert, and when it last changed."""

import json

import pytest

from github_modules.connectors.alerts_source import PRODUCTS, AlertsSource, changed_ms
from github_modules.connectors.events_source import record_of
from github_modules.github.settings import Owner
from github_modules.sekoia.packing import pack
from tests.corpus import events

NOON = "2026-03-02T12:00:00Z"
NOON_MS = 1_772_452_800_000


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        ({"updated_at": NOON, "created_at": "2027-01-01T00:00:00Z"}, NOON_MS),
        ({"created_at": NOON, "resolved_at": None}, NOON_MS),
        ({"created_at": "2020-01-01T00:00:00Z", "dismissed_at": NOON}, NOON_MS),
        ({"updated_at": "None", "created_at": NOON}, NOON_MS),
        ({"updated_at": "2026-03-02T12:00:00"}, NOON_MS),
        ({"updated_at": 5}, None),
        ({}, None),
    ],
)
def test_when_an_alert_last_changed(alert, expected):
    """Older servers and other people's exports leave `updated_at` out, or write it as text."""
    assert changed_ms(alert) == expected


def identity(alert):
    """Return the identity that the source gives an alert."""
    source = AlertsSource(None, Owner("organization", "acme"), PRODUCTS["dependabot"], 20)
    return source._record(alert).identity


def test_the_same_state_is_the_same_record():
    """Whatever else changes in the object, state and time name it."""
    alert = {"number": 1, "state": "open", "updated_at": NOON, "repository": {"id": 9}}
    assert identity(alert) == identity(alert | {"html_url": "moved"})
    assert identity(alert) != identity(alert | {"state": "fixed"})
    assert identity(alert) != identity(alert | {"updated_at": "2026-03-02T12:00:01Z"})
    assert identity(alert) != identity(alert | {"repository": {"id": 10}})
    assert identity({"number": 1, "html_url": "a"}) != identity({"number": 1, "html_url": "b"})
    assert identity(["odd"]) == identity(["odd"])


def test_events_are_named_by_their_id():
    """An activity and an event may have the same number."""
    event = record_of({"id": "7", "created_at": NOON})
    activity = record_of({"id": 7, "timestamp": NOON, "activity_type": "push"})
    assert (event.at_ms, activity.at_ms) == (NOON_MS, NOON_MS)
    assert event.identity != activity.identity
    assert record_of({"type": "odd"}).at_ms is None
    assert record_of("odd").body == "odd"
    assert record_of({"id": 1, "created_at": "soon"}).at_ms is None


@pytest.mark.parametrize(
    ("file", "product"),
    [
        ("alerts-code-scanning", "code_scanning"),
        ("alerts-secret-scanning", "secret_scanning"),
        ("alerts-dependabot", "dependabot"),
        ("activity-events", ""),
    ],
)
def test_published_records_go_through_unchanged(file: str, product: str) -> None:
    """What is sent to the intake is, as JSON, what was published."""
    source = AlertsSource(None, Owner("organization", "acme"), PRODUCTS.get(product), 20)
    for event in events(file):
        record = source._record(event) if product else record_of(event)
        assert json.loads(json.loads(pack(record).literal)) == event
