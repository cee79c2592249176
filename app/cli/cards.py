"""The verb ``card``: the card of a contact as a page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.call import Call
from app.cli.options import DONE, Parser
from app.cli.output import say, say_json
from app.text import _

if TYPE_CHECKING:
    from app.desk import View


def arguments(parser: Parser) -> None:
    """What ``card`` takes."""
    parser.add_argument("id", metavar="ID", help=_("a contact with a card"))
    parser.add_argument("file", metavar="FILE", help=_(".html"))
    parser.add_argument("--paper", metavar="A5", default="A5", help=_("A5, the default, or A4"))


def card(call: Call) -> int:
    """Writes the card that was left or filled in as one page."""
    path = Path(call.given.file).expanduser()
    with call.desk() as desk:
        desk.ask(_write, call.given.id, path, call.given.paper)
    if call.json:
        say_json({"file": str(path)})
    else:
        say(_("Written: %(file)s") % {"file": path})
    return DONE


def _write(view: View, id_: str, path: Path, paper: str) -> None:
    from app.domain.records import Contact
    from app.exchange.cards import write_card

    contact = view.get(Contact, view.resolve("contacts", id_))
    assert contact is not None
    write_card(view, contact, path, paper)
