"""Public keys of a user: SSH, signing and GPG."""

from github_modules.action_kit.arguments import LimitArguments, UserArguments
from github_modules.action_kit.desk import Desk, JsonObject, Listing
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import ListAction
from github_modules.component import Component


class Arguments(UserArguments, LimitArguments):
    """What to look up."""


class ListUserKeysAction(ListAction[Arguments]):
    """Public keys of a user: SSH, signing and GPG."""

    component = Component(
        "list_user_keys",
        "List user keys",
        "List the public SSH, signing and GPG keys of a user.",
    )
    endpoints = (
        Endpoint(
            "GET /users/{username}/keys",
            "rest/users/keys#list-public-keys-for-a-user",
        ),
        Endpoint(
            "GET /users/{username}/ssh_signing_keys",
            "rest/users/ssh-signing-keys#list-ssh-signing-keys-for-a-user",
        ),
        Endpoint(
            "GET /users/{username}/gpg_keys",
            "rest/users/gpg-keys#list-gpg-keys-for-a-user",
        ),
    )
    arguments_model = Arguments

    def perform(self, desk: Desk, given: Arguments) -> JsonObject:
        """Return the keys, each with its `key_type`."""
        found = Listing()
        for kind, endpoint in zip(("ssh", "ssh_signing", "gpg"), self.endpoints, strict=True):
            part = desk.listed(endpoint, given, limit=given.limit)
            found.items += [key | {"key_type": kind} for key in part.items]
            found.truncated |= part.truncated
        return self.listing(found)
