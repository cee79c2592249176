"""The week ahead: who is away when, and the visits that nobody covers (DK-08, DK-12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select

from app.domain.absence_rules import LONGEST_SHIFT
from app.domain.instants import start_of_day, to_text
from app.domain.records import Absence, Shift
from app.queries.manning import FAR, manned
from app.queries.scope import customer_in, my_areas, person_in
from app.queries.wanted import Wanted, holds
from app.queries.words import absence_kinds, absence_states
from app.store.reading import to_record
from app.store.tables import AbsenceRow, PersonRow, ShiftRow
from app.store.view import StoreView

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A person in the week, or nobody: the absences, and the uncovered visits, both by start.

    ``name`` is None for visits that nobody is assigned to.
    """

    name: str | None
    absences: tuple[Absence, ...]
    visits: tuple[Shift, ...]

    @property
    def absence(self) -> Absence | None:
        """The absence that the line is about: the first that can be decided on, else the first."""
        waiting = [one for one in self.absences if one.status == "reported" or one.contested]
        lasting = [one for one in self.absences if one.status == "approved"]
        return next(iter((*waiting, *lasting, *self.absences)), None)


@dataclass(frozen=True, slots=True)
class Week:
    """A week's lines; ``bounds`` are the beginnings of its seven days and of the next Monday."""

    bounds: tuple[datetime, ...]
    lines: tuple[WeekLine, ...]

    def away(self, day: int) -> int:
        """How many people are away on a day."""
        return sum(
            any(_overlaps(one, *self.bounds[day : day + 2]) for one in line.absences) for line in self.lines
        )

    def uncovered(self, day: int) -> int:
        """How many visits that begin on a day nobody covers."""
        start, end = self.bounds[day : day + 2]
        return sum(start <= visit.start < end for line in self.lines for visit in line.visits)


def monday_of(view: StoreView, weeks: int = 0) -> date:
    """The Monday of the present week, or of so many weeks from it."""
    today = view.now.astimezone(view.zone).date()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def week(view: StoreView, wanted: Wanted, monday: date) -> Week:
    """The week that begins on a Monday: first who leaves visits uncovered, then by start and name."""
    bounds = tuple(start_of_day(monday + timedelta(days=day), view.zone) for day in range(DAYS + 1))
    areas = () if wanted.everywhere else my_areas(view)
    absences: dict[str, list[Absence]] = {}
    names: dict[str, str] = {}
    for row in view.conn.execute(_absences(wanted, areas, bounds[0], bounds[-1])).mappings():
        found = to_record(Absence, row)
        absences.setdefault(found.person, []).append(found)
        names[found.person] = row["who"] or "?"
    visits: dict[str | None, list[Shift]] = {}
    for row in view.conn.execute(_visits(wanted, areas, bounds[0], bounds[-1])).mappings():
        shift = to_record(Shift, row)
        visits.setdefault(shift.person, []).append(shift)
        if shift.person is not None:
            names[shift.person] = row["who"] or "?"
    lines = [WeekLine(names[one], tuple(absences.get(one, ())), tuple(visits.get(one, ()))) for one in names]
    if None in visits:
        lines.append(WeekLine(None, (), tuple(visits[None])))
    return Week(bounds, tuple(sorted(lines, key=lambda line: _order(line, view.now))))


def _order(line: WeekLine, now: datetime) -> tuple[bool, datetime, str]:
    coming = [visit.start for visit in line.visits if visit.end > now]
    starts: Iterable[datetime] = coming or [one.from_ for one in line.absences] or [now]
    return (not coming, min(starts), line.name or "")


def _absences(
    wanted: Wanted, areas: tuple[str, ...], start: datetime, end: datetime
) -> Select[tuple[object, ...]]:
    query = (
        select(*AbsenceRow.__table__.columns, PersonRow.name.label("who"))
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(
            AbsenceRow.status != "withdrawn",
            AbsenceRow.from_ < to_text(end),
            func.coalesce(AbsenceRow.until, FAR) > to_text(start),
            *holds(
                wanted,
                (PersonRow.name,),
                {AbsenceRow.kind: absence_kinds(), AbsenceRow.status: absence_states()},
            ),
        )
        .order_by(AbsenceRow.from_, AbsenceRow.id)
    )
    return query.where(person_in(AbsenceRow.person, areas)) if areas else query


def _visits(
    wanted: Wanted, areas: tuple[str, ...], start: datetime, end: datetime
) -> Select[tuple[object, ...]]:
    query = (
        select(*ShiftRow.__table__.columns, PersonRow.name.label("who"))
        .outerjoin(PersonRow, PersonRow.id == ShiftRow.person)
        .where(
            ShiftRow.status == "planned",
            ShiftRow.start < to_text(end),
            ShiftRow.start > to_text(start - LONGEST_SHIFT),
            ShiftRow.end > to_text(start),
            ~manned(),
            *holds(wanted, (PersonRow.name,), {}),
        )
        .order_by(ShiftRow.start, ShiftRow.id)
    )
    return query.where(customer_in(ShiftRow.customer, areas)) if areas else query


def _overlaps(absence: Absence, start: datetime, end: datetime) -> bool:
    return absence.from_ < end and (absence.until is None or absence.until > start)
