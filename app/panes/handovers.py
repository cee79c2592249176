"""What colleagues hand over: the line that stands on the board until it is taken over, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.desk import View
from app.domain.plain import one_line, visible
from app.frame.rows import Cell, Column, Runs, TableRow, shown
from app.panes.common import Block, moment_words, snippet
from app.panes.team_exchange import clock_notice
from app.queries.handovers import HandoverLine
from app.text import _, ngettext

COLUMNS = (
    Column("at", _("When"), width=11),
    Column("by", _("From"), width=16),
    Column("text", _("What"), least=18),
    Column("taken", _("Taken over by"), width=16, drop=1),
)


def notice(
    view: View, off: tuple[tuple[str, timedelta], ...], waiting: Sequence[HandoverLine], key: str
) -> Runs:
    """What stands over the last decision: whose clock is off; what the first who hands over says."""
    said = clock_notice(off)
    runs: Runs = (Cell(f" ▲ {shown(said)} ", "amber"),) if said else ()
    return (*runs, *(_handover_line(view, waiting, key) if waiting else ()))


def _handover_line(view: View, waiting: Sequence[HandoverLine], key: str) -> Runs:
    """The oldest one in a line, with the key that takes it over; how many more there are."""
    first, more = waiting[0], len(waiting) - 1
    said = _("%(name)s hands over") % {"name": one_line(first.by)}
    head = (
        Cell(" ▸ ", "amber"), Cell(key, "key"), Cell(" ", ""), Cell(said, "due"),
        Cell(f" {moment_words(view, first.at)}  ", "muted"),
    )  # fmt: skip
    others = ngettext("%(n)d more · ", "%(n)d more · ", more) % {"n": more} if more else ""
    return (*head, Cell(others, "muted"), Cell(one_line(first.text)))


def handover_row(view: View, one: HandoverLine) -> TableRow:
    """A hand-over: when, from whom, what, and who took it over."""
    taken = Cell(one.acknowledged_by, "muted") if one.acknowledged_at else Cell(_("nobody yet"), "amber")
    cells = (moment_words(view, one.at), one.by, snippet(one.text), taken)
    return TableRow(one.id, cells, "" if one.acknowledged_at else "amber", one.acknowledged_at is not None)


def handover_blocks(view: View, one: HandoverLine) -> list[Block]:
    """A hand-over whole, with the word that came back."""
    said = " · ".join(filter(None, (moment_words(view, one.at), one.area)))
    head = (Cell(one.by, "strong"), Cell(said, "muted"))
    blocks: list[Block] = [("", head), (_("Handed over"), tuple(visible(one.text).split("\n")))]
    if one.acknowledged_at is None:
        return [*blocks, ("", (Cell(_("nobody has taken it over yet"), "amber"),))]
    when = f"{one.acknowledged_by}, {moment_words(view, one.acknowledged_at)}"
    return [*blocks, (_("Taken over"), (when, *visible(one.answer).split("\n")) if one.answer else (when,))]
