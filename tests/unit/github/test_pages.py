"""Lists by page: only the Link header ends a walk."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.errors import (
    CredentialError,
    ForeignLinkError,
    GithubUnavailableError,
    PageLoopError,
    RateLimitedError,
    StopRequested,
    UnreadableAnswerError,
)
from github_modules.github.address import parse_address
from github_modules.github.pages import Page, PageSize, Walker
from github_modules.github.response import Answer
from tests.fakes import FakeClock
from tests.unit.github.scripted import ROOT, Middle

FIRST = f"{ROOT}/orgs/acme/audit-log?per_page=100"
DOWN = GithubUnavailableError("down")


def after(cursor, per_page=100):
    return f"{ROOT}/organizations/1/audit-log?per_page={per_page}&after={cursor}&before="


def page(items, next_url=None, status=200):
    headers = {"Link": f'<{next_url}>; rel="next"'} if next_url else {}
    body = items if isinstance(items, bytes) else json.dumps(items).encode()
    return Answer(status, headers, body, FIRST)


class Script:
    """Attempts from a script, and the URLs that were asked for."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.urls = []

    def __call__(self, url):
        self.urls.append(url)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def sizes(self):
        return [int(parse_qs(urlsplit(url).query)["per_page"][0]) for url in self.urls]


def walk(script, clock=None, first=FIRST, items_key=""):
    clock = clock or FakeClock()
    walker = Walker(script, parse_address(ROOT), clock, Middle(), items_key)
    return walker.walk(first)


def test_the_next_link_is_followed_verbatim_until_there_is_none():
    """Its path differs from the one that was asked first."""
    script = Script(page([1, 2], after("A%3D%3D")), page([3], after("B")), page([4]))
    pages = list(walk(script))
    assert [entry.items for entry in pages] == [[1, 2], [3], [4]]
    assert script.urls == [FIRST, after("A%3D%3D"), after("B")]
    assert [entry.next_url for entry in pages] == [after("A%3D%3D"), after("B"), None]


def test_an_empty_page_with_a_link_goes_on():
    """A short page is no end either."""
    pages = walk(Script(page([], after("A")), page(b"", after("B"), 204), page([1])))
    assert [entry.items for entry in pages] == [[], [], [1]]


def test_nothing_is_fetched_before_it_is_wanted():
    """The caller may stop anywhere."""
    script = Script(page([1], after("A")), page([2]))
    pages = walk(script)
    assert script.urls == []
    next(pages)
    assert script.urls == [FIRST]


@pytest.mark.parametrize(
    "next_url",
    [FIRST, f"{ROOT}/orgs/acme/audit-log?per_page=50", after("A")],
)
def test_a_page_that_comes_back_is_an_error(next_url):
    """The page before it is still good; another size does not make another page."""
    script = Script(page([1], after("A")), page([2], next_url), page([3]))
    pages = walk(script)
    assert [next(pages).items, next(pages).items] == [[1], [2]]
    with pytest.raises(PageLoopError):
        next(pages)


@pytest.mark.parametrize(
    "next_url",
    ["https://evil.test/orgs/acme", "http://api.github.com/x", "https://api.github.com@evil.test/"],
)
def test_a_link_that_leads_away_is_not_followed(next_url):
    """The token would go with it."""
    script = Script(page([1], next_url))
    with pytest.raises(ForeignLinkError, match=r"api\.github\.com"):
        list(walk(script))
    assert script.urls == [FIRST]


@pytest.mark.parametrize("body", [b'{"message": "x"}', b"<html>log in</html>", b"", b"null"])
def test_anything_but_a_list_ends_the_walk(body):
    """An object's keys are no events."""
    with pytest.raises(UnreadableAnswerError, match="not a list"):
        next(walk(Script(page(body))))


def test_a_list_that_is_no_json_is_told_when_it_is_read():
    """Parsing is left to whoever reads the page."""
    entry = next(walk(Script(page(b"[1, x]"))))
    with pytest.raises(UnreadableAnswerError, match="not JSON"):
        _ = entry.items


def test_items_are_parsed_once():
    """And may be given already."""
    entry = Page(FIRST, None, page([1]))
    assert entry.items is entry.items
    assert Page(FIRST, None, page([1]), items=[2]).items == [2]


def test_a_list_inside_an_object_is_found_by_its_key():
    """Some lists come with their total."""
    wrapped = page({"total_count": 1, "seats": [1]})
    assert [entry.items for entry in walk(Script(wrapped), items_key="seats")] == [[1]]
    with pytest.raises(UnreadableAnswerError):
        _ = next(walk(Script(wrapped), items_key="runners")).items


def test_trouble_halves_the_page_down_to_25_and_asks_the_same_url():
    """GitHub cuts requests that take it too long."""
    clock = FakeClock()
    script = Script(DOWN, page(b"[1, 2"), DOWN, DOWN, page([1]))
    assert [entry.items for entry in walk(script, clock)] == [[1]]
    assert script.sizes == [100, 50, 25, 25, 25]
    assert clock.waits == [0.5, 1.0, 2.0, 4.0]


def test_the_size_grows_back_slowly():
    """Five good pages for each doubling; the links echo the smaller size."""
    links = [after(f"C{number}", per_page=25) for number in range(12)]
    script = Script(DOWN, DOWN, *[page([1], link) for link in links], page([2]))
    list(walk(script))
    assert script.sizes == [100, 50, *[25] * 5, *[50] * 5, *[100] * 3]


def test_numbered_pages_keep_their_size():
    """Another size would move the places of all later pages."""
    numbered = f"{ROOT}/orgs/acme/members?per_page=100&page=2"
    script = Script(page([1], numbered), DOWN, page([2]))
    list(walk(script, first=f"{ROOT}/orgs/acme/members?per_page=100"))
    assert script.sizes == [100, 100, 100]


def test_a_list_without_a_size_is_left_alone():
    """There is nothing to halve."""
    script = Script(DOWN, page([1]))
    list(walk(script, first=f"{ROOT}/orgs/acme/teams"))
    assert script.urls == [f"{ROOT}/orgs/acme/teams"] * 2


@given(st.lists(st.booleans(), max_size=60), st.integers(min_value=1, max_value=100))
def test_the_size_stays_between_25_and_what_was_wanted(successes, wanted):
    """Whatever happens; a smaller wish is not enlarged."""
    size, url = PageSize(), f"{ROOT}/x?a=b&per_page={wanted}"
    for good in successes:
        size.succeeded() if good else size.shrink(url)
        current = int(size.apply(url).rpartition("=")[2])
        assert min(25, wanted) <= current <= wanted


def test_a_rate_limit_is_waited_for_elsewhere_and_keeps_the_size():
    """The governor holds the next attempt back."""
    clock = FakeClock()
    script = Script(RateLimitedError("wait", resource="core", wait_s=60.0), page([1]))
    list(walk(script, clock))
    assert (script.sizes, clock.waits) == ([100, 100], [])


def test_what_waiting_cannot_mend_ends_the_walk():
    """The caller keeps its position."""
    with pytest.raises(CredentialError):
        next(walk(Script(CredentialError("no", remedy="x"))))


def test_a_walk_gives_up_after_twelve_attempts():
    """A longer absence is the caller's matter."""
    script = Script(*[DOWN] * 12)
    with pytest.raises(GithubUnavailableError):
        next(walk(script))
    assert len(script.urls) == 12


def test_a_stop_ends_the_wait_between_attempts():
    """Within seconds, whatever GitHub does."""
    clock = FakeClock()
    clock.stop()
    with pytest.raises(StopRequested):
        next(walk(Script(DOWN, page([1])), clock))
