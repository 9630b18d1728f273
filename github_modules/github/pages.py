"""A list that GitHub hands out in pages, walked by its Link header only.

Does not send: it is given a function that makes one attempt. Retries are its own, because a
page that GitHub cannot build is asked for in smaller pieces.
https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

from github_modules.clock import Clock
from github_modules.errors import (
    ForeignLinkError,
    GithubUnavailableError,
    PageLoopError,
    RetryableError,
    StopRequested,
    UnreadableAnswerError,
)
from github_modules.github.address import Address
from github_modules.github.faults import unreachable
from github_modules.github.redaction import excerpt
from github_modules.github.response import Answer
from github_modules.github.retry import WALK, Patience, Rng, decide_retry

OnRetry: TypeAlias = Callable[[RetryableError, float], None]

_SMALLEST_PAGE = 25
_PAGES_BEFORE_GROWTH = 5
_PER_PAGE = re.compile(r"(?<=[?&])per_page=(\d+)")
_BY_NUMBER = re.compile(r"[?&]page=[1-9]")


class Page:
    """One page. `items` is parsed when first asked for, so that fetching needs the header only.

    Args:
        url: what was asked.
        next_url: the following page, verbatim; None on the last one.
        answer: what came back.
        items: the list, for those who have it already.
        items_key: the field that holds the list, where the answer is an object.
    """

    __slots__ = ("_items", "_items_key", "answer", "next_url", "url")

    def __init__(
        self,
        url: str,
        next_url: str | None,
        answer: Answer,
        items: list[Any] | None = None,
        items_key: str = "",
    ) -> None:
        self.url = url
        self.next_url = next_url
        self.answer = answer
        self._items = items
        self._items_key = items_key

    @property
    def items(self) -> list[Any]:
        """The entries of the page, untouched.

        Raises:
            UnreadableAnswerError: the body is not the documented list (row E39).
        """
        if self._items is None:
            found = self.answer.json() if self.answer.body.strip() else []
            if self._items_key and isinstance(found, dict):
                found = found.get(self._items_key)
            if not isinstance(found, list):
                raise not_a_list(self.answer)
            self._items = found
        return self._items


def not_a_list(answer: Answer) -> UnreadableAnswerError:
    """Return the error for an answer that is anything but a list."""
    cause = f"GitHub's answer to {answer.path} is not a list: {excerpt(answer.body) or 'empty'}"
    remedy = 'Check "base_url" and "proxy_url"; if they are right, report it.'
    return UnreadableAnswerError(f"{cause}.", remedy=remedy, evidence=answer.evidence)


def check_body(answer: Answer, items_key: str = "") -> None:
    """Tell a torn body from a wrong one by its first and last character, without parsing.

    Raises:
        GithubUnavailableError: it starts like the documented value and breaks off.
        UnreadableAnswerError: it is something else.
    """
    body = answer.body.strip()
    first, last = (b"{", b"}") if items_key else (b"[", b"]")
    if not body and answer.status == 204:
        return
    if not body.startswith(first):
        raise not_a_list(answer)
    if not body.endswith(last):
        raise unreachable(urlsplit(answer.url).hostname or "GitHub", "the answer broke off")


class PageSize:
    """`per_page` of one walk: halved on trouble down to 25, doubled again after five pages.

    A list that is numbered (`page=3`) keeps its size: another size would move its pages.
    """

    def __init__(self) -> None:
        self._now: int | None = None
        self._wanted = 0
        self._good = 0

    def apply(self, url: str) -> str:
        """Return the URL with the current size; the URL itself as long as all is well."""
        found = _PER_PAGE.search(url)
        if self._now is None or not found or int(found[1]) == self._now:
            return url
        return _PER_PAGE.sub(f"per_page={self._now}", url, count=1)

    def shrink(self, url: str) -> None:
        """Halve the size, where the list allows that."""
        found = _PER_PAGE.search(url)
        if not found or _BY_NUMBER.search(url):
            return
        self._good = 0
        self._wanted = self._wanted or int(found[1])
        current = self._now or self._wanted
        self._now = max(min(_SMALLEST_PAGE, current), current // 2)

    def succeeded(self) -> None:
        """Note a page that came; the size grows back slowly."""
        if self._now is None:
            return
        self._good += 1
        if self._good % _PAGES_BEFORE_GROWTH == 0:
            self._now = min(self._wanted, self._now * 2)


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks a list from its first URL to the page without a `next` link.

    `attempt` makes one attempt at a URL; it raises what the answer means. `on_retry` is told each
    failure that is waited out, and the seconds: a walk is patient, and somebody may be watching.
    """

    attempt: Callable[[str], Answer]
    address: Address
    clock: Clock
    rng: Rng
    items_key: str = ""
    on_retry: OnRetry | None = None
    patience: Patience = WALK

    def walk(self, first_url: str) -> Iterator[Page]:
        """Yield the pages in order. An empty page with a `next` link does not end the walk.

        Raises:
            PageLoopError: a page or cursor came back.
            ForeignLinkError: a link leads away from the configured address.
            GithubModuleError: what the answers meant, once waiting did not help.
            StopRequested: the process was asked to end.
        """
        size = PageSize()
        seen: set[bytes] = set()
        url: str | None = first_url
        while url:
            mark = _mark(url)
            if mark in seen:
                cause = "GitHub's link to the next page leads back to a page already read."
                raise PageLoopError(cause, remedy="The module starts this reading again.")
            seen.add(mark)
            answer = self._fetch(url, size)
            next_url = answer.links.get("next")
            if next_url and not self.address.contains(next_url):
                cause = f"A link to the next page leads away from {self.address.origin}."
                raise ForeignLinkError(cause, remedy='Check "base_url".', evidence=answer.evidence)
            yield Page(url, next_url, answer, items_key=self.items_key)
            url = next_url

    def _fetch(self, url: str, size: PageSize) -> Answer:
        """Return one page; as long as GitHub fails, ask the same URL again for less."""
        number = 1
        while True:
            try:
                answer = self.attempt(size.apply(url))
                check_body(answer, self.items_key)
            except RetryableError as error:
                wait_s = decide_retry(
                    error,
                    number,
                    method="GET",
                    idempotent=True,
                    rng=self.rng,
                    patience=self.patience,
                )
                if wait_s is None:
                    raise
                if isinstance(error, GithubUnavailableError):
                    size.shrink(url)
                if self.on_retry:
                    self.on_retry(error, wait_s)
                if wait_s and self.clock.wait(wait_s):
                    raise StopRequested from None
            else:
                size.succeeded()
                return answer
            number += 1


def _mark(url: str) -> bytes:
    """Return eight bytes that tell pages apart: the cursor, else the URL but for its size.

    Eight bytes and not the URL, because a walk may have a hundred thousand pages.
    """
    cursors = parse_qs(urlsplit(url).query).get("after")
    identity = f"after={cursors[0]}" if cursors else _PER_PAGE.sub("", url)
    return blake2b(identity.encode(), digest_size=8).digest()
