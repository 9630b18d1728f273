"""Secret scanning alerts, the latest change first; secrets never come back."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    PlaceArguments,
    one_of,
    optional,
)
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.hiding import without_secret
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(PlaceArguments, LimitArguments):
    """What to look up."""

    state: Annotated[str, one_of("open", "resolved")] = optional(
        "State", "Only alerts in this state."
    )
    secret_type: Line = optional("Secret type", "Only these types of secret, comma-separated.")
    resolution: Line = optional(
        "Resolution", "Only alerts closed for these reasons, comma-separated."
    )
    validity: Line = optional(
        "Validity", "Only active, inactive or unknown secrets, comma-separated."
    )
    is_publicly_leaked: bool = Field(
        default=False,
        title="Publicly leaked",
        description="Only secrets that were found in public.",
    )
    is_multi_repo: bool = Field(
        default=False,
        title="In several repositories",
        description="Only secrets that are in more than one repository.",
    )
    sort: Annotated[str, one_of("updated", "created")] = Field(
        default="updated", title="Sort", description="By the last change or by creation."
    )
    direction: Annotated[str, one_of("desc", "asc")] = Field(
        default="desc",
        title="Direction",
        description="Latest first (desc) or earliest first (asc).",
    )


class ListSecretScanningAlertsAction(ListAction[Arguments]):
    """Secret scanning alerts, the latest change first; secrets never come back."""

    component = Component(
        "list_secret_scanning_alerts",
        "List secret scanning alerts",
        "List secret scanning alerts of a repository or of the organization, without the secrets.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/secret-scanning/alerts",
            "rest/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-a-repository",
            permission="secret_scanning_alerts:read",
            scope="repo or security_events",
            query=(
                "state",
                "secret_type",
                "resolution",
                "validity",
                "is_publicly_leaked",
                "is_multi_repo",
                "sort",
                "direction",
            ),
        ),
        Endpoint(
            "GET /orgs/{org}/secret-scanning/alerts",
            "rest/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-an-organization",
            permission="secret_scanning_alerts:read",
            scope="repo or security_events",
            query=(
                "state",
                "secret_type",
                "resolution",
                "validity",
                "is_publicly_leaked",
                "is_multi_repo",
                "sort",
                "direction",
            ),
        ),
    )
    arguments_model = Arguments

    fixed_params: ClassVar[Mapping[str, Any]] = {"hide_secret": True}

    def shown(self, item: Any) -> Any:  # noqa: ANN401 - GitHub's
        """Return an alert without its secret, whatever GitHub sent."""
        return without_secret(item, "secret")
