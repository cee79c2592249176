"""The list of complaints as rows; what the customer wrote and what became of it; and the evidence beside it."""

from __future__ import annotations

from collections.abc import Iterable

from app.desk import View
from app.domain.evidence import Match, marked
from app.domain.records import Agreement, Complaint, Contact, Customer, Person
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.agreements import cited_lines, sign
from app.panes.clocks import actions_block, clock_lines, running
from app.panes.common import (
    Block,
    Fact,
    Line,
    date_words,
    facts,
    labelled,
    moment_words,
    snippet,
    status_words,
    time_left,
)
from app.panes.contested import contested_blocks
from app.panes.history import history_block
from app.queries import complaints
from app.queries import evidence as known
from app.queries.complaints import ComplaintLine
from app.queries.evidence import Evidence, OpenRow
from app.queries.repeats import Repeats, same_item
from app.queries.standing import AMBER, GREEN, RED, solver_told
from app.queries.subjects import name_of
from app.queries.wanted import Wanted
from app.queries.words import channel_word
from app.text import _, ngettext

COLUMNS = (
    Column("customer", _("Customer"), least=16),
    Column("received", _("Received"), width=11),
    Column("channel", _("By"), width=9, drop=2, ink="muted"),
    Column("state", _("State"), width=12, drop=1),
    Column("again", "", width=2),
    Column("clock", _("Clock"), width=11, align="right"),
)
AGAIN = "↻"
"""Marks a complaint about an item that was complained of before, and how often."""
_NOTHING: tuple[Line, ...] = (Cell(_("nothing"), "muted"),)
SHOWN, OTHERS = 6, 6
"""How many items of the agreement are shown that fit, and that do not."""
_STATES: dict[str, State] = {RED: "red", AMBER: "amber", GREEN: "green"}


def page(view: View, wanted: Wanted, start: int, size: int) -> list[TableRow]:
    """A page of the list."""
    return [_row(view, line) for line in complaints.lines(view, wanted, start, size)]


def _row(view: View, line: ComplaintLine) -> TableRow:
    cells = (
        Cell(line.customer, "strong" if line.unread else ""),
        moment_words(view, line.received_at),
        channel_word(line.channel),
        _state(line),
        Cell(f"{AGAIN}{min(line.repeats, 9)}", "amber") if line.repeats else Cell(""),
        Cell(_("paused"), "muted") if line.paused else time_left(view, line.due),
    )
    return TableRow(line.id, cells, _STATES.get(line.state, ""), dimmed=not line.state)


def _state(line: ComplaintLine) -> Cell:
    if line.contested:
        return Cell(_("contested"), "red")
    if line.escalated:
        return Cell(_("escalated"), "red")
    return Cell(_("unread"), "strong") if line.unread else Cell(status_words(line.status))


def blocks(view: View, id_: str) -> list[Block]:
    """All about one complaint: the clock, the customer's words, the reply, the decision, contacts, history."""
    complaint = view.get(Complaint, id_)
    if complaint is None:
        return []
    head, *rest = complaint_blocks(view, complaint, known.evidence(view, complaint))
    told = [head, *contested_blocks(view, id_), *rest]
    if contacts := known.contacts_about(view, id_):
        told.append((_("Contacts"), tuple(line for one in contacts for line in _contact(view, one))))
    told.extend(actions_block(view, complaint))
    return [*told, history_block(view, id_)]


def complaint_blocks(view: View, complaint: Complaint, found: Evidence) -> list[Block]:
    """A complaint: the clock, what the customer wrote with the words that fit, what was answered and decided."""
    words = frozenset(word for match in found.fitting[:SHOWN] for word in match.words)
    wrote = tuple(_marked(line, words) for line in complaint.text.split("\n"))
    told: list[Block] = [("", tuple(_head(view, complaint, found))), (_("The customer wrote"), wrote)]
    if complaint.reply and complaint.replied_at:
        when = moment_words(view, complaint.replied_at)
        told.append((_("Answered %(time)s") % {"time": when}, tuple(complaint.reply.split("\n"))))
    if complaint.told and complaint.told_at:
        when = moment_words(view, complaint.told_at)
        told.append((_("Told %(time)s") % {"time": when}, tuple(complaint.told.split("\n"))))
    if decided := _decided(view, complaint):
        told.append((_("Decided"), tuple(decided)))
    return told


