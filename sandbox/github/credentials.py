"""Credentials by prefix, and who they speak for."""

import threading
from dataclasses import dataclass, field
from typing import Any

KIND_BY_PREFIX = {
    "github_pat_": "fine_grained",
    "ghp_": "classic",
    "gho_": "oauth",
    "ghu_": "user_token",
    "ghs_": "installation",
}
# Wider scopes include narrower ones; only the pairs that our routes ask about.
WIDER = {
    "read:audit_log": {"audit_log", "admin:enterprise"},
    "read:org": {"write:org", "admin:org"},
    "write:org": {"admin:org"},
    "read:user": {"user"},
    "user:email": {"user"},
    "public_repo": {"repo"},
    "repo:status": {"repo"},
    "security_events": {"repo"},
    "read:enterprise": {"admin:enterprise"},
    "manage_billing:copilot": {"admin:enterprise"},
}
LEVELS = {"read": 1, "write": 2, "admin": 3}


@dataclass(slots=True)
class Credential:
    """A token, or an app's JWT, with what it may do."""

    token: str
    kind: str
    login: str = ""
    scopes: list[str] = field(default_factory=list)
    permissions: dict[str, str] = field(default_factory=dict)
    expires_at: float | None = None
    usable_at: float = 0.0
    owner: bool = True
    enterprise_owner: bool = True
    installation_id: int = 0
    account: str = "organization"

    @property
    def who(self) -> str:
        """Return whose limits are spent: all tokens of a user share them."""
        return self.login or (f"installation {self.installation_id}" if self.token else "")

    def has_scope(self, wanted: tuple[str, ...]) -> bool:
        """Tell whether one of the wanted scopes is covered."""
        held = set(self.scopes)
        return not wanted or any(item in held or held & WIDER.get(item, set()) for item in wanted)

    def has_permission(self, wanted: str) -> bool:
        """Tell whether a permission set such as "members=read" is covered."""
        return any(
            all(self._covers(pair) for pair in choice.strip().split(","))
            for choice in wanted.split(";")
        )

    def _covers(self, pair: str) -> bool:
        name, _, level = pair.strip().partition("=")
        return LEVELS.get(self.permissions.get(name, ""), 0) >= LEVELS[level or "read"]


ANONYMOUS = Credential("", "none", owner=False, enterprise_owner=False)


def token_of(authorization: str) -> tuple[str, str]:
    """Return scheme (lower case) and token of an Authorization header."""
    scheme, _, token = authorization.partition(" ")
    return scheme.lower(), token.strip()


def kind_of(token: str) -> str:
    """Return the kind of a token by its prefix; its length and shape say nothing."""
    return next((kind for head, kind in KIND_BY_PREFIX.items() if token.startswith(head)), "oauth")


class TokenBook:
    """Every token that the sandbox knows."""

    def __init__(self, tokens: dict[str, dict[str, Any]]) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, Credential] = {}
        for token, values in tokens.items():
            self.set(token, values)

    def set(self, token: str, values: dict[str, Any]) -> None:
        """Create or replace a token."""
        details = {"kind": kind_of(token)} | values
        details.setdefault("enterprise_owner", details.get("owner", True))
        self.put(Credential(token, **details))

    def put(self, credential: Credential) -> None:
        """Store a credential under its token."""
        with self._lock:
            self._tokens[credential.token] = credential

    def revoke(self, token: str) -> bool:
        """Forget a token; tell whether it was known."""
        with self._lock:
            return self._tokens.pop(token, None) is not None

    def find(self, token: str, now: float) -> Credential | None:
        """Return a token that is known, usable and not expired."""
        found = self._tokens.get(token)
        if found is None or now < found.usable_at:
            return None
        return None if found.expires_at is not None and now >= found.expires_at else found

    def first(self, kind: str) -> str:
        """Return the first token of a kind, or the empty text."""
        return next((item.token for item in self._tokens.values() if item.kind == kind), "")
