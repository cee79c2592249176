"""A file of rows, whatever its format: a header and the rows below it, numbered as a spreadsheet numbers them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from app.domain.column_map import ENDINGS
from app.domain.fields import BadInput, blank
from app.exchange import delimited, sheets
from app.exchange.headers import tidy
from app.text import _

_LOOKED_THROUGH = 20
_BOOKS = (".xlsx", ".ods", ".xls")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as they came: text, numbers, dates, times, true or false; from JSON lists too."""

    number: int
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, in the order of the file."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, *, sheet: str | None = None, wanted: Collection[str] = ()) -> Table:
    """The table in a file, by its ending. ``wanted``: names by which the header row is known.

    BadInput, one line that names the file, where there is none.
    """
    try:
        return _read(path, sheet, wanted)
    except BadInput as error:
        raise BadInput(_("%(file)s: %(why)s") % {"file": path.name, "why": error}) from error


def _read(path: Path, sheet: str | None, wanted: Collection[str]) -> Table:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(_("its ending is none of %(known)s") % {"known": " ".join(ENDINGS)})
    if sheet is not None and ending not in _BOOKS:
        raise BadInput(_("only a workbook has sheets"))
    if ending in _BOOKS:
        _bytes(path, 1)
        return _table(sheets.lines_of(path, sheet), wanted)
    text = delimited.decoded(_bytes(path))
    return _objects(text) if ending == ".json" else _table(delimited.lines_of(text), wanted)


def _bytes(path: Path, size: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise BadInput(_("it cannot be read: %(why)s") % {"why": error.strerror or error}) from error


def _table(lines: Iterable[tuple[int, list[Any]]], wanted: Collection[str]) -> Table:
    found = iter(lines)
    first = list(islice(found, _LOOKED_THROUGH))
    if not first:
        raise BadInput(_("it is empty"))
    at = _header_at([cells for _number, cells in first], {tidy(name) for name in wanted})
    header = tuple(tidy(cell) for cell in first[at][1])
    if all(_is_number(name) for name in header if name):
        raise BadInput(_("its first row must name the columns"))
    rows = [Row(number, tuple(cells)) for number, cells in (*first[at + 1 :], *found)]
    return Table(header, tuple(rows))


def _header_at(rows: list[list[Any]], wanted: set[str]) -> int:
    """The row that holds every wanted name, else the first one that is no mere title above the table."""
    for at, cells in enumerate(rows):
        if wanted and wanted <= {tidy(cell) for cell in cells}:
            return at
    filled = [sum(not blank(cell) for cell in cells) for cells in rows]
    return next(at for at, count in enumerate(filled) if 2 * count >= max(filled))


def _is_number(name: str) -> bool:
    try:
        float(name.replace(",", "."))
    except ValueError:
        return False
    return True


def _objects(text: str) -> Table:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(_("this is not JSON: %(why)s") % {"why": error}) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadInput(_("it must hold a list of objects: [{…}, …]"))
    names = list(dict.fromkeys(name for one in found for name in one))
    rows = [Row(number, tuple(map(one.get, names))) for number, one in enumerate(found, start=1)]
    return Table(tuple(map(tidy, names)), tuple(rows))
