"""Rate buckets, the secondary limit, and the memory of who was told to wait."""

import time
from email.utils import parsedate_to_datetime

import pytest


def exhaust(sandbox, session, url, limit=3, **settings):
    """Use a small bucket up and return the refusal."""
    sandbox.settings(rate_limit={"audit_log": limit, "window_s": 3600} | settings)
    for _ in range(limit):
        assert session.get(url).status_code == 200
    return session.get(url)


@pytest.mark.parametrize("status", [403, 429])
def test_exhausted_bucket_names_itself(sandbox, session, log_url, status):
    """Both recorded statuses, remaining 0, the reset in epoch seconds."""
    answer = exhaust(sandbox, session, log_url, status=status)
    assert answer.status_code == status
    assert answer.json()["message"].startswith("API rate limit exceeded for user ID ")
    assert answer.headers["x-ratelimit-limit"] == "3"
    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert answer.headers["x-ratelimit-resource"] == "audit_log"
    assert 3590 < int(answer.headers["x-ratelimit-reset"]) - time.time() < 3602


def test_headers_count_down(sandbox, session, log_url):
    """Used and remaining add up to the limit."""
    sandbox.settings(rate_limit={"audit_log": 1750})
    used = [session.get(log_url).headers for _ in range(3)]
    assert [item["x-ratelimit-used"] for item in used] == ["1", "2", "3"]
    assert [item["x-ratelimit-remaining"] for item in used] == ["1749", "1748", "1747"]


def test_each_entity_path_and_core_have_their_own_bucket(sandbox, session, log_url):
    """An exhausted organisation log leaves the enterprise's and the rest alone."""
    exhaust(sandbox, session, log_url)
    assert session.get(f"{sandbox.github_url}/enterprises/acme-inc/audit-log").status_code == 200
    assert session.get(f"{sandbox.github_url}/organizations/80307827/audit-log").status_code == 403
    user = session.get(f"{sandbox.github_url}/user")
    assert user.headers["x-ratelimit-resource"] == "core"
    assert user.headers["x-ratelimit-limit"] == "5000"


def test_tokens_of_one_user_share_a_bucket(sandbox, session, log_url):
    """The limit is the user's, not the token's."""
    exhaust(sandbox, session, log_url)
    session.headers["Authorization"] = f"token {sandbox.fine_grained_token}"
    assert session.get(log_url).status_code == 403


def test_a_window_ends_at_its_reset(sandbox, session, log_url):
    """After the announced second requests are answered again, and are no violation."""
    answer = exhaust(sandbox, session, log_url, limit=1, window_s=1)
    violations = sandbox.report()["violations"]
    time.sleep(max(0, int(answer.headers["x-ratelimit-reset"]) - time.time()) + 0.02)
    assert session.get(log_url).status_code == 200
    assert sandbox.report()["violations"] == violations


def test_requests_while_told_to_wait_are_counted(sandbox, session, log_url):
    """The product must never send one; the journal marks them."""
    before = sandbox.report()["violations"]
    exhaust(sandbox, session, log_url)
    assert sandbox.report()["violations"] == before
    session.get(log_url)
    session.get(f"{sandbox.github_url}/user")
    assert sandbox.report()["violations"] == before + 1
    assert [row["limited"] for row in sandbox.requests("github")[-2:]] == [True, False]


@pytest.mark.parametrize("status", [403, 429])
@pytest.mark.parametrize("wait", [None, 7, "date:7"])
def test_secondary_limit_in_all_its_forms(sandbox, session, log_url, status, wait):
    """With seconds, with a date, without either; and remaining stays above 0."""
    options = {"status": status} | ({} if wait is None else {"retry_after": wait})
    sandbox.mode("E28", times=1, **options)
    answer = session.get(log_url)
    assert answer.status_code == status
    assert "secondary rate limit" in answer.json()["message"]
    assert int(answer.headers["x-ratelimit-remaining"]) > 0
    header = answer.headers.get("retry-after")
    if wait == 7:
        assert header == "7"
    elif wait:
        left = parsedate_to_datetime(header).timestamp() - time.time()
        assert 5 < left <= 7.1
    else:
        assert header is None
    before = sandbox.report()["violations"]
    session.get(f"{sandbox.github_url}/user")
    assert sandbox.report()["violations"] == before + 1


def test_per_minute_limit_is_a_secondary_one(sandbox, session, log_url):
    """The announced 15 a minute answer with retry-after although the bucket is not empty."""
    sandbox.settings(rate_limit={"per_minute": 2})
    answers = [session.get(log_url) for _ in range(3)]
    assert [item.status_code for item in answers] == [200, 200, 403]
    assert answers[-1].headers["retry-after"] == "60"


def test_rate_limit_route_is_free_and_knows_versions(sandbox, session):
    """2026-03-10 lost the field `rate`; there is no audit_log entry."""
    url = f"{sandbox.github_url}/rate_limit"
    old, again = session.get(url).json(), session.get(url).json()
    assert old["resources"]["core"]["used"] == again["resources"]["core"]["used"]
    assert "rate" in old
    assert "audit_log" not in old["resources"]
    new = session.get(url, headers={"X-GitHub-Api-Version": "2026-03-10"}).json()
    assert "rate" not in new