def _head(view: View, complaint: Complaint, found: Evidence) -> Iterable[Line]:
    customer = view.get(Customer, complaint.customer)
    yield Cell(customer.name if customer else "?", "strong")
    received = f"{moment_words(view, complaint.received_at)} · {channel_word(complaint.channel)}"
    decided = complaint.talk_needed is not None
    talk = (_("yes") if complaint.talk_needed else _("no")) if decided else ""
    due = complaint.results_by if complaint.status != "closed" else None
    results = (_("results by"), moment_words(view, due) if due else "")
    told = ((_("received"), received), running(view, complaint), results, (_("needs a talk"), talk))
    yield from facts(told)
    yield from clock_lines(view, complaint)
    yield from _again(view, complaint)
    if (
        not decided
        and complaint.status in ("waiting", "acknowledged")
        and _calls_for_a_talk(view, complaint, found)
    ):
        yield Cell(_("▲ its words fit nothing agreed: does it need a talk? (t, L)"), "amber")


def _again(view: View, complaint: Complaint) -> Iterable[Line]:
    """How often it has come, and what is proposed (SE C-5)."""
    before = Repeats(view).of(complaint)
    last = view.get(Complaint, before[0]) if before else None
    if last is not None:
        what = {"count": len(before), "days": view.repeat_days, "when": moment_words(view, last.received_at)}
        told = ngettext(
            "%(count)d earlier about this item in %(days)d days, %(when)s",
            "%(count)d earlier about this item in %(days)d days, the last %(when)s", len(before),
        )  # fmt: skip
        yield Cell(f"{AGAIN} {told % what}", "amber")
        if complaint.status != "closed":
            yield Cell(_("  a quality check is due (Q), or onboarding again (O)"), "muted")


def _calls_for_a_talk(view: View, complaint: Complaint, found: Evidence) -> bool:
    return found.vague and not known.contacts_about(view, complaint.id, 1)


def _decided(view: View, complaint: Complaint) -> Iterable[Line]:
    found: list[Line] = []
    told: list[Fact] = []
    if complaint.plan:
        who = name_of(view, Person, complaint.assignee)
        due = moment_words(view, complaint.solve_by) if complaint.solve_by else "–"
        found.append(complaint.plan)
        told.append((_("by"), f"{due} · {who}"))
        if away := solver_told(view, complaint.id):
            found.append(Cell(_("▲ %(away)s: give it to someone else?") % {"away": away}, "amber"))
    found += cited_lines(view, complaint)
    if complaint.reason and complaint.reason in (complaint.reply, complaint.told):
        found.append(Cell(_("the answer says why it is rejected"), "muted"))
    else:
        told.append((_("because"), complaint.reason or ""))
    if complaint.extra_work:
        when = moment_words(view, complaint.when) if complaint.when else "–"
        found.append(complaint.extra_work)
        told.append((_("agreed with"), f"{complaint.agreed_with or '–'} · {when}"))
    if complaint.solved_at:
        told.append((_("solved"), _and(moment_words(view, complaint.solved_at), complaint.note)))
    if complaint.closed_at:
        who = name_of(view, Person, complaint.closed_by)
        told.append((_("closed"), _and(moment_words(view, complaint.closed_at), who)))
    return [*found, *facts(told)]


def _and(*said: str | None) -> str:
    return " · ".join(filter(None, said))


def _marked(text: str, words: frozenset[str], ink: str = "") -> Runs:
    return tuple(Cell(part, "mark" if hit else ink) for part, hit in marked(text, words) if part)


