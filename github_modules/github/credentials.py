"""What kind of credential a text is, and how to mend what a form did to it.

Judges a token by its prefix only, never by length or alphabet: GitHub changes both.
https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
"""

import re
from enum import StrEnum

from github_modules.errors import ConfigurationError
from github_modules.github.pem import holds_pem, repair_pem

__all__ = [
    "Credential",
    "clean_app_id",
    "clean_private_key",
    "clean_token",
    "plain_text",
    "repair_pem",
    "token_kind",
]


class Credential(StrEnum):
    """Kinds of credential, in words that fit into a sentence."""

    NONE = "no credential"
    CLASSIC = "personal access token (classic)"
    FINE_GRAINED = "fine-grained personal access token"
    OAUTH = "OAuth app token"
    USER = "GitHub App user token"
    INSTALLATION = "GitHub App installation token"
    APP = "GitHub App JSON web token"


_KINDS = {
    "ghp_": Credential.CLASSIC,
    "github_pat_": Credential.FINE_GRAINED,
    "gho_": Credential.OAUTH,
    "ghu_": Credential.USER,
    "ghs_": Credential.INSTALLATION,
}
_REFRESH = "ghr_"
_PREFIXES = (*_KINDS, _REFRESH)
_SCHEME = re.compile(r"^(?:authorization\s*:\s*)?(?:bearer|token)\s+", re.IGNORECASE)
_APP_ID = re.compile(r"\d{1,20}|Iv\d+[.A-Za-z0-9]+")
_WRAPPING = "\"'`\u2018\u2019\u201c\u201d\u200b\ufeff \t\r\n"


def plain_text(value: object) -> str:
    """Return what a form holds as text without surrounding quotes, spaces and line breaks."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().strip(_WRAPPING)


def token_kind(token: str) -> Credential:
    """Return the kind by prefix; the old tokens of 40 digits have none and count as classic."""
    for prefix, kind in _KINDS.items():
        if token.startswith(prefix):
            return kind
    return Credential.CLASSIC


def clean_token(value: object) -> str:
    """Return the token without what a copy brings along; empty if the field is empty.

    Raises:
        ConfigurationError: the text cannot be an API token.
    """
    text = plain_text(value)
    if holds_pem(text):
        cause = 'The field "apikey" holds a private key, not a token.'
        remedy = 'Put the key into "pem_file" and the id of its GitHub App into "app_id".'
        raise ConfigurationError(cause, remedy=remedy)
    token = re.sub(r"[\r\n]+", "", _SCHEME.sub("", text)).strip(_WRAPPING)
    if token.startswith(_REFRESH):
        cause = 'The field "apikey" holds a refresh token (ghr_), which the API does not accept.'
        remedy = "Use a personal access token, or a GitHub App with its private key."
        raise ConfigurationError(cause, remedy=remedy)
    if not re.fullmatch(r"[\x21-\x7e]*", token):
        cause = 'The field "apikey" holds spaces or characters that no token has.'
        remedy = "Copy the token again from GitHub, without the text around it."
        raise ConfigurationError(cause, remedy=remedy)
    return token


def clean_app_id(value: object) -> str:
    """Return the App id (a number) or client id (Iv…) as text; empty if the field is empty.

    Raises:
        ConfigurationError: the text is neither.
    """
    text = plain_text(value)
    if not text or _APP_ID.fullmatch(text):
        return text
    held = "a private key" if holds_pem(text) else "something else"
    cause = f'The field "app_id" holds {held}, not the id of a GitHub App.'
    remedy = (
        "Enter the App ID (a number) or the Client ID (starts with Iv) that the page General of "
        "the App's settings shows."
    )
    raise ConfigurationError(cause, remedy=remedy)


def clean_private_key(value: object) -> str:
    """Return the App's key as a PEM that libraries read; empty if the field is empty.

    Raises:
        ConfigurationError: the text is not a usable RSA private key; the sentence says why.
    """
    text = plain_text(value)
    if text.startswith(_PREFIXES):
        cause = 'The field "pem_file" holds a token, not a private key.'
        remedy = 'Put the token into "apikey" and leave "pem_file" empty.'
        raise ConfigurationError(cause, remedy=remedy)
    return repair_pem(text) if text else ""
