"""The statements behind the triage queue of Today, each built once for some areas and run with ``moments``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.queries.manning import FAR, uncovered_soon
from app.queries.moments import FORTNIGHT, ME, SOON, TODAY
from app.queries.scope import Reference, customer_in, person_in
from app.queries.standing import COLUMNS, in_sight
from app.store.tables import (
    AbsenceRow,
    ActionRow,
    AreaRow,
    ComplaintRow,
    ConflictRow,
    ContactRow,
    CustomerRow,
    PersonRow,
    PlanLineRow,
    PlanRow,
    ShiftRow,
)

OPEN = ("waiting", "acknowledged", "accepted", "extra_work", "solved", "rejected")
"""A complaint is in the queue until it is closed."""
_WROTE = 120
"""How many characters of what a customer wrote stand in the queue at most."""
Scope = Callable[[Reference, tuple[str, ...]], ColumnElement[bool]]
Selected = Select[*tuple[Any, ...]]
CONFLICTS = select(
    ConflictRow.id, ConflictRow.kind, ConflictRow.record, ConflictRow.fields, ConflictRow.contested
).order_by(ConflictRow.id)


@lru_cache(maxsize=8)
def shifts(areas: tuple[str, ...]) -> Selected:
    """Uncovered shifts with the absence behind each, the one to decide first; by start."""
    cause = (
        select(AbsenceRow.id)
        .where(AbsenceRow.person == ShiftRow.person, AbsenceRow.status != "withdrawn")
        .where(func.coalesce(AbsenceRow.until, FAR) > ShiftRow.start)
        .order_by(AbsenceRow.status != "reported", AbsenceRow.from_.desc())
        .limit(1)
        .correlate(ShiftRow)
        .scalar_subquery()
        .label("cause")
    )
    return (
        select(
            ShiftRow.id, ShiftRow.start, ShiftRow.person, CustomerRow.name, PersonRow.name.label("who"), cause
        )
        .outerjoin(CustomerRow, CustomerRow.id == ShiftRow.customer)
        .outerjoin(PersonRow, PersonRow.id == ShiftRow.person)
        .where(*uncovered_soon(areas))
        .order_by(ShiftRow.start, ShiftRow.id)
    )


@lru_cache(maxsize=8)
def absences(areas: tuple[str, ...]) -> Selected:
    """Absences to approve or to settle."""
    return (
        select(*AbsenceRow.__table__.columns, PersonRow.name.label("who"))
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(or_(AbsenceRow.status == "reported", AbsenceRow.contested.is_not(None)))
        .where(*_within(AbsenceRow.person, areas, person_in))
        .order_by(AbsenceRow.from_, AbsenceRow.id)
    )


@lru_cache(maxsize=8)
def left_uncovered(areas: tuple[str, ...]) -> Selected:
    """Approved absences with uncovered shifts after tomorrow: the first, and how many."""
    return (
        select(AbsenceRow.id, PersonRow.name, AbsenceRow.kind, func.min(ShiftRow.start), func.count())
        .join(ShiftRow, ShiftRow.person == AbsenceRow.person)
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(AbsenceRow.status == "approved", AbsenceRow.contested.is_(None), ShiftRow.status == "planned")
        .where(or_(AbsenceRow.until.is_(None), AbsenceRow.until > SOON), ShiftRow.start >= SOON)
        .where(ShiftRow.start < func.coalesce(AbsenceRow.until, FAR), ShiftRow.end > AbsenceRow.from_)
        .where(*_within(AbsenceRow.person, areas, person_in))
        .group_by(AbsenceRow.id)
        .order_by(func.min(ShiftRow.start), AbsenceRow.id)
    )


@lru_cache(maxsize=8)
def complaints(role: str, areas: tuple[str, ...]) -> Selected:
    """Complaints that are not closed, with who leads where they belong."""
    return (
        select(
            ComplaintRow.id,
            CustomerRow.name,
            PersonRow.name.label("lead"),
            func.substr(ComplaintRow.text, 1, _WROTE).label("wrote"),
            *COLUMNS,
        )
        .outerjoin(CustomerRow, CustomerRow.id == ComplaintRow.customer)
        .outerjoin(AreaRow, AreaRow.id == CustomerRow.area)
        .outerjoin(PersonRow, PersonRow.id == AreaRow.supervisor)
        .where(or_(ComplaintRow.status.in_(OPEN), ComplaintRow.contested.is_not(None)))
        .where(*in_sight(role, areas))
    )


@lru_cache(maxsize=8)
def plan_rows(areas: tuple[str, ...]) -> Selected:
    """Rows of plans that are due."""
    return (
        select(PlanLineRow.id, PlanLineRow.row, PlanLineRow.due, CustomerRow.name)
        .join(PlanRow, PlanRow.id == PlanLineRow.plan)
        .outerjoin(CustomerRow, CustomerRow.id == PlanRow.customer)
        .where(PlanLineRow.due <= TODAY, PlanLineRow.done_on.is_(None))
        .where(*_within(PlanRow.customer, areas, customer_in))
    )


@lru_cache(maxsize=8)
def follow_ups(areas: tuple[str, ...]) -> Selected:
    """Contacts to come back to: those of `today._follow_ups`."""
    promised = or_(ContactRow.card.is_not(None), ContactRow.complaint.is_not(None))
    later = aliased(ContactRow)
    on_the_day = func.substr(later.at, 1, 10) >= ContactRow.follow_up
    again = and_(later.follow_up.is_not(None), later.complaint.is_not_distinct_from(ContactRow.complaint))
    taken_up = exists().where(
        later.customer == ContactRow.customer, later.at > ContactRow.at, or_(on_the_day, again)
    )
    query = (
        select(ContactRow.id, ContactRow.follow_up, ContactRow.keywords, CustomerRow.name)
        .outerjoin(CustomerRow, CustomerRow.id == ContactRow.customer)
        .where(ContactRow.follow_up <= TODAY, or_(ContactRow.follow_up >= FORTNIGHT, promised))
        .where(~taken_up)
    )
    if within := _within(ContactRow.customer, areas, customer_in):
        query = query.where(or_(*within, ContactRow.responsible == ME))
    return query


@lru_cache(maxsize=8)
def actions(areas: tuple[str, ...]) -> Selected:
    """Corrective actions that are due, to their owners and to whoever leads where they belong (DE-21)."""
    query = (
        select(ActionRow.id, ActionRow.text, ActionRow.due, ActionRow.complaint, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == ActionRow.owner)
        .where(ActionRow.done_on.is_(None), or_(ActionRow.due <= TODAY, ActionRow.due.is_(None)))
    )
    if areas:
        about = and_(ActionRow.customer.is_not(None), customer_in(ActionRow.customer, areas))
        general = and_(ActionRow.customer.is_(None), person_in(ActionRow.owner, areas))
        query = query.where(or_(ActionRow.owner == ME, about, general))
    return query


def _within(column: Reference, areas: tuple[str, ...], scope: Scope) -> list[ColumnElement[bool]]:
    return [scope(column, areas)] if areas else []
