"""What a person may type as an argument, and what GitHub gets."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from github_modules.action_kit.arguments import (
    Line,
    Login,
    Moment,
    Numbers,
    Reference,
    Repository,
    Slug,
    one_of,
)

GOOD = [
    (Login, "octo-cat", "octo-cat"),
    (Login, "@octo", "octo"),
    (Login, " https://github.com/octo/ ", "octo"),
    (Login, "https://github.com/orgs/acme", "acme"),
    (Login, "octo_acme", "octo_acme"),
    (Login, "helper[bot]", "helper[bot]"),
    (Login, 4711, "4711"),
    (Repository, "app", "app"),
    (Repository, "acme/app.js", "acme/app.js"),
    (Repository, "https://github.com/acme/app/issues/3?x=1#y", "acme/app"),
    (Repository, "git@github.com:acme/app.git", "acme/app"),
    (Repository, "https://ghe.example.test:8443/acme/app", "acme/app"),
    (Reference, "feature/x", "feature/x"),
    (Line, "text here", "text here"),
    (Slug, "a-team", "a-team"),
    (Moment, "2026-03-02", "2026-03-02T00:00:00Z"),
    (Moment, "2026-03-02T08:00:00+02:00", "2026-03-02T06:00:00Z"),
    (Numbers, "1, 2\n3", [1, 2, 3]),
    (Numbers, 7, [7]),
    (Numbers, ["5"], [5]),
]
BAD = [
    (Login, "a b"), (Login, ""), (Login, True), (Login, "-octo"), (Login, ["octo"]),
    (Repository, "a b/c"), (Repository, ".."), (Repository, "acme/.."), (Repository, "a/b c"),
    (Reference, "a..b"), (Reference, "a b"), (Reference, "a\x00"), (Line, "two\nlines"),
    (Slug, "a/b"), (Moment, "yesterday"), (Numbers, "1,x"), (Numbers, [0]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "taken"), GOOD)
def test_what_people_write_is_understood(kind, typed, taken):
    """Addresses, signs and spaces around a name are what people paste."""
    assert TypeAdapter(kind).validate_python(typed) == taken


@pytest.mark.parametrize(("kind", "typed"), BAD)
def test_what_cannot_be_right_is_refused(kind, typed):
    """Before any request is made."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(typed)


def test_one_of_some_words_in_any_case():
    """The word comes out as GitHub writes it, and the schema lists all of them."""
    kind = TypeAdapter(Annotated[str, one_of("won't fix", "Open")])
    assert kind.validate_python(" OPEN ") == "Open"
    assert kind.json_schema()["enum"] == ["won't fix", "Open"]
    with pytest.raises(ValidationError, match="none of won't fix, Open"):
        kind.validate_python("closed")
