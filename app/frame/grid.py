"""The lines of a table: which columns fit a width, the header, and a row, each exactly as wide as asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.frame.cells import fit
from app.frame.lines import clip_runs, fill, runs_len
from app.frame.rows import SIGNS, Cell, Column, Runs, TableRow, as_runs

GUTTER = 3
"""Cells before the first column: the bar of the cursor or a mark, the state's sign, a blank."""
BESIDE = 2
"""Cells after the last column: a blank and the scroll bar."""
_GAP = 2
_BAR, _MARK = "▌", "◆"


class Slot(NamedTuple):
    """A column that is shown: its place among the row's cells, and its width."""

    place: int
    column: Column
    width: int


def layout(columns: Sequence[Column], width: int) -> tuple[Slot, ...]:
    """The columns that fit a width in cells, with their widths; see ``Column`` for what gives way."""
    shown = list(enumerate(columns))
    while True:
        room = width - GUTTER - _GAP * (len(shown) - 1) - sum(column.width for _, column in shown)
        sharing = [column for _, column in shown if not column.width]
        droppable = max((column.drop for _, column in shown), default=0)
        if room >= sum(column.least for column in sharing) or not droppable:
            break
        shown = [pair for pair in shown if pair[1].drop < droppable]
    return _share(shown, max(room, 0))


def beside_bar(columns: Sequence[Column], width: int) -> tuple[Slot, ...]:
    """The columns beside the scroll bar, there or not, with a blank before it unless that costs what a column needs."""
    airy, tight = layout(columns, width - BESIDE), layout(columns, width - 1)
    enough = all(slot.width >= (slot.column.width or slot.column.least) for slot in airy)
    return airy if enough and len(airy) == len(tight) else tight


def _share(shown: list[tuple[int, Column]], room: int) -> tuple[Slot, ...]:
    total = sum(column.share for _, column in shown if not column.width)
    slots, taken, given = [], 0, 0
    for index, column in shown:
        width = column.width
        if not width:
            taken += column.share
            width = room * taken // total - given
            given += width
        slots.append(Slot(index, column, width))
    return tuple(slots)


def header_line(slots: Sequence[Slot], width: int) -> Runs:
    """The titles of the columns."""
    titles = (" " * _GAP).join(fit(slot.column.title, slot.width, slot.column.align) for slot in slots)
    return fill((Cell(" " * GUTTER + titles, "heading"),), width)


def row_line(
    slots: Sequence[Slot], row: TableRow, width: int, *, cursor: bool = False, marked: bool = False
) -> Runs:
    """A row: bar or mark, sign, cells; the sign stays in its colour even when the row is dimmed."""
    bar = Cell(_MARK if marked else _BAR if cursor else " ", "accent")
    runs: list[Cell] = [bar, Cell(SIGNS[row.state], row.state), Cell(" ")]
    for number, slot in enumerate(slots):
        if number:
            runs.append(Cell(" " * _GAP))
        own = row.cells[slot.place] if slot.place < len(row.cells) else ""
        runs += _cell(as_runs(own, slot.column.ink), slot, row.dimmed)
    return fill(tuple(runs), width)


def _cell(runs: Runs, slot: Slot, dimmed: bool) -> Runs:
    if dimmed:
        runs = tuple(Cell(run.text, "muted") for run in runs)
    if slot.column.align == "right":
        shown = clip_runs(runs, slot.width)
        return (Cell(" " * (slot.width - runs_len(shown))), *shown)
    return fill(runs, slot.width)
