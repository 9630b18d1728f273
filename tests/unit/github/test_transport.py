"""One request over real sockets: TLS, proxies, torn and endless bodies."""

import gzip
import ssl
from pathlib import Path

import pytest

from github_modules.errors import GithubUnavailableError
from github_modules.github import transport as module
from github_modules.github.address import parse_address
from github_modules.github.transport import Transport
from tests.fakes import FakeClock
from tests.unit.github.certificates import authority, chain_file
from tests.unit.github.loopback import http, loopback

HEADERS = {"Authorization": "Bearer ghp_octo", "User-Agent": "octo"}
GONE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch, tmp_path):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def connect():
    """Return transports to a loopback port, closed at the end."""
    made = []

    def to(port, scheme="http", **more):
        made.append(Transport(parse_address(f"{scheme}://127.0.0.1:{port}"), **more))
        return made[-1]

    yield to
    for transport in made:
        transport.close()


def test_an_answer_comes_back_whatever_its_status(connect):
    """Status, headers in any case, the whole body; gzip is undone."""
    body = gzip.compress(b'{"a": 1}')
    with loopback(http("404 Not Found", body, Content_Encoding="gzip", X_Odd="1")) as server:
        answer = connect(server.port).send("GET", f"http://127.0.0.1:{server.port}/x", HEADERS)
    assert (answer.status, answer.header("x-odd"), answer.json()) == (404, "1", {"a": 1})
    assert "Authorization: Bearer ghp_octo" in server.requests[0]
    assert "Accept-Encoding: gzip" in server.requests[0]


def test_a_url_without_params_is_sent_verbatim(connect):
    """Escapes of a cursor stay as GitHub wrote them."""
    path = "/organizations/1/audit-log?phrase=a%2Db&after=MS4%3D%3D&before=&x=~"
    with loopback(http("200 OK", b"[]")) as server:
        url = f"http://127.0.0.1:{server.port}{path}"
        assert connect(server.port).send("GET", url, HEADERS).url == url
    assert f"GET {path} HTTP/1.1" in server.requests[0]


def test_params_and_a_body_are_added(connect):
    """For those who do not build the URL themselves."""
    with loopback(http("201 Created")) as server:
        url = f"http://127.0.0.1:{server.port}/x"
        connect(server.port).send("POST", url, HEADERS, params={"a": "b"}, json={"c": 1})
    assert "POST /x?a=b HTTP/1.1" in server.requests[0]
    assert "Content-Type: application/json" in server.requests[0]


def test_connections_are_kept(connect):
    """A handshake for each page would cost more than the page."""
    with loopback(*[http("200 OK", b"[]")] * 3) as server:
        transport = connect(server.port)
        for _ in range(3):
            transport.send("GET", f"http://127.0.0.1:{server.port}/x", HEADERS)
    assert (server.connections, len(server.requests)) == (1, 3)


def test_redirects_are_not_followed_and_cookies_not_kept(connect):
    """Both would be decided behind our back."""
    answer = http("302 Found", Location=f"{GONE}/x", Set_Cookie="a=b")
    with loopback(answer, answer) as server:
        transport = connect(server.port)
        for _ in range(2):
            got = transport.send("GET", f"http://127.0.0.1:{server.port}/x", HEADERS)
            assert (got.status, got.header("location")) == (302, f"{GONE}/x")
    assert "Cookie" not in server.requests[1]


