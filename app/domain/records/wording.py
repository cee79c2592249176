"""What the team says and understands: reply templates, cards, words of customers that mean one of an agreement."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.content import REPLY_USES
from app.domain.fields import BOOL, LINE, TEXT, choice
from app.domain.kinds import Record, declare, kept
from app.text import _


@declare("templates", one=_("reply template"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Record):
    """Words to a customer, or to a substitute, that a supervisor starts from; ``external`` is its short id.

    Those that Tavle ships are in every team: what nobody has worded otherwise is as shipped.
    """

    use: str = kept(choice(*REPLY_USES))
    language: str = kept(LINE)
    title: str = kept(LINE)
    text: str = kept(TEXT)
    active: bool = kept(BOOL, default=True)


@declare("synonyms", one=_("word"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym(Record):
    """A word of customers that means one of an agreement, beside those that Tavle knows (DK-24)."""

    word: str = kept(LINE)
    means: str = kept(LINE)
    active: bool = kept(BOOL, default=True)


@declare("cards", one=_("card"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Record):
    """What is printed on the cards for customers in a language, which is its ``external`` (FI-13, FI-51).

    What nobody has worded otherwise is as shipped. ``left`` and ``filled`` head the two cards.
    """

    left: str = kept(LINE)
    filled: str = kept(LINE)
    for_: str = kept(LINE)
    name: str = kept(LINE)
    contact: str = kept(LINE)
    reason: str = kept(LINE)
    returns: str = kept(LINE)
    customer_action: str = kept(LINE)
    matter: str = kept(LINE)
    date: str = kept(LINE)
    customer_contact: str = kept(LINE)
    responsible: str = kept(LINE)
    answer_by: str = kept(LINE)
