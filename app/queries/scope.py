"""Whose matters a list shows: the acting person's areas, and everything that nobody else looks after (DK-01).

What belongs to no area, or to one that nobody leads, is in everyone's scope: nothing that waits is ever out of
everybody's sight (DK-33).

The conditions are built once: every screen asks for the same ones at every key and every minute.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.store.tables import AreaRow, CustomerRow, PersonRow, PlanRow
from app.store.view import StoreView

_OF_CUSTOMER = ("agreements", "shifts", "complaints", "actions", "contacts", "plans")
_OF_PERSON = ("absences", "attempts", "register", "feedback")

Reference = InstrumentedAttribute[str | None]
_LEADS = select(AreaRow.id).where(AreaRow.supervisor == bindparam("me")).order_by(AreaRow.id)


def my_areas(view: StoreView) -> tuple[str, ...]:
    """The ids of the areas that the acting person leads, else the one they belong to; empty: all."""
    me = view.actor.id
    found = view.once(("leads", me), lambda: tuple(view.conn.execute(_LEADS, {"me": me}).scalars()))
    return found or ((view.actor.area,) if view.actor.area else ())


@lru_cache(maxsize=64)
def customer_in(column: Reference, areas: tuple[str, ...]) -> ColumnElement[bool]:
    """True where the customer that a column refers to is in one of the areas, or in none that someone leads."""
    elsewhere = select(CustomerRow.id).where(CustomerRow.area.not_in(areas), CustomerRow.area.in_(_led()))
    return or_(column.is_(None), column.not_in(elsewhere))


@lru_cache(maxsize=64)
def person_in(column: Reference, areas: tuple[str, ...]) -> ColumnElement[bool]:
    """As customer_in, for a column that refers to a person."""
    elsewhere = select(PersonRow.id).where(PersonRow.area.not_in(areas), PersonRow.area.in_(_led()))
    return or_(column.is_(None), column.not_in(elsewhere))


@lru_cache(maxsize=64)
def managed_in(column: Reference, areas: tuple[str, ...]) -> ColumnElement[bool]:
    """As customer_in, for what management must see: it goes to every manager where the area has none (DE-20)."""
    own = select(PersonRow.area).where(*_here("manager"), PersonRow.area.not_in(areas))
    elsewhere = select(CustomerRow.id).where(CustomerRow.area.not_in(areas), CustomerRow.area.in_(own))
    return or_(column.is_(None), column.not_in(elsewhere))


@lru_cache(maxsize=1)
def _led() -> Select[str]:
    """The areas whose supervisor still works here as one: nobody else may decide there."""
    return select(AreaRow.id).where(AreaRow.supervisor.in_(select(PersonRow.id).where(*_here("supervisor"))))


def _here(role: str) -> tuple[ColumnElement[bool], ...]:
    return PersonRow.role == role, PersonRow.active.is_not(False)


def in_scope(table: type, kind: str, areas: tuple[str, ...]) -> ColumnElement[bool] | None:
    """The condition that a table's rows are in the areas; None for kinds that belong to no area."""
    if not areas:
        return None
    columns = table.__dict__
    if kind in _OF_CUSTOMER:
        return customer_in(columns["customer"], areas)
    if kind in _OF_PERSON:
        return person_in(columns["person"], areas)
    if kind in ("people", "customers"):
        area: Reference = columns["area"]
        return or_(area.is_(None), area.in_(areas))
    if kind == "rows":
        mine = select(PlanRow.id).where(customer_in(PlanRow.customer, areas))
        plan: Reference = columns["plan"]
        return plan.in_(mine)
    return None
