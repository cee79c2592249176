"""Offering a shift to someone: the message, the link that opens it, and what was said before."""

from __future__ import annotations

from app.desk import View
from app.domain.records import Shift
from app.frame.rows import Cell
from app.panes.common import Block, Line
from app.panes.substitutes import offered, visit_words
from app.queries.offers import Offer
from app.queries.words import language_word
from app.text import _


def channel_words(channel: str) -> str:
    """A channel as people say it."""
    words = {"sms": _("text message"), "email": _("e-mail"), "phone": _("phone"), "in_person": _("in person")}
    return words.get(channel, channel)


def offer_title(view: View, offer: Offer) -> str:
    """Who is asked to take what."""
    return _("Offer to %(name)s · %(visit)s") % {"name": offer.name, "visit": visit_words(view, offer.shift)}


def offer_blocks(view: View, offer: Offer, channel: str) -> list[Block]:
    """What is sent or said by the channel, and what came of it before."""
    reached = {"sms": offer.phone, "phone": offer.phone, "email": offer.email}.get(channel, "")
    way = reached or _("not known: see Team")
    head: list[Line] = [
        (Cell(f"{channel_words(channel)}  ", "muted"), Cell(way, "strong" if reached else "amber"))
    ]
    if channel == "email":
        head.append((Cell(f"{_('subject')}  ", "muted"), Cell(offer.subject)))
    heading = _("Message · %(language)s") % {"language": language_word(offer.language)}
    blocks: list[Block] = [("", tuple(head)), (heading, (offer.text,))]
    if link := offer.link(channel):
        blocks.append((_("Opens it"), (Cell(link, "muted"),)))
    shift = view.get(Shift, offer.shift)
    if shift and (said := offered(view, shift).get(offer.person)):
        blocks.append((_("So far"), (Cell(said, "amber"),)))
    return blocks
