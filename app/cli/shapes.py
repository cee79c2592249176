"""Records as JSON, their times in the zone of the area that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.domain.instants import local_iso, zone_of
from app.domain.kinds import Record, outward
from app.domain.records import Area, Customer, Person, Plan

if TYPE_CHECKING:
    from app.store.view import StoreView

_REFERENCES: tuple[tuple[str, type[Record]], ...] = (
    ("area", Area),
    ("customer", Customer),
    ("person", Person),
    ("plan", Plan),
)


class Zones:
    """The time zone of the area that a record belongs to, else the team's."""

    def __init__(self, view: StoreView, team: ZoneInfo) -> None:
        self._view = view
        self._team = team
        self._known: dict[str, ZoneInfo] = {}

    def of(self, record: Any) -> ZoneInfo:
        """The zone in which the times of a record are shown."""
        if isinstance(record, Area):
            return self._of_area(record)
        for field, kind in _REFERENCES:
            if isinstance(id_ := getattr(record, field, None), str):
                return self._behind(kind, id_)
        return self._team

    def _behind(self, kind: type[Record], id_: str) -> ZoneInfo:
        if id_ not in self._known:
            found = self._view.get(kind, id_)
            self._known[id_] = self.of(found) if found else self._team
        return self._known[id_]

    def _of_area(self, area: Area) -> ZoneInfo:
        try:
            return zone_of(area.timezone, area.country) if area.timezone or area.country else self._team
        except ValueError:
            return self._team


def shape(record: Any, zone: ZoneInfo) -> dict[str, Any]:
    """What JSON shows of a record: its fields, ``id``, ``external`` and ``contested``; never what it was read from."""
    hidden = ("heads",) if isinstance(record, Record) else ()
    return {
        outward(field.name): plain(getattr(record, field.name), zone)
        for field in fields(record)
        if field.name not in hidden
    }


def plain(value: Any, zone: ZoneInfo) -> Any:
    """A value as JSON has it: times with the zone's offset, dates as text, lists as lists."""
    if isinstance(value, datetime):
        return local_iso(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item, zone) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, zone) for item in value]
    return value
