"""Tokens, ids and keys as forms hold them."""

import pytest

from github_modules.errors import ConfigurationError
from github_modules.github.credentials import (
    Credential,
    clean_app_id,
    clean_private_key,
    clean_token,
    plain_text,
    token_kind,
)
from tests.unit.github.keys import pkcs1


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("ghp_octo", Credential.CLASSIC),
        ("github_pat_octo", Credential.FINE_GRAINED),
        ("gho_octo", Credential.OAUTH),
        ("ghu_octo", Credential.USER),
        ("ghs_123_eyJ.a.b" * 90, Credential.INSTALLATION),
        ("0123456789abcdef" * 2 + "01234567", Credential.CLASSIC),
    ],
)
def test_the_prefix_alone_tells_the_kind_of_a_token(token, kind):
    """Lengths change; the long stateless tokens are as good as the short ones."""
    assert kind is token_kind(token)


@pytest.mark.parametrize(
    "value",
    [
        "ghp_octo",
        "  ghp_octo\n",
        '"ghp_octo"',
        "Bearer ghp_octo",
        "token ghp_octo",
        "Authorization: Bearer ghp_octo",
        "\ufeffghp_octo\u200b",
        "ghp_\r\nocto",
    ],
)
def test_what_a_copy_brings_along_is_removed_from_a_token(value):
    """Blanks, quotes, line breaks and the header's words are not part of it."""
    assert clean_token(value) == "ghp_octo"


@pytest.mark.parametrize("value", [None, "", "  ", '""', False])
def test_an_empty_field_is_an_empty_token(value):
    """Whether it is missing is for others to say."""
    assert clean_token(value) == ""


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("ghr_octo", "refresh token"),
        ("ghp_oc to", "spaces or characters"),
        ("ghp_öcto", "spaces or characters"),
    ],
)
def test_a_token_that_cannot_be_one_is_refused(value, fault):
    """The sentence does not repeat the token."""
    with pytest.raises(ConfigurationError, match=fault) as refused:
        clean_token(value)
    assert value not in str(refused.value)


def test_a_key_in_the_field_of_the_token_is_recognised():
    """And the remedy says where it belongs."""
    with pytest.raises(ConfigurationError, match="private key") as refused:
        clean_token(pkcs1())
    assert "pem_file" in refused.value.remedy


def test_a_token_in_the_field_of_the_key_is_recognised():
    """And the other way round."""
    with pytest.raises(ConfigurationError, match="holds a token") as refused:
        clean_private_key("ghs_octo")
    assert "apikey" in refused.value.remedy


def test_a_key_is_mended_and_an_empty_one_stays_empty():
    """Both go through the same door."""
    assert pkcs1() == clean_private_key(pkcs1().replace("\n", "\\n"))
    assert clean_private_key(None) == ""


@pytest.mark.parametrize(
    ("value", "app_id"),
    [
        (12345, "12345"),
        (12345.0, "12345"),
        (" '12345' ", "12345"),
        ("Iv1.0123456789abcdef", "Iv1.0123456789abcdef"),
        ("Iv23liAbCdEf", "Iv23liAbCdEf"),
        (None, ""),
        (True, ""),
    ],
)
def test_an_app_is_named_by_number_or_client_id(value, app_id):
    """The form may hold either, as number or text."""
    assert app_id == clean_app_id(value)


@pytest.mark.parametrize("value", ["acme-app", 1.5, -3, pkcs1()])
def test_anything_else_is_no_app_id(value):
    """The sentence names the field."""
    with pytest.raises(ConfigurationError, match="app_id"):
        clean_app_id(value)


def test_numbers_and_odd_values_become_plain_text():
    """A form may hold any type."""
    assert [plain_text(value) for value in (7, 7.0, 7.5, None)] == ["7", "7", "7.5", ""]
