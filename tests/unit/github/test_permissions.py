"""The missing right, read from headers."""

import pytest

from github_modules.github.permissions import (
    describe_permissions,
    describe_scopes,
    granted_scopes,
    missing_scopes,
)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", ""),
        ("metadata=read", "metadata: read"),
        ("a=write,b=read", "a: write and b: read"),
        ("a=write, b=read; c=read", "a: write and b: read, or c: read"),
        ("a; ,;", "a"),
    ],
)
def test_a_comma_joins_and_a_semicolon_separates(header, words):
    """That is how GitHub writes what a call needs."""
    assert words == describe_permissions(header)


@pytest.mark.parametrize(
    ("accepted", "held", "missing"),
    [
        ("read:audit_log", "repo", ("read:audit_log",)),
        ("admin:org, read:org", "admin:org", ()),
        ("read:org", "admin:org", ()),
        ("read:audit_log", "audit_log", ()),
        ("repo, read:org", "", ("repo", "read:org")),
        ("", "", ()),
        ("public_repo", "repo, gist", ()),
    ],
)
def test_one_accepted_scope_is_enough_and_wide_ones_cover_narrow_ones(accepted, held, missing):
    """What is left is what the token lacks."""
    assert missing == missing_scopes(accepted, held)


def test_wide_scopes_include_the_narrow_ones():
    """As GitHub's list of scopes says."""
    assert {"write:org", "read:org"} <= granted_scopes(("admin:org",))


def test_scopes_are_named_as_a_choice():
    """One is a name, several are alternatives."""
    assert (
        describe_scopes(("repo",)),
        describe_scopes(("repo", "gist")),
    ) == ("repo", "one of repo, gist")
