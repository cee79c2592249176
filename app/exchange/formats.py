"""How a table of records is written in each format.

.csv   UTF-8 with a byte order mark, so that Excel reads the letters right, commas, CRLF. A text that a spreadsheet
       would calculate (it begins with = + - @ or a tab, and is no plain number or phone number) gets an apostrophe in
       front; so does one that begins with apostrophes and such a sign. Signs that steer a terminal become _xHHHH_, as
       Excel writes them. Our import gives back what was there.
.xlsx  Texts are texts, never formulas or links; times are local times. Signs that XML forbids become _xHHHH_.
.json  As ``tavle list --json``: references are ids.
.md    One table; line breaks are <br>, control characters are shown (``␛``).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.fields import END, BadInput, FieldType
from app.domain.instants import local_iso
from app.domain.plain import visible
from app.text import _

_CALCULATED = re.compile(r"'*[=+\-@\t]")
_STEERING = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|_(?=x[0-9A-Fa-f]{4}_)")
_HARMLESS = re.compile(r"[+-]?[0-9][0-9 ().,/-]*\Z")
_MOST_IN_CELL = 32_767
_MOST_ROWS = 1_048_576
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be written: column names, their types (None: text), rows of values, and the zone of times."""

    header: tuple[str, ...]
    types: tuple[FieldType | None, ...]
    rows: Sequence[Sequence[Any]]
    zone: ZoneInfo


def as_text(value: Any, zone: ZoneInfo) -> str:
    """A value as people read it in a cell."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, datetime):
        return local_iso(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and all(_is_word(item) for item in value):
        return ", ".join(value)
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(value, ensure_ascii=False, default=dict)
    return str(value)


def _is_word(item: Any) -> bool:
    return isinstance(item, str) and "," not in item and item == item.strip() and item[:1] not in ("", "[")


def as_csv(sheet: Sheet) -> bytes:
    """The table as comma-separated values."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.header)
    for row in sheet.rows:
        writer.writerow([_guarded(as_text(value, sheet.zone)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    text = text.replace("\x00", "␀")  # a file with NUL in it is no text file to anyone
    text = _STEERING.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return "'" + text if _CALCULATED.match(text) and not _HARMLESS.match(text) else text


def as_markdown(sheet: Sheet) -> bytes:
    """The table in Markdown."""
    lines = [_line(sheet.header), _line(["---"] * len(sheet.header))]
    lines += [_line([_marked(as_text(value, sheet.zone)) for value in row]) for row in sheet.rows]
    return "".join(lines).encode()


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _marked(text: str) -> str:
    shown = visible(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<")
    return shown.replace("\n", "<br>")


def as_json(sheet: Sheet) -> bytes:
    """The table as a list of objects."""
    found = [
        {name: plain_value(value, sheet.zone) for name, value in zip(sheet.header, row, strict=True)}
        for row in sheet.rows
    ]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def plain_value(value: Any, zone: ZoneInfo) -> Any:
    """A value as JSON has it: times local with offset, dates as text."""
    if isinstance(value, datetime):
        return local_iso(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain_value(item, zone) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item, zone) for item in value]
    return value


def as_xlsx(sheet: Sheet) -> bytes:
    """The table as a workbook of one sheet. BadInput where it does not fit one."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    if len(sheet.rows) >= _MOST_ROWS:
        raise BadInput(_("too many rows for a workbook: write .csv"))
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        formats: dict[type, Any] = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for column, name in enumerate(sheet.header):
            page.write_string(0, column, name, bold)
        for number, row in enumerate(sheet.rows, start=1):
            for column, (type_, value) in enumerate(zip(sheet.types, row, strict=True)):
                _write_cell(page, formats, number, column, _native(type_, value, sheet.zone))
    return out.getvalue()


def _native(type_: FieldType | None, value: Any, zone: ZoneInfo) -> Any:
    """The value as a workbook holds it: local times without a zone, whole seconds."""
    if isinstance(value, datetime):
        local = value.astimezone(zone).replace(tzinfo=None, microsecond=0)
        # a day without a clock means its end where a time ends something, so such a midnight is spelled out
        spelled = local.year < 1900 or (type_ is END and local.time() == datetime.min.time())
        return local_iso(value, zone) if spelled else local
    if value is None or isinstance(value, bool | date) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return _NO_CHARACTER.sub("\ufffd", as_text(value, zone))


def _write_cell(page: Any, formats: Mapping[type, Any], row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats[type(value)])
    elif isinstance(value, int):
        page.write_number(row, column, value)
    elif len(value) > _MOST_IN_CELL:
        raise BadInput(_("a text is too long for a workbook's cell: write .csv"))
    else:
        page.write_string(row, column, value)


FORMATS: dict[str, Callable[[Sheet], bytes]] = {
    ".csv": as_csv,
    ".xlsx": as_xlsx,
    ".json": as_json,
    ".md": as_markdown,
}
