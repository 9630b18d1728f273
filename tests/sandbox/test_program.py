"""The program: ready line, end, clocks, TLS, GHES, proxy, storage, feeds."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import requests

from sandbox.client import Sandbox
from sandbox.config import config_from

ROOT = Path(__file__).resolve().parents[2]
NO_FEED = {"feed": {"kind": "none"}}


def start(config):
    """Start the program as a process."""
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--config", json.dumps(NO_FEED | config)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("ending", ["SIGTERM", "SIGINT", "stdin"])
def test_one_ready_line_and_a_clean_end(ending):
    """Exactly one JSON line, exit status 0, nothing on stderr."""
    process = start({"exit_with_parent": True})
    ready = json.loads(process.stdout.readline())
    assert {"github", "sekoia", "control", "s3", "app_id", "installation_id"} <= set(ready)
    if ending == "stdin":
        process.stdin.close()
        process.stdin = None
    else:
        process.send_signal(getattr(signal, ending))
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, b"", b"")


def test_end_does_not_wait_for_a_stall():
    """SIGTERM ends a request that is being stalled."""
    with Sandbox(NO_FEED) as sandbox:
        sandbox.fault("stall", seconds=60)
        host, port = sandbox.github_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /zen HTTP/1.1\r\nUser-Agent: t\r\n\r\n")
            time.sleep(0.2)
            started = time.perf_counter()
            sandbox.stop()
    assert time.perf_counter() - started < 3


def test_config_is_read_from_a_file_and_typos_are_refused(tmp_path):
    """@ names a file; an unknown key is an error."""
    path = tmp_path / "config.json"
    path.write_text(json.dumps(NO_FEED | {"org": "octo"}))
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--config", f"@{path}"], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert json.loads(process.stdout.readline())["org"] == "octo"
    process.terminate()
    process.communicate(timeout=10)
    with pytest.raises(ValueError, match="unknown settings: orgg"):
        config_from({"orgg": "x"})


def test_latency_is_the_total_time_of_an_answer():
    """Work counts: 60 ms of latency stay about 60 ms."""
    with Sandbox(NO_FEED | {"latency_ms": 60}) as sandbox, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {sandbox.token}"

        def fastest():
            times = []
            for _ in range(5):
                started = time.perf_counter()
                session.get(f"{sandbox.github_url}/zen")
                times.append(time.perf_counter() - started)
            return min(times)

        assert 0.058 < fastest() < 0.085
        sandbox.settings(latency_ms=0)
        assert fastest() < 0.03


def test_scaled_clock_drives_dates_windows_and_visibility():
    """An hour passes in two seconds."""
    anchor = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
    clock = {"anchor_real_s": time.time(), "anchor_s": anchor, "rate": 1800}
    config = NO_FEED | {"clock": clock, "rate_limit": {"audit_log": 2, "window_s": 3600}}
    with Sandbox(config) as sandbox, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {sandbox.token}"
        url = f"{sandbox.github_url}/orgs/acme/audit-log"
        sandbox.add_events([{"action": "a.b"}], visible_after_s=1800)
        first = session.get(url)
        assert first.json() == []
        date = parsedate_to_datetime(first.headers["Date"])
        assert 0 <= date.timestamp() - anchor < 7200
        assert [session.get(url).status_code for _ in range(2)] == [200, 403]
        time.sleep(2.1)
        later = session.get(url)
        assert later.json() == [{"action": "a.b"}]


def test_tls_is_trusted_through_the_ca_only(tmp_path):
    """The CA of the ready line, made at start, verifies the server by address and name."""
    with Sandbox(NO_FEED | {"tls": True}) as sandbox:
        authority = tmp_path / "ca.pem"
        authority.write_text(sandbox.ca_pem)
        assert sandbox.github_url.startswith("https://")
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(authority)
            assert session.get(f"{sandbox.github_url}/zen").status_code == 200
            by_name = sandbox.github_url.replace("127.0.0.1", "localhost")
            assert session.get(f"{by_name}/zen").status_code == 200
            sandbox.fault("reset")
            with pytest.raises(requests.ConnectionError):
                session.get(f"{sandbox.github_url}/zen")
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{sandbox.github_url}/zen", timeout=5)
        context = ssl.create_default_context(cadata=sandbox.ca_pem)
        assert context.cert_store_stats()["x509_ca"] >= 1


def test_ghes_has_a_prefix_a_version_and_no_limits():
    """Enterprise Server: /api/v3 in paths and links, no rate limit, no enterprise lookup."""
    now = int(time.time() * 1000)
    with Sandbox(NO_FEED | {"ghes": True}) as sandbox, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {sandbox.token}"
        sandbox.generate(40, now - 60_000, now - 1000)
        base = sandbox.github_url
        assert base.endswith("/api/v3")
        answer = session.get(f"{base}/orgs/acme/audit-log", params={"per_page": 10})
        assert answer.links["next"]["url"].startswith(f"{base}/organizations/80307827/audit-log?")
        assert answer.headers["X-GitHub-Enterprise-Version"] == "3.19.1"
        assert not [name for name in answer.headers if name.lower().startswith("x-ratelimit")]
        numbered = session.get(f"{base}/orgs/acme/audit-log", params={"per_page": 10, "page": 2})
        assert numbered.json() == session.get(answer.links["next"]["url"]).json()
        assert session.get(f"{base}/enterprises/acme-inc/installation").status_code == 404
        outside = base.removesuffix("/api/v3")
        assert session.get(f"{outside}/orgs/acme/audit-log").status_code == 404
        assert session.get(f"{base}/meta").json()["installed_version"] == "3.19.1"


def test_proxy_counts_and_stays_on_loopback():
    """Plain requests and tunnels pass and are counted; other hosts are refused."""
    with Sandbox(NO_FEED | {"proxy": True, "tls": True}) as sandbox:
        proxies = {"http": sandbox.proxy, "https": sandbox.proxy}
        with requests.Session() as session:
            session.trust_env = False
            session.proxies = proxies
            plain = session.get(f"{sandbox.sekoia_url}/secrets")
            assert plain.status_code == 401
            with pytest.raises(requests.exceptions.SSLError):
                session.get(f"{sandbox.github_url}/zen")
            refused = session.get("http://192.0.2.1/")
            assert refused.status_code == 403
        seen = sandbox.proxied()
        github = sandbox.github_url.removeprefix("https://")
        assert seen[f"CONNECT {github}"] == 1
        assert seen[f"GET {sandbox.sekoia_url.removeprefix('http://')}"] == 1


def test_storage_keeps_objects(tmp_path, monkeypatch):
    """The S3 endpoint works with the variables that a module gets."""
    with Sandbox(NO_FEED | {"s3": True}) as sandbox:
        values = sandbox.module_environment(tmp_path, s3=True)
        assert values["FILE_BACKEND"] == "S3"
        assert not os.path.isabs(values["SUB_FOLDER"])  # noqa: PTH117
        import boto3  # noqa: PLC0415

        client = boto3.client(
            "s3",
            endpoint_url=values["AWS_S3_ENDPOINT_URL"],
            region_name=values["AWS_DEFAULT_REGION"],
            aws_access_key_id=values["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=values["AWS_SECRET_ACCESS_KEY"],
        )
        client.put_object(Bucket=values["AWS_BUCKET_NAME"], Key="k", Body=b"v")
        body = client.get_object(Bucket=values["AWS_BUCKET_NAME"], Key="k")["Body"]
        assert body.read() == b"v"
        body.close()
        client.close()


def test_feeds_fill_the_log_before_the_ready_line(corpus):
    """The corpus with its 99 events, repeated on demand; or the generator."""
    for feed, wanted in (
        ({"kind": "corpus"}, 99),
        ({"kind": "corpus", "count": 250}, 250),
        ({"kind": "generated", "count": 500}, 500),
    ):
        with Sandbox({"feed": feed}) as sandbox:
            assert sandbox.events == wanted
            report = sandbox.report()
            assert report["visible"] == report["known"] > 80


def test_generator_stands_in_for_an_absent_corpus():
    """Without the published data the sandbox still has events."""
    with Sandbox({"corpus": "nowhere", "feed": {"kind": "corpus", "count": 30}}) as sandbox:
        assert sandbox.events == 30
