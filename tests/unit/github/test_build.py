"""Settings in, a working client out: over the real transport, with the network replaced."""

import pytest
import requests_mock as mock

from github_modules.errors import CredentialError
from github_modules.github.build import connect
from github_modules.github.settings import check_settings
from tests.fakes import FakeClock
from tests.unit.github.keys import pkcs1
from tests.unit.github.scripted import ROOT

AUDIT = "GET /orgs/{org}/audit-log"
ACME = {"org": "acme"}


@pytest.fixture
def network():
    with mock.Mocker() as mocker:
        yield mocker


def test_a_token_reads_an_audit_log_page_by_page(network):
    """The shortest form is enough."""
    after = f"{ROOT}/organizations/1/audit-log?per_page=2&after=A%3D&before="
    network.get(
        f"{ROOT}/orgs/acme/audit-log", json=[{"a": 1}], headers={"Link": f'<{after}>; rel="next"'}
    )
    network.get(f"{ROOT}/organizations/1/audit-log", json=[{"a": 2}])
    client = connect(check_settings(org_name="acme", apikey="ghp_octo"), FakeClock())
    pages = client.pages(AUDIT, variables=ACME, params={"per_page": 2})
    assert [page.items for page in pages] == [[{"a": 1}], [{"a": 2}]]
    sent = network.request_history
    assert [request.headers["Authorization"] for request in sent] == ["Bearer ghp_octo"] * 2
    assert sent[1].url == after
    client.close()


def test_an_app_mints_its_token_first(network):
    """Through the same gate, so limits hold for that as well."""
    network.get(f"{ROOT}/orgs/acme/installation", json={"id": 7})
    network.post(
        f"{ROOT}/app/installations/7/access_tokens",
        json={"token": "ghs_1", "expires_at": "2026-03-02T09:00:00Z"},
        status_code=201,
    )
    network.get(f"{ROOT}/orgs/acme/audit-log", json=[])
    settings = check_settings(org_name="acme", app_id=1, pem_file=pkcs1())
    client = connect(settings, FakeClock(), per_minute=60, user_agent="octo/1")
    client.request(AUDIT, variables=ACME)
    assert client.requests == 3
    assert {request.headers["User-Agent"] for request in network.request_history} == {"octo/1"}


def test_waits_and_notices_are_told(network):
    """The token's end as a sentence with a remedy."""
    ends = {"github-authentication-token-expiration": "2026-03-10 08:00:00 UTC"}
    network.get(f"{ROOT}/orgs/acme/audit-log", json=[], headers=ends)
    waits, notices = [], []
    client = connect(
        check_settings(org_name="acme", apikey="ghp_octo"),
        FakeClock(),
        per_minute=60,
        on_wait=lambda reason, seconds: waits.append((reason, seconds)),
        on_notice=notices.append,
    )
    client.request(AUDIT, variables=ACME)
    client.request(AUDIT, variables=ACME)
    assert waits == [("ratelimit_per_minute", 1.0)]
    (notice,) = notices
    assert notice.startswith("The token expires on 2026-03-10 08:00 UTC.")
    assert "apikey" in notice


def test_texts_name_the_organization_and_never_the_token(network):
    """What an operator reads."""
    network.get(f"{ROOT}/orgs/acme/audit-log", status_code=401, json={"message": "Bad credentials"})
    client = connect(check_settings(org_name="acme", apikey="ghp_octo"), FakeClock())
    with pytest.raises(CredentialError) as refused:
        client.request(AUDIT, variables=ACME)
    assert "ghp_octo" not in str(refused.value)
    assert network.call_count == 1
