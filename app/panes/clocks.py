"""What a complaint's clocks say: what runs until when, what stands still, what was late; and who is to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.desk import View
from app.domain.complaint_life import DECIDE, REPLY, RESULTS, SOLVE
from app.domain.plain import one_line
from app.domain.records import Action, Complaint, Customer, Person
from app.frame.rows import Cell, Runs
from app.panes.common import (
    Block,
    Fact,
    Line,
    date_words,
    facts,
    moment_words,
    snippet,
    status_words,
    time_left,
)
from app.queries.subjects import name_of
from app.text import _


def clock_lines(view: View, complaint: Complaint) -> Iterable[Line]:
    """What hurries it, why the clock stands still; what management was told; which promises were not kept."""
    if complaint.urgent and complaint.status in ("waiting", "acknowledged"):
        yield (Cell("▲ ", "amber"), Cell(_("urgent: measures with their schedule by promise P8"), "amber"))
    if complaint.paused_at and complaint.status != "closed":
        since = _("paused since %(time)s: ") % {"time": moment_words(view, complaint.paused_at)}
        yield (Cell("‖ ", "amber"), Cell(since, "amber"), Cell(snippet(complaint.pause_reason or "–")))
    if complaint.escalated_at:
        who = name_of(view, Person, complaint.escalated_by)
        said = _("with management since %(time)s, %(who)s: ")
        told = said % {"time": moment_words(view, complaint.escalated_at), "who": who}
        yield (Cell("▲ ", "red"), Cell(told, "red"), Cell(snippet(complaint.escalation or "–")))
    for clock in complaint.late:
        if clock in _LATE:
            yield (Cell("▲ ", "amber"), Cell(_LATE[clock], "amber"))


_LATE = {
    REPLY: _("the first answer came too late"),
    DECIDE: _("it was decided too late"),
    SOLVE: _("it was solved too late"),
    RESULTS: _("the customer heard too late what came of it"),
}


def running(view: View, complaint: Complaint) -> Fact:
    """What becomes of it, and until when the clock runs."""
    state = status_words(complaint.status)
    if complaint.clock_due is None:
        return _("state"), state
    words = {
        "waiting": _("reply by"),
        "acknowledged": _("decide by"),
        "accepted": _("solve by"),
        "extra_work": _("visit"),
    }
    by = f"{words.get(complaint.status, _('due'))} {moment_words(view, complaint.clock_due)}"
    return state, (Cell(f"{by} · "), time_left(view, complaint.clock_due))


def actions_block(view: View, complaint: Complaint) -> Iterable[Block]:
    """The corrective actions that a complaint has started, those that are open first (DE-21)."""
    found = sorted(
        view.find(Action, complaint=complaint.id),
        key=lambda one: (one.done_on is not None, one.due or date.max, one.id),
    )
    if found:
        yield _("Corrective actions"), tuple(_action(view, one) for one in found)


def _action(view: View, action: Action) -> Runs:
    who = name_of(view, Person, action.owner)
    sign = Cell("✓ ", "green") if action.done_on else Cell("· ", "faint")
    return (sign, Cell(snippet(action.text or "–", 90)), Cell(f" · {who} · ", "muted"), _by(view, action))


def _by(view: View, action: Action) -> Cell:
    if action.done_on:
        return Cell(_("done %(day)s") % {"day": date_words(view, action.done_on)}, "muted")
    today = view.now.astimezone(view.zone).date()
    late = action.due is not None and action.due < today
    return Cell(date_words(view, action.due) if action.due else "–", "amber" if late else "")


def action_lines(view: View, action: Action) -> Iterable[Line]:
    """A corrective action: what, whose, by when, about which customer."""
    yield Cell(one_line(action.text or "–"), "strong")
    yield from facts(
        (
            (_("owner"), name_of(view, Person, action.owner)),
            (_("due"), (_by(view, action),)),
            (_("customer"), name_of(view, Customer, action.customer) if action.customer else ""),
            (_("came of it"), snippet(action.note or "")),
        )
    )
