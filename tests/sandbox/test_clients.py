"""Independent clients read the sandbox without a special case in it."""

import importlib
import time

import pytest
from github import Auth, BadCredentialsException, Github, GithubException, GithubIntegration
from github.PaginatedList import PaginatedList


@pytest.fixture
def filled(sandbox):
    """The sandbox with 75 events of the last hour."""
    now = int(time.time() * 1000)
    sandbox.generate(75, now - 3_600_000, now - 1000)
    return sandbox


class Entry:
    """An event as PyGithub hands it to its list classes."""

    def __init__(self, requester=None, headers=None, attributes=None, completed=None, **_others):
        self.raw = attributes


def read_with_pygithub(client):
    """Return the document ids through PyGithub's own pagination."""
    url = "/orgs/acme/audit-log"
    entries = PaginatedList(Entry, client.requester, url, {"include": "all", "per_page": 20})
    return [entry.raw["_document_id"] for entry in entries]


def pygithub(sandbox, auth):
    """Return a PyGithub client without its own waits and retries."""
    return Github(base_url=sandbox.github_url, auth=auth, retry=None, seconds_between_requests=None)


def test_pygithub_with_a_token(filled):
    """User, organisation, plan, limits and the paginated log."""
    client = pygithub(filled, Auth.Token(filled.token))
    assert client.get_user().login == "octo-admin"
    organization = client.get_organization("acme")
    assert organization.id == filled.org_id
    assert organization.plan.name == "enterprise"
    assert client.get_rate_limit().resources.core.limit == 5000
    assert len(set(read_with_pygithub(client))) == 75
    client.close()


def test_pygithub_as_an_installation(filled):
    """The App's JWT, the lookup, the token and the log."""
    auth = Auth.AppAuth(filled.app_id, filled.app_pem)
    integration = GithubIntegration(auth=auth, base_url=filled.github_url)
    installation = integration.get_org_installation("acme")
    assert installation.id == filled.installation_id
    client = pygithub(filled, auth.get_installation_auth(installation.id))
    assert len(set(read_with_pygithub(client))) == 75
    client.close()
    integration.close()


def test_pygithub_recognises_errors(filled):
    """Its own classification reads our answers."""
    client = pygithub(filled, Auth.Token("ghp_wrong"))
    with pytest.raises(BadCredentialsException):
        client.get_user().login  # noqa: B018
    client.close()
    client = pygithub(filled, Auth.Token(filled.token))
    filled.mode("E28", retry_after=1)
    with pytest.raises(GithubException, match="secondary rate limit"):
        client.get_organization("acme")
    client.close()


@pytest.fixture(scope="module")
def githubkit():
    """The githubkit library: imported late, because it is large."""
    return importlib.import_module("githubkit")


def read_with_githubkit(client):
    """Return the document ids of a walk along the Link header.

    The bundled schema is that of the plans without an audit log, so it has no method for it.
    """
    found, url = [], "/orgs/acme/audit-log?include=all&per_page=20"
    while url:
        answer = client.request("GET", url)
        found += [event["_document_id"] for event in answer.json()]
        url = answer.raw_response.links.get("next", {}).get("url")
    return found


def test_githubkit_with_a_token(filled, githubkit):
    """The typed REST call parses our events, and the walk is complete."""
    with githubkit.GitHub(
        githubkit.TokenAuthStrategy(filled.token),
        base_url=filled.github_url,
        http_cache=False,
        auto_retry=False,
    ) as client:
        assert client.rest.users.get_authenticated().parsed_data.login == "octo-admin"
        assert client.rest.orgs.get("acme").parsed_data.id == filled.org_id
        assert len(set(read_with_githubkit(client))) == 75


def test_githubkit_as_an_installation(filled, githubkit):
    """Its App strategy mints a token and reads the log."""
    strategy = githubkit.AppInstallationAuthStrategy(
        filled.app_id, filled.app_pem, filled.installation_id
    )
    with githubkit.GitHub(
        strategy, base_url=filled.github_url, http_cache=False, auto_retry=False
    ) as client:
        assert len(set(read_with_githubkit(client))) == 75


def test_githubkit_as_the_app_lists_installations(filled, githubkit):
    """Its JWT, its typed answers and its own pagination."""
    strategy = githubkit.AppAuthStrategy(filled.app_id, filled.app_pem)
    with githubkit.GitHub(
        strategy, base_url=filled.github_url, http_cache=False, auto_retry=False
    ) as client:
        found = list(client.rest.paginate(client.rest.apps.list_installations))
        assert [item.id for item in found] == [51000, 51001]
        assert client.rest.apps.get_org_installation("acme").parsed_data.id == 51000


def test_githubkit_recognises_limits(filled, githubkit):
    """Its own exceptions read our two limits."""
    exceptions = importlib.import_module("githubkit.exception")
    with githubkit.GitHub(
        githubkit.TokenAuthStrategy(filled.token),
        base_url=filled.github_url,
        http_cache=False,
        auto_retry=False,
    ) as client:
        filled.mode("E28", times=1, retry_after=3)
        with pytest.raises(exceptions.SecondaryRateLimitExceeded):
            client.rest.orgs.get("acme")
        filled.mode("E27", times=1)
        with pytest.raises(exceptions.PrimaryRateLimitExceeded):
            client.rest.orgs.get("acme")
