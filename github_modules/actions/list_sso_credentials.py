"""Credentials that users authorized for the single sign-on of an organization."""

from github_modules.action_kit.arguments import LimitArguments, Login, OrgArguments, optional
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import ENTERPRISE_SSO, Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(OrgArguments, LimitArguments):
    """What to look up."""

    username: Login = optional("User", "Only credentials of this user (login or numeric id).")


class ListSsoCredentialsAction(ListAction[Arguments]):
    """Credentials that users authorized for the single sign-on of an organization."""

    component = Component(
        "list_sso_credentials",
        "List SSO credentials",
        "List the tokens and SSH keys that are authorized for single sign-on.",
    )
    endpoints = (
        Endpoint(
            "GET /orgs/{org}/credential-authorizations",
            "enterprise-cloud@latest/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization",
            permission="organization_administration:read",
            scope="read:org",
            plan=ENTERPRISE_SSO,
        ),
    )
    arguments_model = Arguments

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the credentials."""
        params = {"login": desk.login(given.username)} if given.username else {}
        return self.listing(desk.listed(self.endpoints[0], given, params, given.limit))
