"""The GitHub App of the sandbox, its installations and the tokens it mints."""

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.github.credentials import LEVELS, Credential
from sandbox.keys import new_key, private_pem, public_pem


@dataclass(slots=True)
class Installation:
    """One installation of the app on an account."""

    installation_id: int
    account: str
    permissions: dict[str, str]
    suspended_at: str | None = None
    deleted: bool = False


class AppRegistry:
    """One app with a key made at start."""

    def __init__(self, settings: dict[str, Any]) -> None:
        key = new_key()
        self.settings = settings
        self.private_pem = private_pem(key)
        self.public_pem = public_pem(key)
        permissions = dict(settings["permissions"])
        self.organization = Installation(
            int(settings["installation_id"]), "organization", permissions
        )
        self.enterprise = Installation(
            int(settings["enterprise_installation_id"]),
            "enterprise",
            {"enterprise_administration": "read"},
        )

    @property
    def issuers(self) -> set[str]:
        """Return what a JWT may name as its issuer."""
        return {str(self.settings["app_id"]), str(self.settings["client_id"])}

    def installations(self) -> list[Installation]:
        """Return the installations that exist."""
        return [item for item in (self.organization, self.enterprise) if not item.deleted]

    def find(self, installation_id: str) -> Installation | None:
        """Return an installation by its id."""
        return next(
            (item for item in self.installations() if str(item.installation_id) == installation_id),
            None,
        )

    def mint(
        self, installation: Installation, permissions: dict[str, str] | None, now: float
    ) -> Credential:
        """Return a new installation token; it is usable after the replication lag."""
        tail = secrets.token_hex(18)
        if self.settings["long_tokens"]:
            # The stateless form of 2026: clients must not check length or shape.
            parts = [secrets.token_urlsafe(length) for length in (36, 300, 64)]
            tail = f"{self.settings['app_id']}_{'.'.join(parts)}"
        return Credential(
            token=f"ghs_{tail}",
            kind="installation",
            permissions=permissions or installation.permissions,
            expires_at=now + float(self.settings["token_life_s"]),
            usable_at=now + float(self.settings["replication_lag_s"]),
            owner=False,
            enterprise_owner=False,
            installation_id=installation.installation_id,
            account=installation.account,
        )


def grants(installation: Installation, wanted: dict[str, str]) -> bool:
    """Tell whether an installation has every permission that is asked for."""
    return all(
        LEVELS.get(level, 9) <= LEVELS.get(installation.permissions.get(name, ""), 0)
        for name, level in wanted.items()
    )
