"""The area at a glance: its customers with what waits at each, its people who are away, the day's solutions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from app.domain.instants import day_bounds, to_text
from app.queries.manning import FAR, uncovered_soon
from app.queries.scope import customer_in, my_areas, person_in
from app.queries.standing import needs_someone
from app.queries.words import kind_word
from app.store.tables import AbsenceRow, ComplaintRow, CustomerRow, PersonRow, ShiftRow
from app.store.view import StoreView

MOST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A customer and how many things there need the supervisor."""

    id: str
    name: str
    needs: int


@dataclass(frozen=True, slots=True)
class Away:
    """A person who is away now, and in what way."""

    id: str
    name: str
    what: str


def places(view: StoreView) -> tuple[Place, ...]:
    """The customers of the acting person's areas, those that need something first."""
    areas = my_areas(view)
    needs: Counter[str] = Counter()
    shifts = (
        select(ShiftRow.customer, func.count())
        .where(*uncovered_soon(view, areas))
        .group_by(ShiftRow.customer)
    )
    waiting = (
        select(ComplaintRow.customer, func.count()).where(needs_someone(view)).group_by(ComplaintRow.customer)
    )
    for query in (shifts, waiting):
        for customer, count in view.conn.execute(query):
            needs[customer or ""] += count
    listed = select(CustomerRow.id, CustomerRow.name).order_by(CustomerRow.name)
    mine = listed.where(CustomerRow.area.in_(areas)) if areas else listed
    found = [Place(id_, name or "?", needs[id_]) for id_, name in view.conn.execute(mine)]
    return tuple(sorted(found, key=lambda place: -place.needs)[:MOST])


def away(view: StoreView) -> tuple[Away, ...]:
    """The people of the acting person's areas who are away now."""
    areas = my_areas(view)
    now = to_text(view.now)
    query = (
        select(PersonRow.id, PersonRow.name, AbsenceRow.kind)
        .join(AbsenceRow, AbsenceRow.person == PersonRow.id)
        .where(
            AbsenceRow.status != "withdrawn",
            AbsenceRow.from_ <= now,
            func.coalesce(AbsenceRow.until, FAR) > now,
        )
        .where(*([person_in(AbsenceRow.person, areas)] if areas else []))
        .order_by(PersonRow.name, PersonRow.id)
        .limit(MOST)
    )
    return tuple(Away(id_, name or "?", kind_word(kind)) for id_, name, kind in view.conn.execute(query))


def solved_today(view: StoreView) -> int:
    """How many complaints of the acting person's areas were solved today."""
    areas = my_areas(view)
    since = to_text(day_bounds(view.now, view.zone)[0])
    query = select(func.count()).select_from(ComplaintRow).where(ComplaintRow.solved_at >= since)
    mine = query.where(customer_in(ComplaintRow.customer, areas)) if areas else query
    return view.conn.execute(mine).scalar_one()
