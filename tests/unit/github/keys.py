"""Keys made while the tests run, so that none lies in the tree."""

from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@cache
def rsa_key(number: int) -> rsa.RSAPrivateKey:
    """Return one of a few RSA keys; the same number, the same key."""
    assert number >= 0
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pkcs1(number: int = 0) -> str:
    """Return an RSA key as GitHub hands it out."""
    return _private(rsa_key(number), PrivateFormat.TraditionalOpenSSL)


def pkcs8(number: int = 0) -> str:
    """Return an RSA key in the newer form."""
    return _private(rsa_key(number), PrivateFormat.PKCS8)


def encrypted(form: PrivateFormat) -> str:
    """Return an RSA key with a password."""
    lock = BestAvailableEncryption(b"octo")
    return rsa_key(0).private_bytes(Encoding.PEM, form, lock).decode()


def public() -> str:
    """Return a public key."""
    key = rsa_key(0).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@cache
def elliptic(form: PrivateFormat) -> str:
    """Return an EC key."""
    return _private(ec.generate_private_key(ec.SECP256R1()), form)


def _private(key, form: PrivateFormat) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()
