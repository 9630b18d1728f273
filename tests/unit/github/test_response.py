"""An answer as a value."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_modules.errors import UnreadableAnswerError
from github_modules.github.response import Answer, Headers, parse_http_date, parse_links

NEXT = "https://api.github.com/organizations/1/audit-log?phrase=a,b&after=MS4%3D%3D&before=&per_page=100"


def test_headers_are_found_in_any_case():
    """Servers and proxies differ."""
    headers = Headers({"X-GitHub-Request-Id": "1:2"})
    assert (
        headers["x-github-REQUEST-id"],
        len(headers),
        list(headers),
    ) == ("1:2", 1, ["x-github-request-id"])


def test_an_answer_takes_any_mapping_of_headers():
    """And keeps one that is fit already."""
    headers = Headers({"Date": " x "})
    assert "x" == Answer(200, headers).header("date") == Answer(200, {"DATE": "x"}).header("date")
    assert Answer(200, {}).header("date") == ""


def test_the_body_is_read_as_json():
    """Whatever value it holds."""
    assert Answer(200, {}, b'[{"a": 1}]').json() == [{"a": 1}]


def test_a_body_that_is_not_json_is_quoted_without_tags():
    """The text says what stood there, and quotes the request id."""
    answer = Answer(200, {"X-GitHub-Request-Id": "1:2"}, b"<p>Log in</p>", "https://x.test/a?b=c")
    with pytest.raises(UnreadableAnswerError, match=r"https://x.test/a is not JSON: Log in") as bad:
        answer.json()
    assert "1:2" in str(bad.value)
    with pytest.raises(UnreadableAnswerError, match="the request is not JSON: empty"):
        Answer(200, {}).json()


def test_links_are_read_verbatim_by_relation():
    """Commas in a URL do not end it; several relations may share a target."""
    header = f'<{NEXT}>; rel="next", <https://api.github.com/x>; title="a, b"; rel="first prev"'
    expected = {
        "next": NEXT,
        "first": "https://api.github.com/x",
        "prev": "https://api.github.com/x",
    }
    assert expected == Answer(200, {"Link": header}).links


@pytest.mark.parametrize(
    ("header", "links"),
    [
        ("", {}),
        ("<a>", {}),
        ("<a>; rel=next", {"next": "a"}),
        ("<a>; REL=Next; x=y", {"next": "a"}),
        ('<a>;rel="next",<b>;rel="next"', {"next": "a"}),
        ('<a>; title="<c>; rel=last"; rel="next"', {"next": "a"}),
        ("nonsense", {}),
    ],
)
def test_odd_link_headers_are_read_as_far_as_they_make_sense(header, links):
    """The first of a relation wins."""
    assert links == parse_links(header)


@given(st.text(alphabet=st.characters(exclude_characters="<>"), min_size=1, max_size=60))
def test_any_url_survives_the_link_header(url):
    """Whatever stands between the brackets comes back unchanged."""
    assert {"prev": "x", "next": url} == parse_links(f'<x>; rel="prev", <{url}>; rel="next"')


def test_a_partial_result_is_a_warning_and_no_error():
    """The ids are those of the organizations that were left out."""
    answer = Answer(200, {"X-GitHub-SSO": "partial-results; organizations=21955855,20582480"})
    (warning,) = answer.warnings
    assert "21955855, 20582480" in warning
    assert Answer(200, {"X-GitHub-SSO": "required; url=https://github.com/x"}).warnings == ()


def test_dates_are_read_in_utc():
    """GitHub's own clock is what waits are measured with."""
    moment = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert moment == Answer(200, {"Date": "Mon, 02 Mar 2026 08:00:00 GMT"}).date
    assert moment == parse_http_date("Mon, 02 Mar 2026 08:00:00 -0000")
    assert moment == parse_http_date("Mon, 02 Mar 2026 09:00:00 +0100")
    assert parse_http_date("tomorrow") is None
    assert parse_http_date("") is None
