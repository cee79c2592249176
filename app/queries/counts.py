"""How much waits on each screen, for the tabs; and what the exchange with the team file has left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, func, select

from app.queries.manning import uncovered_soon
from app.queries.moments import TODAY, moments
from app.queries.scope import customer_in, my_areas, person_in
from app.queries.standing import in_sight, needs_someone
from app.store.log import outbox_count
from app.store.schema import Base
from app.store.tables import (
    AbsenceRow,
    ComplaintRow,
    ConflictRow,
    ModuleRow,
    PlanLineRow,
    PlanRow,
    ShiftRow,
    TrainingRow,
)
from app.store.view import StoreView


@dataclass(frozen=True, slots=True)
class Counts:
    """What needs the acting person, by screen; ``unread`` complaints keep the day from being clear."""

    absences: int
    complaints: int
    unread: int
    plan_rows: int
    onboarding: int
    conflicts: int
    uncovered: int
    to_send: int


def counts(view: StoreView) -> Counts:
    """The counts of the acting person's areas, each by one indexed query."""
    values = moments(view)
    found = {
        name: view.conn.execute(query, values).scalar_one()
        for name, query in _statements(view.actor.role, my_areas(view)).items()
    }
    return Counts(**found, to_send=outbox_count(view.conn))


@lru_cache(maxsize=8)
def _statements(role: str, areas: tuple[str, ...]) -> dict[str, Select[int]]:
    people = [person_in(AbsenceRow.person, areas)] if areas else []
    mine = in_sight(role, areas)
    plans = [customer_in(PlanRow.customer, areas)] if areas else []
    waiting = _rows(ComplaintRow).where(ComplaintRow.status == "waiting", *mine)
    rows = _rows(PlanLineRow).join(PlanRow, PlanRow.id == PlanLineRow.plan)
    repeat = _rows(TrainingRow).join(ModuleRow, ModuleRow.id == TrainingRow.module)
    return {
        "absences": _rows(AbsenceRow).where(AbsenceRow.status == "reported", *people),
        "complaints": _rows(ComplaintRow).where(needs_someone(), *mine),
        "unread": waiting.where(ComplaintRow.read_at.is_(None)),
        "plan_rows": rows.where(PlanLineRow.due <= TODAY, PlanLineRow.done_on.is_(None), *plans),
        "onboarding": repeat.where(ModuleRow.version != TrainingRow.version),
        "conflicts": _rows(ConflictRow),
        "uncovered": _rows(ShiftRow).where(*uncovered_soon(areas)),
    }


def _rows(table: type[Base]) -> Select[int]:
    return select(func.count()).select_from(table)
