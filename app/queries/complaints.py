"""The list of complaints by the clock that runs, and the evidence about one (DK-18 … DK-35)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.domain.evidence import Match, matches
from app.domain.instants import from_text, to_text
from app.domain.records import Agreement, Complaint, Contact
from app.queries.scope import customer_in, my_areas
from app.queries.standing import Standing, complaint_state
from app.queries.wanted import Wanted, holds
from app.queries.words import channels, complaint_states
from app.store.reading import to_record
from app.store.tables import ComplaintRow, ContactRow, CustomerRow, PersonRow, PlanLineRow, PlanRow
from app.store.view import StoreView

HISTORY = timedelta(days=30)
"""How long a closed complaint stays in the list; a search looks further back."""
RECENT = timedelta(days=180)
_LOOKED_AT = 200
_LAST_PHASE = "E"


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint in the list. ``state`` is red (needs you), amber, green (in hand), or empty once it is closed."""

    id: str
    customer: str
    received_at: datetime
    channel: str | None
    status: str
    unread: bool
    contested: bool
    due: datetime | None
    state: str


def count(view: StoreView, wanted: Wanted) -> int:
    """How many complaints the list holds."""
    return _count(view, _shown(view, wanted))


def count_open(view: StoreView, wanted: Wanted) -> int:
    """How many of them are not closed."""
    return _count(view, [*_shown(view, wanted), ~_closed()])


def _count(view: StoreView, where: list[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(ComplaintRow)
    joined = query.outerjoin(CustomerRow, CustomerRow.id == ComplaintRow.customer)
    return view.conn.execute(joined.where(*where)).scalar_one()


def lines(view: StoreView, wanted: Wanted, start: int, size: int) -> tuple[ComplaintLine, ...]:
    """A page of the list: by the clock that runs out first, then those without one, closed ones last."""
    row = ComplaintRow
    query = (
        select(
            row.id, row.received_at, row.channel, row.status, row.read_at, row.contested, row.clock_due,
            CustomerRow.name,
        )
        .outerjoin(CustomerRow, CustomerRow.id == row.customer)
        .where(*_shown(view, wanted))
        .order_by(_closed(), row.clock_due.is_(None), row.clock_due, row.closed_at.desc(), row.received_at, row.id)
        .limit(size)
        .offset(start)
    )  # fmt: skip
    return tuple(_line(view, one) for one in view.conn.execute(query).all())


def _line(view: StoreView, row: Any) -> ComplaintLine:
    due = from_text(row.clock_due) if row.clock_due else None
    status, contested = row.status or "waiting", row.contested is not None
    closed = status == "closed" and not contested
    state = "" if closed else complaint_state(view, Standing(status, bool(row.read_at), contested, due))[0]
    received = from_text(row.received_at) if row.received_at else view.now
    unread = status == "waiting" and not row.read_at
    return ComplaintLine(
        row.id, row.name or "?", received, row.channel, status, unread, contested, due, state
    )


def is_unread(view: StoreView, id_: str) -> bool:
    """True for a complaint that waits and that no supervisor has opened."""
    found = view.get(Complaint, id_)
    return found is not None and found.status == "waiting" and found.read_at is None


def _closed() -> ColumnElement[bool]:
    return and_(ComplaintRow.status == "closed", ComplaintRow.contested.is_(None))


def _shown(view: StoreView, wanted: Wanted) -> list[ColumnElement[bool]]:
    areas = () if wanted.everywhere else my_areas(view)
    coded = {ComplaintRow.status: complaint_states(), ComplaintRow.channel: channels()}
    found = holds(wanted, (CustomerRow.name, ComplaintRow.text), coded)
    if areas:
        found.append(customer_in(ComplaintRow.customer, areas))
    if not wanted.words:
        found.append(or_(~_closed(), ComplaintRow.closed_at > to_text(view.now - HISTORY)))
    return found


def evidence(view: StoreView, complaint: Complaint) -> tuple[tuple[Match, ...], tuple[Agreement, ...]]:
    """The items of the agreement that the complaint's words fit, best first, and all the others (DK-25)."""
    items = view.find(Agreement, customer=complaint.customer)
    fitting = tuple(matches(complaint.text, items))
    known = {one.item.id for one in fitting}
    return fitting, tuple(
        sorted((one for one in items if one.id not in known), key=lambda one: (one.task, one.id))
    )


def same_item(view: StoreView, complaint: Complaint, item: Agreement, most: int = 4) -> tuple[Complaint, ...]:
    """The customer's other complaints of the last half year that cite the item or fit it best, latest first."""
    query = (
        select(*ComplaintRow.__table__.columns)
        .where(ComplaintRow.customer == complaint.customer, ComplaintRow.id != complaint.id)
        .where(ComplaintRow.received_at > to_text(complaint.received_at - RECENT))
        .order_by(ComplaintRow.received_at.desc(), ComplaintRow.id)
        .limit(_LOOKED_AT)
    )
    items = view.find(Agreement, customer=complaint.customer)
    found = []
    for row in view.conn.execute(query).mappings().all():
        other = to_record(Complaint, row)
        meant = other.agreement or next((match.item.id for match in matches(other.text, items)), None)
        if meant == item.id:
            found.append(other)
    return tuple(found[:most])


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of the customer's service plan that is not done."""

    id: str
    code: str
    title: str
    due: date | None
    responsible: str | None


def open_rows(view: StoreView, customer: str, most: int = 5) -> tuple[tuple[OpenRow, ...], int]:
    """The open rows of the customer's plan, those due first, at most so many; and how many there are in all.

    Those of the end of the contract count once they have a date.
    """
    query = (
        select(PlanLineRow.id, PlanLineRow.row, PlanLineRow.titles, PlanLineRow.due, PersonRow.name)
        .join(PlanRow, PlanRow.id == PlanLineRow.plan)
        .outerjoin(PersonRow, PersonRow.id == PlanLineRow.responsible)
        .where(PlanRow.customer == customer, PlanLineRow.done_on.is_(None))
        .where(or_(PlanLineRow.due.is_not(None), PlanLineRow.phase != _LAST_PHASE))
        .order_by(PlanLineRow.due.is_(None), PlanLineRow.due, PlanLineRow.row)
    )
    found = view.conn.execute(query).all()
    return tuple(_open_row(*one) for one in found[:most]), len(found)


def _open_row(id_: str, code: str | None, titles: str | None, due: str | None, who: str | None) -> OpenRow:
    named = json.loads(titles or "[]")
    return OpenRow(
        id_, code or "?", str(named[0]) if named else "", date.fromisoformat(due) if due else None, who
    )


def contacts_about(view: StoreView, complaint: str, most: int = 8) -> tuple[Contact, ...]:
    """The contacts about a complaint, the latest first."""
    return _contacts(view, ContactRow.complaint == complaint, most)


def last_contact(view: StoreView, customer: str) -> Contact | None:
    """The last contact with a customer, about whatever it was."""
    return next(iter(_contacts(view, ContactRow.customer == customer, 1)), None)


def _contacts(view: StoreView, where: ColumnElement[bool], most: int) -> tuple[Contact, ...]:
    query = select(*ContactRow.__table__.columns).where(where)
    rows = view.conn.execute(query.order_by(ContactRow.at.desc(), ContactRow.id).limit(most))
    return tuple(to_record(Contact, row) for row in rows.mappings().all())
