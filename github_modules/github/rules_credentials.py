"""Rows about the credential itself: tokens, the App's key, its installation.

https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app
"""

from github_modules.errors import (
    ConfigurationError,
    CredentialError,
    GithubUnavailableError,
    PermissionDeniedError,
)
from github_modules.github.case import Case
from github_modules.github.credentials import Credential
from github_modules.github.rule import Rule

_MINT = "/access_tokens"
_CLOCK = "Synchronise the clock of the machine that runs the module (NTP), then start it again."


def _is_fresh_refusal(case: Case) -> bool:
    if not case.context.is_fresh:
        return False
    return case.status == 401 or (case.status == 403 and case.says("resource not accessible"))


def _is_missing_installation(case: Case) -> bool:
    return case.status == 404 and case.context.route.endswith("/installation")


CREDENTIAL_RULES: tuple[Rule, ...] = (
    Rule(
        "E29",
        'HTTP 403, "Maximum number of login attempts exceeded"',
        "GitHub refuses every credential for a while, because too many wrong ones were sent.",
        "Correct the credential first, then wait about 15 minutes before you start again.",
        CredentialError,
        lambda case: case.status == 403 and case.says("login attempts"),
    ),
    Rule(
        "E3",
        "HTTP 401 or 403 within seconds after an installation token was created",
        "GitHub does not know the new installation token everywhere yet.",
        "Nothing to do: the module asks again after 1, 2 and 4 seconds.",
        GithubUnavailableError,
        _is_fresh_refusal,
    ),
    Rule(
        "E4",
        "HTTP 401, \"'Issued at' claim ('iat') must be an Integer ...\"",
        "GitHub refuses the App's signature, because this machine's clock is ahead of GitHub's.",
        _CLOCK,
        CredentialError,
        lambda case: case.status == 401 and case.says("'iat'"),
    ),
    Rule(
        "E5",
        "HTTP 401, \"'Expiration time' claim ('exp') ...\"",
        "GitHub refuses the App's signature, because this machine's clock differs from GitHub's.",
        _CLOCK,
        CredentialError,
        lambda case: case.status == 401 and case.says("'exp'"),
    ),
    Rule(
        "E6",
        'HTTP 401, "A JSON web token could not be decoded"',
        'The private key in "pem_file" does not belong to the GitHub App in "app_id".',
        'Check "app_id" and "pem_file" together: both must come from the settings page of the '
        "same App, and the key must not have been deleted there.",
        CredentialError,
        lambda case: case.status == 401 and case.says("json web token could not be decoded"),
    ),
    Rule(
        "E7",
        '"Integration not found"',
        "{host} knows no GitHub App with this id.",
        'Check "app_id", and that "base_url" is the GitHub on which the App was registered.',
        CredentialError,
        lambda case: case.says("integration not found"),
    ),
    Rule(
        "E8",
        "HTTP 404 on the lookup of the installation",
        "The GitHub App is not installed on {subject}, or the name is wrong.",
        "Install the App there (settings of the App > Install App), or correct the name in the "
        "module's configuration.",
        ConfigurationError,
        _is_missing_installation,
    ),
    Rule(
        "E9",
        'HTTP 403, "This installation has been suspended"',
        "The installation of the GitHub App on {subject} is suspended.",
        "Whoever suspended it must lift that: an owner of {subject} under Settings > GitHub Apps, "
        "or the owner of the App through the API.",
        CredentialError,
        lambda case: case.status == 403 and case.says("suspended"),
    ),
    Rule(
        "E10",
        "HTTP 404 when an installation token is requested",
        "The installation of the GitHub App on {subject} was deleted.",
        "Install the App on {subject} again.",
        CredentialError,
        lambda case: case.status == 404 and case.context.route.endswith(_MINT),
    ),
    Rule(
        "E11",
        "HTTP 422 when an installation token is requested",
        "The GitHub App was not granted a permission or repository that the token is to have.",
        "Accept the App's current permissions in the settings of {subject} (GitHub Apps > "
        "Configure).",
        PermissionDeniedError,
        lambda case: case.status == 422 and case.context.route.endswith(_MINT),
    ),
    Rule(
        "E2",
        'HTTP 401, "Bad credentials", with an installation token (ghs_)',
        "GitHub no longer accepts the installation token, which lives one hour.",
        "With a GitHub App the module renews it by itself; if this text comes back, the App's "
        'key or installation was removed. A ghs_ token in "apikey" must be replaced by "app_id" '
        'and "pem_file".',
        CredentialError,
        lambda case: case.status == 401 and case.context.credential is Credential.INSTALLATION,
    ),
    Rule(
        "E1",
        'HTTP 401, "Bad credentials", with a personal access token',
        "GitHub does not accept the {credential}: it is wrong, revoked or expired.",
        'Create a new token in GitHub and put it into "apikey".',
        CredentialError,
        lambda case: (
            case.status == 401
            and case.says("bad credentials")
            and case.context.credential is not Credential.APP
        ),
    ),
    Rule(
        "G401",
        "HTTP 401 with any other text",
        "GitHub asks for another credential than the {credential} that was sent.",
        "Check the credential in the module's configuration, and that it belongs to {host}.",
        CredentialError,
        lambda case: case.status == 401,
    ),
)
