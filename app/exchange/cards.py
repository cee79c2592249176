"""Cards for customers as one printable page: left when they are out (FI-13), or filled in with them (FI-51).

The page stands alone: no script, no font, no picture from elsewhere, and everything that a person wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from app.domain.fields import BadInput
from app.domain.instants import from_text
from app.domain.kinds import attribute
from app.domain.language import date_in
from app.domain.plain import visible
from app.domain.publishing import card_id
from app.domain.records import Card, Contact, Customer, Person
from app.domain.site import language_at, time_at
from app.exchange.exporting import replace_file
from app.store.content import cards
from app.store.view import StoreView
from app.text import _

PAPERS = ("A5", "A4")
LEFT, FILLED = "left", "filled"
_STYLE = """
@page { size: %(paper)s; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 128mm; color: #111; background: #fff;
       font: 12.5pt/1.45 Georgia, "Times New Roman", serif; }
header { border-bottom: 0.6mm solid #111; padding: 0 0 3mm; margin: 0 0 6mm; }
h1 { font-size: 23pt; line-height: 1.15; margin: 0 0 1mm; font-weight: 600; }
header p { margin: 0; color: #444; }
dl { margin: 0; }
div { break-inside: avoid; padding: 0 0 4.5mm; }
dt { font: 600 8.5pt/1.4 Helvetica, Arial, sans-serif; letter-spacing: .06em; text-transform: uppercase;
     color: #555; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen { body { padding: 12mm 10mm; } }
"""


def card_page(view: StoreView, contact: Contact, paper: str = "A5") -> str:
    """The page of a contact's card. BadInput for a contact without one, or a paper that there is not."""
    if paper not in PAPERS:
        raise BadInput(
            _("%(paper)s is not one of: %(papers)s") % {"paper": paper, "papers": ", ".join(PAPERS)}
        )
    card = contact.card
    if not isinstance(card, Mapping) or card.get("kind") not in (LEFT, FILLED):
        raise BadInput(_("no card belongs to this contact"))
    customer = view.get(Customer, contact.customer)
    language = language_at(view, contact.customer)
    words = _words(view, language)
    name = customer.name if customer else ""
    told = "".join(
        f"<div><dt>{_html(words[label])}</dt><dd>{_html(text)}</dd></div>\n"
        for label, text in _lines(view, contact, card, language)
        if text
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_html(words[card['kind']])}</title>\n<style>{_STYLE % {'paper': paper}}</style>\n</head>\n<body>\n"
        f"<header><h1>{_html(words[card['kind']])}</h1><p>{_html(words['for'])} {_html(name)}</p></header>\n"
        f"<dl>\n{told}</dl>\n</body>\n</html>\n"
    )


def write_card(view: StoreView, contact: Contact, path: Path, paper: str = "A5") -> None:
    """Writes the page to a file, readable by its owner alone. BadInput where it cannot be."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise BadInput(_("a card is written to a file that ends in .html"))
    replace_file(path, card_page(view, contact, paper).encode())


def _lines(
    view: StoreView, contact: Contact, card: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """The label of each line and what it says."""

    def said(name: str) -> str:
        return str(card.get(name) or "")

    if card["kind"] == LEFT:
        yield "reason", said("reason")
        yield "returns", _back(view, contact, said("returns"), language)
        yield "customer_action", said("customer_action")
        yield "name", said("name")
        yield "contact", said("contact")
        return
    person = view.get(Person, contact.responsible)
    yield "date", _day(said("date"), language)
    yield "matter", said("matter")
    yield "customer_contact", said("customer_contact")
    yield "responsible", ", ".join(filter(None, (person.name, person.phone, person.email))) if person else ""
    yield "answer_by", date_in(contact.follow_up, language) if contact.follow_up else ""


def _day(text: str, language: str) -> str:
    """The day in the card's language; what is none, from a colleague's file, as it was written."""
    try:
        return date_in(date.fromisoformat(text), language)
    except ValueError:
        return text


def _back(view: StoreView, contact: Contact, text: str, language: str) -> str:
    """When someone comes back; what is no time, from a colleague's file, as it was written."""
    try:
        return time_at(view, contact.customer, from_text(text), language)
    except ValueError:
        return text


def _html(text: str) -> str:
    return escape(visible(text))


def _words(view: StoreView, language: str) -> dict[str, str]:
    """What stands on the cards, as the team words it."""
    card = view.get(Card, card_id(language))
    return {name: getattr(card, attribute(name), None) or text for name, text in cards()[language].items()}
