"""The logo is what the tool draws."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tools import logo


def test_file_is_what_the_tool_draws() -> None:
    """Nobody has painted over it: each pixel is the drawn one, but for rounding."""
    with Image.open(logo.LOGO) as file:
        difference = ImageChops.difference(file.convert("RGBA"), logo.draw())
    assert max(most for _, most in difference.getextrema()) <= 2


def test_main_writes_a_small_square_png(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The written file keeps the library's limits: PNG, square, at most 50 KiB."""
    monkeypatch.setattr(logo, "LOGO", tmp_path / "logo.png")
    assert logo.main() == 0
    assert logo.LOGO.stat().st_size <= 50 * 1024
    with Image.open(logo.LOGO) as file:
        assert (file.format, file.size) == ("PNG", (logo.SIZE, logo.SIZE))


def test_logo_is_told_apart_when_small() -> None:
    """At 64 pixels its four colours are still there."""
    small = logo.draw().resize((64, 64), Image.Resampling.LANCZOS).convert("RGB")
    seen = {small.getpixel(place) for place in ((15, 30), (25, 29), (40, 14), (46, 33))}
    assert len(seen) == 4
