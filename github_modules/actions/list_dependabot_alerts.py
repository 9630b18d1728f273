"""Dependabot alerts, the latest change first."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    PlaceArguments,
    one_of,
    optional,
)
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(PlaceArguments, LimitArguments):
    """What to look up."""

    state: Line = optional(
        "State",
        "Only alerts in these states: auto_dismissed, dismissed, fixed, open; comma-separated.",
    )
    severity: Line = optional(
        "Severity", "Only these severities: low, medium, high, critical; comma-separated."
    )
    ecosystem: Line = optional(
        "Ecosystem", "Only these ecosystems, such as npm, pip; comma-separated."
    )
    package: Line = optional("Package", "Only these packages, comma-separated.")
    sort: Annotated[str, one_of("updated", "created")] = Field(
        default="updated", title="Sort", description="By the last change or by creation."
    )
    direction: Annotated[str, one_of("desc", "asc")] = Field(
        default="desc",
        title="Direction",
        description="Latest first (desc) or earliest first (asc).",
    )


class ListDependabotAlertsAction(ListAction[Arguments]):
    """Dependabot alerts, the latest change first."""

    component = Component(
        "list_dependabot_alerts",
        "List Dependabot alerts",
        "List Dependabot alerts of a repository or of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/dependabot/alerts",
            "rest/dependabot/alerts#list-dependabot-alerts-for-a-repository",
            permission="vulnerability_alerts:read",
            scope="repo or security_events",
            query=("state", "severity", "ecosystem", "package", "sort", "direction"),
        ),
        Endpoint(
            "GET /orgs/{org}/dependabot/alerts",
            "rest/dependabot/alerts#list-dependabot-alerts-for-an-organization",
            permission="vulnerability_alerts:read",
            scope="repo or security_events",
            query=("state", "severity", "ecosystem", "package", "sort", "direction"),
        ),
    )
    arguments_model = Arguments
