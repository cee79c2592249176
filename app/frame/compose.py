"""Today as it was last seen, laid out for a terminal: the same lines that the board will draw, and an honest age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.frame.box import box_lines, stack, table_lines, title_runs
from app.frame.format import countdown, countdown_ink
from app.frame.lines import Part, Status, fill, keys_line, status_line, tabs_line, wrap
from app.frame.payload import FirstFrame, FrameTable
from app.frame.rows import Cell, Runs, TableRow
from app.frame.shape import TODAY, Box, panes
from app.text import _

Line = tuple[Runs, str]
"""Runs and the ground of the palette that they stand on."""
_SMALLEST = (20, 8)


def screen(frame: FirstFrame, width: int, height: int, now: datetime, *, plain: bool) -> list[Line]:
    """Every line of the terminal from the top; ``plain`` for a terminal without colour."""
    age = _("as of %(time)s · loading …") % {"time": frame.as_of}
    status = status_line(width, Status(frame.area, "", frame.person, age, "amber"))
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        return [(status, "raised")]
    tabs = _flat(tabs_line(width, frame.tabs, "1"), width)
    notice = [(fill(frame.notice, width), "resting")] if frame.notice else []
    rows = height - 4 - len(notice)
    body = stack(_boxes(frame, Box(0, 2, width, rows), now, plain), 2, rows)
    keys = _flat(keys_line(width, frame.hints), width)
    return [
        (status, "raised"),
        (tabs, "ground"),
        *((line, "ground") for line in body),
        *notice,
        (fill((), width), "ground"),
        (keys, "raised"),
    ]


def _flat(parts: tuple[Part, ...], width: int) -> Runs:
    return fill(tuple(run for part in parts for run in part.runs), width)


def _boxes(frame: FirstFrame, area: Box, now: datetime, plain: bool) -> list[tuple[Box, list[Runs]]]:
    main, detail, *side = panes(area, len(frame.side), shape=TODAY)
    boxes = []
    if main:
        boxes.append((main, _table_box(frame.queue, _running(frame.queue, now), main, plain)))
    if detail:
        boxes.append((detail, _detail_box(frame, detail)))
    for table, box in zip(frame.side, side, strict=True):
        if box:
            boxes.append((box, _table_box(table, table.rows, box)))
    return boxes


def _table_box(
    table: FrameTable, rows: Sequence[TableRow], box: Box, plain: bool | None = None
) -> list[Runs]:
    """A table in its box; one that tells whether it is ``plain`` is the one in focus."""
    focus = plain is not None
    lines = table_lines(table.columns, rows, box.width - 2, cursor=0 if focus else None)
    return box_lines(box, title_runs(table.title, table.total), lines, focus=focus, plain=bool(plain))


def _detail_box(frame: FirstFrame, box: Box) -> list[Runs]:
    lines = [(Cell(" "), *line) for runs in frame.detail for line in wrap(runs, box.width - 5)]
    return box_lines(box, title_runs(frame.detail_title, None), lines)


def _running(table: FrameTable, now: datetime) -> list[TableRow]:
    """The rows with their clocks as they stand now."""
    rows = []
    dues = table.dues or ("",) * len(table.rows)
    for row, due in zip(table.rows, dues, strict=False):
        if due:
            left = datetime.fromisoformat(due) - now
            clock = Cell(countdown(left), countdown_ink(left))
            rows.append(row._replace(cells=(*row.cells[:-1], clock)))
        else:
            rows.append(row)
    return rows
