"""From a folded record to the columns it is shown by: defaults, growing sets, signatures.

Pure: what it must look up (a template's row) is handed in. Complaints: app/domain/complaint_life.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any

from app.domain.change import LARGEST, Change, digest
from app.domain.fields import LINE, FieldType
from app.domain.hlc import wall_time
from app.domain.instants import plausible, to_text
from app.domain.kinds import KINDS, Kind, outward
from app.domain.merge import Folded

_UTC_TEXT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z", re.ASCII)
_LONG = 50
"""No instant has so many characters."""
_json = json.JSONEncoder(ensure_ascii=False).encode
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowText:
    """A plan row as its template has it."""

    plan: str
    code: str
    phase: str
    template_version: str
    titles: tuple[str, ...]
    think_about: tuple[str, ...]


def stored(type_: FieldType, value: Any) -> Any:
    """A body's value as a column holds it; None for one that is not of the type (it stays in the history)."""
    if value is None:
        return None
    store = _STORED.get(type_.name)
    return store(value) if store else _stored_text(type_, value)


def _stored_text(type_: FieldType, value: Any) -> str | None:
    known = isinstance(value, str) and (not type_.choices or value in type_.choices)
    return value if known else None


def _stored_list(value: Any) -> str | None:
    if value == []:
        return "[]"
    words = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return _json(value) if words else None


def _stored_object(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict | list) else None


def _stored_day(value: Any) -> str | None:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day.isoformat() if plausible(day) else None


def _stored_bool(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _stored_int(value: Any) -> int | None:
    return value if type(value) is int and abs(value) <= LARGEST else None


def _instant(value: Any) -> str | None:
    return _utc_text(value) if isinstance(value, str) and len(value) < _LONG else None


@lru_cache(maxsize=16_384)
def _utc_text(text: str) -> str | None:
    """An instant as a column holds it; None where the text is none. Most work begins and ends on the hour."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or not plausible(moment):
            return None
        return text if _UTC_TEXT.match(text) else to_text(moment)
    except (ValueError, OverflowError):
        return None


_STORED: dict[str, Callable[[Any], Any]] = {
    "list": _stored_list,
    "object": _stored_object,
    "time": _instant,
    "date": _stored_day,
    "yes/no": _stored_bool,
    "number": _stored_int,
}


def _default(kind: Kind, name: str) -> Any:
    for item in fields(kind.record):
        if outward(item.name) == name:
            return None if item.default is MISSING else item.default
    return None


_defaults: dict[str, Columns] = {}


def defaults(kind: Kind) -> Columns:
    """The columns of a record of the kind of which nothing is known."""
    if kind.name not in _defaults:
        _defaults[kind.name] = {
            name: stored(
                spec.type, list(value) if isinstance(value := _default(kind, name), tuple) else value
            )
            for name, spec in kind.specs.items()
        } | {"external": None}
    return dict(_defaults[kind.name])


def columns(kind: Kind, folded: Folded) -> Columns:
    """Every field of the record as columns hold them; computed ones have their default.

    A value that this program cannot take counts as not given, a status of a newer one among them.
    """
    found = defaults(kind)
    store = storing(kind.name)
    for name, value in folded.values.items():
        if value is not None and (kept := store[name](value)) is not None:
            found[name] = kept
    return found


@cache
def storing(kind_name: str) -> dict[str, Callable[[Any], Any]]:
    """Field → how a value of it is stored."""
    kind = KINDS[kind_name]
    types = {name: spec.type for name, spec in kind.specs.items()} | {"external": LINE}
    return {name: _STORED.get(type_.name, partial(_stored_text, type_)) for name, type_ in types.items()}


def shift_columns(kind: Kind, folded: Folded) -> Columns:
    """A shift with who was offered it, oldest first: person, channel, answer, when it was noted and by whom."""
    found = columns(kind, folded)
    if not (entered := folded.entries.get("offers")):
        return found
    offers = [
        {**said, "at": instant_of(one), "by": one.header.by}
        for one in entered
        if (said := _offer(one.body["offers"]))
    ]
    found["offers"] = json.dumps(offers, ensure_ascii=False)
    return found


def _offer(value: Any) -> Columns | None:
    """Person, channel and answer of an offer; None for what is none."""
    said = (
        {name: value.get(name) for name in ("person", "channel", "answer")} if isinstance(value, dict) else {}
    )
    return said if said and all(isinstance(one, str) for one in said.values()) else None


def row_columns(kind: Kind, folded: Folded | None, row: RowText) -> Columns:
    """A plan row: the template's text unless reworded, its notes, and the signature that stands.

    A signature ends only if its id was named by an ``unsigns`` entry; a concurrent one survives.
    """
    found = columns(kind, folded) if folded else defaults(kind)
    found |= {"plan": row.plan, "row": row.code, "phase": row.phase}
    for name, shipped in (("titles", row.titles), ("think_about", row.think_about)):
        if found[name] in (None, "[]"):
            found[name] = json.dumps(shipped, ensure_ascii=False)
    if folded is None:
        return found
    notes = [text for one in folded.entries.get("notes", ()) if said(text := one.body["notes"])]
    found["notes"] = json.dumps(notes, ensure_ascii=False)
    if signs := standing_signatures(folded):
        latest = signs[-1]
        found["signed_by"], found["signed_at"] = latest.header.by, instant_of(latest)
        found["signed_text"] = str(latest.body["signs"].get("text", ""))
        found["differs"] = found["signed_text"] != row_text_hash(
            row.template_version, row.code, json.loads(found["titles"]), json.loads(found["think_about"]),
            found["responsible"], found["done_on"],
        )  # fmt: skip
    return found


def standing_signatures(folded: Folded) -> list[Change]:
    """The sign-offs that nobody has taken back, oldest first."""
    ended = {one for change in folded.entries.get("unsigns", ()) for one in _ids(change.body["unsigns"])}
    return [
        one
        for one in folded.entries.get("signs", ())
        if one.id not in ended and isinstance(one.body["signs"], dict)
    ]


def _ids(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def row_text_hash(
    template_version: str,
    code: str,
    titles: list[str],
    think_about: list[str],
    responsible: str | None,
    done_on: str | None,
) -> str:
    """What a signature stands for: a hash of what the row said (rules.md, Service plan)."""
    said = [template_version, code, titles, think_about, responsible, done_on]
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())


def instant_of(change: Change) -> str:
    """When a change was made, as a column holds it: what its writer's clock said, else its own clock."""
    return _instant(change.header.at) or to_text(wall_time(change.header.hlc))


def said_at(change: Change) -> str:
    """When a change was made in its writer's local time with offset; where that is no time, by its own clock."""
    return change.header.at if _instant(change.header.at) else to_text(wall_time(change.header.hlc))


def said(value: Any) -> bool:
    """True for an entry of a growing set that holds words."""
    return isinstance(value, str) and bool(value.strip())
