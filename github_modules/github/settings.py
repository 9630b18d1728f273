"""The checked settings of one GitHub: where, who, and with which credential.

Turns a lenient form into one value, or into one sentence about the field that is wrong. Does
not ask GitHub anything.
"""

from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack
from urllib.parse import urlsplit

from github_modules.errors import ConfigurationError
from github_modules.github.address import (
    Address,
    parse_address,
    parse_enterprise,
    parse_organization,
)
from github_modules.github.credentials import (
    Credential,
    clean_app_id,
    clean_private_key,
    clean_token,
    plain_text,
    token_kind,
)
from github_modules.github.pem import repair_certificates

DEFAULT_BASE_URL = "https://api.github.com"


class Form(TypedDict, total=False):
    """What a form may hold: anything. A missing field counts as empty."""

    base_url: object
    org_name: object
    enterprise: object
    apikey: object
    app_id: object
    pem_file: object
    proxy_url: object
    ca_certificate: object


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose audit log is read. `organization` stays known beside an enterprise, for actions."""

    kind: Literal["organization", "enterprise"]
    name: str
    organization: str = ""

    @property
    def audit_log_route(self) -> str:
        """The route of the log, as GitHub documents it.

        https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization
        """
        if self.kind == "enterprise":
            return "GET /enterprises/{enterprise}/audit-log"
        return "GET /orgs/{org}/audit-log"

    @property
    def path_variables(self) -> dict[str, str]:
        """The variables of `audit_log_route`."""
        return {"enterprise" if self.kind == "enterprise" else "org": self.name}


@dataclass(frozen=True, slots=True)
class GithubSettings:
    """One GitHub, ready to be connected to. Either `token`, or `app_id` with `private_key`."""

    address: Address
    owner: Owner
    token: str = ""
    app_id: str = ""
    private_key: str = ""
    proxy_url: str = ""
    ca_certificate: str = ""

    def __repr__(self) -> str:
        """Return the settings without any secret."""
        how = f"GitHub App {self.app_id}" if self.private_key else self.credential.value
        proxy = ", through a proxy" if self.proxy_url else ""
        return f"GithubSettings({self.address.url('')}, {self.owner}, {how}{proxy})"

    @property
    def organization(self) -> str:
        """Login of the organization that actions address by default; may be empty."""
        return self.owner.name if self.owner.kind == "organization" else self.owner.organization

    @property
    def enterprise(self) -> str:
        """Slug of the enterprise, or empty."""
        return self.owner.name if self.owner.kind == "enterprise" else ""

    @property
    def credential(self) -> Credential:
        """The kind of credential that requests will carry."""
        return Credential.INSTALLATION if self.private_key else token_kind(self.token)


def check_settings(**form: Unpack[Form]) -> GithubSettings:
    """Return the settings that a form means.

    A GitHub App (`app_id` and `pem_file`) comes before a token when both are filled in, as in
    the former module.

    Raises:
        ConfigurationError: a field cannot be right; the sentence names it.
    """
    app_id = clean_app_id(form.get("app_id"))
    private_key = clean_private_key(form.get("pem_file"))
    token = clean_token(form.get("apikey"))
    _check_credential(token, app_id, private_key)
    certificates = plain_text(form.get("ca_certificate"))
    return GithubSettings(
        address=parse_address(plain_text(form.get("base_url")) or DEFAULT_BASE_URL),
        owner=_owner(plain_text(form.get("org_name")), plain_text(form.get("enterprise"))),
        token="" if private_key else token,
        app_id=app_id if private_key else "",
        private_key=private_key,
        proxy_url=_proxy(plain_text(form.get("proxy_url"))),
        ca_certificate=repair_certificates(certificates) if certificates else "",
    )


def _check_credential(token: str, app_id: str, private_key: str) -> None:
    if private_key and not app_id:
        cause = 'The field "pem_file" holds a key, but "app_id" is empty.'
        raise ConfigurationError(cause, remedy="Enter the App ID or Client ID of the GitHub App.")
    if token or private_key:
        return
    if app_id:
        cause = 'The field "app_id" is filled in, but "pem_file" is empty.'
        raise ConfigurationError(cause, remedy="Paste the private key of the GitHub App.")
    cause = 'The fields "apikey" and "pem_file" are both empty, so there is no credential.'
    remedy = 'Fill in "apikey" with a token, or "app_id" and "pem_file" of a GitHub App.'
    raise ConfigurationError(cause, remedy=remedy)


def _owner(organization: str, enterprise: str) -> Owner:
    login = parse_organization(organization) if organization else ""
    if enterprise:
        return Owner("enterprise", parse_enterprise(enterprise), login)
    if login:
        return Owner("organization", login)
    cause = 'The fields "org_name" and "enterprise" are both empty.'
    remedy = 'Enter the organization\'s name in "org_name", as in https://github.com/NAME.'
    raise ConfigurationError(cause, remedy=remedy)


def _proxy(text: str) -> str:
    if not text:
        return ""
    url = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_usable = False
    if is_usable and not any(character.isspace() for character in url):
        return url
    cause = 'The field "proxy_url" is not the address of an HTTP proxy.'
    raise ConfigurationError(cause, remedy="Enter it as http://HOST:PORT, or leave it empty.")
