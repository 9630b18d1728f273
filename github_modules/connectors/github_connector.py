"""A connector that collects from GitHub: connects, puts the collections together, runs them."""

from abc import abstractmethod
from collections.abc import Sequence

from github_modules.collect.ports import Observer, Sink
from github_modules.connectors.arguments import CollectingArguments, PacedArguments
from github_modules.connectors.base import CollectingConnector
from github_modules.connectors.collection import AroundWith, Collection, Surroundings
from github_modules.connectors.endurance import Work, keep_running, side_by_side
from github_modules.errors import ConfigurationError, RateLimitedError, RetryableError
from github_modules.github.build import connect
from github_modules.github.client import GithubClient
from github_modules.github.settings import GithubSettings
from github_modules.sekoia.batch_api import BatchApi
from github_modules.sekoia.intake import Intake
from github_modules.sekoia.metrics import metrics
from github_modules.sekoia.self_report import user_agent
from github_modules.sekoia.state_lock import held
from github_modules.sekoia.storage import store_at

_WAIT_WORTH_A_LINE_S = 60.0


class GithubConnector(CollectingConnector):
    """One or more collections with one client. A source adds its plan and nothing else."""

    bucket = "core"
    """The rate limit that the hourly line tells of."""

    _client: GithubClient | None = None
    _counted = 0

    @abstractmethod
    def collections(
        self, settings: GithubSettings, client: GithubClient, around: AroundWith
    ) -> Sequence[Collection]:
        """Return what runs side by side.

        Raises:
            ConfigurationError: an argument cannot be right.
        """

    def collect(self) -> None:
        """Build the collections from the forms and run them until asked to stop."""
        arguments = self.arguments(self.arguments_model)
        settings = self.module.settings()
        client = self._connected(settings, arguments)

        def around(observer: Observer) -> Surroundings:
            sink = self.sink(arguments, observer)
            return Surroundings(sink, store_at(self.data_path), observer, self.clock, self.rng)

        made = self.collections(settings, client, around)
        works: list[Work] = [one.run for one in made]
        owner = settings.owner
        where = f"{owner.kind} {owner.name} at {settings.address.host}"
        self.say(f"Collecting {self.component.subject} of {where}.", "info")
        with held(self.data_path, [one.plan.scope for one in made]):
            if len(works) == 1:
                works[0]()
            else:
                side_by_side(works, self._endure)

    def sink(self, arguments: PacedArguments, observer: Observer) -> Sink:
        """Return where records go.

        Raises:
            ConfigurationError: it is not known where the intake is.
        """
        if not isinstance(arguments, CollectingArguments):
            raise ConfigurationError(
                "This component has no intake.", remedy="Report this: it is a defect."
            )
        address = self.intake_address(arguments)
        api = BatchApi(address, self.clock, user_agent(self.module.manifest))
        store = store_at(self.data_path)
        return Intake(api, address.key, store, self.clock, self.rng, observer)

    def budget_words(self) -> str:
        """Return what is left of the request budget, and publish it as metrics."""
        if self._client is None:
            return ""
        sent = metrics().requests
        sent.inc(self._client.requests - self._counted)
        self._counted = self._client.requests
        budget = self._client.governor.budget()
        for name, told in budget.items():
            metrics().budget_left.labels(resource=name).set(told.remaining)
        limit = budget.get(self.bucket)
        return f"{limit.remaining} of {limit.limit} requests left this hour." if limit else ""

    def _endure(self, work: Work) -> None:
        keep_running(work, self.clock, self.rng, self.reporter.failed)

    def _connected(self, settings: GithubSettings, arguments: PacedArguments) -> GithubClient:
        """Return the client of this start; the one before is closed."""
        if self._client is not None:
            self._client.close()
        self._counted = 0
        self._client = connect(
            settings,
            self.clock,
            per_minute=arguments.ratelimit_per_minute,
            on_wait=self._waited,
            on_notice=self._noticed,
            user_agent=user_agent(self.module.manifest),
        )
        self._client.on_retry = self._retried
        return self._client

    def _retried(self, error: RetryableError, wait_s: float) -> None:
        """Say what a walk waits out; waits for limits are said by `_waited`."""
        if not isinstance(error, RateLimitedError):
            self.reporter.failed(error, wait_s)

    def _waited(self, reason: str, wait_s: float) -> None:
        """Count a wait for a limit, and say it when a person would wonder."""
        metrics().waits.inc()
        metrics().waited_s.inc(wait_s)
        if wait_s >= _WAIT_WORTH_A_LINE_S:
            self.say(f"Waiting {wait_s:.0f} s: {reason}.", "info")

    def _noticed(self, message: str) -> None:
        self.say(message, "warning")
