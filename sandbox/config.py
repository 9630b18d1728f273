"""The settings of one sandbox; unknown keys are refused so that a typo cannot pass."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import orjson

CLASSIC_TOKEN = "ghp_sandboxClassicTokenOfTheOwner000000"
FULL_TOKEN = "ghp_sandboxClassicTokenWithEveryScope000"
FULL_FINE_TOKEN = "github_pat_11SANDBOX1sandboxTokenWithEveryPermission0000000"
EVERY_SCOPE = [
    "admin:org", "admin:org_hook", "audit_log", "read:audit_log", "repo", "security_events",
    "write:repo_hook", "admin:enterprise", "user",
]  # fmt: skip
EVERY_PERMISSION = {
    "actions": "write", "administration": "write", "contents": "write", "issues": "write",
    "members": "write", "metadata": "read", "organization_administration": "write",
    "organization_hooks": "write", "organization_personal_access_tokens": "write",
    "organization_self_hosted_runners": "write", "organization_user_blocking": "write",
    "repository_hooks": "write", "secret_scanning_alerts": "write", "security_events": "write",
    "vulnerability_alerts": "write",
}  # fmt: skip
FINE_TOKEN = "github_pat_11SANDBOX0sandboxFineGrainedToken00000000000000"


def default_tokens() -> dict[str, dict[str, Any]]:
    """Return one classic and one fine-grained token of the organisation's owner."""
    return {
        CLASSIC_TOKEN: {"login": "octo-admin", "scopes": ["read:audit_log", "read:org"]},
        FINE_TOKEN: {
            "login": "octo-admin",
            "permissions": {"organization_administration": "read", "members": "read"},
        },
        FULL_TOKEN: {"login": "octo-admin", "scopes": EVERY_SCOPE},
        FULL_FINE_TOKEN: {"login": "octo-admin", "permissions": EVERY_PERMISSION},
    }


def default_limits() -> dict[str, Any]:
    """Return GitHub's documented limits."""
    return {
        "audit_log": 1750,
        "core": 5000,
        "search": 30,
        "code_search": 10,
        "anonymous": 60,
        "window_s": 3600,
        "per_minute": None,
        "status": 403,
    }


def default_feed() -> dict[str, Any]:
    """Return the feed that needs nothing but the published corpus."""
    return {"kind": "corpus"}


def default_app() -> dict[str, Any]:
    """Return one app that is installed on the organisation and the enterprise."""
    return {
        "app_id": 4242,
        "client_id": "Iv23liSandboxClient0",
        "slug": "sandbox-collector",
        "installation_id": 51000,
        "enterprise_installation_id": 51001,
        "permissions": {"organization_administration": "read", "members": "read"},
        "token_life_s": 3600,
        "replication_lag_s": 0,
        "long_tokens": False,
    }


@dataclass(slots=True)
class Config:
    """Every setting with its default."""

    latency_ms: float = 0
    clock: dict[str, float] | None = None
    ghes: bool = False
    ghes_version: str = "3.19.1"
    tls: bool = False
    rate_limit: dict[str, Any] | None = field(default_factory=default_limits)
    org: str = "acme"
    org_id: int = 80307827
    enterprise: str = "acme-inc"
    enterprise_id: int = 1070
    plan: str = "enterprise"
    tokens: dict[str, dict[str, Any]] = field(default_factory=default_tokens)
    app: dict[str, Any] = field(default_factory=default_app)
    poll_interval_s: int = 60
    retention_days: float = 180
    git_retention_days: float = 7
    default_window_days: float = 90
    epoch_ms_phrase: bool = True
    intake_takes: float = 1.0
    """Share of each batch that the intake keeps and acknowledges; the rest is gone."""
    s3: bool = False
    proxy: bool = False
    feed: dict[str, Any] = field(default_factory=default_feed)
    corpus: str = "../shared/corpus"
    platform_token: str = "sandbox-platform-token"
    intake_key: str = "sandbox-intake-key"
    unknown_intake_key_status: int = 401
    secrets: dict[str, Any] = field(default_factory=lambda: {"apikey": CLASSIC_TOKEN})
    node_secrets: dict[str, Any] | None = None
    ports: dict[str, int] = field(default_factory=dict)
    exit_with_parent: bool = False


def config_from(values: dict[str, Any]) -> Config:
    """Return the settings; partial tables such as app keep the defaults they do not name."""
    known = {item.name for item in fields(Config)}
    if unknown := set(values) - known:
        raise ValueError(f"unknown settings: {', '.join(sorted(unknown))}")
    merged = dict(values)
    if values.get("rate_limit"):
        merged["rate_limit"] = default_limits() | values["rate_limit"]
    if values.get("app"):
        merged["app"] = default_app() | values["app"]
    return Config(**merged)


def config_from_text(text: str) -> Config:
    """Return the settings of a JSON text or, with a leading @, of a JSON file."""
    raw = Path(text[1:]).read_bytes() if text.startswith("@") else text.encode()
    return config_from(orjson.loads(raw))
