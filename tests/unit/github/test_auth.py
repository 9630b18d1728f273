"""Tokens as they are, and tokens of an App."""

from datetime import timedelta
from threading import Thread

import jwt
import pytest

from github_modules.errors import (
    ConfigurationError,
    CredentialError,
    GithubUnavailableError,
    UnreadableAnswerError,
)
from github_modules.github.address import parse_address
from github_modules.github.auth import AppAuth, AppKey, TokenAuth
from github_modules.github.credentials import Credential
from github_modules.github.settings import Owner
from tests.fakes import FakeClock
from tests.unit.github.keys import pkcs1, rsa_key
from tests.unit.github.scripted import ROOT, ScriptedGithub, failed, gate_to, said

DATE = "Mon, 02 Mar 2026 08:00:00 GMT"
INSTALLED = said(200, {"id": 7, "access_tokens_url": f"{ROOT}/app/installations/7/access_tokens"})
ORGANIZATION = Owner("organization", "acme")
LOOKUP, MINT = "GET /orgs/acme/installation", "POST /app/installations/7/access_tokens"


def minted(token, expires_at="2026-03-02T09:00:00Z", **headers):
    return said(201, {"token": token, "expires_at": expires_at}, **headers)


def app(github, clock=None, owner=ORGANIZATION, root=ROOT):
    gate = gate_to(github, clock)
    return AppAuth(AppKey("123", pkcs1()), owner, parse_address(root), gate, "octo")


def claims(request, **options):
    token = request.headers["Authorization"].removeprefix("Bearer ")
    checks = {"verify_exp": False, "verify_iat": False}
    return jwt.decode(token, rsa_key(0).public_key(), algorithms=["RS256"], options=checks)


def test_a_token_is_sent_as_it_is_and_never_again_after_a_refusal():
    """Repeats of a wrong one lock the account."""
    auth = TokenAuth("github_pat_octo")
    assert auth.authorization() == "Bearer github_pat_octo"
    assert auth.kind is Credential.FINE_GRAINED
    assert not auth.renew_after_refusal("Bearer github_pat_octo")
    assert not auth.is_fresh("Bearer github_pat_octo")


def test_an_app_finds_its_installation_and_mints_one_token():
    """Two requests for the first, none for the second use."""
    github = ScriptedGithub([INSTALLED, minted("ghs_1")])
    auth = app(github)
    assert [auth.authorization(), auth.authorization()] == ["Bearer ghs_1"] * 2
    assert github.lines == [LOOKUP, MINT]
    assert auth.kind is Credential.INSTALLATION
    assert github.asked[0].headers["X-GitHub-Api-Version"] == "2026-03-10"


def test_an_enterprise_has_a_lookup_of_its_own():
    """And a server its own version of the API."""
    github = ScriptedGithub([INSTALLED, minted("ghs_1")])
    app(
        github, owner=Owner("enterprise", "acme-corp"), root="https://git.acme.test"
    ).authorization()
    assert github.asked[0].url == "https://git.acme.test/api/v3/enterprises/acme-corp/installation"
    assert github.asked[0].headers["X-GitHub-Api-Version"] == "2022-11-28"


def test_the_signature_is_back_dated_and_ends_within_nine_minutes():
    """GitHub takes ten at most, by its own clock."""
    clock = FakeClock()
    github = ScriptedGithub([INSTALLED, minted("ghs_1")])
    app(github, clock).authorization()
    now_s = clock.now().timestamp()
    signed = claims(github.asked[0])
    assert signed["iss"] == "123"
    assert signed["iat"] == now_s - 60
    assert now_s < signed["exp"] <= now_s + 540


def test_a_wrong_clock_is_corrected_once_from_githubs_date():
    """An hour ahead: refused, corrected, accepted."""
    clock = FakeClock()
    clock.advance(3600)
    refused = failed(401, "'Issued at' claim ('iat') must be an Integer", date=DATE)
    github = ScriptedGithub([refused, INSTALLED, minted("ghs_1", date=DATE)])
    assert app(github, clock).authorization() == "Bearer ghs_1"
    first, second, _ = (claims(request)["iat"] for request in github.asked)
    assert first - second == 3600


