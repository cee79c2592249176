"""Who can take a shift, what is uncovered, and all that the best plan for it needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.cover import Candidate, Rules, ranked
from app.domain.cover.choosing import Task
from app.domain.cover.plan import SECONDS, CoverPlan, Elapsed, best_plan
from app.domain.records import Absence, Shift
from app.queries.absences import open_visits
from app.queries.manning import uncovered_soon
from app.queries.moments import moments
from app.queries.scope import my_areas
from app.store.reading import to_record
from app.store.tables import ShiftRow
from app.store.view import StoreView


def candidates(view: StoreView, shift_id: str, limit: int = 12) -> tuple[Candidate, ...]:
    """The best candidates for a shift, then those that a rule stands against; the absent come last."""
    shift = view.get(Shift, shift_id)
    if shift is None:
        return ()
    return view.once(("candidates", shift_id), lambda: _all_candidates(view, shift))[:limit]


def _all_candidates(view: StoreView, shift: Shift) -> tuple[Candidate, ...]:
    known = view.situation([shift])
    return tuple(ranked(shift, known.everyone(shift), known.rules))


@dataclass(frozen=True, slots=True)
class Question:
    """Uncovered shifts with everyone who could be thought of, as they stand now."""

    tasks: tuple[Task, ...]
    rules: Rules

    def answered(self, elapsed: Elapsed, seconds: float = SECONDS) -> CoverPlan:
        """The best plan. It may take its time: ask for it outside of a transaction, off the interface's thread."""
        return best_plan(self.tasks, self.rules, elapsed, seconds)


def question(view: StoreView, shifts: Sequence[Shift]) -> Question:
    """All that the best plan for the shifts needs to know."""
    known = view.situation(shifts)
    return Question(tuple(Task(one, known.everyone(one)) for one in shifts), known.rules)


def wanted(view: StoreView, marked: Sequence[str], *, everywhere: bool = False) -> tuple[Shift, ...]:
    """What a plan is for: the marked shifts and those that the marked absences leave; without a mark, all there are."""
    if not marked:
        return uncovered(view, everywhere=everywhere)
    own = (view.get(Shift, one) for one in marked)
    shifts = {one.id: one for one in (*filter(None, own), *left_by(view, marked))}
    return tuple(sorted(shifts.values(), key=lambda one: (one.start, one.id)))


def uncovered(view: StoreView, *, everywhere: bool = False) -> tuple[Shift, ...]:
    """The acting person's unmanned shifts (or everyone's) until the end of tomorrow, by start."""
    areas = () if everywhere else my_areas(view)
    query = (
        select(*ShiftRow.__table__.columns)
        .where(*uncovered_soon(areas))
        .order_by(ShiftRow.start, ShiftRow.id)
    )
    return tuple(to_record(Shift, row) for row in view.conn.execute(query, moments(view)).mappings())


def left_by(view: StoreView, absences: Sequence[str]) -> tuple[Shift, ...]:
    """The shifts to come that these absences leave uncovered, by start."""
    found = (view.get(Absence, one) for one in absences)
    shifts = {shift.id: shift for one in found if one is not None for shift in open_visits(view, one)}
    return tuple(sorted(shifts.values(), key=lambda one: (one.start, one.id)))
