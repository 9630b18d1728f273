"""Every fault does what it says, as often as it says."""

import time
from itertools import chain

import pytest
import requests

from sandbox.faults import KINDS


def fill(sandbox, count=30):
    """Add recent events."""
    now = int(time.time() * 1000)
    sandbox.generate(count, now - 60_000, now - 1000)


def walk_ids(session, url, limit=50):
    """Return the document ids of each page of a walk."""
    found, params = [], {"include": "all", "per_page": 10, "order": "asc"}
    for _ in range(limit):
        answer = session.get(url, params=params)
        found.append([event["_document_id"] for event in answer.json()])
        url, params = answer.links.get("next", {}).get("url"), {}
        if not url:
            return found
    raise AssertionError("the walk does not end")


def test_status_with_body_and_headers_after_n_requests(sandbox, session, log_url):
    """The fault waits for its turn and stops after `times`."""
    sandbox.fault(
        "status",
        path="audit-log",
        times=2,
        after=1,
        status=503,
        body={"message": "Down"},
        headers={"Retry-After": "3"},
    )
    answers = [session.get(log_url) for _ in range(4)]
    assert [item.status_code for item in answers] == [200, 503, 503, 200]
    assert answers[1].json() == {"message": "Down"}
    assert answers[1].headers["Retry-After"] == "3"
    assert session.get(f"{sandbox.github_url}/user").status_code == 200


def test_path_and_method_select_the_request(sandbox, session, log_url):
    """Other paths and methods do not use the fault up."""
    sandbox.fault("status", path="/user$", method="GET", status=500)
    assert session.get(log_url).status_code == 200
    assert session.post(f"{sandbox.github_url}/user").status_code == 404
    assert session.get(f"{sandbox.github_url}/user").status_code == 500


@pytest.mark.parametrize("kind", ["reset", "lost_answer"])
def test_reset_before_the_answer(sandbox, session, log_url, kind):
    """The connection is reset, not closed politely."""
    sandbox.fault(kind)
    with pytest.raises(requests.ConnectionError, match=r"reset|aborted"):
        session.get(log_url)
    assert session.get(log_url).status_code == 200


@pytest.mark.parametrize("kind", ["truncated", "reset_mid_body"])
def test_body_is_torn(sandbox, session, log_url, kind):
    """Content-Length announces more than arrives."""
    fill(sandbox)
    sandbox.fault(kind)
    errors = (requests.exceptions.ChunkedEncodingError, requests.ConnectionError)
    with pytest.raises(errors):
        session.get(log_url)


def test_truncated_body_has_the_right_content_length(sandbox, log_url):
    """The length is that of the whole body, half of which arrives."""
    fill(sandbox)
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    whole = requests.get(log_url, headers=headers, timeout=5)
    sandbox.fault("truncated", share=0.5)
    torn = requests.get(log_url, headers=headers, timeout=5, stream=True)
    assert torn.headers["Content-Length"] == str(len(whole.content))
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        torn.content  # noqa: B018


@pytest.mark.parametrize("kind", ["stall", "slow_body"])
def test_answer_takes_its_time(sandbox, session, log_url, kind):
    """A stall comes before the answer, a slow body arrives in pieces."""
    fill(sandbox)
    sandbox.fault(kind, seconds=0.4)
    started = time.perf_counter()
    assert session.get(log_url).status_code == 200
    assert 0.35 < time.perf_counter() - started < 2


def test_stall_meets_a_read_timeout(sandbox, session, log_url):
    """A client that gives up is not waited for."""
    sandbox.fault("stall", seconds=5)
    with pytest.raises(requests.ReadTimeout):
        session.get(log_url, timeout=0.2)


def test_html_wrong_type_and_object(sandbox, session, log_url):
    """Three ways for a 200 not to be a list of events."""
    sandbox.fault("html")
    page = session.get(log_url)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "X-GitHub-Request-Id" not in page.headers
    sandbox.fault("content_type")
    assert session.get(log_url).headers["Content-Type"].startswith("text/plain")
    sandbox.fault("object")
    assert isinstance(session.get(log_url).json(), dict)


def test_broken_json_and_empty_body(sandbox, session, log_url):
    """The length fits, the JSON does not."""
    fill(sandbox)
    for kind in ("broken_json", "empty_body"):
        sandbox.fault(kind)
        answer = session.get(log_url)
        assert answer.status_code == 200
        with pytest.raises(requests.JSONDecodeError):
            answer.json()


