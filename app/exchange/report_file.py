"""A report of several tables as one file: a workbook with a sheet for each, or a page of Markdown."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.domain.fields import BadInput
from app.domain.plain import one_line
from app.exchange.exporting import replace_file
from app.text import _

Table = tuple[str, tuple[str, ...], tuple[tuple[str | int, ...], ...]]
"""A title, a header and rows."""
_WIDEST = 60
_CHARTED = 1
"""The table whose figures the workbook shows as a chart too: months with their counts."""


def write_report(path: Path, title: str, tables: Sequence[Table]) -> None:
    """Writes the tables by the file's ending, whole or not at all. BadInput where that cannot be."""
    write = _FORMATS.get(path.suffix.lower())
    if write is None:
        what = {"ending": path.suffix or path.name, "known": " ".join(_FORMATS)}
        raise BadInput(_("%(ending)s cannot be written; what can: %(known)s") % what)
    replace_file(path, write(title, tables))


def _markdown(title: str, tables: Sequence[Table]) -> bytes:
    lines = [f"# {one_line(title)}"]
    for name, header, rows in tables:
        lines += ["", f"## {name}", ""]
        lines += [_line(header), _line(["---"] * len(header)), *map(_line, rows)] if rows else [_("None.")]
    return ("\n".join(lines) + "\n").encode()


def _line(cells: Sequence[str | int]) -> str:
    shown = (
        one_line(str(one)).replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<") for one in cells
    )
    return f"| {' | '.join(shown)} |"


def _workbook(title: str, tables: Sequence[Table]) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True})
        for number, (name, header, rows) in enumerate(tables):
            page = book.add_worksheet(name[:31])
            for column, width in enumerate(_widths((header, *rows))):
                page.set_column(column, column, width)
            page.freeze_panes(1, 0)
            for row, cells in enumerate((header, *rows)):
                for column, value in enumerate(cells):
                    _write(page, row, column, value, None if row else bold)
            if number == _CHARTED and rows:
                page.insert_chart(0, len(header) + 1, _chart(book, name, header, len(rows)))
    return out.getvalue()


def _widths(rows: Sequence[Sequence[str | int]]) -> list[int]:
    """Wide enough for what stands in each column, within bounds."""
    return [min(max(len(str(cell)) for cell in column) + 2, _WIDEST) for column in zip(*rows, strict=True)]


def _write(page: Any, row: int, column: int, value: str | int, shape: Any) -> None:
    if isinstance(value, int):
        page.write_number(row, column, value, shape)
    else:
        page.write_string(row, column, value, shape)


def _chart(book: Any, name: str, header: Sequence[str], rows: int) -> Any:
    chart = book.add_chart({"type": "column"})
    for column in range(1, len(header)):
        chart.add_series({
            "name": header[column],
            "categories": [name, 1, 0, rows, 0],
            "values": [name, 1, column, rows, column],
        })  # fmt: skip
    return chart


_FORMATS: dict[str, Callable[[str, Sequence[Table]], bytes]] = {".xlsx": _workbook, ".md": _markdown}
