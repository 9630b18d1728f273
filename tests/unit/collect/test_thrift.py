"""What the request budget carries."""

import pytest

from github_modules.collect import sweeps
from github_modules.collect.rate import Rate
from github_modules.collect.thrift import Load, Thrift, plan


@pytest.mark.parametrize("allowance", [None, 1_650.0, 1_200.0])
def test_quiet_log_gets_everything(allowance: float | None) -> None:
    """With an event a minute the whole overlap and all sweeps fit."""
    assert plan(Load(1 / 60, 60, allowance)) == Thrift(60_000, sweeps.AGES_S)


def test_overlap_shrinks_before_any_sweep_goes() -> None:
    """The overlap is given up first, down to one page's worth of events."""
    thrift = plan(Load(8.0, 60, 1_750))
    assert thrift == Thrift(12_500, sweeps.AGES_S)


def test_sweeps_go_the_youngest_age_first_and_the_oldest_stays() -> None:
    """However busy the log, the sweep that alone finds everything stays."""
    assert plan(Load(11.0, 60, 1_750)).ages_s == sweeps.AGES_S[1:]
    assert plan(Load(200.0, 60, 1_750)).ages_s == sweeps.AGES_S[-1:]


def test_without_a_limit_nothing_is_spared() -> None:
    """GitHub Enterprise Server does not limit requests."""
    assert plan(Load(500.0, 60, None)) == Thrift(60_000, sweeps.AGES_S)


def test_overlap_is_never_under_a_second() -> None:
    """GitHub filters by whole seconds."""
    assert plan(Load(5_000.0, 60, 1_750)).overlap_ms == 1_000


def test_plan_knows_whether_it_is_thinner() -> None:
    """Fewer ages or a shorter overlap is thinner."""
    full = Thrift(60_000, sweeps.AGES_S)
    assert Thrift(30_000, sweeps.AGES_S).thinner_than(full)
    assert Thrift(60_000, sweeps.AGES_S[1:]).thinner_than(full)
    assert not full.thinner_than(Thrift(30_000, sweeps.AGES_S))
    assert "60 min, 720 min" in str(Thrift(30_000, sweeps.AGES_S[1:]))


def test_rate_follows_what_happens_and_forgets() -> None:
    """A steady flow is learnt within hours, and silence is too."""
    rate = Rate()
    for _ in range(200):
        rate.note(600, 60)
    assert rate.events_per_s == pytest.approx(10, rel=0.01)
    for _ in range(200):
        rate.note(0, 60)
    assert rate.events_per_s < 0.1
    rate.note(5, 0)
    assert rate.events_per_s < 0.1
