"""What the team says and understands: reply templates, and words of customers that mean one of an agreement."""

from __future__ import annotations

from app.desk import View
from app.domain.content import PLACEHOLDER, braced, filled_in, placeholders_of
from app.domain.plain import visible
from app.domain.records import Synonym, Template
from app.frame.rows import Cell, Column, Runs, TableRow
from app.panes.common import Block, facts
from app.panes.history import history_block
from app.queries import wording
from app.queries.words import template_uses
from app.text import _

TEMPLATES = (
    Column("use", _("For"), width=12),
    Column("language", _("In"), width=3),
    Column("title", _("Template"), least=22),
    Column("id", _("Id"), width=20, drop=1, ink="muted"),
)
WORDS = (
    Column("word", _("Customers say"), least=16),
    Column("means", _("It means"), least=16),
)


def template_row(one: Template) -> TableRow:
    """A template: what it is for, in which language, and what it is called."""
    cells = (template_uses().get(one.use, one.use), one.language, one.title, one.external or "–")
    return TableRow(one.id, cells, dimmed=not one.active)


def template_blocks(view: View, one: Template) -> list[Block]:
    """A template as it is worded, and as a customer of the acting person's would read it."""
    known = " ".join(map(braced, placeholders_of(one.use)))
    told = (
        (_("for"), template_uses().get(one.use, one.use)),
        (_("language"), one.language),
        (_("id"), one.external or ""),
        (_("offered"), "" if one.active else _("no")),
    )
    read = visible(filled_in(one.text, wording.example(view, one.language)))
    return [
        ("", (Cell(one.title, "strong"),)),
        ("", facts(told)),
        (_("Worded"), tuple(_marked(line) for line in visible(one.text).split("\n"))),
        (_("As it is read"), tuple(read.split("\n"))),
        (_("Filled in"), (Cell(known, "muted"),)),
        *_history(view, one.id),
    ]


def _history(view: View, id_: str) -> list[Block]:
    """Who worded it when; nothing for what is as shipped."""
    heading, lines = history_block(view, id_)
    return [(heading, lines)] if lines else []


def _marked(line: str) -> Runs:
    """A line with what is filled in marked."""
    parts, end = [], 0
    for found in PLACEHOLDER.finditer(line):
        parts += [Cell(line[end : found.start()]), Cell(found.group(), "accent")]
        end = found.end()
    return (*parts, Cell(line[end:]))


def synonym_row(one: Synonym) -> TableRow:
    """A word, and what it means."""
    return TableRow(one.id, (one.word, Cell(one.means, "muted")))


def synonym_blocks(view: View, one: Synonym) -> list[Block]:
    """A word with who added it."""
    told = ((_("customers say"), one.word), (_("it means"), one.means))
    return [("", facts(told)), history_block(view, one.id)]
