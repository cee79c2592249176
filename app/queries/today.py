"""The triage queue of Today: what stops operations if nobody reacts comes first (DK-03 … DK-08).

Order: uncovered shifts by start, absences to approve, complaints by the clock that runs out first, then all
else by due time. What is with management stands above all of it for a manager (DE-20).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.instants import from_text, start_of_day, to_text
from app.domain.kinds import KINDS
from app.domain.plain import one_line
from app.domain.records import Absence
from app.queries.manning import FAR, acute, horizon, uncovered_soon
from app.queries.scope import Reference, customer_in, my_areas, person_in
from app.queries.set_aside import set_aside
from app.queries.standing import AMBER, COLUMNS, MANAGER, RED, complaint_state, in_sight, standing_of
from app.queries.subjects import subject
from app.queries.words import kind_word
from app.store.reading import to_record
from app.store.tables import (
    AbsenceRow,
    ActionRow,
    AreaRow,
    ComplaintRow,
    ConflictRow,
    ContactRow,
    CustomerRow,
    PersonRow,
    PlanLineRow,
    PlanRow,
    ShiftRow,
)
from app.store.view import StoreView
from app.text import _, ngettext

OPEN = ("waiting", "acknowledged", "accepted", "extra_work", "solved", "rejected")
"""A complaint is in the queue until it is closed."""
Scope = Callable[[Reference, tuple[str, ...]], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing in the queue. ``state``: red needs you, amber is due today, green is in hand.

    ``what`` says in two words what it is; ``cause`` is the absence behind an uncovered shift: approving works
    from there too. Of a corrective action it is the complaint. ``first``: it is with management, who looks.
    """

    kind: str
    id: str
    title: str
    state: str
    due: datetime | None
    reason: str
    what: str
    cause: str | None = None
    first: bool = False


def queue(view: StoreView, *, everywhere: bool = False) -> tuple[TodayItem, ...]:
    """Everything that is in the acting person's day (or, ``everywhere``, in the whole team's), in order."""
    areas = () if everywhere else my_areas(view)
    complaints = sorted(_complaints(view, areas), key=_by_due)
    unread = _set_aside(view)
    more = (*_conflicts(view), *_plan_rows(view, areas), *_follow_ups(view, areas), *_actions(view, areas))
    return (
        *(one for one in complaints if one.first),
        *_shifts(view, areas),
        *_absences(view, areas),
        *(one for one in complaints if not one.first),
        *unread,
        *sorted(more, key=_by_due),
    )


def is_clear(items: tuple[TodayItem, ...]) -> bool:
    """True when the day is clear: no shift unmanned, nothing unread or waiting (DK-12)."""
    return not any(item.state == RED for item in items)


def _by_due(item: TodayItem) -> tuple[bool, str, str]:
    return item.due is None, to_text(item.due) if item.due else "", item.id


def _within(column: Reference, areas: tuple[str, ...], scope: Scope) -> list[ColumnElement[bool]]:
    return [scope(column, areas)] if areas else []


