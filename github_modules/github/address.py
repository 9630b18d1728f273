"""Where GitHub is, who is asked about, and which URLs belong to it.

Pure: parses what people type, and decides whether a URL may be given the token.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote, urlsplit

from github_modules.errors import ConfigurationError

_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.\-]*)://"
    r"(?P<host>[a-z0-9_.\-]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?"
    r"(?P<path>/[^\s?#\\]*)?(?:[?#][^\s\\]*)?",
    re.IGNORECASE | re.ASCII,
)
_DEFAULT_PORTS = {"https": 443, "http": 80}
_SERVER_PREFIX = "/api/v3"
_DATA_RESIDENCY = ".ghe.com"
# Alphanumeric and single hyphens, 39 at most; managed users have one underscore and a short code.
# https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
_LOGIN = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:_[A-Za-z0-9]+)?")
_EXAMPLES = "https://api.github.com, https://api.SUBDOMAIN.ghe.com or https://HOST/api/v3"


@dataclass(frozen=True, slots=True)
class Address:
    """The root of one REST API: https://api.github.com, or a server with its path prefix."""

    scheme: str
    host: str
    port: int
    prefix: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def is_server(self) -> bool:
        """Whether this is GitHub Enterprise Server (REST under /api/v3)."""
        return self.prefix.endswith(_SERVER_PREFIX)

    def url(self, path: str) -> str:
        """Return the whole URL of an already encoded path that starts with a slash."""
        return f"{self.origin}{self.prefix}{path}"

    def contains(self, url: str) -> bool:
        """Return whether the token may be sent to this URL.

        Scheme, host, port and path prefix must all be the same; whatever two parsers could read
        differently (userinfo, backslashes, dot segments, control characters) is refused.
        """
        found = _URL.fullmatch(url)
        if not found:
            return False
        place = _place(found)
        path = unquote(found["path"] or "")
        if place != (self.scheme, self.host, self.port) or "\\" in path:
            return False
        segments = path.split("/")
        return not {".", ".."}.intersection(segments) and path.startswith(f"{self.prefix}/")


def parse_address(text: str) -> Address:
    """Return the API's address from what people type: with or without scheme, slash, /api/v3.

    Raises:
        ConfigurationError: it is not an address, or a token would travel in clear text.
    """
    typed = text.strip()
    found = _URL.fullmatch(typed if "://" in typed else f"https://{typed}")
    scheme, host, port = _place(found) if found else ("", "", 0)
    if not found or not host or scheme not in _DEFAULT_PORTS:
        cause = 'The field "base_url" is not an address of a GitHub API.'
        raise ConfigurationError(cause, remedy=f"Enter {_EXAMPLES}.")
    if port not in range(1, 65_536):
        cause = f'The field "base_url" names the port {port}, which does not exist.'
        raise ConfigurationError(cause, remedy=f"Enter {_EXAMPLES}.")
    if scheme == "http" and not _is_loopback(host):
        cause = f'The field "base_url" would send the token to {host} in clear text.'
        raise ConfigurationError(cause, remedy="Start the address with https://.")
    return _known_address(scheme, host, port, (found["path"] or "").rstrip("/"))


def parse_organization(text: str) -> str:
    """Return the login of an organization from a login, @login or a URL of its pages.

    Raises:
        ConfigurationError: the text cannot be a login.
    """
    return _login(text, field="org_name", shelf="orgs", longest=39)


def parse_enterprise(text: str) -> str:
    """Return the slug of an enterprise from a slug or a URL of its pages.

    Raises:
        ConfigurationError: the text cannot be a slug.
    """
    return _login(text, field="enterprise", shelf="enterprises", longest=100)


def _place(found: re.Match[str]) -> tuple[str, str, int]:
    scheme = found["scheme"].lower()
    host = found["host"].lower()
    if host.startswith("["):
        try:
            host = str(IPv6Address(host[1:-1]))
        except ValueError:
            host = ""  # equal to no address
    return scheme, host, int(found["port"] or _DEFAULT_PORTS.get(scheme, 0))


def _known_address(scheme: str, host: str, port: int, path: str) -> Address:
    if host in {"github.com", "www.github.com", "api.github.com"}:
        return Address(scheme, "api.github.com", port)
    if host.endswith(_DATA_RESIDENCY):
        subdomain = host.removesuffix(_DATA_RESIDENCY).removeprefix("api.").removeprefix("www.")
        return Address(scheme, f"api.{subdomain}{_DATA_RESIDENCY}", port)
    if _is_loopback(host):  # a stand-in on this machine: it says itself where its root is
        return Address(scheme, host, port, path)
    if path.lower().endswith(_SERVER_PREFIX):  # also behind a reverse proxy's own folder
        return Address(scheme, host, port, path[: -len(_SERVER_PREFIX)] + _SERVER_PREFIX)
    if path.lower() in {"", "/api"}:
        return Address(scheme, host, port, _SERVER_PREFIX)
    cause = f'The field "base_url" has a path ({path}) that no GitHub API has.'
    raise ConfigurationError(cause, remedy=f"Enter {_EXAMPLES}.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _login(text: str, *, field: str, shelf: str, longest: int) -> str:
    typed = text.strip().removeprefix("@").rstrip("/")
    name = _name_in_url(typed, shelf) if "/" in typed else typed
    if len(name) <= longest and _LOGIN.fullmatch(name):
        return name
    cause = f'The field "{field}" does not hold a name as GitHub writes it.'
    remedy = (
        f"Enter the name as it stands in the address https://github.com/{shelf}/NAME: letters, "
        f"digits and single hyphens, {longest} at most."
    )
    raise ConfigurationError(cause, remedy=remedy)


def _name_in_url(typed: str, shelf: str) -> str:
    """Return the name from HOST/NAME/..., HOST/SHELF/NAME/... or SHELF/NAME; else nothing."""
    parts = [part for part in urlsplit(f"//{typed.rpartition('://')[2]}").path.split("/") if part]
    host = typed.rpartition("://")[2].split("/")[0]
    if host == shelf:
        return parts[0]
    if "." not in host and not _is_loopback(host.partition(":")[0]) and "://" not in typed:
        return ""  # acme/widgets is a repository
    if parts[:1] == [shelf]:
        parts = parts[1:]
    return parts[0] if parts else ""
