"""Fine-grained personal access tokens with access to an organization. Classic tokens are never listed."""

from github_modules.action_kit.arguments import (
    LimitArguments,
    Line,
    Moment,
    Numbers,
    OrgArguments,
    Texts,
    optional,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""

    owner: Texts = optional("Owners", "Only tokens of these users.", [])
    repository: Line = optional("Repository", "Only tokens that reach this repository (its name).")
    permission: Line = optional("Permission", "Only tokens with this permission.")
    token_id: Numbers = optional("Token ids", "Only these tokens (token_id of an audit event).", [])
    last_used_before: Moment = optional(
        "Last used before", "Only tokens last used before this time."
    )
    last_used_after: Moment = optional("Last used after", "Only tokens last used after this time.")


class ListTokenGrantsAction(ListAction[Arguments]):
    """Fine-grained personal access tokens with access to an organization. Classic tokens are never listed."""

    component = Component(
        "list_token_grants",
        "List token grants",
        "List the fine-grained personal access tokens that may reach the organization.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/personal-access-tokens",
            "rest/orgs/personal-access-tokens#list-fine-grained-personal-access-tokens-with-access-to-organization-resources",
            permission="organization_personal_access_tokens:read",
            query=("repository", "permission", "last_used_before", "last_used_after"),
            app_only=True,
        ),
    )
    arguments_model = Arguments

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the tokens, each with its `id`: the pat_id that revokes it."""
        params = {"owner[]": given.owner, "token_id[]": given.token_id}
        return self.listing(desk.listed(self.endpoints[0], given, params, given.limit))
