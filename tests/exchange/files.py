"""Files as offices send them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

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
