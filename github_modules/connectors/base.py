"""The bridge from the SDK's connector to the collecting core.

The core runs in a thread of its own, and the main thread only watches it: so the process ends
within seconds of SIGTERM whatever call the core is in, and the heartbeat says whether the core
lives, not whether events come. What the SDK does badly and is replaced here: its liveness rule that
restarts quiet organizations, its run loop that repeats without pause, its push and its log call.
"""

import random
import sys
import threading
from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from sekoia_automation.configuration.exception import MissingConfigurationError
from sekoia_automation.connector import Connector

from github_modules.clock import SystemClock
from github_modules.collect.ports import Level
from github_modules.component import Component
from github_modules.connectors.arguments import CollectingArguments, PacedArguments
from github_modules.connectors.endurance import keep_running
from github_modules.errors import ConfigurationError
from github_modules.module import GithubModule
from github_modules.sekoia.batch_api import IntakeAddress
from github_modules.sekoia.forms import checked
from github_modules.sekoia.log_shipping import LogShipping
from github_modules.sekoia.metrics import fingerprint, metrics
from github_modules.sekoia.reporting import Reporter

_WATCH_EVERY_S = 1.0
_SWITCH_EVERY_S = 0.0005
_SILENT_AFTER_S = 300.0
"""No sign of life for so long means that the core hangs: every call in it has a shorter timeout."""
_END_WITHIN_S = 3.0

Arguments = TypeVar("Arguments", bound=PacedArguments)


class CollectingConnector(LogShipping, Connector):
    """A connector whose work is `collect`: build the core and run it until asked to stop."""

    component: ClassVar[Component]
    arguments_model: ClassVar[type[PacedArguments]]

    module: GithubModule
    seconds_without_events = 0
    last_heartbeat_threshold = 900

    def __init__(self, module: GithubModule | None = None, data_path: Path | None = None) -> None:
        super().__init__(module or GithubModule(), data_path)
        self.clock = SystemClock(self._stop_event, self._sign_of_life)
        self.rng = random.Random()  # noqa: S311 - jitter, not secrets
        self._alive_s = self.clock.monotonic_s()
        self._fingerprint = ""
        self.reporter = Reporter(
            self.say, self.clock, metrics(), self._forwarded, self.budget_words, self._sign_of_life
        )

    @abstractmethod
    def collect(self) -> None:
        """Collect until asked to stop.

        Raises:
            GithubModuleError: when it cannot go on as it is; it is called again after a wait.
            StopRequested: when the process is asked to end.
        """

    def budget_words(self) -> str:
        """Return a sentence about what is left of the request budget, for the hourly line."""
        return ""

    def run(self) -> None:
        """Watch over the core until asked to stop, and give it a moment to end."""
        # A page that arrived should not wait 5 ms behind the parsing of the ones before it.
        sys.setswitchinterval(_SWITCH_EVERY_S)
        core = threading.Thread(target=self._run_core, name="core", daemon=True)
        core.start()
        while not self._stop_event.wait(_WATCH_EVERY_S):
            if self.clock.monotonic_s() - self._alive_s < _SILENT_AFTER_S and core.is_alive():
                self.heartbeat()
        core.join(_END_WITHIN_S)

    def _run_core(self) -> None:
        keep_running(self.collect, self.clock, self.rng, self.reporter.failed)

    def _sign_of_life(self) -> None:
        self._alive_s = self.clock.monotonic_s()

    def arguments(self, model: type[Arguments]) -> Arguments:
        """Return the checked arguments of this connector.

        Raises:
            ConfigurationError: names the argument that cannot be right.
        """
        arguments = checked(model, self._raw_arguments())
        self._fingerprint = fingerprint(getattr(arguments, "intake_key", ""))
        return arguments

    def _raw_arguments(self) -> dict[str, Any]:
        for name in (self.CONNECTOR_CONFIGURATION_FILE_NAME, self.TRIGGER_CONFIGURATION_FILE_NAME):
            try:
                values = self.module.load_config(name, "json")
            except MissingConfigurationError:
                continue
            except ValueError:
                values = None
            if isinstance(values, dict):
                return values
        raise ConfigurationError(
            "The connector was started without readable arguments.",
            remedy="Save the connector's configuration again.",
        )

    def intake_address(self, arguments: CollectingArguments) -> IntakeAddress:
        """Return where events go: the argument, else the platform's own intake.

        Raises:
            ConfigurationError: when neither is there.
        """
        try:
            url = arguments.intake_server or self.intake_url
        except MissingConfigurationError:
            url = ""
        if not url:
            raise ConfigurationError(
                "The address of the intake is not known.",
                remedy="Fill in intake_server with the intake base of your region.",
            )
        return IntakeAddress(url, arguments.intake_key)

    def _forwarded(self, count: int, lag_s: float | None) -> None:
        """Keep the SDK's own account of events, which /health and the common metrics show."""
        self._error_count = 0
        self._last_events_time = self.clock.now().replace(tzinfo=None)
        self.put_forwarded_events(self._fingerprint, count)
        if lag_s is not None:
            self.put_events_lag(self._fingerprint, lag_s)

    def say(self, message: str, level: Level) -> None:
        """Write a line to the platform's log."""
        self.log(message, level)
