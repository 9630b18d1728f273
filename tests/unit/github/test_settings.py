"""A form becomes one checked value, or one sentence."""

import pytest

from github_modules.errors import ConfigurationError
from github_modules.github.address import Address
from github_modules.github.credentials import Credential
from github_modules.github.settings import GithubSettings, Owner, check_settings
from tests.unit.github.certificates import authority
from tests.unit.github.keys import pkcs1


def test_the_shortest_form_reads_an_organization_on_github_com():
    """The address has a default; the rest may be missing."""
    settings = check_settings(org_name="acme", apikey="ghp_octo")
    assert settings == GithubSettings(
        Address("https", "api.github.com", 443), Owner("organization", "acme"), token="ghp_octo"
    )
    assert (
        settings.organization,
        settings.enterprise,
        settings.credential,
    ) == ("acme", "", Credential.CLASSIC)


def test_an_enterprise_is_read_and_the_organization_stays_for_actions():
    """Both fields filled in is a normal case."""
    settings = check_settings(org_name="acme", enterprise="acme-corp", apikey="ghp_octo")
    assert settings.owner.audit_log_route == "GET /enterprises/{enterprise}/audit-log"
    assert settings.owner.path_variables == {"enterprise": "acme-corp"}
    assert (settings.organization, settings.enterprise) == ("acme", "acme-corp")


def test_an_organization_has_its_own_route():
    """The route's variable is GitHub's word."""
    owner = Owner("organization", "acme")
    assert (
        owner.audit_log_route,
        owner.path_variables,
    ) == ("GET /orgs/{org}/audit-log", {"org": "acme"})


def test_an_app_comes_before_a_token():
    """As it was in the former module."""
    settings = check_settings(org_name="acme", apikey="ghp_octo", app_id=7, pem_file=pkcs1())
    assert ("", "7", pkcs1()) == (settings.token, settings.app_id, settings.private_key)
    assert Credential.INSTALLATION is settings.credential


def test_an_app_id_without_a_key_leaves_the_token_in_charge():
    """The former form had a number there although a token was used."""
    settings = check_settings(org_name="acme", apikey="ghp_octo", app_id=7)
    assert (settings.token, settings.app_id) == ("ghp_octo", "")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"org_name": "acme"}, "apikey"),
        ({"org_name": "acme", "app_id": 7}, "pem_file"),
        ({"org_name": "acme", "pem_file": pkcs1()}, "app_id"),
        ({"apikey": "ghp_octo"}, "org_name"),
        ({"apikey": "ghp_octo", "org_name": "a b"}, "org_name"),
        ({"apikey": "ghp_octo", "enterprise": "a b"}, "enterprise"),
        ({"apikey": "ghp_octo", "org_name": "acme", "base_url": "a b"}, "base_url"),
        ({"apikey": "ghp_octo", "org_name": "acme", "ca_certificate": "x"}, "ca_certificate"),
        ({"apikey": "ghp_octo", "org_name": "acme", "proxy_url": "socks5://a:1"}, "proxy_url"),
        ({"apikey": "ghp_octo", "org_name": "acme", "proxy_url": "http://a:x"}, "proxy_url"),
        ({"apikey": "ghp_octo", "org_name": "acme", "proxy_url": "http://a b:1"}, "proxy_url"),
        ({"apikey": "ghp_octo", "org_name": "acme", "proxy_url": "http://"}, "proxy_url"),
    ],
)
def test_a_field_that_cannot_be_right_is_named(form, field):
    """One sentence of cause, one of remedy."""
    with pytest.raises(ConfigurationError, match=f'"{field}"') as refused:
        check_settings(**form)
    assert refused.value.remedy


@pytest.mark.parametrize("typed", ["proxy.acme.test:3128", "http://proxy.acme.test:3128"])
def test_a_proxy_may_lack_its_scheme(typed):
    """Most people type host and port."""
    form = {"org_name": "acme", "apikey": "ghp_octo", "proxy_url": typed}
    assert check_settings(**form).proxy_url == "http://proxy.acme.test:3128"


def test_the_representation_holds_no_secret():
    """Settings end up in logs and tracebacks."""
    settings = check_settings(
        org_name="acme",
        app_id=7,
        pem_file=pkcs1(),
        proxy_url="http://octo:hush@proxy.acme.test:3128",
        ca_certificate=authority(),
    )
    assert "GitHub App 7, through a proxy" in repr(settings)
    assert "hush" not in repr(settings)
    assert "KEY" not in repr(settings)
    assert "ghp_" not in repr(check_settings(org_name="acme", apikey="ghp_octo"))
