"""Calls to the sandbox's organisation, with the token that has every right."""

from collections.abc import Callable

import requests

ORG = "/orgs/acme"
REPO = "/repos/acme/payments"
Call = Callable[..., requests.Response]


def status(call: Call, method: str, path: str, body=None) -> int:
    return call(method, path, body).status_code
