"""No text holds a credential, and no HTML reaches a person."""

import pytest

from github_modules.github.redaction import EXCERPT_CHARACTERS, excerpt, redact
from tests.unit.github.keys import pkcs1


@pytest.mark.parametrize(
    "secret",
    [
        "ghp_octo",
        "ghs_123_eyJhbGciOi.eyJpc3Mi.c2ln",
        "github_pat_11AA_octo",
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI3In0.c2lnbmF0dXJl",
        "octo:hush",
    ],
)
def test_credentials_are_hidden(secret):
    """Tokens by prefix, signed tokens by shape, userinfo by place."""
    text = f"https://{secret}@proxy.test/ failed" if ":" in secret else f"with {secret}, as sent"
    assert secret not in redact(text)
    assert "[hidden]" in redact(text)


def test_a_bearer_header_keeps_its_first_word():
    """What kind of header it was helps, its value does not."""
    assert redact("authorization: Bearer abcdefgh12345678") == "authorization: Bearer [hidden]"


def test_a_key_is_hidden_even_when_it_breaks_off():
    """The frame alone stands for everything after it."""
    assert redact(pkcs1()[:700]) == "[hidden]"
    assert redact(f"key: {pkcs1()}!") == "key: [hidden]\n!"


def test_ordinary_words_stay():
    """A text about tokens is no token."""
    text = "GitHub does not accept the personal access token (classic) of acme."
    assert text == redact(text)


def test_html_becomes_a_short_line():
    """Tags, scripts, styles and line breaks go; entities are read."""
    page = b"<html><head><title>x</title></head><body><script>1<2</script><p>Sorry &amp;\n bye</p>"
    assert excerpt(page) == "Sorry & bye"


def test_a_long_body_is_cut():
    """Three hundred characters are enough to recognise a page."""
    assert len(excerpt(b"a" * 10_000)) == EXCERPT_CHARACTERS
    assert excerpt(b"a" * 10_000).endswith("…")


def test_bytes_that_are_no_text_do_not_fail():
    """A body may be anything."""
    assert excerpt(b"\xff\xfe") == "\ufffd\ufffd"
