"""How much waits on each screen, for the tabs; and what the exchange with the team file has left."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from app.queries.manning import uncovered_soon
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
    areas = my_areas(view)
    conn = view.conn
    people = [person_in(AbsenceRow.person, areas)] if areas else []
    mine = in_sight(view, areas)
    plans = [customer_in(PlanRow.customer, areas)] if areas else []
    today = view.now.astimezone(view.zone).date().isoformat()
    reported = _rows(AbsenceRow).where(AbsenceRow.status == "reported", *people)
    waiting = _rows(ComplaintRow).where(ComplaintRow.status == "waiting", *mine)
    rows = _rows(PlanLineRow).join(PlanRow, PlanRow.id == PlanLineRow.plan)
    rows = rows.where(PlanLineRow.due <= today, PlanLineRow.done_on.is_(None), *plans)
    repeat = _rows(TrainingRow).join(ModuleRow, ModuleRow.id == TrainingRow.module)
    repeat = repeat.where(ModuleRow.version != TrainingRow.version)
    return Counts(
        absences=_count(conn, reported),
        complaints=_count(conn, _rows(ComplaintRow).where(needs_someone(view), *mine)),
        unread=_count(conn, waiting.where(ComplaintRow.read_at.is_(None))),
        plan_rows=_count(conn, rows),
        onboarding=_count(conn, repeat),
        conflicts=_count(conn, _rows(ConflictRow)),
        uncovered=_count(conn, _rows(ShiftRow).where(*uncovered_soon(view, areas))),
        to_send=outbox_count(conn),
    )


def _rows(table: type[Base]) -> Select[int]:
    return select(func.count()).select_from(table)


def _count(conn: Connection, query: Select[int]) -> int:
    return conn.execute(query).scalar_one()
