"""One Dependabot alert."""

from github_modules.action_kit.alerts import AlertArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class GetDependabotAlertAction(LookupAction[AlertArguments]):
    """One Dependabot alert."""

    component = Component(
        "get_dependabot_alert",
        "Get Dependabot alert",
        "Look up one Dependabot alert.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/dependabot/alerts/{alert_number}",
            "rest/dependabot/alerts#get-a-dependabot-alert",
            permission="vulnerability_alerts:read",
            scope="repo or security_events",
        ),
    )
    arguments_model = AlertArguments
    results_model = with_fields(
        LookupResults,
        number=int,
        state=str,
        dismissed_at=str,
        dismissed_by=dict,
        dismissed_reason=str,
        created_at=str,
        updated_at=str,
        html_url=str,
        dependency=dict,
        security_advisory=dict,
        security_vulnerability=dict,
    )