def test_netrc_never_replaces_our_credential(connect, tmp_path, monkeypatch):
    """The library would read it for every host it names."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login octo password hush\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with loopback(http("200 OK")) as server:
        connect(server.port).send("GET", f"http://127.0.0.1:{server.port}/x", HEADERS)
    assert "Authorization: Bearer ghp_octo" in server.requests[0]


def send_failing(transport, port, scheme="http"):
    with pytest.raises(GithubUnavailableError) as failed:
        transport.send("GET", f"{scheme}://127.0.0.1:{port}/x", HEADERS)
    assert "ghp_octo" not in str(failed.value)
    return failed.value


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1, 2<cut>", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1, 2<cut>", "cut|broke off"),
        (b"<cut>", "was cut"),
        (b"nonsense\r\n\r\n<cut>", "was cut"),
        (http("200 OK", b"no gzip", Content_Encoding="gzip"), "damaged"),
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(connect, answer, reason):
    """Shorter than announced, cut in a chunk, before a word, or not decodable."""
    with loopback(answer) as server:
        error = send_failing(connect(server.port), server.port)
    assert any(word in error.cause for word in reason.split("|"))
    assert not error.never_arrived


def test_a_refused_connection_surely_never_arrived(connect):
    """So that a write may be sent again."""
    with loopback(http("200 OK")) as server:
        port = server.port
    assert send_failing(connect(port), port).never_arrived


def test_a_body_over_the_limit_is_refused(connect, monkeypatch):
    """Nothing may fill the memory."""
    monkeypatch.setattr(module, "LARGEST_BODY_BYTES", 10)
    with loopback(http("200 OK", b"[1, 2, 3, 4]")) as server:
        assert "larger than 10 bytes" in send_failing(connect(server.port), server.port).cause


def test_a_body_that_drips_meets_the_total_limit(connect):
    """Each piece comes in time, the whole does not."""

    class Hurried(FakeClock):
        """A clock that moves a minute with each look."""

        def monotonic_s(self):
            self.advance(60.0)
            return super().monotonic_s()

    with loopback(http("200 OK", b"[1]")) as server:
        transport = connect(server.port, clock=Hurried(), total_timeout_s=30.0)
        assert "took longer than 30.0 s" in send_failing(transport, server.port).cause


def test_a_silent_server_meets_the_read_limit(connect):
    """Nothing waits for ever."""
    with loopback(b"", b"") as server:
        url = f"http://127.0.0.1:{server.port}/x"
        transport = connect(server.port)
        with pytest.raises(GithubUnavailableError, match="no answer within"):
            transport.send("GET", url, HEADERS, timeout=0.05)


@pytest.fixture
def server_context(tmp_path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain_file(tmp_path))
    return context


def test_an_unknown_certificate_is_refused_before_anything_is_sent(connect, server_context):
    """And the remedy names the field."""
    with loopback(http("200 OK"), context=server_context) as server:
        error = send_failing(connect(server.port, "https"), server.port, "https")
        assert server.requests == []
    assert "certificate is not trusted" in error.cause
    assert "ca_certificate" in error.remedy
    assert error.never_arrived


def test_the_forms_authority_is_trusted(connect, server_context):
    """Without a file, beside the public ones."""
    with loopback(http("200 OK", b"[]"), context=server_context) as server:
        transport = connect(server.port, "https", ca_certificate=authority())
        answer = transport.send("GET", f"https://127.0.0.1:{server.port}/x", HEADERS)
    assert answer.json() == []


def test_the_environments_authority_is_trusted(connect, server_context, tmp_path, monkeypatch):
    """As companies set it for every program."""
    path = tmp_path / "ca.pem"
    path.write_text(authority())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    with loopback(http("200 OK", b"[]"), context=server_context) as server:
        transport = connect(server.port, "https")
        assert transport.send("GET", f"https://127.0.0.1:{server.port}/x", HEADERS).json() == []


def test_the_forms_proxy_is_used(connect, monkeypatch):
    """Whatever the environment says."""
    monkeypatch.setenv("NO_PROXY", "*")
    with loopback(http("200 OK", b"[]")) as proxy:
        transport = connect(9, proxy_url=f"http://octo:hush@127.0.0.1:{proxy.port}")
        transport.send("GET", "http://acme.test/x", HEADERS)
    assert "GET http://acme.test/x HTTP/1.1" in proxy.requests[0]
    assert "Proxy-Authorization: Basic" in proxy.requests[0]


def test_the_environments_proxy_is_used_but_for_its_exceptions(connect, monkeypatch):
    """HTTP_PROXY and NO_PROXY, read once for each host."""
    with loopback(http("200 OK"), http("200 OK")) as proxy, loopback(http("200 OK")) as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        transport = connect(server.port)
        transport.send("GET", "http://acme.test/x", HEADERS)
        transport.send("GET", "http://acme.test/y", HEADERS)
        transport.send("GET", f"http://127.0.0.1:{server.port}/z", HEADERS)
    assert (len(proxy.requests), len(server.requests)) == (2, 1)


def test_a_proxy_that_refuses_is_named_without_its_password(connect):
    """407 to a tunnel, or nobody there."""
    with loopback(http("407 Proxy Authentication Required")) as proxy:
        transport = connect(9, "https", proxy_url=f"http://octo:hush@127.0.0.1:{proxy.port}")
        error = send_failing(transport, 9, "https")
    assert "CONNECT 127.0.0.1:9" in proxy.requests[0]
    assert "ghp_octo" not in proxy.requests[0]
    assert "proxy refused" in error.cause
    assert "hush" not in str(error)
    assert error.never_arrived


def test_a_url_that_is_none_is_an_error_of_ours(connect):
    """Every failure has the same shape."""
    with pytest.raises(GithubUnavailableError, match="unexpected failure"):
        connect(9).send("GET", "http:///x", HEADERS)