def test_a_refusal_that_the_clock_does_not_explain_is_told_at_once():
    """A wrong key stays wrong."""
    github = ScriptedGithub([failed(401, "A JSON web token could not be decoded", date=DATE)])
    with pytest.raises(CredentialError, match="does not belong to the GitHub App"):
        app(github).authorization()
    assert len(github.asked) == 1


def test_a_token_is_renewed_five_minutes_early():
    """One that ends in the middle of a walk would cost a refusal."""
    clock = FakeClock()
    github = ScriptedGithub([INSTALLED, minted("ghs_1"), minted("ghs_2", "2026-03-02T10:00:00")])
    auth = app(github, clock)
    assert auth.authorization() == "Bearer ghs_1"
    clock.advance(timedelta(minutes=55).total_seconds() - 1)
    assert auth.authorization() == "Bearer ghs_1"
    clock.advance(1)
    assert auth.authorization() == "Bearer ghs_2"
    assert github.lines == [LOOKUP, MINT, MINT]


def test_a_refused_token_is_replaced_but_not_a_newer_one():
    """Another thread may have renewed it meanwhile."""
    github = ScriptedGithub([INSTALLED, minted("ghs_1"), minted("ghs_2")])
    auth = app(github)
    first = auth.authorization()
    assert auth.renew_after_refusal(first)
    assert auth.authorization() == "Bearer ghs_2"
    assert auth.renew_after_refusal(first)
    assert auth.authorization() == "Bearer ghs_2"


def test_only_the_newest_token_is_fresh_and_only_for_seconds():
    """GitHub's machines learn of a token one after the other."""
    clock = FakeClock()
    auth = app(ScriptedGithub([INSTALLED, minted("ghs_1")]), clock)
    token = auth.authorization()
    assert auth.is_fresh(token)
    assert not auth.is_fresh("Bearer ghs_0")
    clock.advance(10)
    assert not auth.is_fresh(token)


def test_threads_share_one_minting():
    """A token each would waste GitHub's patience."""
    github = ScriptedGithub([INSTALLED, minted("ghs_1")])
    auth = app(github)
    tokens = []
    threads = [Thread(target=lambda: tokens.append(auth.authorization())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tokens == ["Bearer ghs_1"] * 8
    assert len(github.asked) == 2


def test_an_app_that_is_not_installed_is_told():
    """With the name of the organization."""
    with pytest.raises(ConfigurationError, match="not installed on acme"):
        app(ScriptedGithub([failed(404, "Not Found")])).authorization()


def test_a_deleted_installation_is_looked_up_again_the_next_time():
    """Installed anew, it has another number."""
    again = said(200, {"id": 8})
    github = ScriptedGithub([INSTALLED, failed(404, "Not Found"), again, minted("ghs_1")])
    auth = app(github)
    with pytest.raises(CredentialError, match="was deleted"):
        auth.authorization()
    assert auth.authorization() == "Bearer ghs_1"
    assert github.lines[2:] == [LOOKUP, "POST /app/installations/8/access_tokens"]


@pytest.mark.parametrize(
    "script",
    [
        [said(200, [])],
        [said(200, {})],
        [said(200, {"id": "seven"})],
        [INSTALLED, said(201, {"token": "", "expires_at": "2026-03-02T09:00:00Z"})],
        [INSTALLED, said(201, {"token": "ghs_1", "expires_at": "soon"})],
    ],
)
def test_an_answer_without_its_fields_is_refused(script):
    """Nothing is guessed."""
    with pytest.raises(UnreadableAnswerError):
        app(ScriptedGithub(script)).authorization()


@pytest.mark.parametrize("trouble", [GithubUnavailableError("down"), failed(502, "Server Error")])
def test_without_a_token_the_request_itself_never_arrived(trouble):
    """So that a write may be tried again."""
    with pytest.raises(GithubUnavailableError) as raised:
        app(ScriptedGithub([trouble])).authorization()
    assert raised.value.never_arrived


def test_an_app_tells_about_itself():
    """For the test of a connection."""
    github = ScriptedGithub([said(200, {"slug": "octo-app"})])
    assert app(github).app() == {"slug": "octo-app"}
    assert github.lines == ["GET /app"]


def test_a_key_is_never_shown():
    """Not even by accident."""
    assert "PRIVATE" not in repr(AppKey("123", pkcs1()))
