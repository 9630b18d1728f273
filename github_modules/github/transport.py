"""The one file that speaks HTTP: one session, TLS, proxies, time limits, size limit.

Sends one request and returns one answer, whatever its status. Does not retry, does not follow
redirects, knows no credential.
"""

import os
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from requests.utils import get_environ_proxies, select_proxy

from github_modules.clock import Clock
from github_modules.github.address import Address
from github_modules.github.faults import explain, unreachable
from github_modules.github.response import Answer
from github_modules.github.trust import tls_context

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 30.0
TOTAL_TIMEOUT_S = 120.0
LARGEST_BODY_BYTES = 64 * 1024 * 1024
_POOL_SIZE = 10
_CHUNK_BYTES = 256 * 1024
_ENCODING = {"Accept-Encoding": "gzip"}
"""A page shrinks to about a tenth."""


class _TlsAdapter(HTTPAdapter):
    """Verifies with our own context only, to the server and to a proxy that speaks TLS."""

    def __init__(self, ca_certificate: str) -> None:
        self._context = tls_context(ca_certificate)
        super().__init__(pool_connections=_POOL_SIZE, pool_maxsize=_POOL_SIZE, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as inherited
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401 - as inherited
        context = self._context
        return super().proxy_manager_for(
            proxy, ssl_context=context, proxy_ssl_context=context, **kwargs
        )

    def cert_verify(self, conn: Any, *_args: Any) -> None:  # noqa: ANN401 - as inherited
        # The inherited method would load a bundle of its own into the context each time.
        conn.cert_reqs = "CERT_REQUIRED"


class Transport:
    """Connections to one GitHub, kept alive and shared among threads.

    Args:
        address: the API; its host is named in texts.
        proxy_url: comes before the environment's HTTPS_PROXY and NO_PROXY when given.
        ca_certificate: further trusted authorities as PEM text.
        clock: measures the total time of a request; None for no total limit.

    Raises:
        ConfigurationError: the certificates cannot be read.
    """

    def __init__(
        self,
        address: Address,
        proxy_url: str = "",
        ca_certificate: str = "",
        *,
        clock: Clock | None = None,
        total_timeout_s: float = TOTAL_TIMEOUT_S,
    ) -> None:
        self._address = address
        self._proxy_url = proxy_url
        self._clock = clock
        self._total_timeout_s = total_timeout_s
        self._proxies: dict[str, dict[str, str]] = {}
        self._session = requests.Session()
        # Otherwise .netrc would replace our Authorization, and the environment is read below.
        self._session.trust_env = False
        self._session.cookies = _NoCookies()
        self._session.mount("https://", _TlsAdapter(ca_certificate))
        self._session.mount("http://", HTTPAdapter(_POOL_SIZE, _POOL_SIZE, max_retries=0))

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        *,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        timeout: float = READ_TIMEOUT_S,
    ) -> Answer:
        """Send one request and return its answer with the whole body.

        Args:
            method: the HTTP method.
            url: sent verbatim when there are no params.
            headers: all headers, the credential included.
            params: further query parameters.
            json: the body as JSON values; None for no body.
            timeout: seconds until the first byte and between two pieces of the body.

        Raises:
            GithubUnavailableError: no complete answer; `never_arrived` tells whether the
                request surely did not reach GitHub.
        """
        host = urlsplit(url).hostname or self._address.host
        deadline_s = self._clock.monotonic_s() + self._total_timeout_s if self._clock else None
        try:
            prepared = self._prepared(method, url, headers, params, json)
            response = self._session.send(
                prepared,
                stream=True,
                verify=True,
                allow_redirects=False,
                timeout=(CONNECT_TIMEOUT_S, timeout),
                proxies=self._proxies_for(url),
            )
            with response:
                body = self._read(response.raw, deadline_s, host)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as err:
            raise explain(err, host) from None  # their texts hold URLs, proxies' passwords too
        return Answer(response.status_code, response.headers, body, prepared.url or url)

    def proxy_for(self, url: str) -> str:
        """Return the proxy that requests to a URL go through; empty for none."""
        return select_proxy(url, self._proxies_for(url)) or ""

    def peer(self, url: str) -> ssl.SSLSocket | None:
        """Return the connection that a request to a URL was made on, None without TLS.

        Raises:
            GithubUnavailableError: there is none.
        """
        try:
            response = self._session.send(
                self._prepared("GET", url, {}, None, None),
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
                proxies=self._proxies_for(url),
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as err:
            raise explain(err, self._address.host) from None
        # Until the body is read, the answer holds its connection.
        socket = getattr(response.raw.connection, "sock", None)
        return socket if isinstance(socket, ssl.SSLSocket) else None

    def close(self) -> None:
        """Close every kept connection."""
        self._session.close()

    def _prepared(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, Any] | None,
        json: object,
    ) -> requests.PreparedRequest:
        """Return the request as it will be sent, without the session's search for defaults.

        It has none that matter, and the search takes longer than the rest of the sending.
        """
        prepared = requests.PreparedRequest()
        prepared.prepare_method(method)
        if params:
            prepared.prepare_url(url, params)
        else:
            prepared.url = url  # the library would write escapes and dots its own way
        prepared.prepare_headers(_ENCODING | dict(headers))
        prepared.prepare_cookies(_NO_COOKIES)
        prepared.prepare_body(None, None, json)
        return prepared

    def _proxies_for(self, url: str) -> dict[str, str]:
        """Return the proxies for a URL; the environment is read once for each host."""
        if self._proxy_url:
            return {"http": self._proxy_url, "https": self._proxy_url}
        origin = "/".join(url.split("/", 3)[:3])
        if origin not in self._proxies:
            self._proxies[origin] = get_environ_proxies(url, no_proxy=os.environ.get("NO_PROXY"))
        return self._proxies[origin]

    def _read(self, raw: urllib3.HTTPResponse, deadline_s: float | None, host: str) -> bytes:
        """Return the body. Reads what is there, so that a slow drip meets the total limit."""
        pieces: list[bytes] = []
        size_bytes = 0
        while piece := raw.read1(_CHUNK_BYTES, decode_content=True):
            pieces.append(piece)
            size_bytes += len(piece)
            if size_bytes > LARGEST_BODY_BYTES:
                raise unreachable(host, f"the answer is larger than {LARGEST_BODY_BYTES} bytes")
            if deadline_s is not None and self._clock and self._clock.monotonic_s() > deadline_s:
                raise unreachable(host, f"the answer took longer than {self._total_timeout_s} s")
        return b"".join(pieces)


class _NoCookies(RequestsCookieJar):
    """Keeps nothing: threads share the session, and the API needs no cookies."""

    def extract_cookies(self, *_args: Any) -> None:  # noqa: ANN401 - as inherited
        return


_NO_COOKIES = _NoCookies()
