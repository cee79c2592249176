"""The list of complaints by the clock that runs (DK-18 … DK-35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.domain.instants import from_text, to_text
from app.domain.records import Complaint
from app.queries.moments import moments
from app.queries.repeats import About, Repeats
from app.queries.scope import my_areas
from app.queries.standing import (
    COLUMNS,
    Standing,
    broken,
    complaint_state,
    in_sight,
    standing_of,
    with_management,
)
from app.queries.wanted import Wanted, holds
from app.queries.words import channels, complaint_states
from app.store.tables import ComplaintRow, CustomerRow
from app.store.view import StoreView
from app.text import _

HISTORY = timedelta(days=30)
"""How long a closed complaint stays in the list; a search looks further back."""
MANAGEMENT, LATE = _("management"), _("late")
"""Words of the filter: what management has, and whose promise is broken."""


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint in the list. ``state`` is red (needs you), amber, green (in hand), or empty once it is closed.

    ``repeats``: how many came before it about the same item, of one that is not closed.
    """

    id: str
    customer: str
    received_at: datetime
    channel: str | None
    status: str
    unread: bool
    contested: bool
    due: datetime | None
    state: str
    paused: bool
    escalated: bool
    repeats: int


def count(view: StoreView, wanted: Wanted) -> int:
    """How many complaints the list holds."""
    return _count(view, _shown(view, wanted))


def count_open(view: StoreView, wanted: Wanted) -> int:
    """How many of them are not closed."""
    return _count(view, [*_shown(view, wanted), ~_closed()])


def _count(view: StoreView, where: list[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(ComplaintRow)
    joined = query.outerjoin(CustomerRow, CustomerRow.id == ComplaintRow.customer)
    return view.conn.execute(joined.where(*where), moments(view)).scalar_one()


def lines(view: StoreView, wanted: Wanted, start: int, size: int) -> tuple[ComplaintLine, ...]:
    """A page of the list: by the clock that runs out first, then those without one, closed ones last."""
    row = ComplaintRow
    query = (
        select(row.id, row.received_at, row.channel, row.customer, CustomerRow.name, *COLUMNS)
        .add_columns(row.agreement, row.text)
        .outerjoin(CustomerRow, CustomerRow.id == row.customer)
        .where(*_shown(view, wanted))
        .order_by(
            _closed(), row.clock_due.is_(None), row.clock_due, row.closed_at.desc(), row.received_at, row.id
        )
        .limit(size)
        .offset(start)
    )
    rows = [(row, standing_of(row)) for row in view.conn.execute(query, moments(view)).all()]
    running = [row for row, one in rows if row.customer and not one.closed]
    asked = [About(row.customer, _received(view, row), row.agreement, row.text) for row in running]
    repeats = {row.id: len(before) for row, before in zip(running, Repeats(view).before(asked), strict=True)}
    return tuple(_line(view, row, one, repeats.get(row.id, 0)) for row, one in rows)


def _received(view: StoreView, row: Any) -> datetime:
    return from_text(row.received_at) if row.received_at else view.now


def _line(view: StoreView, row: Any, one: Standing, repeats: int) -> ComplaintLine:
    return ComplaintLine(
        row.id,
        row.name or "?",
        _received(view, row),
        row.channel,
        one.status,
        one.unread,
        one.contested,
        one.due,
        "" if one.closed else complaint_state(view, one)[0],
        one.paused is not None,
        one.escalated is not None and not one.closed,
        repeats,
    )


def is_unread(view: StoreView, id_: str) -> bool:
    """True for a complaint that waits and that no supervisor has opened."""
    found = view.get(Complaint, id_)
    return found is not None and found.status == "waiting" and found.read_at is None


def is_accepted(view: StoreView, id_: str) -> bool:
    """True for a complaint that someone is to solve."""
    found = view.get(Complaint, id_)
    return found is not None and found.status == "accepted"


def is_paused(view: StoreView, id_: str) -> bool:
    """True for a complaint whose clock stands still."""
    found = view.get(Complaint, id_)
    return found is not None and found.paused_at is not None


def _closed() -> ColumnElement[bool]:
    return and_(ComplaintRow.status == "closed", ComplaintRow.contested.is_(None))


def _shown(view: StoreView, wanted: Wanted) -> list[ColumnElement[bool]]:
    areas = () if wanted.everywhere else my_areas(view)
    coded = {ComplaintRow.status: complaint_states(), ComplaintRow.channel: channels()}
    known = {MANAGEMENT: with_management(), LATE: broken()}
    plain = Wanted(words=tuple(word for word in wanted.words if word.casefold() not in known))
    found = holds(plain, (CustomerRow.name, ComplaintRow.text), coded)
    found += [known[word.casefold()] for word in wanted.words if word.casefold() in known]
    found += in_sight(view.actor.role, areas)
    if not wanted.words:
        found.append(or_(~_closed(), ComplaintRow.closed_at > to_text(view.now - HISTORY)))
    return found
