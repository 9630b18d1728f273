"""Security alerts: made, changed, and as each product writes them."""

from typing import Any

from sandbox.github.estate.shapes import Shape, seconds_of, sha_of, stamp
from sandbox.github.estate.state import Estate
from sandbox.world import World

HOUR_S = 3600
_TIMES = ("updated_at", "fixed_at", "dismissed_at", "resolved_at", "created_at")


def seed_alerts(estate: Estate, world: World) -> None:
    """Two alerts of each product in payments: one open, one closed."""
    now = world.clock.now()
    for product in estate.alerts:
        for number in (1, 2):
            at_s = now - (10 - number) * HOUR_S
            add_alert(estate, product, "payments", at_s, number=number)
    change_alert(estate, "secret-scanning", "payments", 2, now - 5 * HOUR_S,
                 {"state": "resolved", "resolution": "revoked"})  # fmt: skip
    for product in ("code-scanning", "dependabot"):
        reason = "false positive" if product == "code-scanning" else "not_used"
        change_alert(estate, product, "payments", 2, now - 5 * HOUR_S,
                     {"state": "dismissed", "dismissed_reason": reason})  # fmt: skip


def add_alert(
    estate: Estate, product: str, repository: str, at_s: float, number: int | None = None
) -> Shape:
    """Add an open alert that was made and last changed at a time."""
    held = estate.alerts[product]
    if number is None:
        number = 1 + max((n for name, n in held if name == repository), default=0)
    short = estate.repositories[repository].short
    own: Shape = _MAKERS[product](short, number)
    alert = _common(product, short, number, at_s) | own
    held[repository, number] = alert
    return alert


def put_alert(estate: Estate, product: str, alert: Shape) -> None:
    """Add an alert as it is, at home in no repository of ours; it needs the time of its making.

    Published examples hold "None" where a time should be.
    """
    number = next(estate.numbers)
    times = [alert[name] for name in _TIMES if alert.get(name) not in {None, "None"}]
    own = {"_at": max(map(seconds_of, times)), "_place": (0, number)}
    estate.alerts[product]["", number] = alert | own


def change_alert(
    estate: Estate, product: str, repository: str, number: int, at_s: float, values: Shape
) -> Shape:
    """Change an alert in place; its `updated_at` becomes the time."""
    alert = estate.alerts[product][repository, number]
    alert |= values | {"updated_at": stamp(at_s), "_at": at_s}
    closed = values.get("state") not in {None, "open"}
    if product == "secret-scanning" and "state" in values:
        alert["resolved_at"] = stamp(at_s) if closed else None
        alert["resolved_by"] = estate.users["octo-admin"] if closed else None
        if not closed:
            alert["resolution"] = None
    elif "state" in values:
        dismissed = values["state"] == "dismissed"
        alert["dismissed_at"] = stamp(at_s) if dismissed else None
        alert["dismissed_by"] = estate.users["octo-admin"] if dismissed else None
        if not dismissed:
            alert["dismissed_reason"] = alert["dismissed_comment"] = None
    return alert


def shown(alert: Shape, *, with_repository: bool, hide_secret: bool) -> Shape:
    """Return an alert as it leaves the server."""
    body = {name: value for name, value in alert.items() if not name.startswith("_")}
    if not with_repository:
        body.pop("repository", None)
    if hide_secret and "secret" in body:
        body["secret"] = None
    return body


def _common(product: str, short: Shape, number: int, at_s: float) -> Shape:
    path = f"{product}/alerts/{number}"
    return {
        "number": number, "created_at": stamp(at_s), "updated_at": stamp(at_s),
        "_at": at_s, "_place": (short["id"], number),
        "url": f"{short['url']}/{path}", "state": "open",
        "html_url": f"{short['html_url']}/security/{path}", "repository": short,
    }  # fmt: skip


def _secret(short: Shape, number: int) -> Shape:
    return {
        "locations_url": f"{short['url']}/secret-scanning/alerts/{number}/locations",
        "resolution": None, "resolved_at": None, "resolved_by": None, "resolution_comment": None,
        "secret_type": "mailchimp_api_key", "secret_type_display_name": "Mailchimp API Key",
        "secret": sha_of(f"{short['name']} {number}") + "-us1", "validity": "unknown",
        "push_protection_bypassed": False, "push_protection_bypassed_by": None,
        "push_protection_bypassed_at": None, "publicly_leaked": False, "multi_repo": False,
    }  # fmt: skip


def _code(short: Shape, number: int) -> Shape:
    return {
        "instances_url": f"{short['url']}/code-scanning/alerts/{number}/instances",
        "fixed_at": None, "dismissed_by": None, "dismissed_at": None, "dismissed_reason": None,
        "dismissed_comment": None,
        "rule": {"id": "py/sql-injection", "severity": "error", "description": "SQL injection",
                 "name": "py/sql-injection", "security_severity_level": "high", "tags": []},
        "tool": {"name": "CodeQL", "guid": None, "version": "2.20.0"},
        "most_recent_instance": {
            "ref": "refs/heads/main", "analysis_key": "codeql.yml:analyze", "environment": "{}",
            "category": "python", "state": "open", "commit_sha": sha_of("second commit"),
            "message": {"text": "This query depends on a value."},
            "location": {"path": "app.py", "start_line": 1, "end_line": 1, "start_column": 1,
                         "end_column": 9},
            "classifications": [],
        },
    }  # fmt: skip


def _dependency(_short: Shape, number: int) -> Shape:
    package = {"ecosystem": "pip", "name": "django"}
    vulnerability = {
        "package": package,
        "severity": "high",
        "vulnerable_version_range": ">= 2.0.0, < 2.0.2",
        "first_patched_version": {"identifier": "2.0.2"},
    }
    return {
        "dependency": {"package": package, "manifest_path": "requirements.txt", "scope": "runtime"},
        "security_advisory": {
            "ghsa_id": f"GHSA-rf4j-j272-{number:04d}", "cve_id": "CVE-2018-6188",
            "summary": "Information disclosure", "description": "A form discloses.",
            "vulnerabilities": [vulnerability], "severity": "high",
            "cwes": [{"cwe_id": "CWE-200", "name": "Exposure"}],
            "identifiers": [{"type": "CVE", "value": "CVE-2018-6188"}],
            "references": [{"url": "https://nvd.example.test/"}],
            "published_at": "2018-10-03T21:13:54Z", "updated_at": "2022-04-26T18:35:37Z",
            "withdrawn_at": None, "cvss": {"vector_string": None, "score": 7.5},
        },
        "security_vulnerability": vulnerability, "dismissed_at": None, "dismissed_by": None,
        "dismissed_reason": None, "dismissed_comment": None, "fixed_at": None,
        "auto_dismissed_at": None,
    }  # fmt: skip


_MAKERS: dict[str, Any] = {
    "secret-scanning": _secret,
    "code-scanning": _code,
    "dependabot": _dependency,
}
