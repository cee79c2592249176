"""How the panels of a screen share its area: by the width and height in cells, whatever they hold.

The widget ``Panes`` places its children by this, and the first frame is painted by it before Textual is loaded.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

MEDIUM, WIDE, TALL = 100, 160, 30
"""From these columns on two panes, then three, stand side by side; from these rows on one stands under another."""

Pane = Literal["main", "detail", "side"]


class Shape(NamedTuple):
    """How the panes of one screen share it.

    ``two``: main and detail beside each other; ``three``: with the panels at the side in a column of their own where
    the terminal is wide (none: they never get one); ``under``: below which of the two they stand else, and ``down``
    how much of the height is above them.
    """

    two: tuple[int, int] = (11, 9)
    three: tuple[int, ...] = (7, 6, 4)
    under: Literal["main", "detail"] = "main"
    down: tuple[int, int] = (7, 3)


USUAL = Shape()
TODAY = Shape(three=(8, 5, 3))
"""Today's: the queue says why beside what; the board and the first frame share it."""


class Box(NamedTuple):
    """A rectangle of cells: column and row of its corner, width, height."""

    x: int
    y: int
    width: int
    height: int

    def columns(self, *shares: int) -> list[Box]:
        """The box cut into columns by shares of its width."""
        return [Box(self.x + start, self.y, size, self.height) for start, size in _cuts(self.width, shares)]

    def rows(self, *shares: int) -> list[Box]:
        """The box cut into rows by shares of its height."""
        return [Box(self.x, self.y + start, self.width, size) for start, size in _cuts(self.height, shares)]


def _cuts(length: int, shares: tuple[int, ...]) -> list[tuple[int, int]]:
    total, passed, cuts = sum(shares), 0, [0]
    for share in shares:
        passed += share
        cuts.append(length * passed // total)
    return [(start, end - start) for start, end in pairwise(cuts)]


def panes(area: Box, sides: int = 0, shown: Pane = "main", shape: Shape = USUAL) -> tuple[Box | None, ...]:
    """The boxes of main, detail, and each of the panels at the side; None for one that is not seen.

    ``shown`` says which pane is seen where there is room for one alone.
    """
    if area.width < MEDIUM:
        main, detail, side = (area if name == shown else None for name in ("main", "detail", "side"))
        return (main, detail, *_side(side, sides, stacked=True))
    if sides and shape.three and area.width >= WIDE:
        left, middle, right = area.columns(*shape.three)
        return (left, middle, *_side(right, sides, stacked=True))
    left, right = area.columns(*shape.two)
    if not sides or area.height < TALL:
        aside = bool(sides) and shown == "side"
        return (left, None if aside else right, *_side(right if aside else None, sides, stacked=True))
    if shape.under == "main":
        upper, lower = left.rows(*shape.down)
        return (upper, right, *_side(lower, sides, stacked=False))
    upper, lower = right.rows(*shape.down)
    return (left, upper, *_side(lower, sides, stacked=False))


def _side(box: Box | None, sides: int, *, stacked: bool) -> list[Box | None]:
    if box is None or not sides:
        return [None] * sides
    shares = (1,) * sides
    return [*(box.rows(*shares) if stacked else box.columns(*shares))]
