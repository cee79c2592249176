"""One record in lines for people: its fields, what contends about it with all sides, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.cli.tables import called, cell, words
from app.domain.instants import from_text
from app.domain.kinds import KINDS, Kind, Record, kind_of, outward
from app.domain.plain import one_line
from app.domain.records import Person
from app.text import _

if TYPE_CHECKING:
    from app.queries.listing import ConflictLine
    from app.queries.records import HistoryLine
    from app.store.view import StoreView

_SAID_BELOW = ("heads",)


def details(
    view: StoreView,
    record: Any,
    zone: ZoneInfo,
    history: Sequence[HistoryLine],
    conflicts: Sequence[ConflictLine] = (),
) -> Iterator[str]:
    """The lines of one record: every field that has a value, the sides of what contends, what was decided about it.

    Times are in the zone.
    """
    names = [outward(field.name) for field in fields(record) if field.name not in _SAID_BELOW]
    width = max(map(len, names))
    for name in names:
        if text := cell(view, record, name, zone):
            yield f"{name:{width}}  {text}"
    for one in conflicts:
        yield from _sides(view, one, zone)
    if history:
        yield ""
        yield _("History")
    kind = KINDS.get(getattr(record, "kind", "")) if conflicts and record in conflicts else _kind(record)
    for line in history:
        yield f"{_when(line.at, zone)}  {_who(view, line.by)}  {line.decision}"
        yield from _set(view, kind, line.set, zone)
        yield f"    {_('change')} {line.change}"


def _sides(view: StoreView, one: ConflictLine, zone: ZoneInfo) -> Iterator[str]:
    """Every side of a conflict: who, when, what it would set, and how it is kept."""
    yield ""
    head = _("Decided differently") if one.decided else _("Two values")
    yield f"{head}: {', '.join(one.fields)}"
    for side in one.heads:
        yield f"{_when(side['at'], zone)}  {_who(view, side['by'])}  {side['decision']}"
        said = {name: value for name, value in side["set"].items() if value is not None or name in one.fields}
        yield from _set(view, KINDS[one.kind], said, zone)
        yield f"    tavle do conflict.settle {one.id[:8]} keep={side['change']}"


def _set(view: StoreView, kind: Kind | None, values: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    for name, value in values.items():
        yield f"    {name}: {_value(view, kind, name, value, zone)}"


def _value(view: StoreView, kind: Kind | None, name: str, value: Any, zone: ZoneInfo) -> str:
    """A field of a change in a person's words: names for references, local times."""
    spec = kind.specs.get(name) if kind else None
    if value is None:
        return "–"
    if spec is not None and isinstance(value, str):
        if spec.type.kind is not None:
            return called(view, spec.type.kind, value)
        if spec.type.name == "time":
            return _when(value, zone)
    return words(value, zone)


def _kind(record: Any) -> Kind | None:
    return kind_of(type(record)) if isinstance(record, Record) else None


def _when(text: str, zone: ZoneInfo) -> str:
    try:
        return words(from_text(text), zone)
    except (ValueError, OverflowError):
        return one_line(text)


def _who(view: StoreView, id_: str) -> str:
    who = view.get(Person, id_)
    return one_line(who.name) if who else id_[:8]
