"""The team's lines: conflicts side by side, people, customers with what was agreed, contacts, the exchange."""

from __future__ import annotations

from collections.abc import Iterator

from app.desk import View
from app.domain.conflicts import Contest
from app.domain.plain import visible
from app.domain.records import Customer, Module, Person
from app.frame.lines import Part
from app.frame.rows import Cell, Column, TableRow
from app.panes import agreements, handovers, promised, team_exchange, wording
from app.panes.agreements import sign
from app.panes.common import Block, Line, date_words, facts, labelled, moment_words
from app.panes.contested import contest_words, writer_words
from app.queries.team import ContactLine, agreement
from app.queries.words import channel_word, role_words
from app.text import _

SECTIONS = (
    "conflicts",
    "people",
    "customers",
    "agreements",
    "contacts",
    "handovers",
    "promises",
    "areas",
    "templates",
    "cards",
    "synonyms",
    "exchange",
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "conflicts": (
        Column("about", _("About"), least=16),
        Column("fields", _("Differs in"), width=16, drop=1),
        Column("sides", _("Between"), share=2, least=20),
    ),
    "people": (
        Column("name", _("Name"), least=18),
        Column("role", _("Role"), width=17),
        Column("phone", _("Phone"), width=15, drop=1),
        Column("skills", _("Skills"), least=14, drop=2),
    ),
    "customers": (
        Column("name", _("Customer"), least=18),
        Column("address", _("Address"), least=18, drop=1),
        Column("items", _("Agreed"), width=7, align="right"),
    ),
    "agreements": agreements.COLUMNS,
    "contacts": (
        Column("at", _("When"), width=11),
        Column("customer", _("Customer"), least=16),
        Column("keywords", _("Keywords"), least=14),
        Column("person", _("Who"), width=16, drop=1),
    ),
    "handovers": handovers.COLUMNS,
    "promises": promised.PROMISES,
    "areas": promised.AREAS,
    "templates": wording.TEMPLATES,
    "cards": wording.CARDS,
    "synonyms": wording.WORDS,
    "exchange": team_exchange.COLUMNS,
}


def section_words(section: str) -> str:
    """A section's name."""
    words = {
        "conflicts": _("Conflicts"),
        "people": _("People"),
        "customers": _("Customers"),
        "agreements": _("Agreements"),
        "contacts": _("Contacts"),
        "handovers": _("Hand-overs"),
        "promises": _("Promises"),
        "areas": _("Areas"),
        "templates": _("Templates"),
        "cards": _("Cards"),
        "synonyms": _("Words"),
        "exchange": _("Exchange"),
    }
    return words[section]


def one_words(section: str) -> str:
    """What one item of a section is."""
    words = {
        "conflicts": _("Conflict"),
        "people": _("Person"),
        "customers": _("Customer"),
        "agreements": _("Agreement"),
        "contacts": _("Contact"),
        "handovers": _("Hand-over"),
        "promises": _("Promise"),
        "areas": _("Area"),
        "templates": _("Template"),
        "cards": _("Cards"),
        "synonyms": _("Word"),
    }
    return words.get(section, section_words(section))


def section_tabs(current: str, conflicts: int, waiting: int) -> Iterator[Part]:
    """The lists side by side, with how much waits in them."""
    counts = {"conflicts": conflicts, "handovers": waiting}
    for section in SECTIONS:
        name = Cell(f" {section_words(section)} ", "current" if section == current else "muted")
        count = counts.get(section)
        yield Part(section, (name, *((Cell(f"{count} ", "badge"),) if count else ())))


def conflict_row(view: View, one: Contest) -> TableRow:
    """What contends, in which fields, between whom."""
    who = " / ".join(writer_words(view, side) for side in one.sides)
    about, _said = contest_words(view, one)
    return TableRow(one.id, (Cell(about, "strong"), _fields(one), who), "red" if one.decided else "amber")


def _fields(one: Contest) -> str:
    return ", ".join(name.replace("_", " ") for name in one.fields)


def person_row(one: Person) -> TableRow:
    """A person with role, phone and skills."""
    cells = (
        one.name,
        role_words().get(one.role, one.role),
        one.phone or "",
        Cell(", ".join(one.skills), "muted"),
    )
    return TableRow(one.id, cells, "", not one.active)


def person_blocks(view: View, one: Person) -> list[Block]:
    """A person's card."""
    head: list[Line] = [Cell(one.name, "strong"), Cell(role_words().get(one.role, one.role), "muted")]
    if not one.active:
        head.append(Cell(_("no longer here"), "amber"))
    told = (
        (_("phone"), one.phone or ""),
        (_("e-mail"), one.email or ""),
        (_("firm"), one.firm or ""),
        (_("skills"), ", ".join(one.skills)),
        (_("languages"), ", ".join(one.languages)),
        (
            _("consent"),
            date_words(view, one.consent_at.astimezone(view.zone).date()) if one.consent_at else "",
        ),
    )
    return [("", tuple(head)), ("", facts(told))]


def customer_row(one: Customer, items: int) -> TableRow:
    """A customer with address and the size of the agreement."""
    return TableRow(one.id, (one.name, Cell(one.address or "", "muted"), str(items or "–")))


def customer_blocks(view: View, one: Customer) -> list[Block]:
    """A customer's card with all that was agreed."""
    head: list[Line] = [Cell(one.name, "strong")]
    if one.address:
        head.append(Cell(one.address, "muted"))
    if one.contract_start:
        since = date_words(view, one.contract_start)
        until = f" – {date_words(view, one.contract_end)}" if one.contract_end else ""
        head.append(Cell(_("contract from %(day)s") % {"day": since + until}, "muted"))
    if one.modules:
        titles = [found.title for id_ in one.modules if (found := view.get(Module, id_))]
        head.append(labelled(_("onboarding"), ", ".join(titles)))
    items = tuple((sign(item), Cell(item.label)) for item in agreement(view, one.id))
    return [("", tuple(head)), (_("Agreed"), items or (Cell(_("nothing is on file"), "muted"),))]


def contact_row(view: View, one: ContactLine) -> TableRow:
    """A contact: when, with whom, about what."""
    return TableRow(
        one.id, (moment_words(view, one.at), one.customer, one.keywords, Cell(one.person, "muted"))
    )


def contact_blocks(view: View, one: ContactLine) -> list[Block]:
    """A contact whole."""
    told = (
        (_("when"), moment_words(view, one.at)),
        (_("by"), channel_word(one.channel)),
        (_("who"), one.person),
        (_("follow up"), date_words(view, one.follow_up) if one.follow_up else ""),
    )
    blocks: list[Block] = [
        ("", (Cell(one.customer, "strong"),)),
        ("", facts(told)),
        (_("Keywords"), (one.keywords,)),
    ]
    return [*blocks, (_("What was said"), (visible(one.text),))] if one.text else blocks