@pytest.mark.parametrize("after", [0, 1])
def test_empty_page_with_a_next_link_keeps_the_walk_complete(sandbox, session, log_url, after):
    """Who trusts only the Link header loses nothing."""
    fill(sandbox)
    whole = walk_ids(session, log_url)
    sandbox.fault("empty_page", after=after)
    pages = walk_ids(session, log_url)
    assert pages[after] == []
    assert [page for page in pages if page] == whole


def test_short_page_with_a_next_link_keeps_the_walk_complete(sandbox, session, log_url):
    """A page shorter than per_page is not the last."""
    fill(sandbox)
    whole = list(chain.from_iterable(walk_ids(session, log_url)))
    sandbox.fault("short_page", keep=3)
    pages = walk_ids(session, log_url)
    assert len(pages[0]) == 3
    assert list(chain.from_iterable(pages)) == whole


def test_foreign_link_points_to_a_host_that_records(sandbox, session, log_url):
    """A token that is sent there shows up in the journal."""
    fill(sandbox)
    sandbox.fault("foreign_link")
    link = session.get(log_url).links["next"]["url"]
    assert link.startswith(f"{sandbox.foreign_url}/organizations/")
    before = sandbox.report()["foreign_requests"]
    session.get(link)
    assert sandbox.report()["foreign_requests"] == before + 1
    assert sandbox.requests("foreign")[-1]["credential"].startswith("ghp_")
    sandbox.fault("foreign_link", base=f"{sandbox.github_url}/other/prefix")
    assert "/other/prefix/organizations/" in session.get(log_url).links["next"]["url"]


def test_looping_link_leads_to_itself(sandbox, session, log_url):
    """The same cursor comes again and again."""
    fill(sandbox)
    sandbox.fault("loop_link", times=None)
    first = session.get(log_url).links["next"]["url"]
    second = session.get(first).links["next"]["url"]
    assert session.get(second).links["next"]["url"] == second


def test_redirects_to_another_host_and_to_the_same(sandbox, session, log_url):
    """The location is the test's, by default the stranger's."""
    sandbox.fault("redirect", status=301)
    answer = session.get(log_url, allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith(sandbox.foreign_url)
    same = f"{sandbox.github_url}/organizations/80307827/audit-log"
    sandbox.fault("redirect", location=same)
    assert session.get(log_url).url == same


def test_extra_headers_can_be_added(sandbox, session, log_url):
    """Deprecation and Sunset, for instance."""
    sandbox.fault("headers", headers={"Sunset": "Fri, 10 Mar 2028 00:00:00 GMT"})
    assert session.get(log_url).headers["Sunset"].startswith("Fri")


def test_answer_lost_after_the_data_was_accepted(sandbox, session):
    """The intake keeps the events although the caller never learns."""
    event = {"action": "a.b", "_document_id": "lost-1"}
    sandbox.add_events([event])
    session.get(f"{sandbox.github_url}/orgs/acme/audit-log")
    body = {"intake_key": sandbox.intake_key, "jsons": ['{"action":"a.b","_document_id":"lost-1"}']}
    sandbox.fault("lost_answer", target="intake")
    with pytest.raises(requests.ConnectionError):
        session.post(f"{sandbox.sekoia_url}/batch", json=body)
    assert sandbox.report()["forwarded"] == 1
    session.post(f"{sandbox.sekoia_url}/batch", json=body)
    assert sandbox.report()["repeated"] == 1


def test_fewer_ids_than_events(sandbox, session):
    """The answer is 200 and short."""
    body = {"intake_key": sandbox.intake_key, "jsons": ["{}", "[]", "1"]}
    sandbox.fault("fewer_ids", target="intake", missing=2)
    answer = session.post(f"{sandbox.sekoia_url}/batch", json=body)
    assert len(answer.json()["event_ids"]) == 1


@pytest.mark.parametrize(
    ("target", "method", "path"),
    [("callback", "PATCH", "/callback"), ("secrets", "GET", "/secrets"), ("logs", "POST", "/logs")],
)
def test_each_part_of_the_platform_can_fail(sandbox, session, target, method, path):
    """Targets are told apart by path."""
    session.headers["Authorization"] = f"Bearer {sandbox.platform_token}"
    url = sandbox.sekoia_url + path
    sandbox.fault("status", target=target, status=500)
    body = {"logs": [], "status": "running"}
    assert session.request(method, url, json=body).status_code == 500
    assert session.request(method, url, json=body).status_code == 200


def test_every_kind_is_tried_above():
    """A new kind needs a test; "row" has a file of its own."""
    with open(__file__, encoding="utf-8") as source:  # noqa: PTH123
        text = source.read()
    assert {kind for kind in KINDS if f'"{kind}"' not in text} == set()
