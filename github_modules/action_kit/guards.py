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
TEAMS = Endpoint("GET /orgs/{org}/teams", "rest/teams/teams#list-teams", "members:read", "read:org")
TEAM_MEMBERSHIP = Endpoint(
    "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
    "rest/teams/members#get-team-membership-for-a-user",
    permission="members:read",
    scope="read:org",
)
INDIRECT = (
    "The membership comes from an enterprise team and survives: take the user out of that team too."
)
_MOST_TEAMS = 100
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


def teams_of(desk: Desk, username: str) -> list[JsonObject]:
    """Return slug and role of each team that a user is in; of a large organization a part."""
    login = desk.login(username)
    teams = desk.listed(TEAMS, limit=_MOST_TEAMS, org=desk.org)
    if teams.truncated:
        desk.warnings.append(f"Only the first {_MOST_TEAMS} teams were searched for the user.")
    found = []
    for team in teams.items:
        slug = team.get("slug")
        held = desk.find(TEAM_MEMBERSHIP, org=desk.org, team_slug=slug, username=login)
        if held:
            found.append({"team_slug": slug, "role": held.get("role")})
    return found
