"""Feeds, searches, alerts and users of the organisation, as lists and look-ups."""

from collections.abc import Callable

from tests.sandbox.estate_calls import ORG, REPO, Call, status


def test_a_feed_ends_after_three_hundred_events(call):
    """Ten pages of thirty; what lies behind is refused."""
    path = "/users/monalisa/events"
    pages = [call("GET", f"{path}?per_page=30&page={page}").json() for page in range(1, 11)]
    assert len({event["id"] for page in pages for event in page}) == 300
    assert status(call, "GET", f"{path}?per_page=30&page=11") == 422
    assert status(call, "GET", f"{path}?per_page=100&page=4") == 422
    assert len(call("GET", "/users/dev-one/events/public?per_page=100").json()) == 40


def test_an_unchanged_feed_is_free(call):
    """304 with the poll interval, and nothing is spent."""
    first = call("GET", "/users/dev-one/events")
    again = call("GET", "/users/dev-one/events", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["X-Poll-Interval"]) == (304, "60")
    assert again.headers["X-RateLimit-Used"] == first.headers["X-RateLimit-Used"]


def test_an_event_that_happens_now_is_in_the_feed(call, estate):
    """Events and activity are added by the control port, newest first."""
    now = estate.report()["now"]
    span = {"repository": "payments", "count": 2, "start_s": now - 2, "end_s": now - 1}
    estate.estate(add_events=span, add_activity=span | {"kind": "force_push"})
    assert len(call("GET", f"{REPO}/events").json()) == 2
    newest = call("GET", f"{REPO}/activity?per_page=1")
    assert newest.json()[0]["activity_type"] == "force_push"
    assert "next" in newest.links


def test_code_search_has_a_bucket_of_its_own(call, estate):
    """Ten a minute; other searches go on, and say when they gave up early."""
    estate.estate(incomplete_search=True)
    answers = [call("GET", "/search/code?q=payments") for _ in range(11)]
    assert answers[0].headers["X-RateLimit-Resource"] == "code_search"
    assert [item.status_code for item in answers] == [200] * 10 + [403]
    assert call("GET", "/search/repositories?q=payments").json()["incomplete_results"] is True


def read_all(call: Call, url: str, between: Callable[[], None]) -> list[int]:
    found, changed = [], False
    while url:
        answer = call("GET", url)
        found += [item["number"] for item in answer.json()]
        url = answer.links.get("next", {}).get("url", "")
        if not changed:
            between()
            changed = True
    return found


def test_a_cursor_loses_no_alert_when_one_moves(call, estate):
    """An alert changes while a client walks: nothing is skipped, nothing comes twice."""
    now = estate.report()["now"]
    span = {"start_s": now - 7000, "end_s": now - 4000}
    estate.estate(
        add_alerts={"product": "dependabot", "repository": "website", "count": 250} | span
    )

    def change() -> None:
        estate.estate(
            change_alert={
                "product": "dependabot",
                "repository": "website",
                "number": 200,
                "values": {"state": "dismissed", "dismissed_reason": "not_used"},
            }
        )

    path = "/repos/acme/website/dependabot/alerts?sort=updated&direction=asc&per_page=100"
    found = read_all(call, path, change)
    assert sorted(set(found)) == list(range(1, 251))
    assert len(found) - len(set(found)) == 0
    assert found[-1] == 200


def test_alert_lists_refuse_what_github_refuses(call, estate):
    """Dependabot has no page numbers; a product that is off answers 403 or 404."""
    assert status(call, "GET", f"{ORG}/dependabot/alerts?page=1") == 400
    estate.estate(off=["code-scanning", "secret-scanning", "dependabot"])
    for product, expected in (
        ("code-scanning", 403),
        ("secret-scanning", 404),
        ("dependabot", 403),
    ):
        assert status(call, "GET", f"{REPO}/{product}/alerts") == expected


def test_a_secret_alert_needs_a_resolution_and_can_hide_its_secret(call):
    """422 without one; reopened, it has none."""
    path = f"{REPO}/secret-scanning/alerts/1"
    assert status(call, "PATCH", path, {"state": "resolved"}) == 422
    done = call("PATCH", path, {"state": "resolved", "resolution": "revoked"}).json()
    assert (done["state"], done["resolution"]) == ("resolved", "revoked")
    assert done["resolved_by"]["login"] == "octo-admin"
    assert call("PATCH", path, {"state": "open"}).json()["resolution"] is None
    assert call("GET", f"{path}?hide_secret=true").json()["secret"] is None
    assert call("GET", path).json()["secret"]


def test_users_are_found_by_login_in_any_case_and_by_id(call):
    """The id is derived from the login; a managed stranger does not exist."""
    found = call("GET", "/users/MonaLisa").json()
    assert found["id"] == 1000 + sum(b"monalisa")
    assert call("GET", f"/user/{found['id']}").json()["login"] == "monalisa"
    assert status(call, "GET", "/users/managed-ghost") == 404
