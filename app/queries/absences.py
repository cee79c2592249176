"""The list of absences: what needs the supervisor first, then the rest of today, then the last weeks (DK-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.absence_rules import OPEN as UNDECIDED
from app.domain.absence_rules import SAME_MORNING
from app.domain.absence_rules import other_reports as same_absence
from app.domain.instants import to_text
from app.domain.records import Absence, Shift
from app.queries.manning import FAR, acute
from app.queries.scope import my_areas, person_in
from app.queries.wanted import Wanted, holds
from app.queries.words import absence_kinds, absence_states
from app.store.reading import to_record
from app.store.tables import AbsenceRow, PersonRow, ShiftRow
from app.store.view import StoreView

HISTORY = timedelta(days=30)
"""How long an absence that is over stays in the list; a search looks further back."""
OPEN, LASTING, OVER = range(3)
_LONGEST_SHIFT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """An absence in the list. ``uncovered`` counts the visits to come that nobody has taken over.

    ``twice``: another open report of the person is of the same absence.
    """

    absence: Absence
    name: str
    acute: bool
    uncovered: int
    twice: bool = False

    @property
    def open(self) -> bool:
        """True where the supervisor has something to do."""
        waits = self.absence.status == "reported" or bool(self.absence.contested)
        return waits or (self.absence.status == "approved" and self.uncovered > 0)


def count(view: StoreView, wanted: Wanted) -> int:
    """How many absences the list holds."""
    query = (
        select(func.count()).select_from(AbsenceRow).outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
    )
    return view.conn.execute(query.where(*_shown(view, wanted))).scalar_one()


def count_open(view: StoreView, wanted: Wanted) -> int:
    """How many of them need the supervisor."""
    query = (
        select(func.count()).select_from(AbsenceRow).outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
    )
    return view.conn.execute(query.where(*_shown(view, wanted), _rank(view) == OPEN)).scalar_one()


def lines(view: StoreView, wanted: Wanted, start: int, size: int) -> tuple[AbsenceLine, ...]:
    """A page of the list: the open ones by their first uncovered visit, those that last, those that are over."""
    rank, visits = _rank(view), _open_visits(view, func.count()).label("visits")
    first = func.coalesce(_open_visits(view, func.min(ShiftRow.start)), FAR)
    over = case(
        (AbsenceRow.status == "withdrawn", AbsenceRow.from_), else_=func.coalesce(AbsenceRow.until, FAR)
    )
    query: Select[Any] = (
        select(*AbsenceRow.__table__.columns, PersonRow.name.label("who"), visits, _twice().label("twice"))
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(*_shown(view, wanted))
        .order_by(
            rank,
            case((rank == OPEN, first)),
            case((rank < OVER, AbsenceRow.from_)),
            over.desc(),
            AbsenceRow.id,
        )
        .limit(size)
        .offset(start)
    )
    return tuple(_line(view, row) for row in view.conn.execute(query).mappings().all())


def _line(view: StoreView, row: Any) -> AbsenceLine:
    absence = to_record(Absence, row)
    uncovered = 0 if absence.status == "withdrawn" else row["visits"]
    return AbsenceLine(absence, row["who"] or "?", acute(view, absence), uncovered, bool(row["twice"]))


def _shown(view: StoreView, wanted: Wanted) -> list[ColumnElement[bool]]:
    areas = () if wanted.everywhere else my_areas(view)
    found = holds(
        wanted, (PersonRow.name,), {AbsenceRow.kind: absence_kinds(), AbsenceRow.status: absence_states()}
    )
    if areas:
        found.append(person_in(AbsenceRow.person, areas))
    if not wanted.words:
        recent = to_text(view.now - HISTORY)
        lasts = func.coalesce(AbsenceRow.until, FAR) > recent
        withdrawn = and_(AbsenceRow.status == "withdrawn", AbsenceRow.from_ <= recent)
        found.append(
            or_(AbsenceRow.status == "reported", and_(lasts, ~withdrawn), AbsenceRow.contested.is_not(None))
        )
    return found


def _rank(view: StoreView) -> ColumnElement[int]:
    """To decide, contested or not covered; lasting or to come; over."""
    approved = AbsenceRow.status == "approved"
    uncovered = and_(approved, _open_visits(view, func.count()) > 0)
    lasts = and_(approved, func.coalesce(AbsenceRow.until, FAR) > to_text(view.now))
    waits = or_(AbsenceRow.status == "reported", AbsenceRow.contested.is_not(None))
    return case((waits, OPEN), (uncovered, OPEN), (lasts, LASTING), else_=OVER)


def _twice() -> ColumnElement[bool]:
    """True where another open report of the person is of the same absence (``absence_rules.other_reports``)."""
    other = aliased(AbsenceRow)
    overlaps = exists(
        select(1)
        .select_from(other)
        .where(
            other.person == AbsenceRow.person,
            other.id != AbsenceRow.id,
            other.status.in_(UNDECIDED),
            _same_absence(other),
            other.from_ < func.coalesce(AbsenceRow.until, FAR),
            func.coalesce(other.until, FAR) > AbsenceRow.from_,
        )
        .correlate(AbsenceRow)
    )
    return and_(AbsenceRow.status.in_(UNDECIDED), overlaps)


def _same_absence(other: type[AbsenceRow]) -> ColumnElement[bool]:
    """``absence_rules.same_absence`` for rows."""
    days = func.abs(func.julianday(other.from_) - func.julianday(AbsenceRow.from_))
    together = func.round(days * timedelta(days=1).total_seconds()) < SAME_MORNING.total_seconds()
    no_holiday = and_(other.kind != "holiday", AbsenceRow.kind != "holiday")
    return or_(other.kind == AbsenceRow.kind, and_(no_holiday, together))


def other_reports(view: StoreView, absence: Absence) -> tuple[Absence, ...]:
    """The open reports of the same absence, by start."""
    if absence.status not in UNDECIDED:
        return ()
    return tuple(same_absence(absence, view.absences_between(absence.person, absence.from_, absence.until)))


def still_open(view: StoreView, ids: Iterable[str]) -> str | None:
    """The first of these absences that can still be decided on."""
    found = (view.get(Absence, one) for one in ids)
    return next((one.id for one in found if one and one.status in UNDECIDED), None)


def is_open(view: StoreView, absence: str) -> bool:
    """Whether the supervisor has something to do about it."""
    found = view.get(Absence, absence)
    if found is None:
        return False
    waits = found.status == "reported" or bool(found.contested)
    return waits or (found.status == "approved" and bool(open_visits(view, found)))


def is_twice(view: StoreView, absence: str) -> bool:
    """Whether there is another open report of the same absence."""
    found = view.get(Absence, absence)
    return found is not None and bool(other_reports(view, found))


def _open_visits(view: StoreView, what: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Of the visits that an absence leaves uncovered and that are not over."""
    now = view.now
    return (
        select(what)
        .select_from(ShiftRow)
        .where(
            ShiftRow.person == AbsenceRow.person,
            ShiftRow.status == "planned",
            ShiftRow.start > to_text(now - _LONGEST_SHIFT),
            ShiftRow.end > to_text(now),
            ShiftRow.start < func.coalesce(AbsenceRow.until, FAR),
            ShiftRow.end > AbsenceRow.from_,
        )
        .correlate(AbsenceRow)
        .scalar_subquery()
    )


def open_visits(view: StoreView, absence: Absence) -> tuple[Shift, ...]:
    """The person's visits within the absence that are not over and that nobody has taken over, by start."""
    if absence.status == "withdrawn":
        return ()
    start = max(absence.from_, view.now)
    if absence.until is not None and absence.until <= start:
        return ()
    return tuple(view.shifts_between(absence.person, start, absence.until))


def first_open_visit(view: StoreView, absence: str) -> str | None:
    """The id of the first of them; None where there is none."""
    found = view.get(Absence, absence)
    visits = open_visits(view, found) if found else ()
    return visits[0].id if visits else None
