"""The team: conflicts with both sides, people, customers, contacts, and how the exchange stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Integer, RowMapping, Select, cast, func, select

from app.domain.conflicts import Contest
from app.domain.instants import from_text
from app.domain.records import Agreement, Area, Customer, Person, Promise
from app.queries.scope import customer_in, my_areas
from app.queries.wanted import Wanted, holds
from app.queries.words import channels, clock_words, role_words
from app.store.conflicts import contests
from app.store.reading import find, to_record
from app.store.tables import AgreementRow, AreaRow, ContactRow, CustomerRow, PersonRow, PromiseRow
from app.store.view import StoreView

MOST = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The first 500 of a list, and how many it has in all."""

    shown: tuple[T, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A documented contact."""

    id: str
    at: datetime
    customer: str
    person: str
    channel: str
    keywords: str
    text: str
    follow_up: date | None


def conflicts(view: StoreView) -> Found[Contest]:
    """Everything that contends."""
    found = tuple(contests(view.conn))
    return Found(found[:MOST], len(found))


def people(view: StoreView, wanted: Wanted) -> Found[Person]:
    """The people of the acting person's areas by name."""
    query = select(*PersonRow.__table__.columns).order_by(PersonRow.name, PersonRow.id)
    texts = (PersonRow.name, PersonRow.phone, PersonRow.email, PersonRow.firm, PersonRow.skills)
    query = query.where(*holds(wanted, texts, {PersonRow.role: role_words()}))
    areas = () if wanted.everywhere else my_areas(view)
    mine = query.where(PersonRow.area.in_(areas) | PersonRow.area.is_(None)) if areas else query
    return _found(view, mine, lambda row: to_record(Person, row))


def customers(view: StoreView, wanted: Wanted) -> Found[tuple[Customer, int]]:
    """The customers of the acting person's areas by name, with how many items their agreement has."""
    items = (
        select(AgreementRow.customer, func.count().label("items"))
        .where(AgreementRow.withdrawn_on.is_(None))
        .group_by(AgreementRow.customer)
        .subquery()
    )
    query = (
        select(*CustomerRow.__table__.columns, func.coalesce(items.c["items"], 0).label("items"))
        .outerjoin(items, items.c.customer == CustomerRow.id)
        .order_by(CustomerRow.name, CustomerRow.id)
        .where(*holds(wanted, (CustomerRow.name, CustomerRow.address), {}))
    )
    areas = () if wanted.everywhere else my_areas(view)
    mine = query.where(CustomerRow.area.in_(areas) | CustomerRow.area.is_(None)) if areas else query
    return _found(view, mine, lambda row: (to_record(Customer, row), row["items"]))


def agreements(view: StoreView, wanted: Wanted) -> Found[tuple[Agreement, str]]:
    """What was agreed with the customers of the acting person's areas, with their names; what was withdrawn last."""
    row = AgreementRow
    query = (
        select(*row.__table__.columns, func.coalesce(CustomerRow.name, "?").label("name"))
        .outerjoin(CustomerRow, CustomerRow.id == row.customer)
        .order_by("name", row.withdrawn_on.is_not(None), row.place, row.task, row.id)
        .where(*holds(wanted, (CustomerRow.name, row.task, row.place, row.frequency, row.note), {}))
    )
    areas = () if wanted.everywhere else my_areas(view)
    mine = query.where(customer_in(row.customer, areas)) if areas else query
    return _found(view, mine, lambda found: (to_record(Agreement, found), found["name"]))


def contacts(view: StoreView, wanted: Wanted) -> Found[ContactLine]:
    """The contacts with the customers of the acting person's areas, the latest first."""
    columns: list[Any] = [
        ContactRow.id, ContactRow.at, CustomerRow.name, PersonRow.name.label("who"), ContactRow.channel,
        ContactRow.keywords, ContactRow.text, ContactRow.follow_up,
    ]  # fmt: skip
    query = (
        select(*columns)
        .outerjoin(CustomerRow, CustomerRow.id == ContactRow.customer)
        .outerjoin(PersonRow, PersonRow.id == ContactRow.person)
        .order_by(ContactRow.at.desc(), ContactRow.id)
    )
    texts = (CustomerRow.name, PersonRow.name, ContactRow.keywords, ContactRow.text)
    query = query.where(*holds(wanted, texts, {ContactRow.channel: channels()}))
    areas = () if wanted.everywhere else my_areas(view)
    mine = query.where(customer_in(ContactRow.customer, areas)) if areas else query
    return _found(view, mine, _contact)


def promises(view: StoreView, wanted: Wanted) -> Found[tuple[Promise, str]]:
    """The team's promises by short id, and those for areas or customers in scope alone with whose they are."""
    row = PromiseRow
    query = (
        select(*row.__table__.columns, func.coalesce(CustomerRow.name, AreaRow.name, "").label("whose"))
        .outerjoin(CustomerRow, CustomerRow.id == row.customer)
        .outerjoin(AreaRow, AreaRow.id == row.area)
        .order_by(cast(func.substr(row.external, 2), Integer), row.external, "whose", row.id)
    )
    texts = (row.external, row.title, row.trigger, row.duty, CustomerRow.name, AreaRow.name)
    query = query.where(*holds(wanted, texts, {row.clock: clock_words()}))
    areas = () if wanted.everywhere else my_areas(view)
    if areas:
        query = query.where(row.area.is_(None) | row.area.in_(areas), customer_in(row.customer, areas))
    return _found(view, query, lambda found: (to_record(Promise, found), found["whose"]))


def areas(view: StoreView, wanted: Wanted) -> Found[tuple[Area, str]]:
    """Every area by name, with who runs it."""
    query = (
        select(*AreaRow.__table__.columns, func.coalesce(PersonRow.name, "").label("led_by"))
        .outerjoin(PersonRow, PersonRow.id == AreaRow.supervisor)
        .order_by(AreaRow.name, AreaRow.id)
        .where(*holds(wanted, (AreaRow.name, AreaRow.country, AreaRow.hours, PersonRow.name), {}))
    )
    return _found(view, query, lambda row: (to_record(Area, row), row["led_by"]))


def _contact(row: RowMapping) -> ContactLine:
    return ContactLine(
        row["id"], from_text(row["at"] or "1970-01-01T00:00:00Z"), row["name"] or "?", row["who"] or "–",
        row["channel"] or "", ", ".join(json.loads(row["keywords"] or "[]")), row["text"] or "",
        date.fromisoformat(row["follow_up"]) if row["follow_up"] else None,
    )  # fmt: skip


def _found(view: StoreView, query: Select[Any], read: Callable[[RowMapping], T]) -> Found[T]:
    """The first of what a query finds, and how many there are in all."""
    rows = [read(row) for row in view.conn.execute(query.limit(MOST)).mappings()]
    if len(rows) < MOST:
        return Found(tuple(rows), len(rows))
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return Found(tuple(rows), view.conn.execute(counted).scalar_one())


def agreement(view: StoreView, customer: str) -> tuple[Agreement, ...]:
    """What was agreed with a customer, by place and task."""
    found = find(view.conn, Agreement, {"customer": customer, "withdrawn_on": None})
    return tuple(sorted(found, key=lambda one: (one.place or "", one.task, one.id)))
