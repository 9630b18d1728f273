"""A user's public profile, by login or numeric id."""

from github_modules.action_kit.arguments import UserArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class GetUserAction(LookupAction[UserArguments]):
    """A user's public profile, by login or numeric id."""

    component = Component(
        "get_user",
        "Get user",
        "Look up a user by login or numeric id: profile, type and age of the account.",
    )
    endpoints = (
        Endpoint(
            "GET /users/{username}",
            "rest/users/users#get-a-user",
        ),
        Endpoint(
            "GET /user/{account_id}",
            "rest/users/users#get-a-user-using-their-id",
        ),
    )
    arguments_model = UserArguments
    results_model = with_fields(
        LookupResults,
        login=str,
        id=int,
        node_id=str,
        type=str,
        user_view_type=str,
        site_admin=bool,
        name=str,
        company=str,
        email=str,
        location=str,
        bio=str,
        created_at=str,
        updated_at=str,
        public_repos=int,
        followers=int,
        html_url=str,
    )

    def look_up(self, desk: Desk, given: UserArguments) -> JsonObject:
        """Return the profile."""
        by_login, by_id = self.endpoints
        if given.username.isdecimal():
            return desk.get(by_id, account_id=given.username)
        return desk.get(by_login, given)
