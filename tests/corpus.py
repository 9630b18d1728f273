"""The published records beside the project: read from there, never copied into it."""

import json
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def corpus_path(name: str = "") -> Path:
    """Return the path of a file of the corpus; where it is absent the test is skipped."""
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"the published records are not beside the project: ../shared/corpus/{name}")
    return path


def rows(name: str) -> list[dict[str, Any]]:
    """Return the lines of an NDJSON file of the corpus: each with its record and where it is from.

    A record stands under `event` or `exchange`.
    """
    text = corpus_path(f"{name}.ndjson").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def events(name: str) -> list[dict[str, Any]]:
    """Return the records of an NDJSON file of events or alerts, as they were published."""
    return [row["event"] for row in rows(name)]
