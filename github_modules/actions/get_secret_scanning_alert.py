"""One secret scanning alert and where the secret was found."""

from github_modules.action_kit.alerts import AlertArguments
from github_modules.action_kit.desk import Desk, JsonObject
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.hiding import without_secret
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class GetSecretScanningAlertAction(LookupAction[AlertArguments]):
    """One secret scanning alert and where the secret was found."""

    component = Component(
        "get_secret_scanning_alert",
        "Get secret scanning alert",
        "Look up one secret scanning alert.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}",
            "rest/secret-scanning/secret-scanning#get-a-secret-scanning-alert",
            permission="secret_scanning_alerts:read",
            scope="repo or security_events",
        ),
        Endpoint(
            "GET /repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}/locations",
            "rest/secret-scanning/secret-scanning#list-locations-for-a-secret-scanning-alert",
            permission="secret_scanning_alerts:read",
            scope="repo or security_events",
        ),
    )
    arguments_model = AlertArguments
    results_model = with_fields(
        LookupResults,
        number=int,
        state=str,
        resolution=str,
        secret_type=str,
        validity=str,
        publicly_leaked=bool,
        multi_repo=bool,
        push_protection_bypassed=bool,
        push_protection_bypassed_by=dict,
        created_at=str,
        updated_at=str,
        html_url=str,
        locations=list,
    )

    def look_up(self, desk: Desk, given: AlertArguments) -> JsonObject:
        """Return the alert without its secret, and where the secret was found."""
        alert, locations = self.endpoints
        found = desk.get(alert, given, params={"hide_secret": True})
        places = desk.listed(locations, given, limit=100)
        return dict(without_secret(found, "secret")) | {"locations": places.items}
