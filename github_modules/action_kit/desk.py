"""How an action speaks to GitHub: by endpoint and arguments. In a dry run, nothing is written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from github_modules.action_kit.endpoint import Endpoint
from github_modules.errors import (
    ConfigurationError,
    GithubModuleError,
    NotFoundError,
    StopRequested,
    UnreadableAnswerError,
)
from github_modules.github.auth import AppAuth
from github_modules.github.client import GithubClient
from github_modules.github.credentials import Credential
from github_modules.github.pages import Page
from github_modules.github.response import Answer
from github_modules.github.route import fill

JsonObject = dict[str, Any]
_VARIABLE = re.compile(r"\{(\w+)\}")
_BETWEEN_WRITES_S = 1.0
"""https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests"""
_PAGE_SIZE = 100

OWN_USER = Endpoint("GET /user", "rest/users/users#get-the-authenticated-user")
USER_BY_ID = Endpoint("GET /user/{account_id}", "rest/users/users#get-a-user-using-their-id")


@dataclass(slots=True)
class Listing:
    """Entries of a list, whether GitHub has more, and what it says beside the list."""

    items: list[Any] = field(default_factory=list)
    truncated: bool = False
    facts: JsonObject = field(default_factory=dict)


@dataclass(slots=True)
class Desk:
    """One run of one action: the client, whose organization, what was found worth saying.

    `plan` holds what a dry run would have sent.
    """

    client: GithubClient
    organization: str = ""
    enterprise: str = ""
    dry_run: bool = False
    warnings: list[str] = field(default_factory=list)
    plan: list[JsonObject] = field(default_factory=list)
    _written: int = 0
    _logins: dict[str, str] = field(default_factory=dict)

    @property
    def org(self) -> str:
        """Return the organization that the action is about.

        Raises:
            ConfigurationError: neither the arguments nor the account name one.
        """
        if not self.organization:
            raise ConfigurationError(
                "The argument org is empty, and the account names no organization.",
                remedy="Fill in org, or the organization of the account.",
            )
        return self.organization

    def repository(self, text: str) -> tuple[str, str]:
        """Return owner and name of a repository that was named with or without its owner."""
        owner, _, name = text.rpartition("/")
        return owner or self.org, name

    def login(self, text: str) -> str:
        """Return the login of a user that was named by login or numeric id.

        Raises:
            NotFoundError: nobody has the id.
        """
        if not text.isdecimal():
            return text
        if text not in self._logins:
            user = self.get(USER_BY_ID, account_id=text)
            self._logins[text] = str(user.get("login", ""))
        return self._logins[text]

    def own_login(self) -> str:
        """Return who the credential acts as; empty where GitHub does not tell."""
        auth = self.client.auth
        if isinstance(auth, AppAuth):
            return f"{auth.app().get('slug', '')}[bot]"
        if auth.kind is Credential.INSTALLATION:
            return ""
        return str(self.get(OWN_USER).get("login", ""))

    def _variable(self, name: str, given: object) -> object:
        if name in {"owner", "repo"}:
            return self.repository(getattr(given, "repository", ""))[name == "repo"]
        if name == "org":
            return self.org
        if name == "username":
            return self.login(getattr(given, name))
        return getattr(given, name)

    def get(
        self,
        endpoint: Endpoint,
        given: object = None,
        params: Mapping[str, object] | None = None,
        **values: object,
    ) -> JsonObject:
        """Return the object that GitHub answers with; an empty one for an empty answer.

        Raises:
            NotFoundError: it is not there, or not visible.
            GithubModuleError: what else the answer means.
        """
        answer = self._asked(endpoint, given, params, values)
        found = answer.json() if answer.body.strip() else {}
        if not isinstance(found, dict):
            raise UnreadableAnswerError(
                f"GitHub's answer to {answer.path} is not an object.",
                remedy='Check "base_url" and "proxy_url"; if they are right, report it.',
                evidence=answer.evidence,
            )
        return found

    def value(self, endpoint: Endpoint, given: object, **values: object) -> Any:  # noqa: ANN401 - GitHub's
        """Return what GitHub answers with, where that may be an object or a list."""
        return self._asked(endpoint, given, None, values).json()

    def _asked(
        self,
        endpoint: Endpoint,
        given: object,
        params: Mapping[str, object] | None,
        values: JsonObject,
    ) -> Answer:
        answer = self.client.request(
            endpoint.route,
            variables=self._filled(endpoint, given, values),
            params=query_of(endpoint, given) | dict(params or {}),
        )
        self._note(answer)
        return answer

    def _filled(self, endpoint: Endpoint, given: object, values: JsonObject) -> JsonObject:
        """Return the variables of a route: the values, and the rest from the arguments."""
        if given is None:
            return values
        names = [name for name in _VARIABLE.findall(endpoint.route) if name not in values]
        return {name: self._variable(name, given) for name in names} | values

    def find(self, endpoint: Endpoint, given: object = None, **values: object) -> JsonObject | None:
        """Return the object, or None when it is not there."""
        try:
            return self.get(endpoint, given, None, **values)
        except NotFoundError:
            return None

    def pages(
        self,
        endpoint: Endpoint,
        given: object = None,
        params: Mapping[str, object] | None = None,
        **values: object,
    ) -> Iterator[Page]:
        """Yield the pages of a list, each parsed.

        What goes wrong after the first page ends the list with a warning.
        """
        variables = self._filled(endpoint, given, values)
        query = {"per_page": _PAGE_SIZE} | query_of(endpoint, given) | dict(params or {})
        pages = self.client.pages(
            endpoint.route, variables=variables, params=query, items_key=endpoint.items_key
        )
        came = False
        try:
            for page in pages:
                self._note(page.answer)
                came = bool(page.items) or came
                yield page
        except (GithubModuleError, StopRequested) as error:
            if not came:
                raise
            cause = str(error) or "GitHub asks to wait longer than an action may take."
            self.warnings.append(f"The list is not complete: {cause}")

    def listed(
        self,
        endpoint: Endpoint,
        given: object = None,
        params: Mapping[str, object] | None = None,
        limit: int | None = None,
        **values: object,
    ) -> Listing:
        """Return the entries of a list up to a limit."""
        warned = len(self.warnings)
        listing = Listing()
        size = {} if limit is None else {"per_page": min(limit, _PAGE_SIZE)}
        for page in self.pages(endpoint, given, size | dict(params or {}), **values):
            if endpoint.items_key and not listing.items:
                found = page.answer.json()
                listing.facts = {name: found[name] for name in found if name != endpoint.items_key}
            listing.items += page.items
            if limit is not None and len(listing.items) >= limit:
                listing.truncated = page.next_url is not None or len(listing.items) > limit
                del listing.items[limit:]
                break
        listing.truncated |= len(self.warnings) > warned
        return listing

    def write(
        self,
        endpoint: Endpoint,
        given: object = None,
        *,
        body: object = None,
        shown: object = None,
        expect: Sequence[int] = (),
        **values: object,
    ) -> Answer | None:
        """Send a change, or note it in the plan and return None in a dry run.

        Args:
            endpoint: what to call.
            given: the action's arguments, for the variables of the route.
            body: what to send.
            shown: the body for the plan, where the real one holds secrets.
            expect: error statuses that are answers to the caller.
            values: further variables of the route.
        """
        variables = self._filled(endpoint, given, values)
        if self.dry_run:
            method, path = fill(endpoint.route, variables)
            plan = {"method": method, "path": path}
            self.plan.append(plan | ({} if body is None else {"body": shown or body}))
            return None
        if self._written and self.client.clock.wait(_BETWEEN_WRITES_S):
            raise StopRequested
        self._written += 1
        return self.client.request(
            endpoint.route,
            variables=variables,
            json=body,
            anonymous=endpoint.anonymous,
            expect=tuple(expect),
        )

    def _note(self, answer: Answer) -> None:
        self.warnings += [text for text in answer.warnings if text not in self.warnings]


def query_of(endpoint: Endpoint, given: object) -> JsonObject:
    """Return the query parameters that the arguments fill in; empty ones are left out."""
    found = {name: getattr(given, name, None) for name in endpoint.query}
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else value
        for name, value in found.items()
        if value not in ("", None, False, 0, [])
    }
