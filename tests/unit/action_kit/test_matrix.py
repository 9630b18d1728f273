"""Which actions a credential allows: pure, from what GitHub tells about the credential."""

import pytest

from github_modules.action_kit.endpoint import CLOUD, ENTERPRISE, Endpoint
from github_modules.action_kit.matrix import (
    Verdict,
    Wanted,
    by_permissions,
    by_probes,
    by_scopes,
    matrix,
    probes,
    summary,
)

READ = Endpoint("GET /orgs/{org}/teams", "x", permission="members:read", scope="read:org")
WRITE = Endpoint(
    "PUT /orgs/{org}/x", "x", permission="members:write", scope="admin:org", plan=CLOUD
)
FREE = Endpoint("GET /users/{username}", "x")
APP = Endpoint("GET /orgs/{org}/pat", "x", permission="pats:read", app_only=True)
EITHER = Endpoint(
    "GET /repos/{owner}/{repo}/x", "x", permission="a:read or b:write", scope="r or s"
)
META = Endpoint("GET /repos/{owner}/{repo}", "x", permission="metadata:read", plan=ENTERPRISE)
EXTRA = Endpoint("GET /y", "x", permission="never:read", optional=True)


def works(judge, *endpoints, on_server=False):
    """Return whether an action with these calls works."""
    (verdict,) = matrix([Wanted("it", endpoints)], judge, on_server=on_server)
    return verdict.works


@pytest.mark.parametrize(
    ("held", "endpoints", "expected"),
    [
        ({"members": "read"}, [READ], True),
        ({"members": "read"}, [READ, WRITE], False),
        ({"members": "admin"}, [WRITE], True),
        ({}, [FREE, META, EXTRA], True),
        ({"b": "write"}, [EITHER], True),
        ({"b": "read"}, [EITHER], False),
        ({"pats": "odd"}, [APP], False),
    ],
)
def test_permissions_of_an_app(held, endpoints, expected):
    """A higher level includes the lower ones; alternatives are enough alone."""
    assert works(by_permissions(held), *endpoints) is expected


@pytest.mark.parametrize(
    ("held", "endpoints", "expected"),
    [
        (("read:org",), [READ], True),
        (("admin:org",), [READ, WRITE], True),
        (("read:org",), [WRITE], False),
        ((), [FREE], True),
        (("s",), [EITHER], True),
        (("admin:org",), [APP], False),
    ],
)
def test_scopes_of_a_classic_token(held, endpoints, expected):
    """Wide scopes include narrow ones; nothing opens what only Apps may do."""
    assert works(by_scopes(held), *endpoints) is expected


@pytest.mark.parametrize(
    ("readable", "endpoints", "expected"),
    [
        ({"members": True}, [READ], True),
        ({"members": True}, [WRITE], None),
        ({"members": False}, [WRITE], False),
        ({}, [READ], None),
        ({}, [FREE], True),
        ({}, [APP], False),
    ],
)
def test_a_token_that_was_tried(readable, endpoints, expected):
    """Reading was tried; whether it may write stays open."""
    assert works(by_probes(readable), *endpoints) is expected


def test_a_server_has_not_everything():
    """What only github.com has is not promised on a server."""
    everything = by_permissions({"members": "admin"})
    assert works(everything, WRITE, on_server=True) is False
    assert works(everything, META, on_server=True) is True


def test_probes_need_no_more_than_organization_or_repository():
    """One harmless call for each permission."""
    actions = [Wanted("a", [WRITE, READ, APP, FREE]), Wanted("b", [EITHER, READ])]
    assert probes(actions) == {"members": READ, "a": EITHER}


def test_the_summary_names_each_missing_thing_once():
    """What is missing, and for which actions."""
    told = summary(
        [
            Verdict("a", works=True),
            Verdict("b", works=False, needs="scope repo"),
            Verdict("c", works=False, needs="scope repo"),
            Verdict("d", works=None),
        ]
    )
    assert told.startswith("1 of 4 actions will work. Whether 1 more may write")
    assert told.endswith("Missing: scope repo for b, c.")
    assert summary([Verdict("a", works=True)]) == "1 of 1 actions will work."
