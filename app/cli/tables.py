"""Records for people: which columns a list shows, and names in place of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.domain.kinds import KINDS, Spec, attribute, outward
from app.domain.plain import one_line
from app.text import _

if TYPE_CHECKING:
    from app.store.view import StoreView

_COLUMNS = {
    "areas": ("name", "country", "timezone", "hours", "closed_days", "supervisor"),
    "people": ("name", "role", "area", "phone", "active"),
    "customers": ("name", "area", "address", "status"),
    "agreements": ("customer", "task", "place", "frequency", "included"),
    "shifts": ("start", "end", "customer", "person", "status", "manned"),
    "absences": ("person", "kind", "from", "until", "status", "acute", "called_at"),
    "complaints": ("received_at", "customer", "status", "channel", "assignee", "text"),
    "actions": ("due", "customer", "owner", "text", "done_on"),
    "contacts": ("at", "customer", "person", "channel", "keywords", "follow_up"),
    "promises": ("external", "title", "limit", "clock"),
    "templates": ("external", "use", "language", "title", "active"),
    "cards": ("external", "left", "filled"),
    "synonyms": ("word", "means", "active"),
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
    "lanes": (
        "person",
        "own",
        "changes",
        "missing",
        "heard_at",
        "acknowledged",
        "written",
        "clock_off_minutes",
        "unreadable",
    ),
    "quarantine": ("why", "at", "size", "bytes"),
}
_LONGEST = 60


def columns_of(kind: str) -> tuple[str, ...]:
    """The fields that a list of a kind shows people."""
    return _COLUMNS.get(kind, ())


def row_of(view: StoreView, record: Any, columns: Sequence[str], zone: ZoneInfo) -> tuple[str, ...]:
    """A record's id, shortened, and its cells. Ids that begin alike, of changes and places in files, stay whole."""
    cells = (cell(view, record, name, zone) for name in columns)
    whole = any(hasattr(record, name) for name in ("change", "cells", "offset"))
    shown = record.id if whole else record.id[:8]
    return shown, *(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…" for text in cells)


def cell(view: StoreView, record: Any, name: str, zone: ZoneInfo) -> str:
    """A field in a person's words."""
    value = getattr(record, attribute(name))
    if about := _about(record, name):
        return _named(view, *about)
    reference = _reference(record, name)
    if reference is not None and isinstance(value, str):
        return called(view, reference, value)
    return words(value, zone)


def _about(record: Any, name: str) -> tuple[str, str] | None:
    """The kind and id of the record that a conflict or a change is about."""
    if name == "record" and hasattr(record, "decided"):
        return record.kind, record.record
    return record.on if name == "on" and hasattr(record, "change") else None


def _named(view: StoreView, kind: str, id_: str) -> str:
    from app.queries.subjects import subject

    one = KINDS[kind].one if kind in KINDS else kind
    return f"{one} {id_[:8]} {one_line(subject(view, kind, id_))}".strip()


def _reference(record: Any, name: str) -> str | None:
    if name == "by" or (name == "person" and hasattr(record, "acknowledged")):
        return "people"
    for field in fields(record):
        if outward(field.name) == name and "spec" in field.metadata:
            spec: Spec = field.metadata["spec"]
            return spec.type.kind
    return None


def called(view: StoreView, kind: str, id_: str) -> str:
    """The name of a record that a field refers to; where it has none, the beginning of its id."""
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
