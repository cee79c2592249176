"""Who can take a shift: every person of the team as a candidate, ranked, with the reasons for and against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from app.domain.cover import Candidate, Facts, distance_km, ranked
from app.domain.instants import to_text
from app.domain.records import Absence, Customer, Person, Shift
from app.queries.manning import FAR
from app.store.reading import find, to_record
from app.store.tables import AbsenceRow, ShiftRow
from app.store.view import StoreView

_NEAR = timedelta(days=1)
_STEPS_IN = ("service_assistant", "first_assistant", "supervisor")


def candidates(view: StoreView, shift_id: str, limit: int = 12) -> tuple[Candidate, ...]:
    """The best candidates for a shift, then those that a rule stands against; the absent come last."""
    shift = view.get(Shift, shift_id)
    if shift is None:
        return ()
    customer = view.get(Customer, shift.customer)
    people = [
        one
        for one in find(view.conn, Person, {"active": 1})
        if one.role in _STEPS_IN and one.id != shift.person
    ]
    near, away, visits = _shifts_near(view, shift), _absent(view, shift), _visits(view, shift.customer)
    facts = [
        Facts(
            person,
            near.get(person.id, ()),
            away.get(person.id, ()),
            visits[person.id],
            distance_km(person.location, customer.location if customer else None),
        )
        for person in people
    ]
    return tuple(ranked(shift, facts, customer.area if customer else None, zone=view.zone)[:limit])


def _shifts_near(view: StoreView, shift: Shift) -> dict[str, list[Shift]]:
    query = select(*ShiftRow.__table__.columns).where(
        ShiftRow.status == "planned",
        ShiftRow.start < to_text(shift.end + _NEAR),
        ShiftRow.start > to_text(shift.start - 2 * _NEAR),
        ShiftRow.end > to_text(shift.start - _NEAR),
    )
    return _by_person(to_record(Shift, row) for row in view.conn.execute(query).mappings())


def _absent(view: StoreView, shift: Shift) -> dict[str, list[Absence]]:
    query = select(*AbsenceRow.__table__.columns).where(
        AbsenceRow.status != "withdrawn",
        AbsenceRow.from_ < to_text(shift.end),
        func.coalesce(AbsenceRow.until, FAR) > to_text(shift.start),
    )
    found: dict[str, list[Absence]] = {}
    for row in view.conn.execute(query).mappings():
        absence = to_record(Absence, row)
        found.setdefault(absence.person, []).append(absence)
    return found


def _by_person(shifts: Iterable[Shift]) -> dict[str, list[Shift]]:
    found: dict[str, list[Shift]] = {}
    for shift in shifts:
        if shift.person:
            found.setdefault(shift.person, []).append(shift)
    return found


def _visits(view: StoreView, customer: str) -> Counter[str]:
    query = (
        select(ShiftRow.person, func.count())
        .where(ShiftRow.customer == customer, ShiftRow.end < to_text(view.now), ShiftRow.person.is_not(None))
        .where(ShiftRow.start > to_text(view.now - timedelta(days=90)))
        .group_by(ShiftRow.person)
    )
    return Counter({person: count for person, count in view.conn.execute(query) if person})
