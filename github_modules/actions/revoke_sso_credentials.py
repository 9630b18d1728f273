"""Ends the single sign-on authorization of tokens and keys. The credentials themselves live on."""

from typing import Annotated

from github_modules.action_kit.arguments import (
    OptionalNumber,
    OrgArguments,
    UserArguments,
    WriteArguments,
    one_of,
    optional,
)
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import ENTERPRISE_SSO, Endpoint
from github_modules.action_kit.guards import not_oneself
from github_modules.action_kit.kinds import WriteAction
from github_modules.component import Component
from github_modules.github.response import Answer


class Arguments(UserArguments, OrgArguments, WriteArguments):
    """What to change."""

    credential_type: Annotated[
        str, one_of("classic_pat", "fine_grained_pat", "ssh_key", "oauth_app_token")
    ] = optional("Kind", "Only credentials of this kind.")
    credential_id: OptionalNumber = optional(
        "Credential", "Only this one (credential_id in the result of List SSO credentials).", 0
    )


class RevokeSsoCredentialsAction(WriteAction[Arguments]):
    """Ends the single sign-on authorization of tokens and keys. The credentials themselves live on."""

    component = Component(
        "revoke_sso_credentials",
        "Revoke SSO credentials",
        "Revoke the single sign-on authorization of the credentials of a user: all, one kind, or one.",
    )
    endpoints = (
        Endpoint(
            "POST /orgs/{org}/credential-authorizations/{username}/revoke",
            "enterprise-cloud@latest/rest/orgs/orgs#revoke-credential-authorizations-for-a-user-in-an-organization",
            permission="organization_administration:write",
            scope="admin:org",
            plan=ENTERPRISE_SSO,
        ),
        Endpoint(
            "POST /orgs/{org}/credential-authorizations/{username}/revoke-credential-type",
            "enterprise-cloud@latest/rest/orgs/orgs#revoke-a-single-credential-type-for-a-user-in-an-organization",
            permission="organization_administration:write",
            scope="admin:org",
            plan=ENTERPRISE_SSO,
        ),
        Endpoint(
            "DELETE /orgs/{org}/credential-authorizations/{credential_id}",
            "enterprise-cloud@latest/rest/orgs/orgs#remove-a-saml-sso-authorization-for-an-organization",
            permission="organization_administration:write",
            scope="admin:org",
            plan=ENTERPRISE_SSO,
        ),
        Endpoint(
            "GET /orgs/{org}/credential-authorizations",
            "enterprise-cloud@latest/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization",
            permission="organization_administration:read",
            scope="read:org",
            plan=ENTERPRISE_SSO,
        ),
    )
    arguments_model = Arguments
    undo = "Nothing: the user authorizes a credential for single sign-on again."

    def guard(self, desk: Desk, given: Arguments) -> None:
        """Refuse to revoke the module's own credentials."""
        not_oneself(desk, given.username)

    def before(self, desk: Desk, given: Arguments) -> JsonObject | None:
        """Return the credentials that will be hit; None when there are none."""
        found = desk.listed(
            self.endpoints[3], params={"login": desk.login(given.username)}, org=desk.org
        ).items
        if given.credential_id:
            found = [item for item in found if item.get("credential_id") == given.credential_id]
        return {"credentials": found} if found else None

    def change(self, desk: Desk, given: Arguments, before: JsonObject) -> Answer | None:  # noqa: ARG002 - nothing of it is sent
        """Revoke one, one kind, or all."""
        everything, one_kind, one, _ = self.endpoints
        if given.credential_id:
            return desk.write(one, given)
        if given.credential_type:
            return desk.write(one_kind, given, body={"credential_type": given.credential_type})
        return desk.write(everything, given)

    def outcome(self, desk: Desk, before: JsonObject, answer: Answer | None = None) -> JsonObject:
        """Pass on what GitHub says about the revocation."""
        body = answer.json() if answer and answer.body.strip() else {}
        if body.get("warning"):
            desk.warnings.append(str(body["warning"]))
        return super().outcome(desk, before, answer)
