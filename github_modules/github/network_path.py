"""The way to GitHub as a person has to know it: proxy, TLS, whose certificate. Sends no credential."""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from github_modules.errors import GithubUnavailableError
from github_modules.github.redaction import redact
from github_modules.github.settings import GithubSettings
from github_modules.github.transport import Transport


@dataclass(frozen=True, slots=True)
class NetworkPath:
    """How requests get there; `failure` says with its remedy that they do not."""

    way: str
    tls: str = ""
    subject: str = ""
    issuer: str = ""
    ends: str = ""
    failure: str = ""


def look(settings: GithubSettings) -> NetworkPath:
    """Make one connection, and tell what it goes through.

    Raises:
        ConfigurationError: the certificates cannot be read.
    """
    transport = Transport(settings.address, settings.proxy_url, settings.ca_certificate)
    url = settings.address.url("/meta")
    proxy = transport.proxy_for(url)
    way = f"through the proxy {redact(proxy)}" if proxy else "direct, no proxy"
    try:
        peer = transport.peer(url)
        if peer is None:
            return NetworkPath(way)
        return NetworkPath(way, *_certificate(peer))
    except GithubUnavailableError as error:
        return NetworkPath(way, failure=str(error))
    finally:
        transport.close()


def _certificate(peer: ssl.SSLSocket) -> tuple[str, str, str, str]:
    shown: dict[str, Any] = peer.getpeercert() or {}
    cipher = peer.cipher()
    return (
        f"{peer.version()} {cipher[0] if cipher else ''}".strip(),
        _name(shown.get("subject", ())),
        _name(shown.get("issuer", ())),
        str(shown.get("notAfter", "")),
    )


def _name(parts: Iterable[Iterable[tuple[str, str]]]) -> str:
    """Return the most telling names of a certificate's subject or issuer."""
    found = {key: value for part in parts for key, value in part}
    named = [found[key] for key in ("commonName", "organizationName") if key in found]
    return ", ".join(named) or "unknown"