def agreed_block(complaint: Complaint, found: Evidence) -> Block:
    """The items of the agreement that the complaint's words fit (DK-25), or that none does."""
    lines = tuple(_item(one, complaint) for one in found.fitting[:SHOWN])
    return _("Agreed"), lines or (Cell(_("no item of the agreement fits"), "amber"),)


def _item(match: Match, complaint: Complaint) -> Runs:
    item = match.item
    cited = (Cell(f" · {_('cited')}", "accent"),) if complaint.agreement == item.id else ()
    return (sign(item), *_marked(item.label, match.said), *cited)


def evidence_blocks(view: View, id_: str) -> list[Block]:
    """What speaks for and against: the agreement, earlier complaints, the service plan, the last contact."""
    complaint = view.get(Complaint, id_)
    if complaint is None:
        return []
    found = known.evidence(view, complaint)
    heading, agreed = agreed_block(complaint, found)
    if not found.fitting and found.others:
        agreed = (*agreed, Cell(_("  = says which of its words means one"), "muted"))
    last = known.last_contact(view, complaint.customer)
    contact = tuple(_contact(view, last)) if last else (Cell(_("none is on file"), "muted"),)
    return [
        (heading, agreed),
        _before(view, complaint, found),
        _plan(view, complaint.customer),
        (_("Last contact"), contact),
        (
            _("Also agreed") if found.fitting else _("What is agreed"),
            tuple(_others(found.others)) or _NOTHING,
        ),
    ]


def _others(items: tuple[Agreement, ...]) -> Iterable[Line]:
    for item in items[:OTHERS]:
        yield (Cell("✓ " if item.included else "× ", "faint"), Cell(item.label, "muted"))
    if len(items) > OTHERS:
        yield Cell(_("and %(count)d more") % {"count": len(items) - OTHERS}, "muted")


def _before(view: View, complaint: Complaint, found: Evidence) -> Block:
    """Earlier complaints about the item that is cited, else about the one that fits best: named where others fit."""
    item = view.get(Agreement, complaint.agreement) or found.best
    lines: list[Line] = [
        (
            Cell(f"{moment_words(view, one.received_at)} ", "muted"),
            Cell(f"{status_words(one.status)} "),
            Cell(snippet(one.text, 90), "muted"),
        )
        for one in same_item(view, complaint, item, found.index)
    ]
    if item and lines and len(found.fitting) > 1:
        lines.insert(0, Cell(item.task))
    return _("Same item, last half year"), tuple(lines) or _NOTHING


def _plan(view: View, customer: str) -> Block:
    rows, total = known.open_rows(view, customer)
    lines: list[Line] = [_plan_row(view, one) for one in rows]
    if total > len(rows):
        lines.append(Cell(_("%(total)d open rows in all") % {"total": total}, "muted"))
    return _("Service plan, open"), tuple(lines) or _NOTHING


def _plan_row(view: View, row: OpenRow) -> Runs:
    today = view.now.astimezone(view.zone).date()
    late = row.due is not None and row.due < today
    due = f" {date_words(view, row.due)}" if row.due else ""
    who = f" · {row.responsible}" if row.responsible else ""
    sign = Cell("▲ ", "amber") if late else Cell("· ", "faint")
    return (
        sign,
        Cell(f"{row.code} "),
        Cell(row.title),
        Cell(due, "amber" if late else "muted"),
        Cell(who, "muted"),
    )


def _contact(view: View, one: Contact) -> Iterable[Line]:
    who = name_of(view, Person, one.person)
    yield labelled(
        moment_words(view, one.at), f"{channel_word(one.channel)} · {who} · {', '.join(one.keywords)}"
    )
    if one.text:
        yield (Cell("  "), Cell(snippet(one.text, 200), "muted"))
    if one.follow_up:
        yield labelled(_("  come back to it"), date_words(view, one.follow_up))
