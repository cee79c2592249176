"""How a complaint stands: red needs the supervisor, amber is due, green is in hand (DK-03, DK-07).

What management must see hangs on the clock alone: no machine writes that a promise was broken (DE-20).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.instants import day_bounds, from_text
from app.domain.plain import one_line
from app.domain.when import end_told
from app.queries.manning import FAR
from app.queries.moments import NOW, moments
from app.queries.scope import customer_in, managed_in
from app.store.tables import AbsenceRow, ComplaintRow, PersonRow
from app.store.view import StoreView
from app.text import _

RED, AMBER, GREEN = "red", "amber", "green"
_PROMISED = ("waiting", "acknowledged", "accepted")
"""Their clocks run to what a customer was promised; a visit of extra work is an appointment."""
_OPEN = (*_PROMISED, "extra_work", "solved")
"""As long as one of these the customer has not been told what came of it (P9)."""
_RUNNING = ("acknowledged", "accepted", "extra_work")
MANAGER = "manager"
_Assignee = aliased(PersonRow)
GONE = (
    exists()
    .where(
        _Assignee.id == ComplaintRow.assignee, _Assignee.active.is_(False), ComplaintRow.status == "accepted"
    )
    .label("gone")
)
"""Who was to solve it no longer works here."""
_away_until = (
    select(func.max(func.coalesce(AbsenceRow.until, FAR)))
    .where(AbsenceRow.person == ComplaintRow.assignee, AbsenceRow.status != "withdrawn")
    .where(AbsenceRow.from_ <= NOW, func.coalesce(AbsenceRow.until, FAR) > NOW)
    .where(ComplaintRow.status == "accepted")
    .correlate(ComplaintRow)
    .scalar_subquery()
)
"""Until when who is to solve it is away, as is known now: reported or approved (as in ``manning.away``)."""
_solver = select(_Assignee.name).where(_Assignee.id == ComplaintRow.assignee).scalar_subquery()
COLUMNS = (
    ComplaintRow.status, ComplaintRow.read_at, ComplaintRow.contested, ComplaintRow.clock_due, ComplaintRow.reply,
    ComplaintRow.reason, ComplaintRow.paused_at, ComplaintRow.pause_reason, ComplaintRow.escalated_at,
    ComplaintRow.escalation, ComplaintRow.results_by, GONE, _away_until.label("away"), _solver.label("solver"),
)  # fmt: skip
"""What `standing_of` reads of a row."""
_SOLVES = select(GONE, _away_until.label("away"), _solver.label("solver")).where(
    ComplaintRow.id == bindparam("id")
)


@dataclass(frozen=True, slots=True)
class Absent:
    """Who is to solve a complaint and is away now; ``until`` is None where nobody knows how long."""

    name: str
    until: datetime | None

    def told(self, view: StoreView) -> str:
        """``Jonas Berg is away until Fri 27 Nov``."""
        if self.until is None:
            return _("%(name)s is away, open-ended") % {"name": self.name}
        return _("%(name)s is away until %(time)s") % {
            "name": self.name,
            "time": end_told(self.until, view.zone),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """What the state of a complaint depends on; ``due`` is when its running clock runs out.

    ``paused`` and ``escalated`` are the reasons, where its clock stands still or management has it.
    """

    status: str
    read: bool
    contested: bool
    due: datetime | None
    answered: bool = True
    paused: str | None = None
    escalated: str | None = None
    results_by: datetime | None = None
    gone: bool = False
    absent: Absent | None = None

    @property
    def closed(self) -> bool:
        """True once nothing is left to do."""
        return self.status == "closed" and not self.contested

    @property
    def unread(self) -> bool:
        """True while it waits and no supervisor has opened it."""
        return self.status == "waiting" and not self.read

    def broken(self, now: datetime) -> bool:
        """True where a promise has run out that nobody has kept yet."""
        return self.ran_out(now) or self.results_late(now)

    def ran_out(self, now: datetime) -> bool:
        """True where the clock that runs to a promise has run out."""
        return self.status in _PROMISED and self.due is not None and self.due <= now

    def results_late(self, now: datetime) -> bool:
        """True where the customer was to know by now what came of it (P9)."""
        return self.status in _OPEN and self.results_by is not None and self.results_by <= now

    @property
    def unattended(self) -> bool:
        """True where who is to solve it is away and will not be back before it is due."""
        away, due = self.absent, self.due
        if away is None or self.paused is not None:
            return False
        return away.until is None or due is None or away.until > due

    def with_management(self, now: datetime) -> bool:
        """True where management has it: escalated by hand, or by itself since a promise is broken (DE-20)."""
        return not self.closed and (self.escalated is not None or self.broken(now))


def standing_of(row: Any) -> Standing:
    """How a row stands that holds `COLUMNS`."""
    return Standing(
        row.status or "waiting",
        bool(row.read_at),
        row.contested is not None,
        from_text(row.clock_due) if row.clock_due else None,
        row.reply is not None or row.reason is not None,
        (row.pause_reason or "") if row.paused_at else None,
        (row.escalation or "") if row.escalated_at else None,
        from_text(row.results_by) if row.results_by else None,
        bool(row.gone),
        _absent_of(row),
    )


def _absent_of(row: Any) -> Absent | None:
    if row.away is None:
        return None
    return Absent(row.solver or "?", None if row.away == FAR else from_text(row.away))


def solver_told(view: StoreView, complaint: str) -> str:
    """That who is to solve a complaint is away, or has left; empty where they are there."""
    row = view.conn.execute(_SOLVES, {**moments(view), "id": complaint}).first()
    if row is not None and row.gone:
        return _("%(name)s has left") % {"name": row.solver or "?"}
    absent = _absent_of(row) if row is not None else None
    return absent.told(view) if absent else ""


@lru_cache(maxsize=1)
def broken() -> ColumnElement[bool]:
    """As `Standing.broken`, for SQL."""
    ran_out = and_(ComplaintRow.status.in_(_PROMISED), ComplaintRow.clock_due <= NOW)
    return or_(ran_out, _results_late())


def _results_late() -> ColumnElement[bool]:
    return and_(ComplaintRow.status.in_(_OPEN), ComplaintRow.results_by <= NOW)


@lru_cache(maxsize=1)
def with_management() -> ColumnElement[bool]:
    """As `Standing.with_management`, for SQL."""
    closed = and_(ComplaintRow.status == "closed", ComplaintRow.contested.is_(None))
    return and_(~closed, or_(ComplaintRow.escalated_at.is_not(None), broken()))


def in_sight(role: str, areas: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """The complaints of some areas (empty: of all); for a manager beside them what is with management elsewhere."""
    if not areas:
        return []
    mine = customer_in(ComplaintRow.customer, areas)
    if role != MANAGER:
        return [mine]
    return [or_(mine, and_(with_management(), managed_in(ComplaintRow.customer, areas)))]


@lru_cache(maxsize=1)
def needs_someone() -> ColumnElement[bool]:
    """Those that are red, but for what is closed to the last word, for SQL."""
    late = and_(ComplaintRow.status.in_(_RUNNING), ComplaintRow.clock_due <= NOW)
    unanswered = and_(ComplaintRow.reply.is_(None), ComplaintRow.reason.is_(None))
    solved = ComplaintRow.status.in_(("waiting", "solved"))
    away = and_(ComplaintRow.paused_at.is_(None), _away_until > func.coalesce(ComplaintRow.clock_due, ""))
    waits = or_(
        solved, unanswered, GONE.element, ComplaintRow.escalated_at.is_not(None), late, _results_late(), away
    )
    return or_(ComplaintRow.contested.is_not(None), and_(ComplaintRow.status != "closed", waits))


def complaint_state(view: StoreView, one: Standing) -> tuple[str, str]:
    """Red, amber or green, and why in a few words."""
    if why := _needs_you(view, one):
        return RED, why
    if one.status == "rejected":
        return GREEN, _("rejected: close")
    if one.paused is not None:
        return GREEN, _("paused: %(why)s") % {"why": one_line(one.paused)}
    return _running(view, one.status, one.due)


def _needs_you(view: StoreView, one: Standing) -> str:
    """Why it waits for somebody whatever its clock says; empty where it does not."""
    if one.contested:
        return _("contested: decided differently by two")
    if one.escalated is not None:
        return _("escalated: %(why)s") % {"why": one_line(one.escalated)}
    if one.status == "waiting":
        return _waiting(one, late=one.broken(view.now))
    found = (
        (not one.answered, _("the customer has no answer")),
        (one.gone, _("who was to solve it has left: give it to someone else")),
        (one.unattended, one.absent.told(view) if one.absent else ""),
        (one.status == "solved", _("solved: approve and close")),
        (one.results_late(view.now), _("what came of it is overdue")),
    )
    return next((why for holds, why in found if holds), "")


def _waiting(one: Standing, *, late: bool) -> str:
    if late:
        return _("read, the answer is late") if one.read else _("unread, the answer is late")
    return _("read, not answered") if one.read else _("unread")


def _running(view: StoreView, status: str, due: datetime | None) -> tuple[str, str]:
    word = _("decide") if status == "acknowledged" else _("solve")
    if due is None:
        return AMBER, _("no date is set")
    if due <= view.now:
        visited = status == "extra_work"
        return RED, _("the visit has been: close") if visited else _("%(what)s: overdue") % {"what": word}
    if due < day_bounds(view.now, view.zone)[1]:
        return AMBER, _("%(what)s today") % {"what": word}
    return (AMBER if status == "acknowledged" else GREEN), word
