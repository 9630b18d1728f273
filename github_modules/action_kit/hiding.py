"""Secrets leave the module as a hash and their last four characters, never as they are. Pure."""

from hashlib import sha256
from typing import Any

_LAST = 4
_LONG_ENOUGH = 12
"""Of a shorter secret four characters would tell too much."""


def hidden(secret: str) -> dict[str, str]:
    """Return what a secret can be recognized by."""
    digest = sha256(secret.encode()).hexdigest()
    last = secret[-_LAST:] if len(secret) >= _LONG_ENOUGH else ""
    return {"sha256": digest, "last_four": last}


def without_secret(record: Any, field: str) -> Any:  # noqa: ANN401 - GitHub's
    """Return a record whose secret field is replaced by `<field>_sha256` and `<field>_last_four`.

    A field that GitHub masked itself (null or stars) is left out as it is.
    """
    if not isinstance(record, dict) or field not in record:
        return record
    rest = {name: value for name, value in record.items() if name != field}
    secret = record[field]
    if not isinstance(secret, str) or not secret.strip("*"):
        return rest
    return rest | {f"{field}_{name}": value for name, value in hidden(secret).items()}


def shown_hook(hook: dict[str, Any]) -> dict[str, Any]:
    """Return a webhook without its secret; GitHub masks it, but that is not ours to rely on."""
    config = hook.get("config")
    return hook | {"config": without_secret(config, "secret")} if config else hook
