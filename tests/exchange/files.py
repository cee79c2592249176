"""Files as offices send them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import xlsxwriter  # type: ignore[import-untyped]


def write_csv(path: Path, *lines: str, encoding: str = "utf-8", end: str = "\r\n") -> Path:
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path


def write_xlsx(path: Path, *rows: Sequence[Any], sheets: Iterable[str] = ("Ark1",)) -> Path:
    """A workbook with the same rows on each sheet."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        shapes = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        for name in sheets:
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if value is not None:
                        page.write(number, column, value, shapes.get(type(value)))
    return path


_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = (
    f'<office:document-content office:version="1.2" xmlns:office="{_NAMES}:office:1.0" '
    f'xmlns:table="{_NAMES}:table:1.0" xmlns:text="{_NAMES}:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Ark1">%s</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def write_ods(path: Path, *rows: Sequence[Any]) -> Path:
    """An OpenDocument spreadsheet of one sheet, as far as anyone reads it."""
    lines = (f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    with ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", _ODS % "".join(lines))
        book.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def _ods_cell(value: Any) -> str:
    if isinstance(value, date):
        kind, given = "date", f' office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind, given = "float", f' office:value="{value}"'
    else:
        kind, given = "string", ""
    shown = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{given}>{shown}</table:table-cell>'
