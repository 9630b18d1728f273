"""Audit events that match a phrase or typed terms, unchanged."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    Login,
    Moment,
    OrgArguments,
    one_of,
    optional,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import ENTERPRISE, Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component
from github_modules.github.phrase import check_phrase, created_from, created_range, term
from github_modules.github.settings import GithubSettings

TERMS = ("action", "repo", "country", "hashed_token")


class Arguments(OrgArguments, LimitArguments):
    """What to search for."""

    phrase: Line = optional("Phrase", "Search phrase of the audit log, without created:.")
    actor: Login = optional("Actor", "Only what this user did (login or numeric id).")
    action: Line = optional("Action", "Only this action or category, such as repo.destroy or org.")
    repo: Line = optional("Repository", "Only this repository, as owner/name.")
    country: Line = optional("Country", "Only from this country, as its two letters.")
    hashed_token: Line = optional(
        "Hashed token", "Only what was done with this token (hashed_token of an event)."
    )
    created_from: Moment = optional("From", "Only events from this time on.")
    created_to: Moment = optional("To", "Only events up to this time.")
    include: Annotated[str, one_of("all", "web", "git")] = Field(
        default="all",
        title="Include",
        description="Web events, git events, or all. Git events are kept for 7 days.",
    )
    order: Annotated[str, one_of("desc", "asc")] = Field(
        default="desc", title="Order", description="Latest first (desc) or earliest first (asc)."
    )


class SearchAuditLogAction(ListAction[Arguments]):
    """Audit events that match a phrase or typed terms, unchanged."""

    component = Component(
        "search_audit_log",
        "Search audit log",
        "Search the audit log of the organization or enterprise.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/audit-log",
            "enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization",
            permission="organization_administration:read",
            scope="read:audit_log",
            query=("include", "order"),
            plan=ENTERPRISE,
        ),
        Endpoint(
            "GET /enterprises/{enterprise}/audit-log",
            "enterprise-cloud@latest/rest/enterprise-admin/audit-log#get-the-audit-log-for-an-enterprise",
            permission="enterprise_administration:read",
            scope="read:audit_log",
            query=("include", "order"),
            plan=ENTERPRISE,
            optional=True,
        ),
    )
    arguments_model = Arguments

    def settings_for(self, given: Arguments) -> GithubSettings:
        """Return the account's own settings where no organization is named: it may be an enterprise."""
        return super().settings_for(given) if given.org else self.module.settings()

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the events."""
        at_enterprise = bool(desk.enterprise) and not given.org
        endpoint = self.endpoints[1 if at_enterprise else 0]
        params = {"phrase": _phrase(desk, given) or None}
        return self.listing(desk.listed(endpoint, given, params, given.limit))


def _phrase(desk: Desk, given: Arguments) -> str:
    """Return one phrase of everything that was filled in."""
    parts = [check_phrase(given.phrase)]
    actor = desk.login(given.actor) if given.actor else ""
    values = {"actor": actor} | {name: getattr(given, name) for name in TERMS}
    parts += [term(name, value) for name, value in values.items() if value]
    start, end = (
        datetime.fromisoformat(at) if at else None for at in (given.created_from, given.created_to)
    )
    if end:
        parts.append(created_range(start or datetime.fromtimestamp(0, UTC), end))
    elif start:
        parts.append(created_from(start))
    return " ".join(part for part in parts if part)
