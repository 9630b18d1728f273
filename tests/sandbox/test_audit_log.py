"""The audit log endpoints: order, pages, Link header, windows, late events."""

import re
import time

import pytest

CURSOR = r"[A-Za-z0-9%]+"
FIRST = re.compile(
    r"^<http://127\.0\.0\.1:\d+/organizations/80307827/audit-log"
    rf'\?include=all&per_page=10&after={CURSOR}&before=>; rel="next"$'
)
MIDDLE = re.compile(
    r"^<(?P<u>http://127\.0\.0\.1:\d+/enterprises/1070/audit-log)"
    rf'\?phrase=&include=all&after={CURSOR}&before=&order=&per_page=10>; rel="next", '
    r'<(?P=u)\?phrase=&include=all&after=&before=&order=&per_page=10>; rel="first", '
    rf'<(?P=u)\?phrase=&include=all&after=&before={CURSOR}&order=&per_page=10>; rel="prev"$'
)


def now_ms():
    """Return now in epoch milliseconds."""
    return int(time.time() * 1000)


def fill(sandbox, count=95, **options):
    """Add events of the last hour."""
    sandbox.generate(count, now_ms() - 3_600_000, now_ms() - 1000, **options)


def walk(session, url, **params):
    """Return the answers of a walk along the next links."""
    pages = []
    while url:
        answer = session.get(url, params=params)
        assert answer.status_code == 200, answer.text
        pages.append(answer)
        url, params = answer.links.get("next", {}).get("url"), {}
    return pages


def ids(pages):
    """Return the document ids of a walk."""
    return [event["_document_id"] for page in pages for event in page.json()]


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("per_page", [7, 100])
def test_walk_gives_each_event_once_in_order(sandbox, session, log_url, order, per_page):
    """Both orders give every event once, sorted by time and then by document id."""
    fill(sandbox, quirks={"same_ms": 0.5})
    pages = walk(session, log_url, include="all", order=order, per_page=per_page)
    keys = [(e["@timestamp"], e["_document_id"]) for page in pages for e in page.json()]
    assert keys == sorted(set(keys), reverse=order == "desc")
    assert len(keys) == 95


def test_first_page_links_to_the_next_in_the_documented_form(sandbox, session, log_url):
    """The path carries the numeric id; after and an empty before are appended."""
    fill(sandbox)
    answer = session.get(log_url, params={"include": "all", "per_page": "10"})
    assert FIRST.fullmatch(answer.headers["Link"])


def test_middle_page_has_the_recorded_link_form(sandbox, session):
    """Every parameter is echoed in its place, as in the recorded enterprise answer."""
    fill(sandbox)
    url = f"{sandbox.github_url}/enterprises/acme-inc/audit-log"
    query = "?phrase=&include=all&after=&before=&order=&per_page=10"
    first = session.get(url + query)
    assert "prev" not in first.links
    second = session.get(first.links["next"]["url"])
    assert MIDDLE.fullmatch(second.headers["Link"])
    back = session.get(second.links["prev"]["url"])
    assert back.json() == first.json()


def test_recorded_answer_uses_the_same_relations(corpus):
    """The form asserted above is the one that was recorded."""
    text = (corpus / "http-exchanges.ndjson").read_text()
    recorded = re.search(
        r'"Link": "(<https://api\.github\.com/enterprises/1070[^\n]*?)", "X-Rate', text
    )
    link = recorded[1].replace('\\"', '"')
    local = link.replace("https://api.github.com", "http://127.0.0.1:1")
    assert MIDDLE.fullmatch(local)


def test_single_page_has_no_link_header(sandbox, session, log_url):
    """The header is absent when everything fits."""
    fill(sandbox, 5)
    assert "Link" not in session.get(log_url, params={"include": "all"}).headers


def test_per_page_defaults_to_30_and_is_cut_to_100(sandbox, session, log_url):
    """Larger values are reduced without a word."""
    fill(sandbox, 150)
    assert len(session.get(log_url, params={"include": "all"}).json()) == 30
    assert len(session.get(log_url, params={"include": "all", "per_page": 500}).json()) == 100


def test_web_events_are_the_default(sandbox, session, log_url):
    """Git events are missing unless asked for."""
    fill(sandbox)
    web, git, both = (
        set(ids(walk(session, log_url, include=include, per_page=100)))
        for include in ("", "git", "all")
    )
    assert web
    assert git
    assert web | git == both
    assert not web & git


