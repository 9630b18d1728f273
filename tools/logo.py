"""`python -m tools.logo` draws logo.png: a trail of entries with one branch, each entry ticked off.

Drawn for this project, from circles and lines only; it shows nobody else's mark.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

LOGO = Path(__file__).resolve().parents[1] / "logo.png"
SIZE = 512
_FINER = 4
"""Drawn larger and scaled down, which smooths the edges."""
_GRID = 64
"""Places below are on a grid of 64, so that the figure is sharp at 64 pixels too."""
_TOP, _BOTTOM = (22, 34, 66), (12, 18, 38)
_TRAIL, _BRANCH, _ENTRY, _TICK = (238, 242, 250), (72, 202, 178), (122, 140, 178), (255, 190, 92)
_STROKE = 4.5
_CORNER = 13
_TRUNK_X, _BRANCH_X = 15, 30
_NODES_Y = (14, 29, 50)

Point = tuple[float, float]
Colour = tuple[int, int, int]


def draw() -> Image.Image:
    """Return the logo."""
    side = SIZE * _FINER
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    image.paste(_background(side), (0, 0), _rounded(side))
    pen = _Pen(ImageDraw.Draw(image), side / _GRID)
    pen.line(_bend(), _BRANCH)
    pen.line([(_TRUNK_X, _NODES_Y[0]), (_TRUNK_X, _NODES_Y[2])], _TRAIL)
    for y in (_NODES_Y[0], _NODES_Y[2]):
        pen.line([(29, y), (51, y)], _ENTRY)
        pen.ring((_TRUNK_X, y), _TRAIL)
    pen.ring((_BRANCH_X, _NODES_Y[1]), _BRANCH)
    pen.line([(42, 30), (46, 34), (53, 25)], _TICK)
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


class _Pen:
    """Draws round strokes in places of the grid."""

    def __init__(self, canvas: ImageDraw.ImageDraw, unit: float) -> None:
        self._canvas = canvas
        self._unit = unit

    def line(self, points: list[Point], colour: Colour) -> None:
        """Draw a stroke with round ends and bends."""
        places = [(x * self._unit, y * self._unit) for x, y in points]
        self._canvas.line(places, fill=colour, width=round(_STROKE * self._unit), joint="curve")
        for point in points:
            self._disc(point, _STROKE / 2, colour)

    def ring(self, centre: Point, colour: Colour) -> None:
        """Draw a node: a ring with the background inside."""
        self._disc(centre, 6, colour)
        self._disc(centre, 2.4, _TOP)

    def _disc(self, centre: Point, radius: float, colour: Colour) -> None:
        x, y = (value * self._unit for value in centre)
        reach = radius * self._unit
        self._canvas.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)


def _bend() -> list[Point]:
    """Return the branch: out of the trunk in one bend, and up to its node."""
    steps = [step / 96 for step in range(97)]
    start, control, end = (_TRUNK_X + 1, 41), (_BRANCH_X, 41), (_BRANCH_X, _NODES_Y[1])
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * control[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * control[1] + t**2 * end[1],
        )
        for t in steps
    ]


def _background(side: int) -> Image.Image:
    """Return a gradient from top to bottom."""
    column = Image.new("RGB", (1, side))
    for y in range(side):
        share = y / (side - 1)
        mixed = [round(a + (b - a) * share) for a, b in zip(_TOP, _BOTTOM, strict=True)]
        column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return column.resize((side, side))


def _rounded(side: int) -> Image.Image:
    mask = Image.new("L", (side, side), 0)
    corner = _CORNER * side // _GRID
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, side - 1, side - 1), corner, fill=255)
    return mask


def main() -> int:
    """Write the file."""
    draw().save(LOGO, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
