"""What is behind an item: the detail pane's text for every kind of item in the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.desk import View
from app.domain.conflicts import Contest
from app.domain.plain import one_line
from app.domain.records import Absence, Action, Complaint, Contact, Customer, Person, Plan, PlanRow, Shift
from app.frame.rows import Cell
from app.panes.clocks import action_lines
from app.panes.common import (
    Block,
    Fact,
    Line,
    clock_time,
    date_words,
    facts,
    moment_words,
    period_words,
    snippet,
    span_words,
    status_words,
)
from app.panes.complaints import agreed_block, complaint_blocks
from app.panes.contested import conflict_blocks
from app.panes.substitutes import substitutes
from app.queries.absences import open_visits
from app.queries.evidence import evidence
from app.queries.manning import acute
from app.queries.set_aside import set_aside_of
from app.queries.subjects import name_of
from app.queries.today import TodayItem
from app.queries.words import channel_word, kind_word
from app.text import _

Blocks = list[Block]


def detail(view: View, item: TodayItem) -> tuple[str, Blocks]:
    """The pane's title and blocks for an item of the queue."""
    return _DETAILS[item.kind](view, item)


def shift_blocks(view: View, shift: Shift) -> Blocks:
    """A visit: where and when, who was to go, why nobody does, and who could."""
    customer = view.get(Customer, shift.customer)
    skills = f" · {', '.join(shift.skills)}" if shift.skills else ""
    head: list[Line] = [
        Cell(customer.name if customer else "?", "strong"),
        Cell(f"{span_words(view, shift.start, shift.end)}{skills}", "muted"),
    ]
    if customer and customer.address:
        head.append(Cell(customer.address, "muted"))
    return [("", tuple(head)), _why(view, shift), substitutes(view, shift.id)]


def _why(view: View, shift: Shift) -> Block:
    if shift.person is None:
        return _("Why"), (_("nobody is assigned"),)
    absences = view.absences_between(shift.person, shift.start, shift.end)
    return _("Why"), tuple(absence_line(view, one) for one in absences) or (
        name_of(view, Person, shift.person),
    )


def absence_line(view: View, absence: Absence) -> str:
    """An absence in a line: who, what kind, since when, and whether they called."""
    said = _("%(name)s, %(kind)s from %(time)s") % {
        "name": name_of(view, Person, absence.person),
        "kind": kind_word(absence.kind),
        "time": moment_words(view, absence.from_),
    }
    if absence.called_at:
        said += _(", called you %(time)s") % {"time": clock_time(view, absence.called_at)}
    return f"{said} · {status_words(absence.status)}"


def absence_blocks(view: View, absence: Absence) -> Blocks:
    """An absence: since when and how reported, the visits it concerns, and substitutes for the first uncovered."""
    until = "" if absence.until else f" {_('open-ended')}"
    told: list[Fact] = [
        (kind_word(absence.kind), period_words(view, absence.from_, absence.until) + until),
        (_("state"), _absence_state(view, absence)),
    ]
    if absence.reported_at:
        how = channel_word(absence.reported_by)
        told.append((_("reported"), f"{moment_words(view, absence.reported_at)} · {how}"))
    if acute(view, absence):
        called = _("has not called you: approving asks when they did")
        if absence.called_at:
            called = _("called you %(time)s") % {"time": moment_words(view, absence.called_at)}
        told.append((Cell(_("acute"), "red"), called))
    told.append((_("note"), snippet(absence.note or "")))
    blocks: Blocks = [("", (Cell(name_of(view, Person, absence.person), "strong"), *facts(told)))]
    if visits := view.shifts_of_absent(absence.person, absence.from_, absence.until):
        blocks.append((_("Visits"), tuple(_visits(view, absence, visits))))
    uncovered = open_visits(view, absence)
    if not uncovered:
        return blocks
    heading, lines = substitutes(view, uncovered[0].id)
    return [*blocks, (f"{heading} · {_visit_words(view, uncovered[0])}", lines)]


def _absence_state(view: View, absence: Absence) -> str:
    said = status_words(absence.status)
    if absence.status == "approved" and absence.approved_at:
        who = name_of(view, Person, absence.approved_by)
        said += f" · {moment_words(view, absence.approved_at)} {who}"
    return said


_ROWS = 12
VISITS = 8
"""How many of an absence's visits are shown."""


def _visits(view: View, absence: Absence, visits: list[Shift]) -> Iterator[Line]:
    """The visits still to come, then (where there is room) those that are over."""
    coming = [one for one in visits if one.end > view.now]
    past = [one for one in visits if one.end <= view.now]
    for one in (*coming, *past)[:VISITS]:
        yield _visit(view, absence, one)
    if len(visits) > VISITS:
        yield Cell(_("and %(count)d more") % {"count": len(visits) - VISITS}, "muted")


