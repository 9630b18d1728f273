"""Certificates made while the tests run."""

from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.github.keys import pkcs1, rsa_key


@cache
def authority() -> str:
    """Return a self-signed certificate for 127.0.0.1 as PEM."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "acme test authority")])
    now = datetime.now(UTC)
    key = rsa_key(0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, SHA256())
    )
    return certificate.public_bytes(Encoding.PEM).decode()


def chain_file(folder: Path) -> Path:
    """Write key and certificate for a test server, and return the file."""
    path = folder / "server.pem"
    path.write_text(pkcs1() + authority())
    return path
