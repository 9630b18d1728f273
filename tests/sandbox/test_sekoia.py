"""The platform's side: intake limits, tally, secrets, callbacks, logs."""

import gzip
import json
import time
from pathlib import Path

import pytest
import requests


@pytest.fixture
def push(shared_sandbox):
    """Push texts to the intake."""

    def send(texts, path="/batch", key=None, **options):
        body = {"intake_key": key or shared_sandbox.intake_key, "jsons": texts}
        return requests.post(
            shared_sandbox.sekoia_url + path, data=json.dumps(body).encode(), timeout=10, **options
        )

    return send


@pytest.mark.parametrize("path", ["/batch", "/api/v1/intake-http/batch"])
def test_one_id_for_each_accepted_event(sandbox, push, path):
    """Both paths answer event_ids, all different."""
    ids = push(["{}", '{"a":1}', "text"], path).json()["event_ids"]
    assert len(set(ids)) == 3


def test_unknown_intake_key_is_refused(sandbox, push):
    """401 by default, another status as configured."""
    assert push(["{}"], key="other").status_code == 401
    sandbox.settings(unknown_intake_key_status=403)
    assert push(["{}"], key="other").status_code == 403
    sandbox.settings(unknown_intake_key_status=401)


def test_limits_are_measured_in_bytes(sandbox, push):
    """250 KiB an event and 10 MiB a body, as encoded."""
    limit = 250 * 1024
    assert len(push(["x" * limit, "x" * (limit + 1)]).json()["event_ids"]) == 1
    assert push(["é" * (limit // 2 + 1)]).status_code == 413
    text = "x" * 200_000
    assert push([text] * 52).status_code == 200
    assert push([text] * 53).status_code == 413


def test_gzip_bodies_are_read_and_broken_ones_refused(sandbox):
    """Content-Encoding: gzip is accepted."""
    body = json.dumps({"intake_key": sandbox.intake_key, "jsons": ["{}"]}).encode()
    url, headers = f"{sandbox.sekoia_url}/batch", {"Content-Encoding": "gzip"}
    answer = requests.post(url, data=gzip.compress(body), headers=headers, timeout=10)
    assert len(answer.json()["event_ids"]) == 1
    assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 422


def test_platform_wants_its_token(sandbox, session):
    """GitHub's token is none of the platform's."""
    assert session.get(f"{sandbox.sekoia_url}/secrets").status_code == 401


def test_secrets_callbacks_and_logs(sandbox):
    """Secrets are served, callbacks and logs recorded in order, one finish only."""
    sandbox.settings(secrets={"apikey": "a"})
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {sandbox.platform_token}"
        base = sandbox.sekoia_url
        secrets = session.get(f"{base}/secrets").json()
        assert secrets == {"value": {"apikey": "a"}, "node_value": None}
        running = session.patch(
            f"{base}/callback", json={"status": "running", "need_secrets": True}
        )
        assert running.json() == {"module_configuration": {"value": {"apikey": "a"}}}
        statuses = [
            session.patch(f"{base}/callback", json={"status": "finished"}).status_code
            for _ in range(2)
        ]
        assert statuses == [200, 409]
        session.post(f"{base}/logs", json={"logs": [{"level": "info", "message": "hello"}]})
        session.post(f"{base}/callback", json={"name": "n", "event": {}, "request_id": "r"})
    assert sandbox.logs()[-1]["message"] == "hello"
    assert [call["method"] for call in sandbox.callbacks()][-3:] == ["PATCH", "PATCH", "POST"]


def collect(sandbox, session, log_url):
    """Return the log's events as a collector might serialise them."""
    events = session.get(log_url, params={"include": "all", "per_page": 100}).json()
    return [json.dumps(event, ensure_ascii=True, indent=1) for event in events]


def test_report_compares_what_was_shown_with_what_arrived(sandbox, session, log_url, push):
    """Order of keys and spaces do not matter; changed and unseen events are unknown."""
    now = int(time.time() * 1000)
    sandbox.generate(20, now - 60_000, now - 1000, git_share=0)
    texts = collect(sandbox, session, log_url)
    report = sandbox.report()
    assert (report["shown"], report["visible"], report["lost"]) == (20, 20, 20)
    push(texts[:15])
    push(texts[10:15])
    changed = json.loads(texts[15]) | {"actor": "nobody"}
    push([json.dumps(changed), '{"never":"served"}'])
    report = sandbox.report()
    assert report["forwarded"] == 15
    assert report["repeated"] == 5
    assert report["unknown"] == 2
    assert report["lost"] == 5
    assert len(sandbox.forwarded_events(limit=3)) == 3


def test_event_cut_to_size_is_known_by_its_document_id(sandbox, session, log_url, push):
    """A truncated event says so in itself and is neither lost nor unknown."""
    sandbox.add_events([{"action": "a.b", "_document_id": "big", "x": "y" * 300_000}])
    assert len(collect(sandbox, session, log_url)) == 1
    push(['{"action":"a.b","_document_id":"big","x":"y","_truncated":["x"]}'])
    report = sandbox.report()
    assert (report["forwarded"], report["unknown"], report["truncated"]) == (1, 0, 1)


def test_unshown_events_cannot_have_been_forwarded(sandbox, push):
    """An event that no page has shown yet is unknown at the intake."""
    event = {"action": "a.b", "_document_id": "hidden"}
    sandbox.add_events([event], visible_after_s=60)
    push([json.dumps(event)])
    assert sandbox.report()["unknown"] == 1


def test_late_events_and_lag_are_measured(sandbox, session, log_url, push):
    """Late means younger ones were delivered before it could be seen."""
    now = int(time.time() * 1000)
    first = {"action": "a.b", "@timestamp": now, "_document_id": "young"}
    late = {"action": "a.b", "@timestamp": now - 60_000, "_document_id": "late"}
    sandbox.add_events([first])
    sandbox.add_events([late], visible_after_s=1)
    push(collect(sandbox, session, log_url))
    time.sleep(1.05)
    push(collect(sandbox, session, log_url)[-1:])
    report = sandbox.wait_until(lambda found: found["forwarded"] == 2)
    assert report["late"] == 1
    assert report["lost"] == 0
    assert 0 < report["lag_p50_s"] < 1


def test_twins_without_an_id_are_no_repetition(sandbox, session, log_url, push):
    """Equal events are legitimate as often as they were added."""
    twin = {"action": "git.fetch", "@timestamp": int(time.time() * 1000) - 5}
    sandbox.add_events([twin, twin])
    texts = collect(sandbox, session, log_url)
    push(texts)
    assert sandbox.report()["repeated"] == 0
    push(texts[:1])
    assert sandbox.report()["repeated"] == 1


def test_wait_until_gives_up_with_the_last_report(sandbox):
    """A time-out shows what was reached."""
    with pytest.raises(TimeoutError, match="forwarded"):
        sandbox.wait_until(lambda report: report["forwarded"] > 0, timeout_s=0.1)


def test_module_environment_holds_placeholders(sandbox, tmp_path):
    """Secrets are served, never put into the environment."""
    values = sandbox.module_environment(tmp_path, connector={"frequency": 1}, ENVIRONMENT="test")
    module = json.loads(values["MODULE_CONFIGURATION"])
    connector = json.loads(values["CONNECTOR_CONFIGURATION"])
    assert module["base_url"] == sandbox.github_url
    assert module["apikey"] == "<apikey>"
    assert connector["frequency"] == 1
    assert connector["intake_key"] == sandbox.intake_key
    assert values["URL_CALLBACK"] == f"{sandbox.sekoia_url}/callback"
    assert values["SUB_FOLDER"] == str(tmp_path)
    assert values["ENVIRONMENT"] == "test"
    assert sandbox.token not in "".join(values.values())
    assert values["LIVENESS_PORT"] != values["METRICS_PORT"]


def test_module_ports_are_not_those_of_outgoing_connections(sandbox, tmp_path):
    """A connection that takes a killed module's port would keep it from starting again."""
    first_outgoing = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    values = sandbox.module_environment(tmp_path)
    assert int(values["LIVENESS_PORT"]) < first_outgoing
    assert int(values["METRICS_PORT"]) < first_outgoing
