"""Whom TLS connections trust: the public authorities, or the environment's, plus the form's.

Verification cannot be switched off. Writes no files.
"""

import os
import ssl
from collections.abc import Mapping
from pathlib import Path

import certifi

from github_modules.errors import ConfigurationError

_ENVIRONMENT = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def tls_context(
    ca_certificate: str = "", environment: Mapping[str, str] = os.environ
) -> ssl.SSLContext:
    """Return a context that verifies names and certificates.

    Args:
        ca_certificate: further authorities as PEM text; empty for none.
        environment: where a bundle may be named that replaces the public authorities.

    Raises:
        ConfigurationError: a certificate or bundle cannot be read.
    """
    context = ssl.create_default_context()
    bundle = next((environment[name] for name in _ENVIRONMENT if environment.get(name)), "")
    try:
        if bundle:
            context = _only(Path(bundle))
        else:
            context.load_verify_locations(cafile=certifi.where())
    except OSError as err:
        cause = f"The file of certificates that the environment names cannot be read: {bundle}."
        remedy = f"Correct one of the variables {', '.join(_ENVIRONMENT)}, or remove it."
        raise ConfigurationError(cause, remedy=remedy) from err
    if ca_certificate:
        try:
            context.load_verify_locations(cadata=ca_certificate)
        except (ssl.SSLError, ValueError) as err:
            cause = 'The field "ca_certificate" holds no readable certificate in PEM.'
            remedy = "Paste the certificate of the authority that signs your server or proxy."
            raise ConfigurationError(cause, remedy=remedy) from err
    return context


def _only(bundle: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if bundle.is_dir():
        context.load_verify_locations(capath=str(bundle))
    else:
        context.load_verify_locations(cafile=str(bundle))
    return context
