"""What is kept of Today for the next start: plain rows, so that it can be painted on a terminal of any size."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from app.frame.lines import KeyHint, Tab
from app.frame.rows import Cell, Column, Runs, TableRow

FORMAT = 2
"""Raised whenever what is stored changes its shape: another number is not painted."""
_MOST_ROWS = 200


class FrameTable(NamedTuple):
    """A titled table; ``dues`` holds for each row the UTC instant its clock runs to, or an empty text.

    Where a due is given, the row's last cell shows the time that is left now, not then.
    """

    title: str
    total: int | None
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    dues: tuple[str, ...] = ()


class FirstFrame(NamedTuple):
    """Today as last seen: ``as_of`` is the time shown to the person (``Mon 23 Nov 06:31``); ``side`` two tables.

    ``notice`` is the line over the last decision, empty where nothing waits: then it takes no row.
    """

    theme: str
    area: str
    person: str
    as_of: str
    tabs: tuple[Tab, ...]
    queue: FrameTable
    detail_title: str = ""
    detail: tuple[Runs, ...] = ()
    side: tuple[FrameTable, ...] = ()
    hints: tuple[KeyHint, ...] = ()
    notice: Runs = ()


def encode(frame: FirstFrame) -> str:
    """The frame as JSON, for ``last_seen.frame``; rows beyond the largest terminal are left out."""
    queue, *side = (
        table._replace(rows=table.rows[:_MOST_ROWS], dues=table.dues[:_MOST_ROWS])
        for table in (frame.queue, *frame.side)
    )
    return json.dumps([FORMAT, frame._replace(queue=queue, side=tuple(side))], ensure_ascii=False)


def decode(text: str) -> FirstFrame | None:
    """The frame from JSON, or None where it is of another format."""
    try:
        form, fields = json.loads(text)
        if form != FORMAT:
            return None
        theme, area, person, as_of, tabs, queue, title, detail, side, hints, notice = fields
        return FirstFrame(
            theme,
            area,
            person,
            as_of,
            tuple(Tab(*tab) for tab in tabs),
            _table(queue),
            title,
            tuple(_runs(line) for line in detail),
            tuple(_table(table) for table in side),
            tuple(KeyHint(*hint) for hint in hints),
            _runs(notice),
        )
    except (ValueError, TypeError):
        return None


def _runs(line: list[list[str]]) -> Runs:
    return tuple(Cell(*run) for run in line)


def _table(fields: list[Any]) -> FrameTable:
    title, total, columns, rows, dues = fields
    return FrameTable(
        title, total, tuple(Column(*column) for column in columns), tuple(map(_row, rows)), tuple(dues)
    )


def _row(fields: list[Any]) -> TableRow:
    key, cells, state, dimmed = fields
    return TableRow(key, tuple(map(_cell, cells)), state, dimmed)


def _cell(cell: Any) -> str | Cell | Runs:
    if isinstance(cell, str):
        return cell
    return Cell(*cell) if cell and isinstance(cell[0], str) else _runs(cell)