def _visit(view: View, absence: Absence, shift: Shift) -> Line:
    where = _visit_words(view, shift)
    withdrawn = absence.status == "withdrawn"
    if shift.person != absence.person:
        who = view.get(Person, shift.person)
        phone = f"  {who.phone}" if who and who.phone else ""
        name = who.name if who else "–"
        return (Cell("✓ ", "green"), Cell(f"{where}  "), Cell(name, "green"), Cell(phone, "muted"))
    if shift.end <= view.now or withdrawn:
        said = "" if withdrawn else _("was not covered")
        return (Cell("· ", "faint"), Cell(f"{where}  {said}", "muted"))
    return (Cell("● ", "red"), Cell(f"{where}  "), Cell(_("uncovered"), "red"))


def _visit_words(view: View, shift: Shift) -> str:
    return f"{span_words(view, shift.start, shift.end)} {name_of(view, Customer, shift.customer)}"


def _shift(view: View, item: TodayItem) -> tuple[str, Blocks]:
    shift = view.get(Shift, item.id)
    return _("Uncovered shift"), shift_blocks(view, shift) if shift else []


def _absence(view: View, item: TodayItem) -> tuple[str, Blocks]:
    absence = view.get(Absence, item.id)
    return _("Absence"), absence_blocks(view, absence) if absence else []


def _complaint(view: View, item: TodayItem) -> tuple[str, Blocks]:
    complaint = view.get(Complaint, item.id)
    if complaint is None:
        return _("Complaint"), []
    found = evidence(view, complaint)
    return _("Complaint"), [*complaint_blocks(view, complaint, found), agreed_block(complaint, found)]


def _row(view: View, item: TodayItem) -> tuple[str, Blocks]:
    row = view.get(PlanRow, item.id)
    plan = view.get(Plan, row.plan) if row else None
    if row is None or plan is None:
        return _("Plan row"), []
    head: list[Line] = [
        Cell(f"{name_of(view, Customer, plan.customer)} · {row.row}", "strong"),
        *(Cell(title) for title in row.titles),
        *facts(
            (
                (_("responsible"), name_of(view, Person, row.responsible)),
                (_("due"), date_words(view, row.due) if row.due else "–"),
            )
        ),
    ]
    return _("Plan row"), [
        ("", tuple(head)),
        (_("Think about"), tuple(f"· {one}" for one in row.think_about)),
    ]


def _follow_up(view: View, item: TodayItem) -> tuple[str, Blocks]:
    contact = view.get(Contact, item.id)
    if contact is None:
        return _("Follow-up"), []
    to_answer = name_of(view, Person, contact.responsible) if contact.responsible else ""
    told = (
        (_("when"), f"{moment_words(view, contact.at)} · {channel_word(contact.channel)}"),
        (_("who"), name_of(view, Person, contact.person)),
        (_("about"), ", ".join(contact.keywords)),
        (_("sees to the answer"), to_answer),
    )
    head = (Cell(name_of(view, Customer, contact.customer), "strong"), *facts(told))
    return _("Follow-up"), [("", head), (_("What was said"), (contact.text or "–",))]


def _conflict(view: View, item: TodayItem) -> tuple[str, Blocks]:
    contest = view.get(Contest, item.id)
    return _("Conflict"), conflict_blocks(view, contest) if contest else []


def _action(view: View, item: TodayItem) -> tuple[str, Blocks]:
    action = view.get(Action, item.id)
    if action is None:
        return _("Corrective action"), []
    blocks: Blocks = [("", tuple(action_lines(view, action)))]
    complaint = view.get(Complaint, action.complaint)
    if complaint is not None:
        blocks += complaint_blocks(view, complaint, evidence(view, complaint))
    return _("Corrective action"), blocks


def _unread(view: View, item: TodayItem) -> tuple[str, Blocks]:
    """The rows of an export that are no complaint yet: a customer's words may stand in each."""
    rows = set_aside_of(view, item.id)
    told: Blocks = [
        (
            "",
            (
                Cell(one_line(item.id), "strong"),
                Cell(_("N takes one down; read again whole, all are in"), "muted"),
            ),
        )
    ]
    for one in rows[:_ROWS]:
        cells = facts((name, snippet(said)) for name, said in one.cells.items())
        told.append((_("Row %(number)d") % {"number": one.row}, (Cell(one.why, "amber"), *cells)))
    if len(rows) > _ROWS:
        told.append(("", (Cell(_("and %(count)d more") % {"count": len(rows) - _ROWS}, "muted"),)))
    return _("Could not be read"), told


_DETAILS: dict[str, Callable[[View, TodayItem], tuple[str, Blocks]]] = {
    "shift": _shift,
    "absence": _absence,
    "complaint": _complaint,
    "row": _row,
    "follow_up": _follow_up,
    "conflict": _conflict,
    "action": _action,
    "import": _unread,
}
