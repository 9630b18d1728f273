"""What the exit status says. Scripts depend on it."""

from enum import IntEnum

from github_modules.errors import (
    ConfigurationError,
    GithubModuleError,
    RetryableError,
    StateInUseError,
)


class Exit(IntEnum):
    """Every status that a command ends with."""

    OK = 0
    FAILED = 1
    USAGE = 2
    LATER = 3
    BUSY = 4
    DEFECT = 70
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """Return what it means, for the page of the commands."""
        return _MEANINGS[self]


_MEANINGS = {
    Exit.OK: "done; for `collect`, also ended by Ctrl-C or by a reader that closed its pipe",
    Exit.FAILED: "GitHub or the intake refused, or something asked for does not work",
    Exit.USAGE: "an option or a configured value cannot be right",
    Exit.LATER: "a fault that passes (network, limit, storage): run it again",
    Exit.BUSY: "another process collects with the same state",
    Exit.DEFECT: "a defect of the module; `--debug` shows where",
    Exit.INTERRUPTED: "ended by Ctrl-C before it was done",
}


def exit_of(error: GithubModuleError) -> Exit:
    """Return the status for an error, by its group."""
    if isinstance(error, StateInUseError):
        return Exit.BUSY
    if isinstance(error, ConfigurationError):
        return Exit.USAGE
    return Exit.LATER if isinstance(error, RetryableError) else Exit.FAILED
