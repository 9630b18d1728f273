"""Webhooks; their secrets are never shown."""

from github_modules.action_kit.arguments import LimitArguments, PlaceArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.hiding import shown_hook
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(PlaceArguments, LimitArguments):
    """What to look up."""


class ListWebhooksAction(ListAction[Arguments]):
    """Webhooks; their secrets are never shown."""

    component = Component(
        "list_webhooks",
        "List webhooks",
        "List the webhooks of a repository or of the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/hooks",
            "rest/repos/webhooks#list-repository-webhooks",
            permission="repository_hooks:read",
            scope="read:repo_hook",
        ),
        Endpoint(
            "GET /orgs/{org}/hooks",
            "rest/orgs/webhooks#list-organization-webhooks",
            permission="organization_hooks:read",
            scope="admin:org_hook",
        ),
    )
    arguments_model = Arguments

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the webhooks."""
        found = desk.listed(self.place(given), given, limit=given.limit)
        found.items = [shown_hook(hook) for hook in found.items]
        return self.listing(found)