def test_history_ends_at_three_months_180_days_and_7_days_for_git(sandbox, session, log_url):
    """Without created: a query covers three months; retention cuts deeper queries."""
    day = 86_400_000
    ages = {"git-6": 6, "git-8": 8, "web-80": 80, "web-170": 170, "web-190": 190}
    sandbox.add_events(
        [
            {
                "action": "git.push" if name.startswith("git") else "repo.create",
                "@timestamp": now_ms() - age * day,
                "_document_id": name,
            }
            for name, age in ages.items()
        ]
    )
    assert set(ids(walk(session, log_url, include="all"))) == {"git-6", "web-80"}
    deep = walk(session, log_url, include="all", phrase="created:>=2000-01-01")
    assert set(ids(deep)) == {"git-6", "web-80", "web-170"}


def test_created_range_selects_by_the_second(sandbox, session, log_url):
    """The filter follows @timestamp in whole seconds."""
    second = now_ms() // 1000 * 1000 - 60_000
    stamps = [second - 1, second, second + 999, second + 1000]
    sandbox.add_events(
        [{"action": "a.b", "@timestamp": at, "_document_id": str(at)} for at in stamps]
    )
    text = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(second / 1000))
    found = ids(walk(session, log_url, phrase=f"created:{text}..{text}", order="asc"))
    assert found == [str(second), str(second + 999)]


def test_late_event_appears_behind_the_cursor(sandbox, session, log_url):
    """A late event keeps its time, so a collector that only moves forward misses it."""
    fill(sandbox, 20)
    before = ids(walk(session, log_url, include="all", order="asc"))
    late = {"action": "a.b", "@timestamp": now_ms() - 1_800_000, "_document_id": "late"}
    sandbox.add_events([late], visible_after_s=1)
    assert ids(walk(session, log_url, include="all", order="asc")) == before
    time.sleep(1.05)
    after = ids(walk(session, log_url, include="all", order="asc"))
    assert set(after) - set(before) == {"late"}
    assert after[-1] == before[-1]


def test_numbered_pages_exist_on_the_enterprise_endpoint_only(sandbox, session, log_url):
    """The organisation endpoint of the cloud ignores page."""
    fill(sandbox, 25)
    enterprise = f"{sandbox.github_url}/enterprises/acme-inc/audit-log"
    pages = walk(session, enterprise, include="all", per_page=10, page=1)
    assert [len(page.json()) for page in pages] == [10, 10, 5]
    assert len(set(ids(pages))) == 25
    params = {"include": "all", "per_page": 10}
    assert (
        session.get(log_url, params=params | {"page": 2}).json()
        == session.get(log_url, params=params).json()
    )


def test_cursor_that_is_none_is_a_client_error(sandbox, session, log_url):
    """A forged text is refused, an empty one is no cursor."""
    assert session.get(log_url, params={"after": "nonsense!"}).status_code == 400
    assert session.get(log_url, params={"after": "", "before": ""}).status_code == 200


def test_events_are_passed_as_they_are(sandbox, session, log_url):
    """No time, no id, a list as org, numbers as text: nothing is mended."""
    odd = {"action": "a.b", "org": ["acme", "b"], "org_id": [1, 2], "actor_id": "7", "x": "é" * 9}
    sandbox.add_events([odd])
    assert session.get(log_url).json() == [odd]


def test_generator_covers_the_documented_names_and_quirks(sandbox, session, log_url):
    """At least 150 documented names; git events never carry created_at."""
    fill(sandbox, 4000, seed=3, quirks={"org_list": 0.1, "numbers_as_text": 0.1, "no_actor": 0.1})
    events = [e for p in walk(session, log_url, include="all", per_page=100) for e in p.json()]
    assert len({event["action"] for event in events}) >= 150
    git = [event for event in events if event["action"].startswith("git.")]
    assert git
    assert not any("created_at" in event for event in git)
    assert any(isinstance(event["org"], list) for event in events)
    assert any("actor" not in event for event in events)


def test_same_seed_gives_the_same_events(sandbox, session, log_url):
    """Generation is repeatable."""
    start = now_ms() - 100_000
    sandbox.generate(40, start, start + 50_000, seed=9)
    first = session.get(log_url, params={"include": "all"}).json()
    sandbox.clear_events()
    sandbox.generate(40, start, start + 50_000, seed=9)
    assert session.get(log_url, params={"include": "all"}).json() == first
