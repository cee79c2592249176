"""A card that was left or filled in is written as a page to print, at once."""

from __future__ import annotations

from pathlib import Path

from app.desk import BadInput, Desk, Outcome, View
from app.domain.records import Contact
from app.text import _

CARDS = ("contact.card_left", "contact.card_filled")
FOLDER = "cards"


def printed(desk: Desk, outcome: Outcome) -> str:
    """Where the page of a new card lies, or why it could not be written; nothing for other decisions."""
    if outcome.decision not in CARDS:
        return ""
    folder = desk.settings.home / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        path = desk.ask(_write, outcome.id, folder)
    except OSError as why:
        return _("not printed: %(why)s") % {"why": why.strerror or why}
    except BadInput as why:
        return _("not printed: %(why)s") % {"why": why}
    return _("to print: %(file)s") % {"file": path}


def _write(view: View, id_: str, folder: Path) -> Path:
    from app.exchange.cards import write_card

    contact = view.get(Contact, id_)
    assert contact is not None
    path = folder / f"{contact.at.astimezone(view.zone):%Y-%m-%d}-{id_[:8]}.html"
    write_card(view, contact, path)
    return path