def _shifts(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    query = (
        select(ShiftRow.id, ShiftRow.start, ShiftRow.person, CustomerRow.name, PersonRow.name.label("who"))
        .outerjoin(CustomerRow, CustomerRow.id == ShiftRow.customer)
        .outerjoin(PersonRow, PersonRow.id == ShiftRow.person)
        .where(*uncovered_soon(view, areas))
        .order_by(ShiftRow.start, ShiftRow.id)
    )
    for row in view.conn.execute(query):
        start = from_text(row.start)
        cause = _cause(view, row.person, row.start) if row.person else None
        reason = _("%(name)s is away") % {"name": row.who} if row.person else _("nobody is assigned")
        yield TodayItem("shift", row.id, row.name or "?", RED, start, reason, _("uncovered"), cause)


def _cause(view: StoreView, person: str, start: str) -> str | None:
    found = view.conn.execute(
        select(AbsenceRow.id)
        .where(AbsenceRow.person == person, AbsenceRow.status != "withdrawn")
        .where(func.coalesce(AbsenceRow.until, FAR) > start)
        .order_by(AbsenceRow.status != "reported", AbsenceRow.from_.desc())
        .limit(1)
    )
    return found.scalar()


def _absences(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    query = (
        select(*AbsenceRow.__table__.columns, PersonRow.name.label("who"))
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(or_(AbsenceRow.status == "reported", AbsenceRow.contested.is_not(None)))
        .order_by(AbsenceRow.from_, AbsenceRow.id)
    )
    for row in view.conn.execute(query.where(*_within(AbsenceRow.person, areas, person_in))).mappings():
        absence = to_record(Absence, row)
        what = kind_word(absence.kind)
        yield TodayItem(
            "absence", absence.id, row["who"] or "?", RED, absence.from_, _absence_reason(view, absence), what
        )
    yield from _left_uncovered(view, areas)


def _absence_reason(view: StoreView, absence: Absence) -> str:
    if absence.contested:
        return _("contested: decided differently by two")
    if not acute(view, absence):
        return _("to approve")
    if absence.called_at is None:
        return _("acute, has not called")
    return _("acute, called %(time)s") % {"time": f"{absence.called_at.astimezone(view.zone):%H:%M}"}


def _left_uncovered(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    """Approved absences with uncovered shifts after tomorrow: they stay red too (DK-12)."""
    query = (
        select(AbsenceRow.id, PersonRow.name, AbsenceRow.kind, func.min(ShiftRow.start), func.count())
        .join(ShiftRow, ShiftRow.person == AbsenceRow.person)
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(AbsenceRow.status == "approved", AbsenceRow.contested.is_(None), ShiftRow.status == "planned")
        .where(
            or_(AbsenceRow.until.is_(None), AbsenceRow.until > to_text(horizon(view))),
            ShiftRow.start >= to_text(horizon(view)),
        )
        .where(ShiftRow.start < func.coalesce(AbsenceRow.until, FAR), ShiftRow.end > AbsenceRow.from_)
        .group_by(AbsenceRow.id)
        .order_by(func.min(ShiftRow.start), AbsenceRow.id)
    )
    for id_, name, kind, first, count in view.conn.execute(
        query.where(*_within(AbsenceRow.person, areas, person_in))
    ):
        reason = ngettext("%(count)d later shift uncovered", "%(count)d later shifts uncovered", count)
        yield TodayItem(
            "absence",
            id_,
            name or "?",
            RED,
            from_text(str(first)),
            reason % {"count": count},
            kind_word(kind),
        )


def _complaints(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    query = (
        select(ComplaintRow.id, CustomerRow.name, PersonRow.name.label("lead"), *COLUMNS)
        .outerjoin(CustomerRow, CustomerRow.id == ComplaintRow.customer)
        .outerjoin(AreaRow, AreaRow.id == CustomerRow.area)
        .outerjoin(PersonRow, PersonRow.id == AreaRow.supervisor)
        .where(or_(ComplaintRow.status.in_(OPEN), ComplaintRow.contested.is_not(None)))
    )
    for row in view.conn.execute(query.where(*in_sight(view, areas))):
        one = standing_of(row)
        state, reason = complaint_state(view, one)
        if view.actor.role == MANAGER and row.lead:
            reason = f"{row.lead}: {reason}"
        first = view.actor.role == MANAGER and one.with_management(view.now)
        yield TodayItem(
            "complaint", row.id, row.name or "?", state, one.due, reason, _todo(one.status), first=first
        )


def _set_aside(view: StoreView) -> Iterator[TodayItem]:
    for one in set_aside(view):
        words = ngettext("%(count)d complaint: %(why)s", "%(count)d complaints: %(why)s", len(one.rows))
        reason = words % {"count": len(one.rows), "why": one_line(one.rows[0].why)}
        yield TodayItem("import", one.file, one_line(one.file), AMBER, None, reason, _("could not be read"))


def _todo(status: str) -> str:
    words = {
        "waiting": _("reply by"),
        "acknowledged": _("decide by"),
        "accepted": _("solve by"),
        "extra_work": _("visit"),
        "solved": _("approve"),
        "rejected": _("close"),
    }
    return words.get(status, _("decide"))


def _conflicts(view: StoreView) -> Iterator[TodayItem]:
    columns = (
        ConflictRow.id,
        ConflictRow.kind,
        ConflictRow.record,
        ConflictRow.fields,
        ConflictRow.contested,
    )
    for id_, kind, record, fields, contested in view.conn.execute(select(*columns).order_by(ConflictRow.id)):
        about = subject(view, kind, record) or KINDS[kind].one
        said = {"fields": ", ".join(json.loads(fields)).replace("_", " ")}
        reason = _("decided differently: %(fields)s") if contested else _("two values for %(fields)s")
        what = _("contested") if contested else _("two values")
        yield TodayItem("conflict", id_, about, RED, None, reason % said, what)


def _plan_rows(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    today = view.now.astimezone(view.zone).date()
    query = (
        select(PlanLineRow.id, PlanLineRow.row, PlanLineRow.due, CustomerRow.name)
        .join(PlanRow, PlanRow.id == PlanLineRow.plan)
        .outerjoin(CustomerRow, CustomerRow.id == PlanRow.customer)
        .where(PlanLineRow.due <= today.isoformat(), PlanLineRow.done_on.is_(None))
    )
    for row in view.conn.execute(query.where(*_within(PlanRow.customer, areas, customer_in))):
        due = start_of_day(_next_day(row.due), view.zone)
        late = row.due < today.isoformat()
        reason = _("plan row overdue") if late else _("plan row due today")
        yield TodayItem("row", row.id, f"{row.name or '?'} {row.row}", AMBER, due, reason, _("plan row"))


def _follow_ups(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    """What to come back to, until there is a contact on its day or later, or it is put off to another (NO-06).

    A card's stands before whoever was named to see to the answer too, wherever they work (FI-51). What was promised
    to a customer, on a card or about a complaint, stands until it is kept; all else for two weeks.
    """
    today = view.now.astimezone(view.zone).date()
    since = (today - timedelta(days=14)).isoformat()
    promised = or_(ContactRow.card.is_not(None), ContactRow.complaint.is_not(None))
    query = (
        select(ContactRow.id, ContactRow.follow_up, ContactRow.keywords, CustomerRow.name)
        .outerjoin(CustomerRow, CustomerRow.id == ContactRow.customer)
        .where(ContactRow.follow_up <= today.isoformat(), or_(ContactRow.follow_up >= since, promised))
    )
    later = aliased(ContactRow)
    on_the_day = func.substr(later.at, 1, 10) >= ContactRow.follow_up
    again = and_(later.follow_up.is_not(None), later.complaint.is_not_distinct_from(ContactRow.complaint))
    taken_up = exists().where(
        later.customer == ContactRow.customer, later.at > ContactRow.at, or_(on_the_day, again)
    )
    query = query.where(~taken_up)
    if within := _within(ContactRow.customer, areas, customer_in):
        query = query.where(or_(*within, ContactRow.responsible == view.actor.id))
    for row in view.conn.execute(query):
        words = (row.keywords or "[]").strip("[]").replace('"', "")
        due = start_of_day(_next_day(row.follow_up), view.zone)
        yield TodayItem(
            "follow_up",
            row.id,
            row.name or "?",
            AMBER,
            due,
            _("about: %(words)s") % {"words": words},
            _("follow up"),
        )


def _actions(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    """Corrective actions that are due, to their owners and to whoever leads where they belong (DE-21)."""
    today = view.now.astimezone(view.zone).date()
    query = (
        select(ActionRow.id, ActionRow.text, ActionRow.due, ActionRow.complaint, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == ActionRow.owner)
        .where(ActionRow.done_on.is_(None), or_(ActionRow.due <= today.isoformat(), ActionRow.due.is_(None)))
    )
    if areas:
        about = and_(ActionRow.customer.is_not(None), customer_in(ActionRow.customer, areas))
        general = and_(ActionRow.customer.is_(None), person_in(ActionRow.owner, areas))
        query = query.where(or_(ActionRow.owner == view.actor.id, about, general))
    for row in view.conn.execute(query):
        day = row.due or today.isoformat()
        reason = _("overdue: %(what)s") if day < today.isoformat() else _("due today: %(what)s")
        said = reason % {"what": one_line(row.text or "")}
        due = start_of_day(_next_day(day), view.zone)
        who = row.name or "?"
        yield TodayItem("action", row.id, who, AMBER, due, said, _("corrective action"), row.complaint)


def _next_day(day: str) -> date:
    return date.fromisoformat(day) + timedelta(days=1)
