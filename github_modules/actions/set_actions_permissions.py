"""The kill-switch of GitHub Actions. A policy of the organization or enterprise above it wins."""

from typing import Annotated

from pydantic import Field

from github_modules.action_kit.arguments import PlaceArguments, WriteArguments, one_of, optional
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component
from github_modules.errors import ConfigurationError

KEPT = ("enabled", "enabled_repositories", "allowed_actions", "sha_pinning_required")


class Arguments(PlaceArguments, WriteArguments):
    """What to change."""

    enabled: bool = Field(
        default=True, title="Enabled", description="For a repository: whether Actions may run."
    )
    enabled_repositories: Annotated[str, one_of("all", "none", "selected")] = optional(
        "Enabled repositories", "For the organization: where Actions may run."
    )
    allowed_actions: Annotated[str, one_of("all", "local_only", "selected")] = optional(
        "Allowed actions", "Which actions may be used. Empty: as it is."
    )
    sha_pinning_required: Annotated[str, one_of("true", "false")] = optional(
        "SHA pinning", "Whether actions must be pinned to a commit. Empty: as it is."
    )


class SetActionsPermissionsAction(WriteAction[Arguments]):
    """The kill-switch of GitHub Actions. A policy of the organization or enterprise above it wins."""

    component = Component(
        "set_actions_permissions",
        "Set Actions permissions",
        "Switch GitHub Actions off or on, or restrict it, for a repository or the organization.",
    )
    endpoints = (
        Endpoint(
            "PUT /repos/{owner}/{repo}/actions/permissions",
            "rest/actions/permissions#set-github-actions-permissions-for-a-repository",
            permission="administration:write",
            scope="repo",
        ),
        Endpoint(
            "PUT /orgs/{org}/actions/permissions",
            "rest/actions/permissions#set-github-actions-permissions-for-an-organization",
            permission="organization_administration:write",
            scope="admin:org",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/actions/permissions",
            "rest/actions/permissions#get-github-actions-permissions-for-a-repository",
            permission="administration:read",
            scope="repo",
        ),
        Endpoint(
            "GET /orgs/{org}/actions/permissions",
            "rest/actions/permissions#get-github-actions-permissions-for-an-organization",
            permission="organization_administration:read",
            scope="admin:org",
        ),
    )
    arguments_model = Arguments
    undo = "Run it again with the values of previous_state."

    def guard(self, desk: Desk, given: Arguments) -> None:  # noqa: ARG002 - nothing is asked
        """Refuse an organization without the word that says where Actions may run."""
        if not given.repository and not given.enabled_repositories:
            raise ConfigurationError(
                "For the organization, the argument enabled_repositories is needed.",
                remedy="Fill in all, none or selected, or name a repository.",
            )

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the settings as they are; None when they are the wanted ones."""
        now = desk.get(self.endpoints[2 if given.repository else 3], given)
        kept = {name: now[name] for name in KEPT if name in now}
        wanted = self.body(given)
        return None if all(kept.get(name) == wanted[name] for name in wanted) else kept

    def body(self, given: Arguments) -> JsonObject:
        """Return the settings to send."""
        wanted: JsonObject = {"enabled": given.enabled}
        if not given.repository:
            wanted = {"enabled_repositories": given.enabled_repositories}
        if given.allowed_actions:
            wanted["allowed_actions"] = given.allowed_actions
        if given.sha_pinning_required:
            wanted["sha_pinning_required"] = given.sha_pinning_required == "true"
        return wanted
