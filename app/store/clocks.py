"""When promises run out: the team's promises and areas, joined with the working time of the country."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.domain.worktime import Calendar, Limit, Pause, closed_days, due, postponed
from app.store import local
from app.store.holidays import working_calendar

FALLBACK = {"P0": "2h", "P7": "5wd", "P8": "1wd", "P9": "1mo"}
"""The clocks of a complaint run even in a team file that holds no promises (DK-21, FI-09)."""


@dataclass(slots=True)
class Clocks:
    """Deadlines as the team has promised them: the nearest promise counts, customer before area before team."""

    country: str
    limits: dict[tuple[str, str | None, str | None], str]
    areas: dict[str, tuple[str | None, str | None, str | None, str | None]]
    area_of: dict[str, str | None]
    _calendars: dict[str | None, Calendar] = field(default_factory=dict)
    _known: dict[tuple[str, str | None, str | None], tuple[Limit, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, conn: Connection) -> Clocks:
        """The clocks as the folded tables have them now."""
        promises = conn.exec_driver_sql(
            'SELECT external, area, customer, "limit" FROM promises WHERE external IS NOT NULL ORDER BY id'
        )
        areas = conn.exec_driver_sql("SELECT id, country, timezone, hours, closed_days FROM areas")
        customers = conn.exec_driver_sql("SELECT id, area FROM customers")
        return cls(
            local.get(conn, "country") or "DK",
            {(row[0], row[1], row[2]): row[3] or "" for row in promises},
            {row[0]: (row[1], row[2], row[3], row[4]) for row in areas},
            {row[0]: row[1] for row in customers},
        )

    def kept(
        self, promise: str, start: datetime, stopped: datetime, customer: str | None, pauses: Iterable[Pause]
    ) -> bool:
        """True where the clock had not run out when it was stopped.

        What is within the limit on any calendar is so without one: public holidays take a while to load.
        """
        if stopped - start <= self._at_least(promise, customer):
            return True
        ends = self.deadline(promise, start, customer, pauses)
        return ends is None or stopped <= ends

    def deadline(
        self, promise: str, start: datetime, customer: str | None, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        """When a promise to a customer runs out; None where there is none, or while its clock stands still.

        A limit that cannot be read counts as not given: a complaint's clocks never stand still for it.
        """
        area = self.area_of.get(customer or "")
        for limit in self._limits(promise, area, customer):
            try:
                return due(limit, start, self.calendar(area), pauses=pauses).due
            except ValueError:
                continue
        return None

    def _at_least(self, promise: str, customer: str | None) -> timedelta:
        limits = self._limits(promise, self.area_of.get(customer or ""), customer)
        return min((limit.at_least for limit in limits), default=timedelta())

    def _limits(self, promise: str, area: str | None, customer: str | None) -> tuple[Limit, ...]:
        """The limit that holds for a customer, then what Tavle falls back on; what cannot be read is left out."""
        key = promise, area, customer
        if key not in self._known:
            texts = filter(None, (self._limit(*key), FALLBACK.get(promise)))
            self._known[key] = tuple(_readable(texts))
        return self._known[key]

    def postponed(
        self, agreed: datetime, since: datetime, customer: str | None, pauses: Iterable[Pause]
    ) -> datetime | None:
        """A moment agreed with a customer, later by the working time of the area that pauses took."""
        try:
            return postponed(agreed, since, self.calendar(self.area_of.get(customer or "")), pauses)
        except ValueError:
            return agreed

    def complaints_since(self, conn: Connection, before: Clocks) -> set[str]:
        """The ids of the complaints whose clocks may show another time than before."""
        if self._of_complaints() != before._of_complaints():
            return {row[0] for row in conn.exec_driver_sql("SELECT id FROM complaints")}
        moved = {
            one
            for one in self.area_of.keys() | before.area_of.keys()
            if self._place(one) != before._place(one)
        }
        found: set[str] = set()
        for customer in moved:
            rows = conn.exec_driver_sql("SELECT id FROM complaints WHERE customer = ?", (customer,))
            found.update(row[0] for row in rows)
        return found

    def _of_complaints(self) -> dict[tuple[str, str | None, str | None], str]:
        return {key: limit for key, limit in self.limits.items() if key[0] in FALLBACK}

    def _place(self, customer: str) -> object:
        area = self.area_of.get(customer)
        return area, self.areas.get(area or "")

    def _limit(self, promise: str, area: str | None, customer: str | None) -> str:
        for place in ((area, customer), (None, customer), (area, None), (None, None)):
            if text := self.limits.get((promise, *place)):
                return text
        return ""

    def calendar(self, area: str | None) -> Calendar:
        """The working time of an area: its zone, its hours, its country's public holidays.

        An area whose zone, hours or country cannot be read counts by the team's: its clocks never stand still.
        """
        if area not in self._calendars:
            country, timezone, hours, closed = self.areas.get(area or "", (None, None, None, None))
            try:
                days = closed_days(json.loads(closed or "[]"))
                found = working_calendar(country or self.country, hours, timezone, closed=days)
            except ValueError:
                found = working_calendar(self.country)
            self._calendars[area] = found
        return self._calendars[area]


def _readable(limits: Iterable[str]) -> Iterator[Limit]:
    for text in limits:
        with suppress(ValueError):
            yield Limit.parse(text)
