"""Settings in, client out: the one place where the parts of this package are put together."""

from collections.abc import Callable
from datetime import datetime

from github_modules.clock import Clock
from github_modules.github.auth import AppAuth, AppKey, Auth, TokenAuth
from github_modules.github.client import DEFAULT_USER_AGENT, GithubClient
from github_modules.github.gate import Gate
from github_modules.github.rate_limit import Governor
from github_modules.github.retry import CircuitBreaker
from github_modules.github.settings import GithubSettings
from github_modules.github.transport import Transport


def connect(
    settings: GithubSettings,
    clock: Clock,
    *,
    per_minute: float | None = None,
    on_wait: Callable[[str, float], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
    user_agent: str = DEFAULT_USER_AGENT,
) -> GithubClient:
    """Return a client for the settings. Asks GitHub nothing yet.

    Args:
        settings: where, who, and with which credential.
        clock: time and interruptible waits.
        per_minute: our own cap on requests; None for none.
        on_wait: told reason and seconds before each wait for a limit.
        on_notice: told a sentence when a person should know something, once a day each.
        user_agent: how requests name themselves.

    Raises:
        ConfigurationError: the certificates cannot be read.
    """
    transport = Transport(
        settings.address, settings.proxy_url, settings.ca_certificate, clock=clock
    )
    governor = Governor(clock, per_minute, on_wait)
    gate = Gate(transport, governor, CircuitBreaker(clock), clock)
    return GithubClient(
        settings.address,
        _auth(settings, gate, user_agent),
        transport,
        governor,
        clock,
        user_agent=user_agent,
        subject=settings.owner.name,
        on_expiry=expiry_notice(on_notice) if on_notice else None,
        on_notice=on_notice,
        gate=gate,
    )


def expiry_notice(on_notice: Callable[[str], None]) -> Callable[[datetime], None]:
    """Return what turns the end of a token's life into a sentence."""

    def say(expires_at: datetime) -> None:
        on_notice(
            f"The token expires on {expires_at:%Y-%m-%d %H:%M} UTC. Create a new one in GitHub "
            'and put it into "apikey" before that.'
        )

    return say


def _auth(settings: GithubSettings, gate: Gate, user_agent: str) -> Auth:
    if not settings.private_key:
        return TokenAuth(settings.token)
    key = AppKey(settings.app_id, settings.private_key)
    return AppAuth(key, settings.owner, settings.address, gate, user_agent)
