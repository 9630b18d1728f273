"""Webhooks; their secrets are never shown."""

from typing import Any

from github_modules.action_kit.arguments import LimitArguments, PlaceArguments
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

    def shown(self, item: Any) -> Any:  # noqa: ANN401 - GitHub's
        """Return a webhook without its secret."""
        return shown_hook(item)
