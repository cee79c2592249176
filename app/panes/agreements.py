"""What was agreed with customers, item by item, as it stands and as it was (DK-25)."""

from __future__ import annotations

from app.desk import View
from app.domain.plain import visible
from app.domain.records import Agreement, Complaint, Customer
from app.frame.rows import Cell, Column, TableRow
from app.panes.common import Block, Line, date_words, facts, moment_words, snippet, status_words
from app.panes.history import history_block
from app.queries.subjects import name_of
from app.text import _

COLUMNS = (
    Column("customer", _("Customer"), least=14),
    Column("task", _("Agreed"), least=18),
    Column("place", _("Where"), width=16, drop=2, ink="muted"),
    Column("frequency", _("How often"), width=14, drop=1),
)
_CITING = 5
"""So many complaints that were decided on the item are shown."""


def sign(item: Agreement) -> Cell:
    """Whether it is done as part of the agreement."""
    return Cell("✓ ", "green") if item.included else Cell("× ", "amber")


def agreement_row(item: Agreement, customer: str) -> TableRow:
    """An item; one that was withdrawn is dimmed, and says so."""
    often = Cell(_("withdrawn"), "amber") if item.withdrawn_on else Cell(item.frequency or "")
    cells = (customer, (sign(item), Cell(item.task)), item.place or "", often)
    return TableRow(item.id, cells, dimmed=item.withdrawn_on is not None)


def agreement_blocks(view: View, item: Agreement) -> list[Block]:
    """An item whole: what else was agreed, what was decided on it, and how it came to say so."""
    told = (
        (_("customer"), name_of(view, Customer, item.customer)),
        (_("where"), item.place or ""),
        (_("how often"), item.frequency or ""),
        (_("included"), _("yes") if item.included else _("no")),
        (_("withdrawn"), date_words(view, item.withdrawn_on) if item.withdrawn_on else ""),
    )
    blocks: list[Block] = [("", ((sign(item), Cell(item.task, "strong")),)), ("", facts(told))]
    if item.note:
        blocks.append((_("What else was agreed"), tuple(visible(item.note).split("\n"))))
    citing = sorted(view.find(Complaint, agreement=item.id), key=lambda one: one.received_at, reverse=True)
    if citing:
        blocks.append((_("Decided on it"), tuple(_citing(view, one) for one in citing[:_CITING])))
    return [*blocks, history_block(view, item.id)]


def _citing(view: View, one: Complaint) -> Line:
    when = Cell(f"{moment_words(view, one.received_at)} ", "muted")
    return (when, Cell(f"{status_words(one.status)} "), Cell(snippet(one.text, 90), "muted"))


def cited_lines(view: View, complaint: Complaint) -> list[Line]:
    """What the item that was decided on said then, and what it says now where that is something else."""
    item = view.get(Agreement, complaint.agreement)
    if item is None:
        return []
    then = complaint.agreement_text or item.label
    lines: list[Line] = [(Cell(f"{_('agreed')} ", "muted"), Cell(then))]
    if item.withdrawn_on:
        said = _("withdrawn %(day)s") % {"day": date_words(view, item.withdrawn_on)}
        lines.append(Cell(f"  {said}", "amber"))
    elif item.label != then:
        lines.append(Cell("  " + _("it says now: %(item)s") % {"item": item.label}, "amber"))
    return lines
