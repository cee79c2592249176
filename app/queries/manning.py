"""Whether a shift is manned, and what an absence leaves uncovered (DK-12)."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import ColumnElement, and_, exists, func, select

from app.domain.absence_rules import is_acute
from app.domain.records import Absence
from app.queries.moments import BEGUN, NOW, SOON
from app.queries.scope import customer_in
from app.store.tables import AbsenceRow, PersonRow, ShiftRow
from app.store.view import StoreView

FAR = "9999"


@lru_cache(maxsize=1)
def away() -> ColumnElement[bool]:
    """True where the shift's person is away during it, or no longer with us.

    A reported absence counts before it is approved, and while its approval is contested.
    """
    absent = exists(
        select(1)
        .select_from(AbsenceRow)
        .where(
            AbsenceRow.person == ShiftRow.person,
            AbsenceRow.status != "withdrawn",
            AbsenceRow.from_ < ShiftRow.end,
            func.coalesce(AbsenceRow.until, FAR) > ShiftRow.start,
        )
        .correlate(ShiftRow)
    )
    gone = exists(
        select(1)
        .select_from(PersonRow)
        .where(PersonRow.id == ShiftRow.person, PersonRow.active.is_(False))
        .correlate(ShiftRow)
    )
    return absent | gone


def manned() -> ColumnElement[bool]:
    """*Manned* when an available person is assigned."""
    return and_(ShiftRow.person.is_not(None), ~away())


def uncovered_soon(areas: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """The conditions of a shift of these areas that is unmanned and not over, until the end of tomorrow."""
    found = [
        ShiftRow.status == "planned",
        ShiftRow.end > NOW,
        ShiftRow.start > BEGUN,
        ShiftRow.start < SOON,
        ~manned(),
    ]
    return [*found, customer_in(ShiftRow.customer, areas)] if areas else found


def uncovered_ids(view: StoreView, absence: Absence) -> tuple[str, ...]:
    """The person's shifts within the absence that nobody has taken over, by start."""
    if absence.status == "withdrawn":
        return ()
    shifts = view.shifts_between(absence.person, absence.from_, absence.until)
    return tuple(shift.id for shift in shifts)


def acute(view: StoreView, absence: Absence) -> bool:
    """Reported so close to the start of a shift that the person must call (DK-09)."""
    shifts = view.shifts_of_absent(absence.person, absence.from_, absence.until)
    return is_acute(absence, shifts, view.acute_minutes(absence.person))
