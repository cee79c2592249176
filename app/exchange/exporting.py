"""Records as a file for others, by its ending: whole or not at all, readable by its owner alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.fields import BadInput, FieldType
from app.domain.kinds import KINDS, Record, attribute
from app.exchange.formats import FORMATS, Sheet
from app.exchange.importing import Door
from app.store.view import StoreView
from app.text import _

_LATER = (".gift",)
CALENDAR = ".ics"
"""Shifts alone are written as a calendar."""
_NAMED = {"areas": "name", "people": "name", "customers": "name", "modules": "title"}

Names = Callable[[str, str], str]
"""(kind, id) → what a reference is called in a file that people read."""


def export_file(
    door: Door, kind_name: str, path: Path, records: Callable[[StoreView], Iterable[Record]]
) -> int:
    """Writes the records that a query gives, in one view of the database; how many they were.

    BadInput for an ending that is not known or a place that cannot be written.
    """
    if path.suffix.lower() == CALENDAR:
        return door.ask(lambda view: _export_calendar(view, kind_name, path, records(view)))
    check_ending(path)
    return door.ask(
        lambda view: export_rows(records(view), kind_name, path, zone=view.zone, names=unique_names(view))
    )


def _export_calendar(view: StoreView, kind_name: str, path: Path, records: Iterable[Record]) -> int:
    from app.exchange.calendars import as_calendar

    if kind_name != "shifts":
        raise BadInput(_("a calendar holds shifts: tavle export shifts %(file)s") % {"file": path.name})
    data, count = as_calendar(view, records)
    replace_file(path, data)
    return count


def export_rows(
    records: Iterable[Record], kind_name: str, path: Path, *, zone: ZoneInfo, names: Names | None = None
) -> int:
    """As export_file, with the records in hand. Without ``names``, references are ids."""
    ending = check_ending(path)
    kind = KINDS[kind_name]
    fields = ["id", "external", *kind.fields]
    if ending == ".json":
        fields.insert(2, "contested")
    types = tuple(kind.specs[name].type if name in kind.specs else None for name in fields)
    called = None if ending == ".json" else names
    rows = [
        [_value(one, name, type_, called) for name, type_ in zip(fields, types, strict=True)]
        for one in records
    ]
    replace_file(path, FORMATS[ending](Sheet(tuple(fields), types, rows, zone)))
    return len(rows)


def _value(record: Record, name: str, type_: FieldType | None, names: Names | None) -> Any:
    value = getattr(record, attribute(name))
    if names is not None and value and type_ is not None and type_.kind is not None:
        return names(type_.kind, value)
    return value


def check_ending(path: Path) -> str:
    """The format that a file's name asks for. BadInput for one that there is not."""
    ending = path.suffix.lower()
    if ending in FORMATS:
        return ending
    what = {"ending": ending or path.name, "known": " ".join((*FORMATS, CALENDAR))}
    if ending in _LATER:
        raise BadInput(_("%(ending)s cannot be written yet; what can: %(known)s") % what)
    raise BadInput(_("%(ending)s cannot be written; what can: %(known)s") % what)


def unique_names(view: StoreView) -> Names:
    """Names for references, read once a kind; the id where there is no name or several have it."""
    known: dict[str, dict[str, str]] = {}

    def name_of(kind: str, id_: str) -> str:
        if kind not in _NAMED:
            return id_
        if kind not in known:
            column = _NAMED[kind]
            rows = view.conn.exec_driver_sql(
                f'SELECT min(id), "{column}" FROM "{kind}" WHERE "{column}" != \'\' '
                f'GROUP BY "{column}" HAVING count(*) = 1'
            )
            known[kind] = {row[0]: row[1] for row in rows}
        return known[kind].get(id_, id_)

    return name_of


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, readable by its owner alone. BadInput where it cannot be."""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".tavle-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise BadInput(
            _("%(file)s cannot be written: %(why)s") % {"file": path, "why": error.strerror or error}
        ) from error
