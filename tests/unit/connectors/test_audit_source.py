"""The audit log as records: whatever an event lacks, it is taken."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from github_modules.collect.ports import Record
from github_modules.collect.position import Kind, Reading
from github_modules.connectors.audit_collection import wanted
from github_modules.connectors.audit_source import AuditLogSource, Query, record_of
from github_modules.connectors.collection import scope_of
from github_modules.errors import ConfigurationError
from github_modules.github.pages import Page
from github_modules.github.rate_limit import Lane
from github_modules.github.response import Answer
from github_modules.github.settings import Owner, check_settings
from tests.corpus import events

TIME = 1_685_465_626_150


class Client:
    """Remembers what is asked, and answers with one page."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def pages(self, route: str, **options: Any) -> Iterator[Page]:
        self.asked.append((route, options))
        body = json.dumps([{"@timestamp": TIME, "_document_id": "a"}]).encode()
        yield Page("https://x", None, Answer(200, {}, body))

    def now_ms(self) -> int:
        return 7

    def requests_per_hour(self, resource: str, per_minute: float) -> float:
        assert resource == "audit_log"
        return min(per_minute * 60, 900)


def source(phrase: str = "", per_minute: float = 20) -> tuple[AuditLogSource, Client]:
    client = Client()
    query = Query("all", phrase)
    subject = AuditLogSource(client, Owner("organization", "acme"), query, per_minute)  # type: ignore[arg-type]
    return subject, client


def test_head_and_sweep_are_asked_as_documented() -> None:
    """Open and bounded ranges, oldest first, a hundred a page, each in its lane."""
    subject, client = source("-actor:bot")
    (page,) = subject.read(Reading(Kind.HEAD, TIME))
    assert page.records() == [record_of({"@timestamp": TIME, "_document_id": "a"})]
    list(subject.read(Reading(Kind.SWEEP, TIME, TIME + 60_000, 1)))
    (route, head), (_, sweep) = client.asked
    assert route == "GET /orgs/{org}/audit-log"
    assert head["variables"] == {"org": "acme"}
    assert head["params"] == {
        "phrase": "-actor:bot created:>=2023-05-30T16:53:46+00:00",
        "include": "all",
        "order": "asc",
        "per_page": 100,
    }
    assert sweep["params"]["phrase"].endswith(
        "created:2023-05-30T16:53:46+00:00..2023-05-30T16:54:46+00:00"
    )
    assert (head["lane"], sweep["lane"]) == (Lane.HEAD, Lane.SWEEP)


def test_phrase_with_a_time_of_its_own_is_refused() -> None:
    """Two created: terms have no documented meaning."""
    subject, _ = source("created:>2026-01-01")
    with pytest.raises(ConfigurationError):
        list(subject.read(Reading(Kind.HEAD, TIME)))


def test_allowance_is_the_smaller_of_both_limits() -> None:
    """GitHub's limit or our own cap, whichever is tighter; the clock is GitHub's."""
    assert source(per_minute=20)[0].requests_per_hour() == 900
    assert source(per_minute=2)[0].requests_per_hour() == 120
    assert source()[0].now_ms() == 7


def test_created_at_never_stands_in_for_the_time() -> None:
    """An old created_at must not make an event look older than the collection."""
    assert record_of({"created_at": 1, "_document_id": "a"}).at_ms is None


@pytest.mark.parametrize(
    "value",
    [TIME, str(TIME), float(TIME), f"{TIME}.0"],
)
def test_time_is_read_as_number_and_as_text(value: object) -> None:
    """Published events carry both."""
    assert record_of({"@timestamp": value}).at_ms == TIME


@pytest.mark.parametrize("value", [None, "", "soon", True, [], "inf"])
def test_unreadable_time_is_no_time(value: object) -> None:
    """It does not stop anything."""
    assert record_of({"@timestamp": value}).at_ms is None


@pytest.mark.parametrize("event", [[], "text", 5, None, {}])
def test_whatever_stands_in_the_list_is_a_record(event: object) -> None:
    """Nothing in a page can end the collection."""
    assert record_of(event).body == event


def test_same_event_has_the_same_identity_and_others_another() -> None:
    """By id, time and action; without an id by its whole content."""
    event = {"@timestamp": TIME, "_document_id": "a", "action": "x"}
    assert record_of(event).identity == record_of(event | {"actor": "later"}).identity
    for changed in ({"_document_id": "b"}, {"@timestamp": TIME + 1}, {"action": "y"}):
        assert record_of(event).identity != record_of(event | changed).identity
    bare = {"@timestamp": TIME, "action": "x"}
    assert record_of(bare).identity != record_of(bare | {"actor": "other"}).identity


def test_published_events_are_told_apart() -> None:
    """Distinct published events have distinct identities, although some share an id."""
    distinct = {json.dumps(event, sort_keys=True) for event in events("audit-events")}
    assert len({record_of(json.loads(text)).identity for text in distinct}) >= len(distinct) - 3


def test_excluded_actions_match_by_pattern() -> None:
    """A star stands for anything, a plain name for itself only."""
    keeps = wanted(["workflows.*", "repo.access"])
    kept = {
        action: keeps(Record(1, None, {"action": action}))
        for action in ("workflows.done", "repo.access", "repo.access_x", "xworkflows.a")
    }
    assert kept == {
        "workflows.done": False,
        "repo.access": False,
        "repo.access_x": True,
        "xworkflows.a": True,
    }
    assert keeps(Record(1, None, "text"))
    assert keeps(Record(1, None, {"action": 5}))
    assert wanted([])(Record(1, None, {}))


def test_each_log_has_a_state_of_its_own() -> None:
    """Host, kind and name tell folders apart, and nothing leaves the folder."""
    scopes = {
        scope_of(check_settings(base_url=base, org_name=org, enterprise=enterprise, apikey="ghp_x"))
        for base, org, enterprise in (
            ("", "acme", ""),
            ("", "other", ""),
            ("", "acme", "acme"),
            ("https://ghe.example", "acme", ""),
        )
    }
    assert len(scopes) == 4
    assert all("/" not in scope for scope in scopes)
