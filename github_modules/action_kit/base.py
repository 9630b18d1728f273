"""From the platform's call to an action's work and back: arguments, client, errors, large results.

No traceback and no secret reaches a user: every failure ends in one text with cause and remedy.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from threading import Event
from typing import Any, ClassVar, Generic, TypeVar

import orjson
from pydantic import BaseModel
from sekoia_automation.action import Action
from sekoia_automation.configuration.exception import MissingConfigurationError

from github_modules.action_kit.arguments import Arguments, PlaceArguments
from github_modules.action_kit.desk import Desk, JsonObject, Listing
from github_modules.action_kit.endpoint import Endpoint
from github_modules.action_kit.results import Results
from github_modules.clock import SystemClock
from github_modules.component import Component
from github_modules.errors import ConfigurationError, GithubModuleError, StopRequested
from github_modules.github.build import connect
from github_modules.github.credentials import Credential
from github_modules.github.preflight import PatientFor
from github_modules.github.settings import GithubSettings, Owner
from github_modules.module import GithubModule
from github_modules.sekoia.forms import checked
from github_modules.sekoia.self_report import defect, user_agent

_PATIENCE_S = 120.0
"""Most seconds that an action waits for limits and retries: somebody is watching."""
_LARGE_BYTES = 256 * 1024
_PREVIEW = 20

Given = TypeVar("Given", bound=Arguments)


class GithubAction(Action, Generic[Given]):
    """One action: class data says what it is, `perform` does it."""

    component: ClassVar[Component]
    arguments_model: ClassVar[type[BaseModel]]
    endpoints: ClassVar[tuple[Endpoint, ...]]
    branches: ClassVar[Mapping[str, str]] = {}
    undo: ClassVar[str] = ""
    results_model: type[Results]

    module: GithubModule

    def __init__(self, module: GithubModule | None = None, data_path: Any = None) -> None:  # noqa: ANN401 - as inherited
        super().__init__(module or GithubModule(), data_path)
        self._waits: list[str] = []
        self.failure: BaseException | None = None
        """What the last run ended with, for those who want more than its text."""

    @abstractmethod
    def perform(self, desk: Desk, given: Given) -> JsonObject:
        """Do the work and return the results.

        Raises:
            GithubModuleError: what went wrong, with cause and remedy.
            StopRequested: GitHub asks to wait longer than an action may take.
        """

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the arguments of this run; none when the platform gave none."""
        try:
            found = self.module.load_config(self.ARGUMENTS_FILE_NAME, "json")
        except (MissingConfigurationError, ValueError):
            found = None
        return found if isinstance(found, dict) else {}

    def run(self, arguments: Any) -> Any:  # noqa: ANN401 - whatever the platform holds
        """Check the arguments, do the work, and turn a failure into the platform's error."""
        try:
            given = checked(self.arguments_model, arguments)
            return self._performed(given)  # type: ignore[arg-type]
        except GithubModuleError as error:
            self.failure = error
            self.error(str(error))
        except StopRequested as error:
            self.failure = error
            waits = f" ({self._waits[-1]})" if self._waits else ""
            self.error(
                f"GitHub asks to wait longer than an action may take{waits}. Run it again later, "
                "or use a credential that nothing else uses."
            )
        except Exception as error:  # noqa: BLE001 - the outermost frame: no traceback to a user
            self.failure = error
            self.error(defect(error))
        return None

    def keep_results_inline(self) -> None:
        """Return long lists whole, and not in a file beside their beginning."""
        self._result_as_file = False

    def error(self, message: str) -> None:
        """End with an error; of a traceback that the SDK made, only its last line is kept."""
        if "Traceback (most recent call last)" in message:
            kind = message.strip().splitlines()[-1].partition(":")[0]
            message = f"The platform's part of the run failed ({kind}). Run the action again."
        super().error(message)

    def settings_for(self, given: Given) -> GithubSettings:
        """Return the account's settings, turned to the organization that the action is about."""
        settings = self.module.settings()
        owner = owner_of(given) or settings.organization
        return replace(settings, owner=Owner("organization", owner)) if owner else settings

    def _performed(self, given: Given) -> JsonObject:
        settings = self.settings_for(given)
        self._check_credential(settings)
        client = connect(
            settings,
            PatientFor(SystemClock(Event()), _PATIENCE_S),
            on_wait=lambda reason, wait_s: self._waits.append(f"{reason}, {wait_s:.0f} s"),
            on_notice=lambda message: self.log(message, "warning"),
            user_agent=user_agent(self.module.manifest),
        )
        enterprise = self.module.settings().enterprise
        dry_run = bool(getattr(given, "dry_run", False))
        desk = Desk(client, settings.organization, enterprise, dry_run)
        try:
            results = self.perform(desk, given)
        finally:
            client.close()
        return results | ({"warnings": desk.warnings} if desk.warnings else {})

    def _check_credential(self, settings: GithubSettings) -> None:
        if settings.credential is Credential.INSTALLATION:
            return
        if any(endpoint.app_only for endpoint in self.endpoints):
            raise ConfigurationError(
                f"GitHub lets only a GitHub App do this; the account has a {settings.credential}.",
                remedy="Fill in app_id and pem_file of a GitHub App in the account.",
            )

    def place(self, given: Given) -> Endpoint:
        """Return the endpoint for the repository that is given, or for the organization.

        Of two endpoints that do the same, class data name the repository's first.
        """
        on_org = isinstance(given, PlaceArguments) and not given.repository
        return self.endpoints[1 if on_org else 0]

    def branch(self, *active: str) -> None:
        """Say which of the outputs are taken; all others are not."""
        for name in self.branches:
            self.set_output(name, name in active)

    def listing(self, found: Listing) -> JsonObject:
        """Return a list as results; a large one goes to a file, with a preview beside it."""
        self.branch("found" if found.items else "not_found")
        results = {
            "items": found.items,
            "count": len(found.items),
            "truncated": found.truncated,
        }
        if len(orjson.dumps(found.items)) <= _LARGE_BYTES:
            return results
        return results | {"items": found.items[:_PREVIEW]} | self.json_result("items", found.items)


def owner_of(given: Arguments) -> str:
    """Return the organization that the arguments name, or nothing."""
    owner = str(getattr(given, "repository", "")).rpartition("/")[0]
    return owner or str(getattr(given, "org", ""))
