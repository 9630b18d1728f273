"""A GitHub that answers from a script and notes what it was asked."""

import json as json_module
from dataclasses import dataclass, field

from github_modules.errors import StopRequested
from github_modules.github.gate import Gate, Outgoing
from github_modules.github.rate_limit import Governor
from github_modules.github.response import Answer
from github_modules.github.retry import CircuitBreaker
from tests.fakes import FakeClock

ROOT = "https://api.github.com"


def said(status, body=None, url=f"{ROOT}/x", **headers):
    """Return an answer; names of headers with _ for -."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body if isinstance(body, bytes) else json_module.dumps(body).encode()
    return Answer(status, {"x-github-request-id": "1:2"} | names, b"" if body is None else raw, url)


def failed(status, message, **headers):
    """Return an error answer with GitHub's message."""
    return said(status, {"message": message}, **headers)


class Middle:
    """An rng that answers with half of the upper end."""

    def uniform(self, a, b):
        return (a + b) / 2


@dataclass
class ScriptedGithub:
    """Answers in order; an exception in the script is raised."""

    script: list
    asked: list[Outgoing] = field(default_factory=list)
    is_closed: bool = False

    def send(self, method, url, headers, *, json=None):
        self.asked.append(Outgoing(method, url, dict(headers), json))
        if not self.script:
            raise StopRequested
        answer = self.script.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def close(self):
        self.is_closed = True

    @property
    def lines(self):
        return [f"{request.method} {request.url.removeprefix(ROOT)}" for request in self.asked]

    @property
    def credentials(self):
        return [request.headers.get("Authorization") for request in self.asked]


def gate_to(github, clock=None):
    """Return a gate to a scripted GitHub."""
    clock = clock or FakeClock()
    return Gate(github, Governor(clock), CircuitBreaker(clock), clock)
