"""Every error of the module, grouped by what has to happen next.

    GithubModuleError                what went wrong (cause) and what to do about it (remedy)
      RetryableError                 wait `wait_s`, then ask again
        RateLimitedError             GitHub says wait; names the bucket
        GithubUnavailableError       5xx, timeout, reset, HTML or torn body
        IntakeUnavailableError       the same for the intake, or fewer acknowledged than sent
        StorageError                 the data folder or bucket does not answer
        StateInUseError              another process holds the stored position
      OperatorError                  only a person can mend it: one critical log, then quiet
        ConfigurationError           a field of the form
        CredentialError              the token or the App's key
        PermissionDeniedError        a permission, scope, role or policy
        PlanError                    the feature is not in this plan or on this server
        IntakeRefusedError           the intake key or the intake's address
      RequestError                   this request only
        NotFoundError                the thing is not there, or not visible
        ConflictError                the thing is in a state that forbids it
        ValidationFailedError        GitHub names the fields it refuses
      ContractError                  a rule that the module relies on was broken
        PageLoopError                a page cursor came back
        ForeignLinkError             a link leaves the configured address
        UnreadableAnswerError        not the shape that GitHub documents
      StateError                     the stored position is damaged
    StopRequested                    the process was asked to end; outside the root on purpose

Knows nothing of HTTP and nothing of Sekoia.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """What GitHub itself said, kept for whoever has to ask GitHub's support about it."""

    status: int | None = None
    message: str = ""
    documentation_url: str = ""
    request_id: str = ""

    def __str__(self) -> str:
        """Return one bracket for the end of a sentence, or nothing."""
        parts = [
            f"HTTP {self.status}" if self.status else "",
            f'GitHub said "{self.message}"' if self.message else "",
            f"see {self.documentation_url}" if self.documentation_url else "",
            f"request id {self.request_id}" if self.request_id else "",
        ]
        said = ", ".join(part for part in parts if part)
        return f" [{said}]" if said else ""


class GithubModuleError(Exception):
    """Root of the tree. `str()` is the sentence a person reads: cause, remedy, evidence."""

    def __init__(self, cause: str, *, remedy: str = "", evidence: Evidence | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy
        self.evidence = evidence or Evidence()

    def __str__(self) -> str:
        """Return cause, remedy and evidence as one text."""
        said = f"{self.cause} {self.remedy}".strip()
        return f"{said}{self.evidence}"


class RetryableError(GithubModuleError):
    """Waiting mends it. `wait_s` is what the other side asked for, None when it did not say."""

    def __init__(
        self,
        cause: str,
        *,
        remedy: str = "",
        evidence: Evidence | None = None,
        wait_s: float | None = None,
    ) -> None:
        super().__init__(cause, remedy=remedy, evidence=evidence)
        self.wait_s = wait_s


class RateLimitedError(RetryableError):
    """GitHub asked to wait. `resource` is its bucket, `secondary` its abuse protection."""

    def __init__(
        self,
        cause: str,
        *,
        resource: str,
        secondary: bool = False,
        wait_s: float | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        remedy = (
            "Nothing to do: the module waits. If it happens often, use a GitHub App or a service "
            "account of its own, so that nothing else spends the same budget."
        )
        super().__init__(cause, remedy=remedy, evidence=evidence, wait_s=wait_s)
        self.resource = resource
        self.secondary = secondary


class GithubUnavailableError(RetryableError):
    """GitHub did not answer, or not with an answer of its own.

    `never_arrived` is True only if the request surely did not reach GitHub: a write may then be
    sent again.
    """

    def __init__(
        self,
        cause: str,
        *,
        remedy: str = "",
        evidence: Evidence | None = None,
        wait_s: float | None = None,
        never_arrived: bool = False,
    ) -> None:
        super().__init__(cause, remedy=remedy, evidence=evidence, wait_s=wait_s)
        self.never_arrived = never_arrived


class IntakeUnavailableError(RetryableError):
    """The intake did not take the events this time."""


class StorageError(RetryableError):
    """The data folder or bucket could not be read or written; nothing was taken for absent."""


class StateInUseError(RetryableError):
    """Another process collects with the same state; it is let go when that process ends."""


class OperatorError(GithubModuleError):
    """A person must act; `remedy` says how and is never empty."""

    def __init__(self, cause: str, *, remedy: str, evidence: Evidence | None = None) -> None:
        super().__init__(cause, remedy=remedy, evidence=evidence)


class ConfigurationError(OperatorError):
    """A field of the form cannot be right."""


class CredentialError(OperatorError):
    """The token or the App's key is not accepted."""


class PermissionDeniedError(OperatorError):
    """The credential is good but may not do this."""


class PlanError(OperatorError):
    """The feature is not part of the plan, or not on this server."""


class IntakeRefusedError(OperatorError):
    """The intake does not know the key or the address."""


class RequestError(GithubModuleError):
    """This request cannot succeed; others can."""


class NotFoundError(RequestError):
    """Missing, or not visible to this credential: GitHub does not tell them apart."""


class ConflictError(RequestError):
    """The object is in a state that forbids the request."""


class ValidationFailedError(RequestError):
    """GitHub refused the request; `problems` has one sentence for each entry it named."""

    def __init__(
        self,
        cause: str,
        *,
        problems: tuple[str, ...] = (),
        remedy: str = "",
        evidence: Evidence | None = None,
    ) -> None:
        super().__init__(cause, remedy=remedy, evidence=evidence)
        self.problems = problems


class ContractError(GithubModuleError):
    """The other side broke a rule the module relies on: this walk ends, the position stays."""


class PageLoopError(ContractError):
    """A page led back to a page already seen in this walk."""


class ForeignLinkError(ContractError):
    """A link or redirect leads away from the configured address; it was not followed."""


class UnreadableAnswerError(ContractError):
    """The answer has a success status but not the documented shape."""


class StateError(GithubModuleError):
    """The stored position cannot be trusted; the last good one is used."""


class StopRequested(BaseException):
    """The process was asked to end. Outside the root, so that no handler swallows it."""
