"""Where GitHub is, and which URLs may be given the token."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.errors import ConfigurationError
from github_modules.github.address import (
    Address,
    parse_address,
    parse_enterprise,
    parse_organization,
)

CLOUD = Address("https", "api.github.com", 443)
SERVER = Address("https", "git.acme.test", 443, "/api/v3")


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://api.github.com", "https://api.github.com"),
        ("https://api.github.com/", "https://api.github.com"),
        (" API.GitHub.com ", "https://api.github.com"),
        ("github.com", "https://api.github.com"),
        ("https://www.github.com/acme", "https://api.github.com"),
        ("acme.ghe.com", "https://api.acme.ghe.com"),
        ("https://api.acme.ghe.com/", "https://api.acme.ghe.com"),
        ("git.acme.test", "https://git.acme.test/api/v3"),
        ("https://git.acme.test/api", "https://git.acme.test/api/v3"),
        ("https://git.acme.test/api/v3/", "https://git.acme.test/api/v3"),
        ("https://git.acme.test:8443/API/V3", "https://git.acme.test:8443/api/v3"),
        ("https://proxy.acme.test/git/api/v3", "https://proxy.acme.test/git/api/v3"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/api/v3/", "http://localhost:8080/api/v3"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_what_people_type_becomes_the_root_of_the_api(typed, url):
    """Scheme, slash, case and /api/v3 may be there or not."""
    assert url == parse_address(typed).url("")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "not an address",
        "ftp://api.github.com",
        "https://[1:2]",
        "http://api.github.com",
        "https://git.acme.test:0",
        "https://git.acme.test:70000",
        "https://user:secret@git.acme.test",
        "https://git.acme.test/acme/widgets",
        "https://git.acme.test\\@evil.test",
    ],
)
def test_what_is_no_address_is_refused_with_the_field_named(typed):
    """The sentence names base_url and how it should look."""
    with pytest.raises(ConfigurationError, match="base_url") as refused:
        parse_address(typed)
    assert "https://" in refused.value.remedy


def test_only_a_server_has_the_path_prefix():
    """Data residency and github.com have none."""
    assert SERVER.is_server
    assert not CLOUD.is_server
    assert not parse_address("acme.ghe.com").is_server


@pytest.mark.parametrize(
    "url",
    [
        "https://git.acme.test/api/v3/orgs/acme",
        "https://GIT.acme.test:443/api/v3/organizations/1/audit-log?after=MS42%3D%3D&before=",
        "HTTPS://git.acme.test/api/v3/",
        "https://git.acme.test/api/v3/repos/acme/a%2Fb",
    ],
)
def test_urls_inside_the_address_are_recognised(url):
    """Case of the host, the scheme's own port and queries make no difference."""
    assert SERVER.contains(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://git.acme.test/api/v3/x",
        "https://git.acme.test:8443/api/v3/x",
        "https://evil.test/api/v3/x",
        "https://git.acme.test.evil.test/api/v3/x",
        "https://evil.test/?git.acme.test/api/v3/",
        "https://git.acme.test@evil.test/api/v3/x",
        "https://evil.test@git.acme.test/api/v3/x",
        "https://git.acme.test/api/v3evil",
        "https://git.acme.test/api/v3",
        "https://git.acme.test/api/v3/../../login",
        "https://git.acme.test/api/v3/%2e%2e/login",
        "https://git.acme.test/api/v3/%2E./login",
        "https://git.acme.test\\@evil.test/api/v3/x",
        "https://git.acme.test/api/v3/%5c..%5clogin",
        "https://git.acme.test/api/v3/a\nb",
        " https://git.acme.test/api/v3/x",
        "//git.acme.test/api/v3/x",
        "/api/v3/x",
        "https://[::zz]/api/v3/x",
        "https://[1:2]/api/v3/x",
        "https://git.acme.tést/api/v3/x",
        "javascript:alert(1)",
        "",
    ],
)
def test_urls_outside_the_address_or_open_to_doubt_are_refused(url):
    """Whatever two parsers could read differently counts as outside."""
    assert not SERVER.contains(url)


def test_ipv6_hosts_are_compared_as_numbers():
    """The long and the short form are the same host."""
    address = parse_address("https://[2001:db8::1]:8443")
    assert address.contains("https://[2001:DB8:0::1]:8443/api/v3/x")


@given(st.text(max_size=40), st.sampled_from(["https://", "http://", "//", "", "https:\\\\"]))
def test_a_url_that_is_accepted_always_has_the_configured_origin(tail, scheme):
    """No text, however odd, leads elsewhere once it was accepted."""
    for url in (scheme + tail, f"{scheme}git.acme.test{tail}", f"{SERVER.url('/')}{tail}"):
        if SERVER.contains(url):
            parts = urlsplit(url)
            assert (parts.scheme, parts.hostname) == ("https", "git.acme.test")
            assert parts.username is None
            assert parts.port in (None, 443)
            assert parts.path.startswith("/api/v3/")


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("acme", "acme"),
        (" @acme ", "acme"),
        ("https://github.com/acme", "acme"),
        ("github.com/acme/", "acme"),
        ("github.com/acme/widgets", "acme"),
        ("https://github.com/orgs/acme/people", "acme"),
        ("orgs/acme", "acme"),
        ("https://localhost:8080/acme", "acme"),
        ("octo_acme", "octo_acme"),
    ],
)
def test_an_organization_is_found_in_a_login_or_url(typed, login):
    """People paste what stands in the browser."""
    assert login == parse_organization(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "a b", "acme--x", "-acme", "acme-", "a" * 40, "acme/widgets", "https://github.com"],
)
def test_a_text_that_is_no_login_is_refused(typed):
    """The sentence names org_name."""
    with pytest.raises(ConfigurationError, match="org_name"):
        parse_organization(typed)


def test_an_enterprise_is_found_in_a_slug_or_url():
    """Both forms mean the same."""
    assert parse_enterprise("https://github.com/enterprises/acme-corp/settings") == "acme-corp"
    assert parse_enterprise("acme-corp") == "acme-corp"
    with pytest.raises(ConfigurationError, match="enterprise"):
        parse_enterprise("acme corp")
