"""PEM texts as people paste them: recognise, mend, and say what is wrong with the rest.

Line breaks get lost on the way through forms, environment variables and JSON. Does not read
files, and does not sign anything.
"""

import base64
import re
import ssl
import textwrap
from typing import NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from github_modules.errors import ConfigurationError

_AGAIN = (
    "Create a new private key in the settings of the GitHub App (General > Private keys) and "
    "paste the whole file."
)
_BREAKS = re.compile(r"\\+r\\+n|\\+[rn]")
# Blanks are gone before this is applied, so the label has none either.
_BLOCK = re.compile(r"-{2,}BEGIN([A-Z0-9]+?)-{2,}(.*?)-{2,}END\1-{2}", re.DOTALL)
_SPELLED = {"RSAPRIVATEKEY": "RSA PRIVATE KEY", "PRIVATEKEY": "PRIVATE KEY"}
_UNFIT = {
    "ENCRYPTEDPRIVATEKEY": "is encrypted with a password, which GitHub's keys never are",
    "ECPRIVATEKEY": "is an EC key, but GitHub Apps use RSA",
    "OPENSSHPRIVATEKEY": "is an SSH key, not the private key of a GitHub App",
    "PUBLICKEY": "is a public key, but the private one is needed",
    "RSAPUBLICKEY": "is a public key, but the private one is needed",
    "CERTIFICATE": "is a certificate, not a private key",
}


def holds_pem(text: str) -> bool:
    """Return whether the text looks like a private key in PEM, mended or not."""
    return "PRIVATEKEY-" in _compact(text)


def repair_pem(text: str) -> str:
    """Return an RSA private key as a PEM with its line breaks restored.

    Raises:
        ConfigurationError: it is no such key; one sentence names the fault.
    """
    blocks = dict(_BLOCK.findall(_compact(_unpacked(text))))
    for label, body in blocks.items():
        if label in _SPELLED:
            return _checked(_SPELLED[label], body)
    for label in blocks:
        _refuse(_UNFIT.get(label, "is not a private key"))
    return _without_frame(_compact(_unpacked(text)))


def repair_certificates(text: str) -> str:
    """Return one or more certificates as PEM with their line breaks restored.

    Raises:
        ConfigurationError: there is no readable certificate, or there is a private key.
    """
    compact = _compact(_unpacked(text))
    remedy = (
        "Paste the certificate of the authority that signs your server or proxy, in PEM "
        "(-----BEGIN CERTIFICATE-----), with its intermediates if there are any."
    )
    if holds_pem(compact):
        cause = 'The field "ca_certificate" holds a private key, which it never needs.'
        raise ConfigurationError(cause, remedy=remedy)
    bodies = [body for label, body in _BLOCK.findall(compact) if label == "CERTIFICATE"]
    pem = "".join(_framed("CERTIFICATE", body) for body in bodies)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError) as err:
        cause = 'The field "ca_certificate" holds no readable certificate in PEM.'
        raise ConfigurationError(cause, remedy=remedy) from err
    return pem


def _compact(text: str) -> str:
    """Return the text without quotes, blanks and written-out line breaks."""
    return re.sub(r"[\s\"'\u200b\ufeff]+", "", _BREAKS.sub("\n", text))


def _unpacked(text: str) -> str:
    """Return the PEM inside when the text is its base64 as a whole, else the text itself."""
    compact = _compact(text)
    if "-" * 5 in compact:
        return text
    try:
        inner = base64.b64decode(compact.translate(str.maketrans("-_", "+/")), validate=True)
    except ValueError:  # not base64, or not even ASCII
        return text
    return inner.decode("ascii", "replace") if b"-----BEGIN" in inner else text


def _checked(label: str, body: str) -> str:
    if "ENCRYPTED" in body:  # "Proc-Type: 4,ENCRYPTED", the older way to encrypt
        _refuse(_UNFIT["ENCRYPTEDPRIVATEKEY"])
    try:
        key = load_der_private_key(base64.b64decode(body, validate=True), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as err:
        _refuse("is cut off or damaged between its first and last line", err)
    if not isinstance(key, RSAPrivateKey):
        _refuse(_UNFIT["ECPRIVATEKEY"] if "EC" in type(key).__name__ else "is not an RSA key")
    # Written anew: a label that does not fit the content is mended on the way.
    form = PrivateFormat.PKCS8 if label == "PRIVATE KEY" else PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode("ascii")


def _without_frame(compact: str) -> str:
    """Judge a text that has no complete block: a bare body is a key, a half frame is cut off."""
    if "-BEGIN" in compact:
        _refuse("is cut off: its END line is missing")
    if "-END" in compact:
        _refuse("is cut off: its BEGIN line is missing")
    if not re.fullmatch(r"MII[A-Za-z0-9+/=]{100,}", compact):
        _refuse("is not a private key in PEM (a text that begins with -----BEGIN)")
    return _checked("RSA PRIVATE KEY", compact)


def _framed(label: str, body: str) -> str:
    lines = "\n".join(textwrap.wrap(body, 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def _refuse(fault: str, err: Exception | None = None) -> NoReturn:
    raise ConfigurationError(f'The text in "pem_file" {fault}.', remedy=_AGAIN) from err
