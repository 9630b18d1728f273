"""Rows about rights: permissions, scopes, policies, single sign-on, plans, visibility.

GitHub answers 404 for what a credential may not see, so rows 404 say both possibilities.
https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

from github_modules.errors import NotFoundError, PermissionDeniedError, PlanError
from github_modules.github.case import Case
from github_modules.github.credentials import Credential
from github_modules.github.rule import Rule, never

_PERSONAL = {Credential.CLASSIC, Credential.FINE_GRAINED, Credential.OAUTH, Credential.USER}
# Families that exist on Enterprise Cloud only; their lists cannot be missing for another reason.
_CLOUD_LISTS = ("/audit-log", "/credential-authorizations", "/external-groups", "/team-sync/groups")


def _is_wrong_kind(case: Case) -> bool:
    """Return whether this kind of credential never works there (section 3.6 of the reference)."""
    kind = case.context.credential
    if case.status not in {403, 404}:
        return False
    if kind in _PERSONAL:
        # Checked: no personal token reads the grants of others.
        # https://docs.github.com/rest/orgs/personal-access-tokens
        is_for_apps = case.route_has("/personal-access-token", " /app/")
        is_cloud_audit = case.context.route.endswith("/enterprises/{enterprise}/audit-log")
        return is_for_apps or (kind is Credential.FINE_GRAINED and is_cloud_audit)
    is_for_users = case.context.route == "GET /user" or case.route_has("/events/orgs/", " /user/")
    return kind is Credential.INSTALLATION and is_for_users


def _is_not_on_server(case: Case) -> bool:
    if case.status != 404 or not case.server_version:
        return False
    page = case.documentation_url.rstrip("/")
    # A known endpoint names its own page; an unknown one only the front page of the REST docs.
    return not page or page.endswith("/rest") or case.context.route.endswith(_CLOUD_LISTS)


def _is_unscoped(case: Case) -> bool:
    return case.status in {403, 404} and bool(case.missing)


RIGHTS_RULES: tuple[Rule, ...] = (
    Rule(
        "E19",
        "HTTP 403 or 404 with the header X-GitHub-SSO: required",
        "The {credential} is not authorised for single sign-on of {subject}.",
        "Open {sso} within an hour and authorise the token for the organization.",
        PermissionDeniedError,
        lambda case: (
            case.status in {403, 404} and (bool(case.sso_url) or case.says("saml enforcement"))
        ),
    ),
    Rule(
        "E20",
        "HTTP 200 with the header X-GitHub-SSO: partial-results",
        "GitHub left some organizations out of the answer.",
        "Authorise the token for single sign-on of the organizations whose ids the warning names.",
        PermissionDeniedError,
        never,
    ),
    Rule(
        "E21",
        'HTTP 403, "... has an IP allow list enabled ..."',
        "{subject} admits listed IP addresses only, and this machine's is not among them.",
        "Add the module's outgoing IP address to the allow list of {subject}, or to the list of "
        "the GitHub App with inheritance switched on.",
        PermissionDeniedError,
        lambda case: case.status == 403 and case.says("allow list"),
    ),
    Rule(
        "E18",
        "HTTP 403, \"... forbids access via a fine-grained personal access tokens if the token's "
        'lifetime is greater than N days"',
        "{subject} does not admit fine-grained tokens that live as long as this one.",
        "Shorten the token's lifetime at the address that GitHub names, or use a GitHub App.",
        PermissionDeniedError,
        lambda case: case.status == 403 and case.says("lifetime is greater"),
    ),
    Rule(
        "E16",
        'HTTP 403, "... forbids access via a personal access token (classic)"',
        "{subject} does not admit classic personal access tokens.",
        "Use a GitHub App or a fine-grained token, or have an owner change that policy.",
        PermissionDeniedError,
        lambda case: case.status == 403 and case.says("access token (classic)"),
    ),
    Rule(
        "E17",
        'HTTP 403, "... forbids access via a personal access token with fine-grained permissions"',
        "{subject} does not admit fine-grained personal access tokens.",
        "Use a GitHub App, or have an owner change that policy.",
        PermissionDeniedError,
        lambda case: case.status == 403 and case.says("forbids access via"),
    ),
    Rule(
        "E25",
        "HTTP 403 or 404 where the endpoint never accepts this kind of credential",
        "{call} does not accept a {credential}.",
        "Requests about personal access tokens need a GitHub App; the enterprise audit log needs "
        "a classic token of an enterprise owner; requests about one user need that user's token.",
        PermissionDeniedError,
        _is_wrong_kind,
    ),
    Rule(
        "E13",
        'HTTP 403, "Must have admin rights to Repository."',
        "The user behind the {credential} has no admin rights on {subject}.",
        "{needs}Use the token of an owner. The enterprise audit log needs an enterprise owner's "
        "classic token with the scope read:audit_log.",
        PermissionDeniedError,
        lambda case: case.status == 403 and case.says("must have admin rights"),
    ),
    Rule(
        "E14",
        "HTTP 403 or 404; X-OAuth-Scopes covers none of X-Accepted-OAuth-Scopes",
        "The {credential} lacks a scope for {call}.",
        "{needs}Add it to the token in GitHub under Settings > Developer settings.",
        PermissionDeniedError,
        _is_unscoped,
    ),
    Rule(
        "E12",
        'HTTP 403, "Resource not accessible by integration / personal access token"',
        "The {credential} lacks a permission on {subject} for {call}.",
        "{needs}Grant it to the App or token; then an owner of {subject} must accept the change "
        "(App: Settings > GitHub Apps; token: Personal access tokens > Pending requests).",
        PermissionDeniedError,
        lambda case: case.status == 403 and case.says("resource not accessible"),
    ),
    Rule(
        "G403",
        "HTTP 403 with any other text",
        "GitHub forbids {call} on {subject}.",
        "{needs}Check the rights of the {credential} and of the user or App behind it.",
        PermissionDeniedError,
        lambda case: case.status == 403,
    ),
    Rule(
        "E24",
        "HTTP 404 with X-GitHub-Enterprise-Version, and no page of its own in documentation_url",
        "This GitHub Enterprise Server (version {version}) does not offer {call} to the credential.",
        "Upgrade the server, or do without this function; a site administrator can tell whether "
        "it is switched off.",
        PlanError,
        _is_not_on_server,
    ),
    Rule(
        "E23",
        "HTTP 404 on the audit log or another list that only Enterprise Cloud has",
        "{subject} has no such list for this credential: wrong name, no Enterprise Cloud plan, or "
        "not the credential of an owner.",
        "Check the name and the plan of {subject} (Settings > Billing), and that the {credential} "
        "belongs to an owner with read:audit_log or Administration: read. {needs}",
        PlanError,
        lambda case: case.status == 404 and case.context.route.endswith(_CLOUD_LISTS),
    ),
    Rule(
        "E22",
        "HTTP 404 on a repository",
        "GitHub shows no such thing in {subject}: it does not exist, or the repository is outside "
        "the selection of the {credential}.",
        "Check the name; if it is right, add the repository to the installation or token, with "
        "{subject} as resource owner. {needs}",
        NotFoundError,
        lambda case: case.status == 404 and case.route_has(" /repos/"),
    ),
    Rule(
        "E15",
        "HTTP 404 with a fine-grained token (github_pat_)",
        "GitHub shows no such thing in {subject}: it does not exist, or an owner has not approved "
        "the fine-grained token yet.",
        "Check the name; if it is right, an owner approves the token under Personal access tokens "
        "> Pending requests. {needs}",
        NotFoundError,
        lambda case: case.status == 404 and case.context.credential is Credential.FINE_GRAINED,
    ),
    Rule(
        "G404",
        "HTTP 404 or 410 of any other kind",
        "GitHub shows no such thing for {call}: it does not exist, or the {credential} may not "
        "see it.",
        "Check the names in the request. {needs}",
        NotFoundError,
        lambda case: case.status in {404, 410},
    ),
)
