"""What the team says and understands: reply templates, cards, words of customers that mean one of an agreement."""

from __future__ import annotations

from app.desk import View
from app.domain.content import PLACEHOLDER, braced, filled_in, placeholders_of
from app.domain.kinds import attribute
from app.domain.plain import visible
from app.domain.records import Card, Synonym, Template
from app.frame.rows import Cell, Column, Runs, TableRow
from app.panes.common import Block, Line, facts
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
CARDS = (
    Column("language", _("In"), width=3),
    Column("left", _("Card that is left"), least=16),
    Column("filled", _("Card that is filled in"), least=16),
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


def card_row(one: Card) -> TableRow:
    """The cards in a language, by what heads them."""
    return TableRow(one.id, (one.external or "–", one.left, Cell(one.filled, "muted")))


def card_blocks(view: View, one: Card) -> list[Block]:
    """What is printed on the card that is left, and on the one that is filled in."""

    def printed(*names: str) -> tuple[Line, ...]:
        return tuple(Cell(getattr(one, attribute(name)), "muted") for name in ("for", *names))

    left = printed("reason", "returns", "customer_action", "name", "contact")
    filled = printed("date", "matter", "customer_contact", "responsible", "answer_by")
    return [(one.left, left), (one.filled, filled), *_history(view, one.id)]


def synonym_row(one: Synonym) -> TableRow:
    """A word, and what it means."""
    return TableRow(one.id, (one.word, Cell(one.means, "muted")))


def synonym_blocks(view: View, one: Synonym) -> list[Block]:
    """A word with who added it."""
    told = ((_("customers say"), one.word), (_("it means"), one.means))
    return [("", facts(told)), history_block(view, one.id)]
