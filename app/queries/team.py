"""The team: conflicts with both sides, people, customers, contacts, and how the exchange stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.domain.conflicts import Contest
from app.domain.instants import from_text
from app.domain.records import Agreement, Customer, Person
from app.queries.scope import customer_in, my_areas
from app.store import local
from app.store.conflicts import contests
from app.store.exchange_log import decisions_waiting, delivered_up_to, last_writer
from app.store.log import lane_states
from app.store.reading import find, to_record
from app.store.sources import quarantined_count
from app.store.tables import AgreementRow, ContactRow, CustomerRow, PersonRow
from app.store.view import StoreView

MOST = 500


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


@dataclass(frozen=True, slots=True)
class LaneLine:
    """An installation of Tavle: whose it is, how many changes are known, when it was last heard of."""

    lane: str
    person: str
    changes: int
    heard_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """What waits, what colleagues have, what could not be read."""

    waiting: int
    delivered: int
    quarantined: int
    lanes: tuple[LaneLine, ...]


def conflicts(view: StoreView) -> tuple[Contest, ...]:
    """Everything that contends, at most 500."""
    return tuple(found for found, _number in zip(contests(view.conn), range(MOST), strict=False))


def people(view: StoreView, *, everywhere: bool) -> tuple[Person, ...]:
    """The people of the acting person's areas by name."""
    query = select(*PersonRow.__table__.columns).order_by(PersonRow.name, PersonRow.id).limit(MOST)
    areas = () if everywhere else my_areas(view)
    mine = query.where(PersonRow.area.in_(areas) | PersonRow.area.is_(None)) if areas else query
    return tuple(to_record(Person, row) for row in view.conn.execute(mine).mappings())


def customers(view: StoreView, *, everywhere: bool) -> tuple[tuple[Customer, int], ...]:
    """The customers of the acting person's areas by name, with how many items their agreement has."""
    items = (
        select(AgreementRow.customer, func.count().label("items")).group_by(AgreementRow.customer).subquery()
    )
    query = (
        select(*CustomerRow.__table__.columns, func.coalesce(items.c["items"], 0).label("items"))
        .outerjoin(items, items.c.customer == CustomerRow.id)
        .order_by(CustomerRow.name, CustomerRow.id)
        .limit(MOST)
    )
    areas = () if everywhere else my_areas(view)
    mine = query.where(CustomerRow.area.in_(areas) | CustomerRow.area.is_(None)) if areas else query
    return tuple((to_record(Customer, row), row["items"]) for row in view.conn.execute(mine).mappings())


def agreement(view: StoreView, customer: str) -> tuple[Agreement, ...]:
    """What was agreed with a customer, by place and task."""
    found = find(view.conn, Agreement, {"customer": customer})
    return tuple(sorted(found, key=lambda one: (one.place or "", one.task, one.id)))


def contacts(view: StoreView, *, everywhere: bool) -> tuple[ContactLine, ...]:
    """The latest contacts with the customers of the acting person's areas."""
    query = (
        select(
            ContactRow.id, ContactRow.at, CustomerRow.name, PersonRow.name.label("who"), ContactRow.channel,
            ContactRow.keywords, ContactRow.text, ContactRow.follow_up,
        )
        .outerjoin(CustomerRow, CustomerRow.id == ContactRow.customer)
        .outerjoin(PersonRow, PersonRow.id == ContactRow.person)
        .order_by(ContactRow.at.desc(), ContactRow.id)
        .limit(MOST)
    )  # fmt: skip
    areas = () if everywhere else my_areas(view)
    mine = query.where(customer_in(ContactRow.customer, areas)) if areas else query
    return tuple(
        ContactLine(
            row.id, from_text(row.at or "1970-01-01T00:00:00Z"), row.name or "?", row.who or "–", row.channel or "",
            (row.keywords or "[]").strip("[]").replace('"', ""), row.text or "",
            date.fromisoformat(row.follow_up) if row.follow_up else None,
        )
        for row in view.conn.execute(mine)
    )  # fmt: skip


def exchange_state(view: StoreView) -> ExchangeState:
    """How the exchange with the team file stands."""
    member = local.membership(view.conn)
    own = member.lane if member else ""
    names = {person.id: person.name for person in find(view.conn, Person, {})}
    lanes = []
    for state in lane_states(view.conn):
        heard = from_text(state.heard_at) if state.heard_at else None
        who = names.get(last_writer(view.conn, state.lane) or "", "–")
        lanes.append(LaneLine(state.lane, who, state.top, heard, state.lane == own))
    lanes.sort(key=lambda one: (not one.own, one.person, one.lane))
    conn = view.conn
    return ExchangeState(
        decisions_waiting(conn), delivered_up_to(conn, own), quarantined_count(conn), tuple(lanes)
    )
