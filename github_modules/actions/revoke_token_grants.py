"""Takes away the access of fine-grained tokens. The tokens keep what is public; SSH keys they made stay."""

from github_modules.action_kit.arguments import (
    Login,
    Numbers,
    OptionalNumber,
    OrgArguments,
    WriteArguments,
    optional,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import WriteAction
from github_modules.action_kit.results import WriteResults, with_fields
from github_modules.component import Component
from github_modules.errors import ConfigurationError
from github_modules.github.response import Answer

MOST_AT_ONCE = 100


class Arguments(OrgArguments, WriteArguments):
    """What to change."""

    pat_ids: Numbers = optional(
        "Grants", "Ids of the grants (id in the result of List token grants).", []
    )
    owner: Login = optional("Owner", "Revoke every grant of this user (login or numeric id).")
    token_id: OptionalNumber = optional(
        "Token id", "Revoke the grant of this token (token_id of an audit event).", 0
    )


class RevokeTokenGrantsAction(WriteAction[Arguments]):
    """Takes away the access of fine-grained tokens. The tokens keep what is public; SSH keys they made stay."""

    component = Component(
        "revoke_token_grants",
        "Revoke token grants",
        "Take away the access of fine-grained personal access tokens to the organization.",
    )
    endpoints = (
        Endpoint(
            "POST /orgs/{org}/personal-access-tokens",
            "rest/orgs/personal-access-tokens#update-the-access-to-organization-resources-via-fine-grained-personal-access-tokens",
            permission="organization_personal_access_tokens:write",
            app_only=True,
        ),
        Endpoint(
            "GET /orgs/{org}/personal-access-tokens",
            "rest/orgs/personal-access-tokens#list-fine-grained-personal-access-tokens-with-access-to-organization-resources",
            permission="organization_personal_access_tokens:read",
            app_only=True,
        ),
    )
    arguments_model = Arguments
    results_model = with_fields(WriteResults, revoked_pat_ids=list)
    undo = "Nothing: the owner of the token has to ask for access again."

    def guard(self, desk: Desk, given: Arguments) -> None:  # noqa: ARG002 - nothing is asked
        """Refuse to revoke everything because nothing was named."""
        if not (given.pat_ids or given.owner or given.token_id):
            raise ConfigurationError(
                "None of the arguments pat_ids, owner and token_id is filled in.",
                remedy="Name the grants, the owner, or the token.",
            )

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the grants that are there; None when there are none."""
        params: JsonObject = {}
        if given.owner:
            params["owner[]"] = [desk.login(given.owner)]
        if given.token_id:
            params["token_id[]"] = [given.token_id]
        grants = desk.listed(self.endpoints[1], given, params).items
        if given.pat_ids:
            grants = [grant for grant in grants if grant.get("id") in given.pat_ids]
        return {"grants": grants} if grants else None

    def change(self, desk: Desk, given: Arguments, before: JsonObject) -> Answer | None:
        """Revoke them, at most 100 in a request."""
        ids = [grant["id"] for grant in before["grants"]]
        answer = None
        for start in range(0, len(ids), MOST_AT_ONCE):
            body = {"action": "revoke", "pat_ids": ids[start : start + MOST_AT_ONCE]}
            answer = desk.write(self.endpoints[0], given, body=body)
        return answer

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Add which grants were revoked."""
        revoked = [grant["id"] for grant in before.get("grants", [])] if answer else []
        return super().outcome(desk, before, answer) | {"revoked_pat_ids": revoked}
