"""Times, durations, states and results as people read them."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from github_modules.cli.memory_store import MemoryStore
from github_modules.cli.result_table import shown
from github_modules.cli.state_words import rows
from github_modules.cli.times import duration, moment_ms, words
from github_modules.clock import epoch_ms
from github_modules.collect.opening import memory
from github_modules.collect.position import Position, Span, Sweep
from github_modules.errors import ConfigurationError

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOW_MS = epoch_ms(NOW)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("90m", "2026-03-02 06:30:00 UTC"),
        (" 24H ", "2026-03-01 08:00:00 UTC"),
        ("2w", "2026-02-16 08:00:00 UTC"),
        ("2026-03-01", "2026-03-01 00:00:00 UTC"),
        ("2026-03-01T10:00+02:00", "2026-03-01 08:00:00 UTC"),
        ("2026-03-01T10:00:00Z", "2026-03-01 10:00:00 UTC"),
    ],
)
def test_times_as_people_type_them(text: str, meaning: str) -> None:
    """A moment, or how long ago."""
    assert words(moment_ms(text, NOW, "--since")) == meaning


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_a_sentence(text: str) -> None:
    """Nothing else comes out of it."""
    with suppress(ConfigurationError):
        assert isinstance(moment_ms(text, NOW, "--since"), int)


def test_durations() -> None:
    """Two units are enough."""
    shown_ = [duration(seconds) for seconds in (0, 59.6, 3_661, 90_000, 86_400, -5)]
    assert shown_ == ["0 s", "1 min", "1 h 1 min", "1 d 1 h", "1 d", "-5 s"]


def test_a_state_in_words() -> None:
    """A catch-up under way, sweeps, and a damaged file are told."""
    store = MemoryStore()
    kept = memory(store, "acme")
    assert dict(rows(kept, NOW_MS)) == {
        "frontier": "no readable position: the next start finds one from the ledger, if any",
        "identities held": "0 in 0 files",
    }
    hour = 3_600_000
    position = Position(
        NOW_MS - hour,
        NOW_MS - 9 * hour,
        (Sweep(300, NOW_MS - 2 * hour), Sweep(3_600, NOW_MS - hour)),
        (
            Span(NOW_MS - 9 * hour, NOW_MS - 5 * hour, NOW_MS - 5 * hour),
            Span(NOW_MS - 5 * hour, NOW_MS - hour, NOW_MS - 2 * hour),
        ),
    )
    kept.checkpoint.save(position)
    store.write("state/acme/checkpoint.0.json", b"{")
    store.write("state/acme/ledger/1-head.ids", b"torn")
    told = list(rows(memory(store, "acme"), NOW_MS))
    assert ("lag", "1 h since the newest event that was delivered") in told
    spans = [said.partition(": ")[2] for label, said in told if label == "catch-up"]
    assert spans == ["done", "read up to 2026-03-02 06:00:00 UTC"]
    sweeps = [said.partition("; ")[2] for label, said in told if label.startswith("sweep")]
    assert sweeps == ["next one due now", "nothing to do"]
    assert [label for label, _ in told if label in {"damage", "torn"}] == ["damage", "torn"]


def printed(result: dict[str, object]) -> str:
    console = Console(width=80, no_color=True)
    with console.capture() as captured:
        for part in shown(result):
            console.print(part)
    return captured.get()


def test_a_list_shows_what_tells_its_entries_apart() -> None:
    """Known fields first, no addresses, nothing nested, five columns."""
    items = [
        {"url": "u", "zeal": 1, "login": name, "id": 7, "owner": {}} for name in ("ada", "bob")
    ]
    text = printed({"items": items, "count": 2, "warnings": ["Not all."]})
    assert text.split()[:3] == ["id", "login", "zeal"]
    assert "ada" in text
    assert "warning: Not all." in text
    assert "owner" not in text


def test_odd_results_are_shown_too() -> None:
    """Entries with nothing plain, entries that are no objects, long and empty values."""
    assert "deep" in printed({"items": [{"deep": {"a": 1}}]})
    assert "[1, 2]" in printed({"items": [1, 2]})
    assert "…" in printed({"text": "x" * 900, "none": None, "yes": True})
    assert printed({"items": [], "count": 0}).split() == ["items", "[]", "count", "0"]
