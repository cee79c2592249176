"""From the tables to frozen records, and from what a person typed to the record that is meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.domain.fields import BadInput, FieldType
from app.domain.instants import from_text, to_text
from app.domain.kinds import KINDS, Kind, Record, kind_of, outward
from app.store.heads import unpack
from app.store.schema import Base
from app.text import _

R = TypeVar("R", bound=Record)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PREFIX = re.compile(r"[0-9a-f-]{4,36}\Z")
_NAMES = {"modules": "title", "promises": "title"}
_NAMED = {"areas", "people", "customers", "modules", "promises"}


def loaded(type_: FieldType, value: Any) -> Any:
    """A column's value as records hold it."""
    if value is None:
        return None
    load = _LOADERS.get(type_.name)
    return load(value) if load else value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _json(text: str, otherwise: Any) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return otherwise


_LOADERS: dict[str, Callable[[Any], Any]] = {
    "time": from_text,
    "date": _day,
    "yes/no": bool,
    "list": lambda value: tuple(_json(value, [])),
    "object": lambda value: _json(value, None),
}


def _listed(value: Any) -> tuple[Any, ...] | None:
    """A list of objects, as a question's options are; None for anything else."""
    fits = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return tuple(value) if fits else None


def _mapped(value: Any) -> Any:
    return value if isinstance(value, dict) else None


_Load = Callable[[Any], Any]
_Shape = tuple[tuple[str, str, _Load | None, Any], ...]
_shapes: dict[type[Record], _Shape] = {}


def _shape(record: type[Record]) -> _Shape:
    if (known := _shapes.get(record)) is not None:
        return known
    found = []
    for item in fields(record):
        spec = item.metadata.get("spec")
        load = _loader(spec.type, str(item.type)) if spec else None
        fallback = _fallback(str(item.type), None if item.default is MISSING else item.default)
        found.append((item.name, outward(item.name), load, fallback))
    return _shapes.setdefault(record, tuple(found))


def _loader(type_: FieldType, annotation: str) -> _Load:
    if type_.name != "object":
        return lambda value: loaded(type_, value)
    fitting = _listed if annotation.startswith("tuple") else _mapped
    return lambda value: fitting(loaded(type_, value))


def _fallback(annotation: str, default: Any) -> Any:
    """What stands for a value that has not arrived where the type allows no None."""
    if default is not None or "None" in annotation:
        return default
    plain: dict[str, Any] = {"str": "", "datetime": _EPOCH, "date": _EPOCH.date(), "int": 0, "bool": False}
    return plain.get(annotation, () if annotation.startswith("tuple") else {})


def to_record(record: type[R], row: Mapping[Any, Any]) -> R:
    """The frozen record of a table's row."""
    values: dict[str, Any] = {}
    for name, column, load, fallback in _shape(record):
        if column == "heads":
            values[name] = unpack(row.get("heads"))
        elif column == "contested":
            values[name] = tuple(_json(row.get("contested") or "[]", []))
        else:
            value = load(row.get(column)) if load else row.get(column)
            values[name] = fallback if value is None else value
    return record(**values)


def get(conn: Connection, record: type[R], id_: str) -> R | None:
    """The record of an id, as folded now."""
    kind = kind_of(record)
    row = conn.exec_driver_sql(f'SELECT * FROM "{kind.name}" WHERE id = ?', (id_,)).mappings().first()
    return None if row is None else to_record(record, row)


def find(conn: Connection, record: type[R], where: Mapping[str, Any], *, limit: int = -1) -> Iterator[R]:
    """The records whose columns equal the values given, in order of their ids."""
    kind = kind_of(record)
    unknown = set(where) - {column.name for column in Base.metadata.tables[kind.name].columns}
    if unknown:
        raise BadInput(
            _("%(kind)s have no field %(field)s") % {"kind": kind.name, "field": ", ".join(sorted(unknown))}
        )
    clause = " AND ".join(f'"{name}" IS ?' for name in where) or "1"
    sql = f'SELECT * FROM "{kind.name}" WHERE {clause} ORDER BY id LIMIT ?'
    for row in conn.exec_driver_sql(sql, (*map(_sought, where.values()), limit)).mappings():
        yield to_record(record, row)


def _sought(value: Any) -> Any:
    """A value as its column holds it."""
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(list(value), ensure_ascii=False) if isinstance(value, list | tuple) else value


def resolve(conn: Connection, kind_name: str, text: str) -> str:
    """The id of the one record that an id, unique prefix, exact name or office id means. BadInput otherwise."""
    kind = KINDS[kind_name]
    found = _matches(conn, kind, text)
    if len(found) == 1:
        return found[0]
    what = {"one": kind.one, "text": text}
    if not found:
        raise BadInput(_("there is no %(one)s %(text)s") % what)
    raise BadInput(_("%(text)s means more than one %(one)s: give the id") % what)


def resolve_any(conn: Connection, text: str) -> tuple[str, str]:
    """(kind, id) of the one record of any kind that an id or unique prefix means. BadInput otherwise."""
    if not _PREFIX.match(text.lower()):
        raise BadInput(_("%(text)s is not an id; at least its first 4 characters") % {"text": text})
    found = [(name, id_) for name, kind in KINDS.items() for id_ in _by_prefix(conn, kind, text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(_("there is no record %(text)s") % {"text": text})
    raise BadInput(_("%(text)s is the beginning of more than one id: give more of it") % {"text": text})


def _matches(conn: Connection, kind: Kind, text: str) -> list[str]:
    names = (
        f'"{_NAMES.get(kind.name, "name")}" = ? OR external = ?' if kind.name in _NAMED else "external = ?"
    )
    rows = conn.exec_driver_sql(
        f'SELECT id FROM "{kind.name}" WHERE {names} LIMIT 2', (text,) * names.count("?")
    )
    return [row[0] for row in rows] or _by_prefix(conn, kind, text)


def _by_prefix(conn: Connection, kind: Kind, text: str) -> list[str]:
    low = text.lower()
    if not _PREFIX.match(low):
        return []
    rows = conn.exec_driver_sql(
        f'SELECT id FROM "{kind.name}" WHERE id >= ? AND id < ? LIMIT 3', (low, low + "~")
    )
    return [row[0] for row in rows]
