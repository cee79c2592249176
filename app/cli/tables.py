"""Records for people: which columns a list shows, names in place of ids, and the lines of one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.domain.kinds import KINDS, Spec, attribute, outward
from app.domain.plain import one_line
from app.domain.records import Person
from app.text import _

if TYPE_CHECKING:
    from app.queries.records import HistoryLine
    from app.store.view import StoreView

_COLUMNS = {
    "areas": ("name", "country", "timezone", "hours", "supervisor"),
    "people": ("name", "role", "area", "phone", "active"),
    "customers": ("name", "area", "address", "status"),
    "agreements": ("customer", "task", "place", "frequency", "included"),
    "shifts": ("start", "end", "customer", "person", "status", "manned"),
    "absences": ("person", "kind", "from", "until", "status", "acute", "called_at"),
    "complaints": ("received_at", "customer", "status", "channel", "assignee", "text"),
    "contacts": ("at", "customer", "person", "channel", "keywords", "follow_up"),
    "promises": ("external", "title", "limit", "clock"),
    "plans": ("customer", "template", "started_on", "progress"),
    "rows": ("row", "phase", "titles", "responsible", "due", "done_on", "signed_by"),
    "modules": ("title", "pass_mark", "themes"),
    "questions": ("module", "kind", "text"),
    "attempts": ("at", "person", "module", "score", "passed"),
    "register": ("person", "module", "attendance", "at", "valid"),
    "feedback": ("module", "person", "rating", "text"),
    "improvements": ("module", "owner", "due", "text"),
    "handovers": ("at", "area", "given_by", "text", "acknowledged_by"),
    "feeds": ("kind", "path", "source", "active"),
    "conflicts": ("record", "fields"),
    "changes": ("at", "by", "decision", "on", "state"),
    "rejected": ("kind", "why", "cells"),
}
_LONGEST = 60


def columns_of(kind: str) -> tuple[str, ...]:
    """The fields that a list of a kind shows people."""
    return _COLUMNS.get(kind, ())


def row_of(view: StoreView, record: Any, columns: Sequence[str], zone: ZoneInfo) -> tuple[str, ...]:
    """A record's id, shortened, and its cells. Those of changes and of rejected rows begin alike: they stay whole."""
    cells = (cell(view, record, name, zone) for name in columns)
    shown = record.id if hasattr(record, "change") or hasattr(record, "cells") else record.id[:8]
    return shown, *(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…" for text in cells)


def cell(view: StoreView, record: Any, name: str, zone: ZoneInfo) -> str:
    """A field in a person's words."""
    value = getattr(record, attribute(name))
    reference = _reference(record, name)
    if reference is not None and isinstance(value, str):
        return _called(view, reference, value)
    return words(value, zone)


def _reference(record: Any, name: str) -> str | None:
    if name == "by":
        return "people"
    for field in fields(record):
        if outward(field.name) == name and "spec" in field.metadata:
            spec: Spec = field.metadata["spec"]
            return spec.type.kind
    return None


def _called(view: StoreView, kind: str, id_: str) -> str:
    found = view.get(KINDS[kind].record, id_)
    return one_line(getattr(found, "name", "") or getattr(found, "title", "")) or id_[:8]


def words(value: Any, zone: ZoneInfo) -> str:
    """A value as people read it; blank for what is not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_share(item) or words(item, zone)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(words(item, zone) for item in value)
    return one_line(value.isoformat() if isinstance(value, date) else str(value))


def _share(value: Any) -> str:
    """A plan's done and total of a phase."""
    return f"{value[0]}/{value[1]}" if isinstance(value, list) and len(value) == 2 else ""


def details(view: StoreView, record: Any, zone: ZoneInfo, history: Sequence[HistoryLine]) -> Iterator[str]:
    """The lines of one record: every field that has a value, then what was decided about it."""
    names = [outward(field.name) for field in fields(record) if field.name != "heads"]
    width = max(map(len, names))
    for name in names:
        if text := cell(view, record, name, zone):
            yield f"{name:{width}}  {text}"
    if history:
        yield ""
        yield _("History")
    for line in history:
        who = view.get(Person, line.by)
        yield f"{line.at[:16].replace('T', ' ')}  {one_line(who.name) if who else line.by[:8]}  {line.decision}"
        for name, value in line.set.items():
            yield f"    {name}: {words(value, zone)}"
        yield f"    {_('change')} {line.change}"
