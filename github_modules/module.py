"""The module's configuration form, and the checked settings made from it.

The form's model takes anything: a module that dies while it loads its configuration is silent on
this platform. What is wrong is said in one sentence when the settings are asked for.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sekoia_automation.module import Module

from github_modules.github.settings import DEFAULT_BASE_URL, GithubSettings, check_settings


def _field(kind: str, title: str, description: str, default: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - whatever a form holds
    return Field(
        default=default,
        title=title,
        description=description,
        json_schema_extra={"type": kind, **extra},
    )


class GithubModuleConfiguration(BaseModel):
    """The form of a connected account. Every value is taken as it comes."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    base_url: Any = _field(
        "string",
        "GitHub address",
        "Address of GitHub's API. Leave the default for github.com; api.SUBDOMAIN.ghe.com with "
        "data residency; the host of a GitHub Enterprise Server, with or without /api/v3.",
        DEFAULT_BASE_URL,
    )
    org_name: Any = _field(
        "string",
        "Organization",
        "Login of the organization (for example acme), or its address on GitHub. Needed unless an "
        "enterprise is given; with both, the audit log is the enterprise's and the organization is "
        "the default of the actions.",
        "",
    )
    enterprise: Any = _field(
        "string",
        "Enterprise",
        "Slug of the enterprise whose audit log is collected. Needs an enterprise owner's "
        "personal access token (classic) with the scope read:audit_log.",
        "",
    )
    apikey: Any = _field(
        "string",
        "Personal access token",
        "Classic with the scope read:audit_log, or fine-grained with the organization permission "
        "Administration (read). Leave empty when a GitHub App is used.",
        "",
        secret=True,
    )
    app_id: Any = _field(
        "integer",
        "GitHub App ID",
        "App ID of the GitHub App, as its settings page shows it. Used together with the private "
        "key.",
    )
    pem_file: Any = _field(
        "string",
        "GitHub App private key",
        "The whole text of the PEM file made on the App's settings page. Line breaks may be lost, "
        "and the text may be base64.",
        "",
        secret=True,
    )
    proxy_url: Any = _field(
        "string",
        "Proxy",
        "Address of an HTTP proxy for requests to GitHub (http://host:port). When empty, the "
        "usual environment variables decide.",
        "",
    )
    ca_certificate: Any = _field(
        "string",
        "Private certificate authority",
        "PEM text of the authority that signed the certificate of your GitHub Enterprise Server "
        "or of your proxy. Public authorities stay trusted.",
        "",
    )


class GithubModule(Module):
    """The module as the platform starts it."""

    # The SDK declares a property with a setter here and reads this annotation by name.
    configuration: GithubModuleConfiguration  # type: ignore[override]

    def set_secrets(self, secrets: Mapping[str, Any] | None) -> None:
        """Put resolved secrets on the configuration; only those that the manifest names.

        The platform's answer is not filtered, and one unknown key would end the process before
        it can say anything.
        """
        known = set(self.manifest_secrets())
        super().set_secrets({k: v for k, v in (secrets or {}).items() if k in known})

    def settings(self) -> GithubSettings:
        """Return the checked settings.

        Raises:
            ConfigurationError: a field of the form cannot be right; the sentence names it.
        """
        return check_settings(**self.configuration.model_dump())
