"""What a table shows, free of any widget: columns, cells, rows, and where rows come from.

Texts may hold anything that a person typed: they are made safe where they are drawn (``shown``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

from app.domain.plain import one_line

State = Literal["", "red", "amber", "green"]
"""Red needs you, amber is due, green is in hand."""

SIGNS: dict[str, str] = {"": " ", "red": "●", "amber": "▲", "green": "✓"}
"""The sign that always stands beside a state's colour."""


class Cell(NamedTuple):
    """A piece of text in one ink (a name in ``palette.INKS``)."""

    text: str
    ink: str = ""


Runs = tuple[Cell, ...]
"""Pieces of one line, each in its own ink."""


class Column(NamedTuple):
    """A column: ``width`` in cells, or 0 to share what is left by ``share``.

    Where the sharing columns would get less than ``least`` cells, columns with the highest ``drop`` go first;
    0 never goes.
    """

    key: str
    title: str
    width: int = 0
    share: int = 1
    least: int = 10
    align: Literal["left", "right"] = "left"
    ink: str = ""
    drop: int = 0


class TableRow(NamedTuple):
    """A row: its key, a cell (or runs) for each column, its state, and whether it is shown weakly."""

    key: str
    cells: tuple[str | Cell | Runs, ...]
    state: State = ""
    dimmed: bool = False


class RowSource(Protocol):
    """Where a table takes its rows from, on the user interface's thread: a page must take milliseconds."""

    def count(self) -> int:
        """How many rows there are."""

    def page(self, start: int, size: int) -> Sequence[TableRow]:
        """The rows from ``start``, at most ``size``."""


class ListSource:
    """Rows that are all in memory."""

    def __init__(self, rows: Iterable[TableRow] = ()) -> None:
        self._rows = tuple(rows)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def page(self, start: int, size: int) -> Sequence[TableRow]:
        """The rows from ``start``, at most ``size``."""
        return self._rows[start : start + size]


def shown(text: str) -> str:
    """A piece of a line with nothing in it that could steer the terminal; blanks at its ends stay."""
    return text if text.isprintable() else one_line(text)


def as_runs(cell: str | Cell | Runs, ink: str = "") -> Runs:
    """A cell in any of its forms as runs; text without an ink of its own takes ``ink``."""
    if isinstance(cell, str):
        return (Cell(shown(cell), ink),)
    runs: Runs = (cell,) if isinstance(cell, Cell) else cell
    return tuple(Cell(shown(text), own or ink) for text, own in runs)
