"""Service plans: customers by phases, and the rows of a customer's section."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select

from app.domain.records import Plan, PlanRow
from app.queries.scope import my_areas
from app.store.content import plan_template
from app.store.reading import to_record
from app.store.tables import CustomerRow, PersonRow, PlanLineRow
from app.store.tables import PlanRow as PlanTable
from app.store.view import StoreView

PHASES = ("A", "B1", "B2", "C", "D", "E")
MOST = 12
"""How many of the coming rows are told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A section of a customer's plan: rows done, of how many, how many are overdue, when the next open one is due."""

    done: int
    total: int
    overdue: int
    open_by: date | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A customer and how far its plan is, by phase; ``plan`` is None before it has been started."""

    customer: str
    name: str
    plan: str | None
    phases: dict[str, Progress]
    started_on: date | None = None

    @property
    def open_by(self) -> tuple[date, str] | None:
        """When the next open row is due, and in which phase."""
        dues = [(one.open_by, phase) for phase, one in self.phases.items() if one.open_by]
        return min(dues, default=None)

    @property
    def done(self) -> int:
        """The rows that are done in all."""
        return sum(one.done for one in self.phases.values())

    @property
    def total(self) -> int:
        """The rows in all."""
        return sum(one.total for one in self.phases.values())

    @property
    def overdue(self) -> int:
        """The rows that are overdue in all."""
        return sum(one.overdue for one in self.phases.values())


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row of a section with the names of those it concerns."""

    row: PlanRow
    responsible: str
    signed_by: str
    overdue: bool


def _today(view: StoreView) -> date:
    return view.now.astimezone(view.zone).date()


def matrix(view: StoreView, *, everywhere: bool = False) -> tuple[PlanLine, ...]:
    """The customers of the acting person's areas with the progress of their plans, by name."""
    areas = () if everywhere else my_areas(view)
    late = case(((PlanLineRow.due < _today(view).isoformat()) & PlanLineRow.done_on.is_(None), 1), else_=0)
    open_due = case((PlanLineRow.done_on.is_(None), PlanLineRow.due))
    counted = (
        select(
            CustomerRow.id,
            CustomerRow.name,
            PlanTable.id,
            PlanTable.started_on,
            PlanLineRow.phase,
            func.count(PlanLineRow.done_on),
            func.count(PlanLineRow.id),
            func.sum(late),
            func.min(open_due),
        )
        .outerjoin(PlanTable, PlanTable.customer == CustomerRow.id)
        .outerjoin(PlanLineRow, PlanLineRow.plan == PlanTable.id)
        .group_by(CustomerRow.id, PlanTable.id, PlanLineRow.phase)
        .order_by(CustomerRow.name, CustomerRow.id)
    )
    if areas:
        counted = counted.where(CustomerRow.area.in_(areas) | CustomerRow.area.is_(None))
    found: dict[str, PlanLine] = {}
    for customer, name, plan, started, phase, done, total, overdue, due in view.conn.execute(counted):
        line = found.setdefault(customer, PlanLine(customer, name or "?", plan, {}, _day(started)))
        if phase:
            line.phases[phase] = Progress(done, total, overdue or 0, _day(due))
    return tuple(found.values())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def section(view: StoreView, plan: str, phase: str) -> tuple[SectionRow, ...]:
    """The rows of one section of a plan, in their order."""
    query = _rows(plan).where(PlanLineRow.phase == phase)
    return _read(view, query.order_by(func.length(PlanLineRow.row), PlanLineRow.row))


def coming(view: StoreView, plan: str) -> tuple[SectionRow, ...]:
    """The open rows of a plan that someone has a date for, the first due first."""
    query = _rows(plan).where(PlanLineRow.done_on.is_(None), PlanLineRow.due.is_not(None))
    return _read(view, query.order_by(PlanLineRow.due, PlanLineRow.row).limit(MOST))


def _rows(plan: str) -> Select[Any]:
    signer = PersonRow.__table__.alias("signer")
    return (
        select(*PlanLineRow.__table__.columns, PersonRow.name.label("who"), signer.c.name.label("signer"))
        .outerjoin(PersonRow, PersonRow.id == PlanLineRow.responsible)
        .outerjoin(signer, signer.c.id == PlanLineRow.signed_by)
        .where(PlanLineRow.plan == plan)
    )


def _read(view: StoreView, query: Select[Any]) -> tuple[SectionRow, ...]:
    today = _today(view)
    found = []
    for row in view.conn.execute(query).mappings():
        record = to_record(PlanRow, row)
        late = record.due is not None and record.due < today and record.done_on is None
        found.append(SectionRow(record, row["who"] or "", row["signer"] or "", late))
    return tuple(found)


def section_of(view: StoreView, row: str) -> tuple[str, str] | None:
    """(customer, phase) of a row."""
    found = view.conn.execute(
        select(PlanTable.customer, PlanLineRow.phase)
        .join(PlanTable, PlanTable.id == PlanLineRow.plan)
        .where(PlanLineRow.id == row)
    ).first()
    return (found[0] or "", found[1] or "") if found else None


def phase_title(phase: str, language: str) -> str:
    """A phase's title in a language, else in English."""
    return next(
        (one.title.text(language) for one in plan_template("service-plan").phases if one.code == phase), phase
    )


def titles_in(row: PlanRow, language: str) -> tuple[str, ...]:
    """A row's titles in a language; reworded ones as they were written."""
    template = next((one for one in plan_template("service-plan").rows if one.code == row.row), None)
    if template is None or row.titles != tuple(title.text("en") for title in template.titles):
        return row.titles
    return tuple(title.text(language) for title in template.titles)


def languages() -> tuple[str, ...]:
    """The languages that the shipped plan's titles stand in."""
    return plan_template("service-plan").phases[0].title.languages


def window(view: StoreView, row: PlanRow) -> tuple[date, date] | None:
    """Earliest and latest day of a row with a window from the contract's start, such as C-3; else None."""
    template = view.template_row(row)
    plan = view.get(Plan, row.plan)
    if template is None or template.window_months is None or plan is None:
        return None
    first, last = template.window_months
    return _months_later(plan.started_on, first), _months_later(plan.started_on, last)


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or its last (rules.md, FI-20)."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, min(day.day, 28))
