"""The triage queue of Today: what stops operations if nobody reacts comes first (DK-03 … DK-08).

Order: uncovered shifts by start, absences to approve, complaints by the clock that runs out first, then all
else by due time. What is with management stands above all of it for a manager (DE-20).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.instants import from_text, start_of_day, to_text
from app.domain.kinds import KINDS
from app.domain.plain import one_line
from app.domain.records import Absence
from app.queries import today_rows
from app.queries.manning import acute
from app.queries.moments import moments
from app.queries.scope import my_areas
from app.queries.set_aside import set_aside
from app.queries.standing import AMBER, MANAGER, RED, complaint_state, standing_of
from app.queries.subjects import subject
from app.queries.words import kind_word
from app.store.reading import to_record
from app.store.view import StoreView
from app.text import _, ngettext


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing in the queue. ``state``: red needs you, amber is due today, green is in hand.

    ``what`` says in two words what it is; ``cause`` is the absence behind an uncovered shift: approving works
    from there too. Of a corrective action it is the complaint. ``first``: it is with management, who looks.
    ``wrote`` is how the customer's words begin, where the reason adds nothing to what the clock says.
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
    wrote: str = ""


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


def _shifts(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    for row in view.conn.execute(today_rows.shifts(areas), moments(view)):
        reason = _("%(name)s is away") % {"name": row.who} if row.person else _("nobody is assigned")
        start = from_text(row.start)
        yield TodayItem("shift", row.id, row.name or "?", RED, start, reason, _("uncovered"), row.cause)


def _absences(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    for row in view.conn.execute(today_rows.absences(areas)).mappings():
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
    found = view.conn.execute(today_rows.left_uncovered(areas), moments(view))
    for id_, name, kind, first, count in found:
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
    for row in view.conn.execute(today_rows.complaints(view.actor.role, areas), moments(view)):
        one = standing_of(row)
        state, reason = complaint_state(view, one)
        if view.actor.role == MANAGER and row.lead:
            reason = f"{row.lead}: {reason}"
        first = view.actor.role == MANAGER and one.with_management(view.now)
        running = state != RED and one.due is not None and one.paused is None and one.status != "rejected"
        wrote = one_line(row.wrote or "") if running else ""
        yield TodayItem(
            "complaint",
            row.id,
            row.name or "?",
            state,
            one.due,
            reason,
            _todo(one.status),
            None,
            first,
            wrote,
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
    for id_, kind, record, fields, contested in view.conn.execute(today_rows.CONFLICTS):
        about = subject(view, kind, record) or KINDS[kind].one
        said = {"fields": ", ".join(json.loads(fields)).replace("_", " ")}
        reason = _("decided differently: %(fields)s") if contested else _("two values for %(fields)s")
        what = _("contested") if contested else _("two values")
        yield TodayItem("conflict", id_, about, RED, None, reason % said, what)


def _plan_rows(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    today = view.now.astimezone(view.zone).date()
    for row in view.conn.execute(today_rows.plan_rows(areas), moments(view)):
        due = start_of_day(_next_day(row.due), view.zone)
        late = row.due < today.isoformat()
        reason = _("plan row overdue") if late else _("plan row due today")
        yield TodayItem("row", row.id, f"{row.name or '?'} {row.row}", AMBER, due, reason, _("plan row"))


def _follow_ups(view: StoreView, areas: tuple[str, ...]) -> Iterator[TodayItem]:
    """What to come back to, until there is a contact on its day or later, or it is put off to another (NO-06).

    A card's stands before whoever was named to see to the answer too, wherever they work (FI-51). What was promised
    to a customer, on a card or about a complaint, stands until it is kept; all else for two weeks.
    """
    for row in view.conn.execute(today_rows.follow_ups(areas), moments(view)):
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
    for row in view.conn.execute(today_rows.actions(areas), moments(view)):
        day = row.due or today.isoformat()
        reason = _("overdue: %(what)s") if day < today.isoformat() else _("due today: %(what)s")
        said = reason % {"what": one_line(row.text or "")}
        due = start_of_day(_next_day(day), view.zone)
        who = row.name or "?"
        yield TodayItem("action", row.id, who, AMBER, due, said, _("corrective action"), row.complaint)


def _next_day(day: str) -> date:
    return date.fromisoformat(day) + timedelta(days=1)
