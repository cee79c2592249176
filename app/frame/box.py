"""Bordered boxes and the rows of a whole screen, drawn as Textual draws them."""

from __future__ import annotations

from collections.abc import Sequence

from app.frame.grid import beside_bar, header_line, row_line
from app.frame.lines import clip_runs, fill, runs_len
from app.frame.rows import Cell, Column, Runs, TableRow, shown
from app.frame.shape import Box

_QUIET, _HEAVY = "╭╮╰╯─│", "┏┓┗┛━┃"


def title_runs(title: str, count: int | None, told: str = "") -> Runs:
    """The title of a panel, with its count and what that counts."""
    if count is None:
        return (Cell(shown(title), "title"),)
    runs = (Cell(shown(title), "title"), Cell(f" {count}", "accent" if count else "muted"))
    return (*runs, Cell(f" {shown(told)}", "muted")) if told else runs


def box_lines(
    box: Box, title: Runs, body: Sequence[Runs], *, focus: bool = False, plain: bool = False
) -> list[Runs]:
    """The lines of a box: the title in its border, the body inside; one in focus has a border that is seen."""
    ink = "accent" if focus else "line"
    corners = _HEAVY if focus and plain else _QUIET
    inner = box.width - 2
    head = clip_runs(title, max(inner - 4, 0))
    rest = max(inner - 3 - runs_len(head), 0)
    top = (Cell(f"{corners[0]}{corners[4]} ", ink), *head, Cell(" " + corners[4] * rest + corners[1], ink))
    side = Cell(corners[5], ink)
    filled = [fill(body[number] if number < len(body) else (), inner) for number in range(box.height - 2)]
    bottom = (Cell(corners[2] + corners[4] * inner + corners[3], ink),)
    return [top, *((side, *line, side) for line in filled), bottom]


def table_lines(
    columns: Sequence[Column],
    rows: Sequence[TableRow],
    width: int,
    *,
    header: bool = False,
    cursor: int | None = None,
) -> list[Runs]:
    """The lines of a table inside a box of an inner width, its last cells left to a blank and the scroll bar.

    The runs of the cursor's row stand on a ground of their own: their inks end in ``/cursor``.
    """
    slots = beside_bar(columns, width)
    lines = [header_line(slots, width)] if header else []
    for number, row in enumerate(rows):
        line = row_line(slots, row, width, cursor=number == cursor)
        lines.append(tuple(Cell(run.text, f"{run.ink}/cursor") for run in line) if number == cursor else line)
    return lines


def stack(boxes: Sequence[tuple[Box, Sequence[Runs]]], top: int, height: int) -> list[Runs]:
    """Boxes that tile the rows from ``top`` on, put together into whole lines."""
    lines: list[Runs] = []
    for y in range(top, top + height):
        here = sorted(
            (box.x, lines_of[y - box.y]) for box, lines_of in boxes if box.y <= y < box.y + box.height
        )
        lines.append(tuple(run for _, runs in here for run in runs))
    return lines
