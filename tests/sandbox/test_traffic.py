"""Many clients at once, kept connections, and the journal's discretion."""

import time
from concurrent.futures import ThreadPoolExecutor

import requests


def test_parallel_clients_get_whole_answers_and_are_all_counted(sandbox, log_url):
    """Eight threads, each with its connection, read while events are added."""
    now = int(time.time() * 1000)
    sandbox.generate(500, now - 60_000, now - 1000)
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    before = sandbox.report()["audit_requests"]

    def read(number):
        with requests.Session() as session:
            session.trust_env = False
            for turn in range(10):
                sandbox.add_events([{"action": "a.b", "_document_id": f"{number}-{turn}"}])
                params = {"include": "all", "per_page": 100}
                answer = session.get(log_url, headers=headers, params=params)
                assert len(answer.json()) == 100
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(8)))
    report = sandbox.report()
    assert report["audit_requests"] == before + 80
    assert report["visible"] == 580
    assert sandbox.request_count("github", "audit-log$") >= 80


def test_journal_never_holds_a_token(sandbox, session, log_url):
    """Prefix and eight digits of a hash are enough to tell credentials apart."""
    session.get(log_url, headers={"User-Agent": "collector/1"})
    row = sandbox.requests("github")[-1]
    assert row["credential"].startswith("ghp_")
    assert len(row["credential"]) == 12
    assert row["user_agent"] == "collector/1"
    assert (row["method"], row["path"], row["status"]) == ("GET", "/orgs/acme/audit-log", 200)
    assert abs(row["at_real"] - time.time()) < 5
    assert sandbox.token not in str(sandbox.requests())


def test_a_page_of_100_events_is_cheap(sandbox, session, log_url):
    """A page stays far below what it would take to serialise it."""
    now = int(time.time() * 1000)
    sandbox.generate(20_000, now - 3_600_000, now - 1000)
    times = []
    for _ in range(20):
        started = time.perf_counter()
        session.get(log_url, params={"include": "all", "per_page": 100})
        times.append(time.perf_counter() - started)
    assert min(times) < 0.02
