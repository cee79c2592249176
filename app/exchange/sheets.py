"""Workbooks: .xlsx, .ods and .xls. What a formula gave is read, never calculated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.domain.fields import BadInput
from app.text import _

Line = tuple[int, list[Any]]
_HALF = timedelta(milliseconds=500)


def lines_of(path: Path, sheet: str | None) -> Iterator[Line]:
    """The rows of a sheet (None: the first that holds any), blank ones left out. BadInput where unreadable."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(path)
        for name in _sheets(book, sheet):
            found = list(_rows(book.get_sheet_by_name(name).iter_rows()))
            if found or sheet is not None:
                yield from found
                return
    except BadInput:
        raise
    except PasswordError as error:
        raise BadInput(_("the workbook is locked by a password")) from error
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(_("this is not a workbook that can be read")) from error


def _sheets(book: Any, wanted: str | None) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names: list[str] = [
        one.name
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet
        and (one.name == wanted or one.visible == SheetVisibleEnum.Visible)
    ]
    if wanted is None:
        return names
    if wanted not in names:
        what = {"name": wanted, "names": ", ".join(names)}
        raise BadInput(_("there is no sheet %(name)s; there are: %(names)s") % what)
    return [wanted]


def _rows(grid: Iterable[list[Any]]) -> Iterator[Line]:
    for number, cells in enumerate(grid, start=1):
        if any(cell not in ("", None) for cell in cells):
            yield number, [_cell(cell) for cell in cells]


def _cell(value: Any) -> Any:
    """Whole numbers come as floats, and a time may be off by what a binary fraction of a day cannot hold."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime):
        return (value + _HALF).replace(microsecond=0)
    if isinstance(value, date | time | str | bool | int | float) or value is None:
        return value
    return str(value)
