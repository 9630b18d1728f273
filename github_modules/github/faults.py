"""Why no answer came: the chain of exceptions of a failed request, in one sentence (row E40).

Pure. Reads the kinds of exceptions, and quotes only the reasons of TLS and the resolver, which
hold no secrets.
"""

import ssl
from collections.abc import Iterator

from urllib3 import exceptions as http

from github_modules.errors import GithubUnavailableError
from github_modules.github.redaction import redact

# Row by row, the first kind found anywhere in the chain decides: (kind, reason, never arrived).
_NEVER = True
_REASONS: tuple[tuple[type[BaseException], str, bool], ...] = (
    (http.ProxyError, "the proxy refused or could not be reached", _NEVER),
    (ssl.SSLCertVerificationError, "its TLS certificate is not trusted", _NEVER),
    (http.NameResolutionError, "its name is unknown (DNS)", _NEVER),
    (ConnectionRefusedError, "it refused the connection", _NEVER),
    (http.NewConnectionError, "no connection could be made", _NEVER),
    (http.ConnectTimeoutError, "no connection within the time limit", _NEVER),
    (ssl.SSLError, "the TLS connection failed", False),
    (http.SSLError, "the TLS connection failed", False),
    (http.IncompleteRead, "the answer broke off", False),
    (http.DecodeError, "the answer is damaged", False),
    (http.ReadTimeoutError, "no answer within the time limit", False),
    (TimeoutError, "no answer within the time limit", False),
    (http.ProtocolError, "the connection was cut", False),
    (ConnectionError, "the connection was cut", False),
)
_TLS_REMEDY = (
    'If a company proxy or server signs with its own authority, paste that into "ca_certificate"; '
    "the verification itself cannot be switched off."
)
_PROXY_REMEDY = 'Check "proxy_url" or the variables HTTPS_PROXY and NO_PROXY.'
_REMEDY = 'Check the network, the firewall, and "base_url" and "proxy_url".'


def explain(error: BaseException, host: str) -> GithubUnavailableError:
    """Return the error that a failed exchange with a host means."""
    chain = list(_chain(error))
    for kind, reason, never_arrived in _REASONS:
        found = next((link for link in chain if isinstance(link, kind)), None)
        if found is not None:
            return unreachable(host, reason + _detail(found), never_arrived=never_arrived)
    return unreachable(host, f"unexpected failure ({type(error).__name__})")


def reasons() -> list[str]:
    """Return every reason once, for the documentation."""
    return list(dict.fromkeys(reason for _, reason, _ in _REASONS))


def unreachable(host: str, reason: str, *, never_arrived: bool = False) -> GithubUnavailableError:
    """Return the error for a host and a reason, with the remedy that fits the reason."""
    remedy = _REMEDY
    if "certificate" in reason or "TLS" in reason:
        remedy = _TLS_REMEDY
    elif "proxy" in reason:
        remedy = _PROXY_REMEDY
    return GithubUnavailableError(
        f"No usable answer from {host}: {reason}.", remedy=remedy, never_arrived=never_arrived
    )


def _detail(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f" ({redact(error.verify_message)})"
    return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and everything it wraps, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inner = (*link.args, getattr(link, "reason", None), link.__cause__, link.__context__)
        waiting += [other for other in inner if isinstance(other, BaseException)]
