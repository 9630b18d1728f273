"""The "Test connection" button: tries the account, and answers in one message."""

from collections.abc import Sequence
from threading import Event

from sekoia_automation.account_validator import AccountValidator

from github_modules.clock import SystemClock
from github_modules.errors import GithubModuleError
from github_modules.github.build import connect
from github_modules.github.preflight import PatientFor, Preflight, Step, Topic, headline
from github_modules.module import GithubModule


class GithubAccountValidator(AccountValidator):
    """Validates the module's configuration. Never raises: that would leave the user no answer."""

    module: GithubModule

    def validate(self) -> bool:
        """Return whether everything works; otherwise `error` holds what does not, and why."""
        try:
            steps = self._steps()
        except Exception as error:  # noqa: BLE001 - the platform shows nothing after an exception
            self.error(f"The test could not be made: {type(error).__name__} in the module.")
            return False
        if all(step.passed for step in steps):
            self.log(summary(steps), "info")
            return True
        self.error(summary(steps))
        return False

    def _steps(self) -> Sequence[Step]:
        try:
            settings = self.module.settings()
            client = connect(settings, PatientFor(SystemClock(Event())))
        except GithubModuleError as error:
            return [Step(Topic.FORM, passed=False, text=f"{headline(error)}: {error}")]
        try:
            form = Step(Topic.FORM, passed=True, text="All fields can be right.")
            return [form, *Preflight(settings, client).steps()]
        finally:
            client.close()


def summary(steps: Sequence[Step]) -> str:
    """Return one message: what fails with cause and remedy, then what works."""
    failed = [f"{step.topic}: {step.text}" for step in steps if not step.passed]
    passed = [f"{step.topic}: {step.text}" for step in steps if step.passed]
    parts = [f"What fails: {' '.join(failed)}"] if failed else []
    return " ".join([*parts, f"What works: {' '.join(passed)}"] if passed else parts)
