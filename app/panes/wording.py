"""What the team says and understands: words of customers that mean one of an agreement."""

from __future__ import annotations

from app.desk import View
from app.domain.records import Synonym
from app.frame.rows import Cell, Column, TableRow
from app.panes.common import Block, facts
from app.panes.history import history_block
from app.text import _

WORDS = (
    Column("word", _("Customers say"), least=16),
    Column("means", _("It means"), least=16),
)


def synonym_row(one: Synonym) -> TableRow:
    """A word, and what it means."""
    return TableRow(one.id, (one.word, Cell(one.means, "muted")))


def synonym_blocks(view: View, one: Synonym) -> list[Block]:
    """A word with who added it."""
    told = ((_("customers say"), one.word), (_("it means"), one.means))
    return [("", facts(told)), history_block(view, one.id)]
