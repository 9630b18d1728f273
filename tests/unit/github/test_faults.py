"""Why no answer came, from chains of exceptions."""

import ssl

import pytest
from urllib3 import exceptions as http

from github_modules.github.faults import explain, unreachable


def wrapped(reason):
    return http.MaxRetryError(None, "/x", reason)


def untrusted():
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_message = "self-signed certificate"
    return error


CASES = [
    (wrapped(http.ProxyError("x", OSError())), "proxy refused", True, "proxy_url"),
    (
        wrapped(http.SSLError(untrusted())),
        r"not trusted \(self-signed certificate\)",
        True,
        "ca_certificate",
    ),
    (wrapped(http.NameResolutionError("h", None, OSError())), "DNS", True, "base_url"),
    (wrapped(http.ConnectTimeoutError("x")), "no connection within", True, "firewall"),
    (ConnectionRefusedError(), "refused the connection", True, "firewall"),
    (wrapped(http.NewConnectionError(None, "x")), "no connection could", True, "firewall"),
    (http.SSLError("x"), "TLS connection failed", False, "ca_certificate"),
    (ssl.SSLError(1, "x"), "TLS connection failed", False, "ca_certificate"),
    (http.IncompleteRead(1, 2), "broke off", False, "firewall"),
    (http.DecodeError("x"), "damaged", False, "firewall"),
    (http.ReadTimeoutError(None, "/x", "x"), "no answer within", False, "firewall"),
    (TimeoutError(), "no answer within", False, "firewall"),
    (http.ProtocolError("x", ConnectionResetError()), "was cut", False, "firewall"),
    (BrokenPipeError(), "was cut", False, "firewall"),
    (ValueError("x"), r"unexpected failure \(ValueError\)", False, "firewall"),
]


@pytest.mark.parametrize(("error", "reason", "never_arrived", "remedy"), CASES)
def test_each_failure_has_its_reason_and_remedy(error, reason, never_arrived, remedy):
    """And tells whether the request surely never arrived."""
    found = explain(error, "api.github.com")
    with pytest.raises(type(found), match=f"api.github.com: .*{reason}"):
        raise found
    assert found.never_arrived is never_arrived
    assert remedy in found.remedy


def test_the_reason_is_found_below_other_errors():
    """Libraries wrap them in several layers, and in circles."""
    outer, inner = OSError("outer"), ConnectionRefusedError()
    outer.__cause__ = ValueError()
    outer.__cause__.__context__ = inner
    inner.__context__ = outer
    assert "refused" in explain(outer, "h").cause


def test_a_reason_may_be_given_directly():
    """For what no exception tells."""
    assert unreachable("h", "too large").cause == "No usable answer from h: too large."
