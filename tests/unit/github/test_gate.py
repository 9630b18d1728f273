"""One request through governor and breaker."""

from datetime import timedelta

import pytest

from github_modules.errors import GithubUnavailableError
from github_modules.github.gate import Outgoing
from github_modules.github.rate_limit import Lane
from tests.fakes import FakeClock
from tests.unit.github.scripted import ROOT, ScriptedGithub, failed, gate_to, said

REQUEST = Outgoing("GET", f"{ROOT}/x", {})


def test_answers_pass_whatever_their_status():
    """What they mean is decided elsewhere."""
    gate = gate_to(ScriptedGithub([failed(404, "Not Found")]))
    assert gate.send(REQUEST, "core", Lane.ACTION).status == 404


def test_github_s_clock_is_learnt_from_each_answer():
    """Our own may be wrong by hours."""
    clock = FakeClock()
    gate = gate_to(
        ScriptedGithub([said(200, date="Mon, 02 Mar 2026 09:00:00 GMT"), said(200)]), clock
    )
    assert gate.github_now() == clock.now()
    gate.send(REQUEST, "core", Lane.ACTION)
    gate.send(REQUEST, "core", Lane.ACTION)
    assert gate.github_now() == clock.now() + timedelta(hours=1)


def test_five_failures_of_any_kind_open_the_circuit():
    """502 and no answer at all count alike, and nothing is sent any more."""
    github = ScriptedGithub([GithubUnavailableError("down")] * 2 + [failed(502, "x")] * 3)
    gate = gate_to(github)
    for _ in range(2):
        with pytest.raises(GithubUnavailableError, match="down"):
            gate.send(REQUEST, "core", Lane.ACTION)
    for _ in range(3):
        gate.send(REQUEST, "core", Lane.ACTION)
    with pytest.raises(GithubUnavailableError, match="5 times in a row"):
        gate.send(REQUEST, "core", Lane.ACTION)
    assert len(github.asked) == 5


def test_a_request_that_failed_is_no_longer_in_flight():
    """It would hold a place in the budget for ever."""
    gate = gate_to(ScriptedGithub([GithubUnavailableError("down")]))
    with pytest.raises(GithubUnavailableError):
        gate.send(REQUEST, "core", Lane.ACTION)
    assert gate.governor._state.bucket("core").in_flight == 0
