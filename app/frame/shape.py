"""How the panels of a screen share its area: by the width and height in cells, whatever they hold.

The widget ``Panes`` places its children by this, and the first frame is painted by it before Textual is loaded.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

MEDIUM, WIDE, TALL = 100, 160, 30
"""From these columns on two panes, then three, stand side by side; from these rows on one stands under another."""

Pane = Literal["main", "detail", "side"]
SHARES = (11, 9)
"""How main and detail share the width, unless a screen says otherwise."""


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


def panes(
    area: Box,
    sides: int = 0,
    under: Literal["main", "detail"] = "main",
    shown: Pane = "main",
    shares: tuple[int, int] = SHARES,
) -> tuple[Box | None, ...]:
    """The boxes of main, detail, and each of the panels at the side; None for one that is not seen.

    ``under`` says below which of the two the side stands on a terminal that is not wide; ``shown`` which pane is seen
    where there is room for one alone; ``shares`` how main and detail share the width where nothing is beside them.
    """
    if area.width < MEDIUM:
        main, detail, side = (area if name == shown else None for name in ("main", "detail", "side"))
        return (main, detail, *_side(side, sides, stacked=True))
    if sides and area.width >= WIDE:
        left, middle, right = area.columns(7, 6, 4)
        return (left, middle, *_side(right, sides, stacked=True))
    left, right = area.columns(*shares)
    if not sides or area.height < TALL:
        aside = bool(sides) and shown == "side"
        return (left, None if aside else right, *_side(right if aside else None, sides, stacked=True))
    if under == "main":
        upper, lower = left.rows(7, 3)
        return (upper, right, *_side(lower, sides, stacked=False))
    upper, lower = right.rows(1, 1)
    return (left, upper, *_side(lower, sides, stacked=False))


def _side(box: Box | None, sides: int, *, stacked: bool) -> list[Box | None]:
    if box is None or not sides:
        return [None] * sides
    shares = (1,) * sides
    return [*(box.rows(*shares) if stacked else box.columns(*shares))]
