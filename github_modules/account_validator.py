"""The "Test connection" button: tries the account, and answers in one message."""

from collections.abc import Iterator, Sequence
from threading import Event

from sekoia_automation.account_validator import AccountValidator

from github_modules.action_kit import matrix
from github_modules.action_kit.matrix import Judge, Verdict, Wanted
from github_modules.actions import catalogue
from github_modules.clock import SystemClock
from github_modules.errors import GithubModuleError, StopRequested
from github_modules.github.auth import AppAuth
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.credentials import Credential
from github_modules.github.permissions import parse_scopes
from github_modules.github.preflight import PatientFor, Preflight, Step, Topic, headline
from github_modules.github.settings import GithubSettings
from github_modules.module import GithubModule

_REFUSED = (403, 404)


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
            steps = [form, *Preflight(settings, client).steps()]
            return [*steps, *self._actions(client, settings, steps)]
        finally:
            client.close()

    def _actions(
        self, client: GithubClient, settings: GithubSettings, steps: Sequence[Step]
    ) -> Iterator[Step]:
        """Yield which actions will work; what is missing for them fails no connection test."""
        known = any(step.topic is Topic.IDENTITY and step.passed for step in steps)
        if not (known and settings.organization):
            return
        try:
            verdicts = permission_matrix(client, settings.organization)
        except (GithubModuleError, StopRequested):
            return
        yield Step(Topic.ACTIONS, passed=True, text=matrix.summary(verdicts))


def permission_matrix(client: GithubClient, org: str) -> list[Verdict]:
    """Return which actions will work with a client's credential. Writes nothing.

    Raises:
        GithubModuleError: GitHub did not tell.
        StopRequested: GitHub asks to wait too long.
    """
    wanted = [Wanted(cls.component.docker_parameters, cls.endpoints) for cls in catalogue()]
    on_server = client.address.is_server
    return matrix.matrix(wanted, _judge(client, org, wanted), on_server=on_server)


def _judge(client: GithubClient, org: str, wanted: Sequence[Wanted]) -> Judge:
    auth = client.auth
    if isinstance(auth, AppAuth):
        return matrix.by_permissions(auth.installation().get("permissions") or {})
    if auth.kind in {Credential.CLASSIC, Credential.OAUTH}:
        scopes = client.request("GET /user").header("x-oauth-scopes")
        return matrix.by_scopes(parse_scopes(scopes))
    repositories = client.request(
        "GET /orgs/{org}/repos", variables={"org": org}, params={"per_page": 1}, expect=_REFUSED
    ).json()
    named = repositories[0] if isinstance(repositories, list) and repositories else {}
    readable = {}
    for key, endpoint in matrix.probes(wanted).items():
        values = {"org": org, "owner": org, "repo": named.get("name", "")}
        variables = {name: values[name] for name in values if f"{{{name}}}" in endpoint.route}
        if all(variables.values()):
            answer = client.request(
                endpoint.route, variables=variables, params={"per_page": 1}, expect=_REFUSED
            )
            readable[key] = answer.status < 300
    return matrix.by_probes(readable)


def summary(steps: Sequence[Step]) -> str:
    """Return one message: what fails with cause and remedy, then what works."""
    failed = [f"{step.topic}: {step.text}" for step in steps if not step.passed]
    passed = [f"{step.topic}: {step.text}" for step in steps if step.passed]
    parts = [f"What fails: {' '.join(failed)}"] if failed else []
    return " ".join([*parts, f"What works: {' '.join(passed)}"] if passed else parts)
