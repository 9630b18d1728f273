"""PEM texts as forms mangle them."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from github_modules.errors import ConfigurationError
from github_modules.github.pem import holds_pem, repair_certificates, repair_pem
from tests.unit.github.certificates import authority
from tests.unit.github.keys import elliptic, encrypted, pkcs1, pkcs8, public

MANGLINGS = {
    "untouched": lambda pem: pem,
    "no newline at the end": str.strip,
    "written-out line breaks": lambda pem: pem.replace("\n", "\\n"),
    "twice escaped": lambda pem: pem.replace("\n", "\\\\n"),
    "written-out Windows breaks": lambda pem: pem.replace("\n", "\\r\\n"),
    "Windows breaks": lambda pem: pem.replace("\n", "\r\n"),
    "blanks": lambda pem: pem.replace("\n", " "),
    "nothing": lambda pem: pem.replace("\n", ""),
    "no blank at all": lambda pem: "".join(pem.split()),
    "indented": lambda pem: pem.replace("\n", "\n    "),
    "base64 as a whole": lambda pem: base64.b64encode(pem.encode()).decode(),
    "url-safe base64": lambda pem: base64.urlsafe_b64encode(pem.encode()).decode(),
    "quotes": lambda pem: f'"{pem}"',
    "byte order mark": lambda pem: "\ufeff" + pem,
    "text before it": lambda pem: f"Bag Attributes\n  x: y\n{pem}",
}


BASE64 = sorted(name for name in MANGLINGS if "base64" in name)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([pkcs1, pkcs8]),
    st.integers(min_value=0, max_value=2),
    st.lists(st.sampled_from(sorted(set(MANGLINGS) - set(BASE64))), max_size=2),
    st.sampled_from([*BASE64, "untouched", "quotes", "blanks"]),
)
def test_a_valid_key_is_restored_from_any_mangling(form, number, manglings, last):
    """Whatever a form did to the line breaks, the key comes back as it was."""
    mangled = form(number)
    for name in [*manglings, last]:
        mangled = MANGLINGS[name](mangled)
    assert repair_pem(mangled) == form(number)


def test_the_bare_body_of_a_key_is_enough():
    """People also copy only what stands between the two lines."""
    body = "".join(pkcs1().splitlines()[1:-1])
    assert pkcs1() == repair_pem(body)
    assert pkcs1() == repair_pem("".join(pkcs8().splitlines()[1:-1]))


def test_a_wrong_label_is_mended():
    """The content decides what kind of key it is."""
    mislabelled = pkcs8().replace("PRIVATE KEY", "RSA PRIVATE KEY")
    assert pkcs1() == repair_pem(mislabelled)


def test_the_key_is_found_beside_a_certificate():
    """A file with both is no fault."""
    assert pkcs1() == repair_pem(authority() + pkcs1())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (encrypted(PrivateFormat.PKCS8), "encrypted with a password"),
        (encrypted(PrivateFormat.TraditionalOpenSSL), "encrypted with a password"),
        (elliptic(PrivateFormat.TraditionalOpenSSL), "is an EC key"),
        (elliptic(PrivateFormat.PKCS8), "is an EC key"),
        (elliptic(PrivateFormat.OpenSSH), "is an SSH key"),
        (public(), "is a public key"),
        (authority(), "is a certificate"),
        (pkcs1()[:800], "END line is missing"),
        (pkcs1()[60:], "BEGIN line is missing"),
        (pkcs1()[:400] + pkcs1()[800:], "cut off or damaged"),
        ("-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----", "is not a private key"),
        ("secret", "is not a private key in PEM"),
        ("clé privée", "is not a private key in PEM"),
        ("MII" + "A" * 200, "cut off or damaged"),
    ],
)
def test_what_is_no_usable_key_is_named(text, fault):
    """Each kind of wrong text has its own sentence, and none quotes the key."""
    with pytest.raises(ConfigurationError, match=fault) as refused:
        repair_pem(text)
    assert "pem_file" in str(refused.value)
    assert text[40:80] == "" or text[40:80] not in str(refused.value)


def test_a_key_of_another_algorithm_is_refused():
    """DSA and the like are private keys as well, but no RSA."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(ConfigurationError, match="not an RSA key"):
        repair_pem(pem)


def test_a_key_is_recognised_even_without_its_line_breaks():
    """That is how a key in the token's field is found."""
    assert holds_pem(pkcs1().replace("\n", ""))
    assert not holds_pem("ghp_octo")


@pytest.mark.parametrize("mangle", MANGLINGS.values(), ids=MANGLINGS)
def test_certificates_are_restored_as_well(mangle):
    """They travel through the same forms."""
    assert authority() == repair_certificates(mangle(authority()))


@pytest.mark.parametrize(
    "text", ["nonsense", pkcs1(), authority()[:300], authority()[:200] + "A" + authority()[202:]]
)
def test_a_text_without_a_readable_certificate_is_refused(text):
    """The sentence names the field."""
    with pytest.raises(ConfigurationError, match="ca_certificate"):
        repair_certificates(text)
