"""What the team says and understands: its templates, its own words, and the words to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from app.domain.content import REPLY_USES
from app.domain.evidence import WORD, Lexicon, folded
from app.domain.language import LANGUAGES, time_words
from app.domain.plain import one_line
from app.domain.records import Agreement, Card, Complaint, Customer, Synonym, Template
from app.queries.evidence import evidence
from app.store.shipped import shipped
from app.store.view import StoreView
from app.text import ngettext

Choices = tuple[tuple[str, str], ...]
_SHORTEST = 3


def templates(view: StoreView) -> tuple[Template, ...]:
    """Every template, whether it is offered or not, by what it is for and language."""
    uses = {use: place for place, use in enumerate(REPLY_USES)}
    found = sorted(view.find(Template), key=_as_shipped)
    return tuple(sorted(found, key=lambda one: (uses.get(one.use, len(uses)), one.language)))


def templates_for(view: StoreView, use: str) -> tuple[Template, ...]:
    """Those that are offered for a use, in the order in which they are shipped, the team's own after them."""
    return tuple(sorted(view.find(Template, use=use, active=True), key=_as_shipped))


def _as_shipped(one: Template) -> tuple[int, str, str]:
    return _places().get(one.id, len(_places())), one.external or "", one.id


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {id_: place for place, id_ in enumerate(shipped("templates"))}


def cards(view: StoreView) -> tuple[Card, ...]:
    """What is printed on the cards, by language."""
    return tuple(sorted(view.find(Card), key=lambda one: (one.external or "", one.id)))


def example(view: StoreView, language: str) -> dict[str, str]:
    """What would be filled in for one of the acting person's customers, tomorrow at this time."""
    customers = view.find(Customer, area=view.actor.area) or view.find(Customer)
    customer = min(customers, key=lambda one: one.name, default=None)
    agreed = view.find(Agreement, customer=customer.id, withdrawn_on=None) if customer else []
    tomorrow = view.now + timedelta(days=1)
    known = {
        "customer": customer.name if customer else "",
        "address": (customer.address or "") if customer else "",
        "item": min((one.task for one in agreed), default=""),
        "time": time_words(tomorrow, view.zone, language if language in LANGUAGES else "en"),
        "supervisor": view.actor.name,
        "contact": view.actor.phone or view.actor.email or "",
        "name": view.actor.name.split(" ")[0],
        "when": f"{tomorrow.astimezone(view.zone):%d/%m %H:%M}",
    }
    return {name: one_line(value) for name, value in known.items() if value}


def synonyms(view: StoreView) -> tuple[Synonym, ...]:
    """The words that the team added and did not take out again, by what they mean."""
    found = view.find(Synonym, active=True)
    return tuple(sorted(found, key=lambda one: (folded(one.means), folded(one.word), one.id)))


def customer_words(view: StoreView, complaint: Complaint) -> Choices:
    """The complaint's words: those first that have led to no item, those last that any complaint may hold."""
    found = evidence(view, complaint)
    known = {word for match in found.fitting for word in match.words}
    lexicon = found.index.lexicon
    words = dict.fromkeys(one.lower() for one in WORD.findall(complaint.text) if len(one) >= _SHORTEST)
    said = sorted(words, key=lambda one: (lexicon.says_nothing(folded(one)), folded(one) in known))
    return tuple((word, word) for word in said)


def agreed_words(view: StoreView, complaint: Complaint) -> Choices:
    """The telling words of what was agreed with the complaint's customer, each with the item that it stands in."""
    found = evidence(view, complaint)
    items: dict[str, list[str]] = {}
    for item in sorted(found.index.items, key=lambda one: (one.task, one.id)):
        for word in _telling(item.task, found.index.lexicon):
            items.setdefault(word, []).append(item.label)
    return tuple((word, f"{word} · {_first(labels)}") for word, labels in items.items())


def _telling(task: str, lexicon: Lexicon) -> Iterable[str]:
    """The words of a task that say which one it is; all of them where none does."""
    words = list(dict.fromkeys(one.lower() for one in WORD.findall(task) if len(one) >= _SHORTEST))
    return [one for one in words if not lexicon.says_nothing(folded(one))] or words


def _first(labels: list[str]) -> str:
    """The first item that holds the word, and how many others do."""
    more = len(labels) - 1
    others = ngettext("and %(count)d more item", "and %(count)d more items", more) % {"count": more}
    return f"{labels[0]} {others}" if more else labels[0]
