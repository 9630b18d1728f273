"""What an action refuses to do: lock out itself, or leave an organization without an owner."""

from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.errors import ConfigurationError

MEMBERSHIP = Endpoint(
    "GET /orgs/{org}/memberships/{username}",
    "rest/orgs/members#get-organization-membership-for-a-user",
    permission="members:read",
    scope="read:org",
)
MEMBERS = Endpoint(
    "GET /orgs/{org}/members",
    "rest/orgs/members#list-organization-members",
    permission="members:read",
    scope="read:org",
    query=("filter", "role"),
)


def not_oneself(desk: Desk, username: str) -> None:
    """Refuse an action against the user or App that the module acts as.

    Raises:
        ConfigurationError: it is the same.
    """
    own = desk.own_login()
    if own and own.lower() == desk.login(username).lower():
        raise ConfigurationError(
            f"The module itself acts as {own}: it does not act against its own account.",
            remedy="Name another user, or do it in GitHub with another account.",
        )


def not_the_last_owner(desk: Desk, membership: JsonObject) -> None:
    """Refuse to take away the only owner of an organization.

    Raises:
        ConfigurationError: it is the last one.
    """
    if membership.get("role") != "admin" or membership.get("state") != "active":
        return
    owners = desk.listed(MEMBERS, params={"role": "admin"}, limit=2, org=desk.org)
    if len(owners.items) < 2:
        raise ConfigurationError(
            f"This user is the only owner of {desk.org}: it would be left without one.",
            remedy="Make somebody else an owner first.",
        )
