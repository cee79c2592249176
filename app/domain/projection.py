"""From a folded record to the columns it is shown by: defaults, growing sets, statuses and clocks.

Pure: what it must look up (a promise's deadline, a template's row) is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any

from app.domain.change import Change, digest
from app.domain.fields import FieldType
from app.domain.instants import from_text, to_text
from app.domain.kinds import Kind, outward
from app.domain.merge import Folded

Columns = dict[str, Any]
Deadline = Callable[[str, datetime, str | None], datetime | None]
"""(promise id, from when, customer) → when it runs out, or None where there is no such promise."""


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
    if type_.name in ("list", "object"):
        fits = isinstance(value, list) or (type_.name == "object" and isinstance(value, dict))
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if fits else None
    if type_.name == "time":
        return _stored_instant(value)
    if type_.name == "yes/no":
        return value if isinstance(value, bool) else None
    if type_.name == "number":
        return value if isinstance(value, int) and abs(value) < 2**63 else None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _stored_instant(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    if len(value) == 20 and value[19] == "Z":
        return value
    try:
        return to_text(from_text(value))
    except (ValueError, OverflowError):
        return None


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
        }
    return dict(_defaults[kind.name])


def columns(kind: Kind, folded: Folded) -> Columns:
    """Every field of the record as columns hold them; computed ones have their default."""
    found = defaults(kind)
    for name, value in folded.values.items():
        if name == "external":
            found[name] = value if isinstance(value, str) else None
        elif value is not None:
            found[name] = stored(kind.specs[name].type, value)
        elif name in kind.specs:
            found[name] = _defaults[kind.name][name]
    return found


def complaint_columns(kind: Kind, folded: Folded, deadline: Deadline) -> Columns:
    """A complaint with its first reply, its status and its two clocks (command-line.md, A complaint's life)."""
    found = columns(kind, folded)
    if first := _first(folded, "read"):
        found["read_at"], found["read_by"] = _at(first), first.header.by
    if first := _first(folded, "replies"):
        found["reply"], found["replied_at"] = (
            stored(kind.specs["reply"].type, first.body["replies"]),
            _at(first),
        )
    if found["status"] == "waiting" and found["reply"]:
        found["status"] = "acknowledged"
    if found["received_at"] is None:
        found["received_at"] = _at(folded.created)
    received = from_text(found["received_at"])
    found["reply_by"] = _text(deadline("P0", received, found["customer"]))
    found["clock_due"] = _clock_due(found, folded, received, deadline)
    return found


def _clock_due(found: Columns, folded: Folded, received: datetime, deadline: Deadline) -> str | None:
    status = found["status"]
    if status == "waiting":
        return _as_text(found["reply_by"])
    if status == "acknowledged":
        reopened = [one for one in folded.live if one.header.do == "complaint.reopen"]
        start = from_text(_at(reopened[-1])) if reopened else received
        return _text(deadline("P7", start, found["customer"]))
    if status == "accepted":
        return _as_text(found["solve_by"])
    return _as_text(found["when"]) if status == "extra_work" else None


def row_columns(kind: Kind, folded: Folded | None, row: RowText) -> Columns:
    """A plan row: the template's text unless reworded, its notes, and the signature that stands.

    A signature ends only if its id was named by an ``unsigns`` entry; a concurrent one survives.
    """
    found = columns(kind, folded) if folded else defaults(kind)
    titles = folded.values.get("titles") if folded else None
    points = folded.values.get("think_about") if folded else None
    found |= {"plan": row.plan, "row": row.code, "phase": row.phase}
    found["titles"] = json.dumps(titles or list(row.titles), ensure_ascii=False)
    found["think_about"] = json.dumps(points or list(row.think_about), ensure_ascii=False)
    if folded is None:
        return found
    notes = [str(one.body["notes"]) for one in folded.entries.get("notes", ())]
    found["notes"] = json.dumps(notes, ensure_ascii=False)
    if signs := standing_signatures(folded):
        latest = signs[-1]
        signed = latest.body["signs"]
        found["signed_by"], found["signed_at"] = latest.header.by, _at(latest)
        found["signed_text"] = str(signed.get("text", ""))
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


def _first(folded: Folded, entries: str) -> Change | None:
    found = folded.entries.get(entries)
    return found[0] if found else None


def _at(change: Change) -> str:
    return _stored_instant(change.header.at) or "1970-01-01T00:00:00Z"


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else to_text(instant)


def _as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
