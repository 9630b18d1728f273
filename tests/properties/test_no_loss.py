"""Late events, crashes at any step, and refusals: nothing is lost, no crash means no repeat."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from github_modules.collect.collector import Pace
from github_modules.collect.opening import open_position
from github_modules.errors import GithubModuleError, GithubUnavailableError, IntakeRefusedError
from tests.collect_fakes import Shown, world
from tests.fakes import FakeClock

HOUR_MS = 3_600_000
FREQUENCY_S = 60.0
LATEST_S = 12 * 3600


class Crash(BaseException):
    """The process is gone at this very step."""


class Collection(RuleBasedStateMachine):
    """The real core over a simulated log; time only passes when a rule says so."""

    @initialize(lanes=st.integers(1, 4), history_h=st.integers(1, 48))
    def begin(self, lanes: int, history_h: int) -> None:
        self.clock = FakeClock(datetime(2026, 11, 1, tzinfo=UTC))
        self.pace = Pace(FREQUENCY_S, lanes)
        self.history_ms = history_h * HOUR_MS
        self.world = world(self.clock)
        self.floor_ms = self.world.source.now_ms() - self.history_ms
        self.numbers = iter(range(10**9))
        self.crashes = 0
        self.most_repeats = 0
        self.open()

    def open(self) -> None:
        opening = open_position(self.world.kept, self.world.source.now_ms(), self.history_ms)
        self.world.collector.begin(opening.position)

    def restart(self) -> None:
        self.world = world(self.clock, self.world)
        self.open()

    @rule(
        age_s=st.integers(0, 13 * 3600),
        delay_s=st.one_of(st.just(0), st.integers(0, LATEST_S)),
        count=st.integers(1, 12),
        spread_ms=st.sampled_from([0, 1, 500, 60_000]),
    )
    def happen(self, age_s: int, delay_s: int, count: int, spread_ms: int) -> None:
        """Events happen; each can be read only after its delay, never before now."""
        now_ms = self.world.source.now_ms()
        for step in range(count):
            at_ms = now_ms - min(age_s, delay_s) * 1000 - step * spread_ms
            visible_ms = max(now_ms, at_ms + delay_s * 1000)
            if visible_ms - at_ms <= LATEST_S * 1000:
                shown = Shown(at_ms, visible_ms, next(self.numbers))
                self.world.source.events.append(shown)

    @rule(seconds=st.sampled_from([1, 60, 301, 3_600, 7_200, 40_000, 100_000]))
    def pass_time(self, seconds: int) -> None:
        self.clock.wait(seconds)

    @rule()
    def poll(self) -> None:
        self.attempt(lambda: self.world.collector.poll(self.pace))

    @rule(steps=st.integers(1, 30))
    def sweep(self, steps: int) -> None:
        for _ in range(steps):
            self.attempt(self.world.collector.sweep)

    @rule(
        what=st.sampled_from(["source", "sink", "sink-crash", "source-crash", "store-crash"]),
        run=st.integers(1, 7),
    )
    def fault(self, what: str, run: int) -> None:
        """The next call of an edge fails, or the process dies there."""
        edge = self.world.source if what.startswith("source") else self.world.sink
        if what == "store-crash":
            self.crash_at_next_write()
            return
        failure: BaseException
        if what.endswith("crash"):
            failure = Crash()
        elif what == "source":
            failure = GithubUnavailableError("GitHub does not answer.")
        else:
            failure = IntakeRefusedError("Refused.", remedy="Mend it.")
        self.world.sink.run = run
        edge.failures.append(failure)

    def crash_at_next_write(self) -> None:
        store = self.world.store
        write = store.append

        def torn(name: str, data: bytes) -> None:
            store.append = write
            write(name, data[: len(data) // 2])
            raise Crash

        store.append = torn

    def attempt(self, step) -> None:
        try:
            step()
        except GithubModuleError:
            pass
        except Crash:
            self.crashes += 1
            self.most_repeats += 1_000
            self.restart()

    @rule()
    def settle(self) -> None:
        """Without faults for 28 hours, everything that became visible in time has been found."""
        self.world.source.failures.clear()
        self.world.sink.failures.clear()
        self.world.store.__dict__.pop("append", None)
        for _ in range(28 * 4):
            self.clock.wait(900)
            self.attempt(lambda: self.world.collector.poll(self.pace))
            while self.due():
                self.attempt(self.world.collector.sweep)
        delivered = set(self.world.sink.identities)
        missing = [
            shown
            for shown in self.world.source.events
            if shown.at_ms > self.floor_ms
            and shown.identity not in delivered
            and shown.visible_ms <= self.world.source.now_ms() - 20 * HOUR_MS
        ]
        assert missing == []

    def due(self) -> bool:
        due_ms = self.world.collector.next_sweep_ms()
        return due_ms is not None and due_ms <= self.world.source.now_ms()

    @invariant()
    def once_unless_it_crashed(self) -> None:
        """Nothing is delivered twice but the batch in flight of a crash."""
        if not hasattr(self, "world"):
            return
        identities = self.world.sink.identities
        assert len(identities) - len(set(identities)) <= self.most_repeats
        # One crash repeats the batch in flight once: nothing may come a third time for one crash.
        counts: dict[int, int] = {}
        for identity in identities:
            counts[identity] = counts.get(identity, 0) + 1
        assert max(counts.values(), default=0) <= 1 + self.crashes

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.collector.drop_sweep()


TestCollection = Collection.TestCase
TestCollection.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
