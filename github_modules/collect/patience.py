"""How long to wait after a failure: by its group, longer each time it comes back."""

import random

from github_modules.errors import GithubModuleError, OperatorError, RetryableError

_RETRY_S = (5.0, 300.0)
_OPERATOR_S = (600.0, 3_600.0)
"""A revoked token is asked about a few times an hour: repeats would lock the account out."""
_OTHER_S = (30.0, 900.0)


class Patience:
    """Counts failures in a row, and turns them into waits with jitter."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._failures = 0

    @property
    def tried(self) -> bool:
        """Return whether the last attempt failed."""
        return self._failures > 0

    def after(self, error: GithubModuleError) -> float:
        """Return seconds to wait after one more failure; never less than the error asks for."""
        first_s, most_s = _bounds(error)
        wait_s = min(most_s, first_s * 2.0 ** min(self._failures, 16))
        self._failures += 1
        asked_s = error.wait_s if isinstance(error, RetryableError) and error.wait_s else 0.0
        return float(max(asked_s, wait_s * self._rng.uniform(0.75, 1.0)))

    def reset(self) -> None:
        """Forget the failures: something went through."""
        self._failures = 0


def _bounds(error: GithubModuleError) -> tuple[float, float]:
    if isinstance(error, RetryableError):
        return _RETRY_S
    return _OPERATOR_S if isinstance(error, OperatorError) else _OTHER_S
