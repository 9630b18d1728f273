"""Whom TLS trusts."""

import ssl

import pytest

from github_modules.errors import ConfigurationError
from github_modules.github.trust import tls_context
from tests.unit.github.certificates import authority

NAMES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"]


def subjects(context):
    return str(context.get_ca_certs())


def test_the_public_authorities_are_trusted_and_names_are_checked():
    """The default of every client."""
    context = tls_context("", {})
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert len(context.get_ca_certs()) > 50


def test_an_authority_of_the_form_is_added():
    """The public ones stay."""
    context = tls_context(authority(), {})
    assert "acme test authority" in subjects(context)
    assert len(context.get_ca_certs()) > 50


@pytest.mark.parametrize("name", NAMES)
def test_a_bundle_of_the_environment_replaces_the_public_ones(name, tmp_path):
    """As it does for other programs."""
    path = tmp_path / "bundle.pem"
    path.write_text(authority())
    context = tls_context("", {name: str(path)})
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert len(context.get_ca_certs()) == 1


def test_a_bundle_may_be_a_folder(tmp_path):
    """Authorities are then looked up by their hash."""
    assert tls_context("", {NAMES[0]: str(tmp_path)}).check_hostname


def test_a_bundle_that_cannot_be_read_is_named(tmp_path):
    """Path and variable."""
    with pytest.raises(ConfigurationError, match=r"missing\.pem") as refused:
        tls_context("", {NAMES[1]: str(tmp_path / "missing.pem")})
    assert NAMES[1] in refused.value.remedy


def test_an_unreadable_authority_of_the_form_is_refused():
    """With the field named."""
    with pytest.raises(ConfigurationError, match="ca_certificate"):
        tls_context("nonsense", {})
