"""The team's lines: conflicts side by side, people, customers with what was agreed, contacts, the exchange."""

from __future__ import annotations

import json
from typing import Any

from app.desk import View
from app.domain.conflicts import Contest
from app.domain.instants import from_text
from app.domain.records import Customer, Person
from app.frame.rows import Cell, Column, TableRow
from app.panes.common import Block, Line, day_words, labelled, moment_words, snippet
from app.queries.subjects import name_of, subject
from app.queries.suggestions import item_label
from app.queries.team import ContactLine, ExchangeState, LaneLine, agreement
from app.text import _

SECTIONS = ("conflicts", "people", "customers", "contacts", "exchange")
COLUMNS: dict[str, tuple[Column, ...]] = {
    "conflicts": (
        Column("about", _("About"), least=18),
        Column("fields", _("Differs in"), width=18, drop=1),
        Column("sides", _("Sides"), least=16),
    ),
    "people": (
        Column("name", _("Name"), least=18),
        Column("role", _("Role"), width=18),
        Column("phone", _("Phone"), width=16, drop=1),
        Column("skills", _("Skills"), least=14, drop=2),
    ),
    "customers": (
        Column("name", _("Customer"), least=18),
        Column("address", _("Address"), least=18, drop=1),
        Column("items", _("Agreed"), width=7, align="right"),
    ),
    "contacts": (
        Column("at", _("When"), width=10),
        Column("customer", _("Customer"), least=16),
        Column("keywords", _("Keywords"), least=14),
        Column("person", _("Who"), width=16, drop=1),
    ),
    "exchange": (
        Column("person", _("Installation of"), least=18),
        Column("heard", _("Last heard of"), width=14),
        Column("changes", _("Changes"), width=9, align="right"),
    ),
}


def section_words(section: str) -> str:
    """A section's name."""
    words = {
        "conflicts": _("Conflicts"),
        "people": _("People"),
        "customers": _("Customers"),
        "contacts": _("Contacts"),
        "exchange": _("Exchange"),
    }
    return words[section]


def conflict_row(view: View, one: Contest) -> TableRow:
    """What contends, in which fields, between whom."""
    who = " / ".join(name_of(view, Person, side.by) for side in one.sides)
    about = f"{one.kind.replace('_', ' ')} · {subject(view, one.kind, one.record) or '–'}"
    return TableRow(one.id, (Cell(about, "strong"), ", ".join(one.fields), who), "red")


def conflict_blocks(view: View, one: Contest) -> list[Block]:
    """Both sides, one under the other: who, when, by which decision, and what they wanted."""
    about = subject(view, one.kind, one.record) or one.kind
    said = _("two values: the later is shown")
    if one.decided:
        said = _("decided differently: nobody wins until one is chosen")
    blocks: list[Block] = [("", (Cell(about, "strong"), Cell(said, "amber")))]
    for number, side in enumerate(one.sides, start=1):
        when = moment_words(view, from_text(side.at))
        head = f"{number}  {name_of(view, Person, side.by)} · {when} · {side.decision}"
        lines = tuple(labelled(name, _value(view, side.set.get(name))) for name in _told(one, side.set))
        blocks.append((head, lines))
    return blocks


def _told(one: Contest, values: dict[str, Any]) -> list[str]:
    more = [name for name, value in values.items() if value not in (None, [], "") and name not in one.fields]
    return [*one.fields, *more]


def _value(view: View, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        person = view.get(Person, value) if len(value) == 36 else None
        return person.name if person else snippet(value, 400)
    return json.dumps(value, ensure_ascii=False)


def person_row(one: Person) -> TableRow:
    """A person with role, phone and skills."""
    cells = (one.name, one.role.replace("_", " "), one.phone or "", Cell(", ".join(one.skills), "muted"))
    return TableRow(one.id, cells, "", not one.active)


def person_blocks(view: View, one: Person) -> list[Block]:
    """A person's card."""
    lines: list[Line] = [Cell(one.name, "strong"), Cell(one.role.replace("_", " "), "muted")]
    told = {
        _("phone"): one.phone,
        _("e-mail"): one.email,
        _("firm"): one.firm,
        _("skills"): ", ".join(one.skills),
        _("languages"): ", ".join(one.languages),
        _("consent"): moment_words(view, one.consent_at) if one.consent_at else None,
    }
    return [("", (*lines, *(labelled(name, value) for name, value in told.items() if value)))]


def customer_row(one: Customer, items: int) -> TableRow:
    """A customer with address and the size of the agreement."""
    return TableRow(one.id, (one.name, Cell(one.address or "", "muted"), str(items or "")))


def customer_blocks(view: View, one: Customer) -> list[Block]:
    """A customer's card with all that was agreed."""
    head: list[Line] = [Cell(one.name, "strong")]
    if one.address:
        head.append(Cell(one.address, "muted"))
    if one.contract_start:
        head.append(labelled(_("contract from"), day_words(one.contract_start)))
    items = tuple(
        (Cell("✓ ", "green") if item.included else Cell("× ", "amber"), Cell(item_label(item)))
        for item in agreement(view, one.id)
    )
    return [("", tuple(head)), (_("Agreed"), items or (Cell(_("nothing is on file"), "muted"),))]


def contact_row(view: View, one: ContactLine) -> TableRow:
    """A contact: when, with whom, about what."""
    return TableRow(
        one.id, (moment_words(view, one.at), one.customer, one.keywords, Cell(one.person, "muted"))
    )


def contact_blocks(view: View, one: ContactLine) -> list[Block]:
    """A contact whole."""
    when = moment_words(view, one.at)
    head: list[Line] = [Cell(one.customer, "strong"), labelled(when, f"{one.channel} · {one.person}")]
    if one.follow_up:
        head.append(labelled(_("follow up"), day_words(one.follow_up)))
    return [("", tuple(head)), (_("Keywords"), (one.keywords,)), (_("What was said"), (one.text or "–",))]


def lane_row(view: View, one: LaneLine) -> TableRow:
    """An installation and when it was last heard of."""
    heard = moment_words(view, one.heard_at) if one.heard_at else "–"
    name = f"{one.person} {_('(this one)')}" if one.own else one.person
    return TableRow(one.lane, (name, heard, str(one.changes)), "green" if one.own else "")


def exchange_blocks(state: ExchangeState, team_file: str, trouble: str) -> list[Block]:
    """How the exchange stands: the file, what waits, what colleagues have, what could not be read."""
    lines: list[Line] = [
        labelled(_("team file"), team_file),
        labelled(_("waiting to be sent"), str(state.waiting)),
        labelled(_("known to a colleague up to"), str(state.delivered)),
        labelled(_("lines set aside as unreadable"), str(state.quarantined)),
    ]
    if trouble:
        lines.append(Cell(f"▲ {trouble}", "amber"))
    return [(_("Exchange"), tuple(lines))]
