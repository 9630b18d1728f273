"""One code scanning alert."""

from github_modules.action_kit.alerts import AlertArguments
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.kinds import LookupAction
from github_modules.action_kit.results import LookupResults, with_fields
from github_modules.component import Component


class GetCodeScanningAlertAction(LookupAction[AlertArguments]):
    """One code scanning alert."""

    component = Component(
        "get_code_scanning_alert",
        "Get code scanning alert",
        "Look up one code scanning alert.",
    )
    endpoints = (
        Endpoint(
            "GET /repos/{owner}/{repo}/code-scanning/alerts/{alert_number}",
            "rest/code-scanning/code-scanning#get-a-code-scanning-alert",
            permission="security_events:read",
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
        rule=dict,
        tool=dict,
        most_recent_instance=dict,
    )
