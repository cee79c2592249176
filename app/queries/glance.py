"""The area at a glance: its customers with what waits at each, its people who are away, the day's solutions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, func, select

from app.queries.manning import FAR, uncovered_soon
from app.queries.moments import DAWN, NOW, moments
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
    areas, values = my_areas(view), moments(view)
    needs: Counter[str] = Counter()
    for query in _needing(areas):
        for customer, count in view.conn.execute(query, values):
            needs[customer or ""] += count
    found = [Place(id_, name or "?", needs[id_]) for id_, name in view.conn.execute(_customers(areas))]
    return tuple(sorted(found, key=lambda place: -place.needs)[:MOST])


@lru_cache(maxsize=8)
def _needing(areas: tuple[str, ...]) -> tuple[Select[str | None, int], ...]:
    shifts, complaints = select(ShiftRow.customer, func.count()), select(ComplaintRow.customer, func.count())
    return (
        shifts.where(*uncovered_soon(areas)).group_by(ShiftRow.customer),
        complaints.where(needs_someone()).group_by(ComplaintRow.customer),
    )


@lru_cache(maxsize=8)
def _customers(areas: tuple[str, ...]) -> Select[str, str | None]:
    listed = select(CustomerRow.id, CustomerRow.name).order_by(CustomerRow.name)
    return listed.where(CustomerRow.area.in_(areas)) if areas else listed


def away(view: StoreView) -> tuple[Away, ...]:
    """The people of the acting person's areas who are away now."""
    found = view.conn.execute(_away(my_areas(view)), moments(view))
    return tuple(Away(id_, name or "?", kind_word(kind)) for id_, name, kind in found)


@lru_cache(maxsize=8)
def _away(areas: tuple[str, ...]) -> Select[str, str | None, str | None]:
    return (
        select(PersonRow.id, PersonRow.name, AbsenceRow.kind)
        .join(AbsenceRow, AbsenceRow.person == PersonRow.id)
        .where(
            AbsenceRow.status != "withdrawn",
            AbsenceRow.from_ <= NOW,
            func.coalesce(AbsenceRow.until, FAR) > NOW,
        )
        .where(*([person_in(AbsenceRow.person, areas)] if areas else []))
        .order_by(PersonRow.name, PersonRow.id)
        .limit(MOST)
    )


def solved_today(view: StoreView) -> int:
    """How many complaints of the acting person's areas were solved today."""
    return view.conn.execute(_solved(my_areas(view)), moments(view)).scalar_one()


@lru_cache(maxsize=8)
def _solved(areas: tuple[str, ...]) -> Select[int]:
    query = select(func.count()).select_from(ComplaintRow).where(ComplaintRow.solved_at >= DAWN)
    return query.where(customer_in(ComplaintRow.customer, areas)) if areas else query
