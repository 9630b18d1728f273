"""Which audit events and alerts start a playbook. Functions of values."""

import re
from collections.abc import Iterable
from fnmatch import translate

PRESETS: dict[str, tuple[str, ...]] = {
    "member": ("org.*member*", "org.*invite*", "org.*collaborator*", "team.*", "repo.*member*"),
    "repository": ("repo.create", "repo.destroy", "repo.transfer*", "repo.rename", "repo.*archived"),
    "organization": ("org.*", "business.*"),
    "public": ("repo.access", "repo.visibility_change", "repo.pages_public"),
    "access": (
        "personal_access_token.*", "public_key.*", "oauth_authorization.*", "ip_allow_list*",
        "org_credential_authorization.*", "*saml*", "*sso*", "*two_factor*",
    ),
    "secrets": ("*secret*",),
    "actions": ("workflows.*", "*runner*", "environment.*", "*actions*"),
    "apps": ("integration*", "oauth_application.*", "org.oauth_app*"),
}  # fmt: skip


def pattern_of(patterns: Iterable[str]) -> "re.Pattern[str] | None":
    """Return one pattern for several with `*`, in any case; None for no restriction."""
    parts = [translate(pattern.lower()) for pattern in patterns]
    return re.compile("|".join(parts)) if parts else None


def allows(pattern: "re.Pattern[str] | None", text: str) -> bool:
    """Return whether a text fits; without a pattern everything does."""
    return pattern is None or pattern.match(text.lower()) is not None
