"""What a form offers before anything is typed: likely values, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from app.domain.content import filled_in, left_open
from app.domain.cover import Candidate
from app.domain.fields import FieldType
from app.domain.instants import from_text
from app.domain.kinds import Record, attribute
from app.domain.language import language_of
from app.domain.plain import one_line, shortened, visible
from app.domain.projection import stored
from app.domain.records import Agreement, Area, Complaint, Contact, Customer, Module, Person, Shift, Template
from app.domain.site import language_at
from app.queries.cover import candidates
from app.queries.evidence import evidence
from app.queries.wording import agreed_words, customer_words, templates_for
from app.queries.words import language_word
from app.store.reading import find
from app.store.view import StoreView
from app.text import _

Choices = tuple[tuple[str, str], ...]
_OWN: dict[str, Callable[[Person], str]] = {
    "own_id": lambda actor: actor.id,
    "own_name": lambda actor: actor.name,
    "own_contact": lambda actor: actor.phone or actor.email or "",
}
_SENT_UNSEEN = ("accept", "extra_work", "follow_up")
"""The form begins after these replies: what is unknown must not hold it up."""
_NAMED_LATER = ("accept", "extra_work")
"""Which item these speak of is a field of their form."""
_QUOTED = 60
"""Characters of the customer's words that stand for an item where none is known."""
_WORDS = {"customer_word": customer_words, "agreed_word": agreed_words}
_ASSISTANTS = ("first_assistant", "service_assistant")


@dataclass(frozen=True, slots=True)
class Words:
    """A template with all filled in that is known; what is not stays open, as ``{time}``."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For one field: the value that stands there first, the (value, label) pairs to choose from, and templates."""

    value: str = ""
    choices: Choices = ()
    templates: tuple[Words, ...] = ()


class Asked(Protocol):
    """A field of a form, as a decision declares it."""

    @property
    def name(self) -> str:
        """Its outward name."""

    @property
    def type(self) -> FieldType:
        """How it is read."""

    @property
    def suggest(self) -> str | None:
        """A value, or the word for where one comes from: now, same, reply:…, item, assistant, customer, and so on."""


def suggestions(
    view: StoreView, fields: Iterable[Asked], record: Record | None, *, current: bool = False
) -> dict[str, Suggestion]:
    """A suggestion for every field of a decision about a record; ``current``: what the record has now."""
    found = {field.name: _suggest(view, field, record) for field in fields}
    if not current:
        return found
    now = {name: _same(view, _readable(view, name, record)) for name in found}
    return {name: replace(one, value=now[name]) for name, one in found.items()}


def _readable(view: StoreView, name: str, record: Record | None) -> object:
    """What stands in a field, modules by their short ids: those are what people can read and type."""
    value = getattr(record, attribute(name), None)
    if name != "modules" or not isinstance(value, tuple):
        return value
    known = {one.id: one.external or one.id for one in find(view.conn, Module, {})}
    return tuple(known.get(one, one) for one in value)


def _suggest(view: StoreView, field: Asked, record: Record | None) -> Suggestion:
    word = field.suggest or ""
    if word.startswith("reply:") and isinstance(record, Complaint):
        replies = _replies(view, word.removeprefix("reply:"), record)
        # a rejection is decided on evidence (DK-29): nobody sends a reason that was only left standing
        offered = replies if word != "reply:reject" else ()
        return Suggestion(offered[0].text if offered else "", templates=replies)
    if word in _WORDS:
        return Suggestion(choices=_WORDS[word](view, record) if isinstance(record, Complaint) else ())
    if field.type.choices:
        return Suggestion(word, tuple((one, one.replace("_", " ")) for one in field.type.choices))
    if field.type.kind:
        choices = _choices(view, field, record)
        return Suggestion(_preset(view, field, choices, record), choices)
    return Suggestion(_value(view, field, record))


def _value(view: StoreView, field: Asked, record: Record | None) -> str:
    """What stands in a field that is typed."""
    word = field.suggest or ""
    if word in _OWN:
        return _OWN[word](view.actor)
    if word == "same":
        return _same(view, getattr(record, attribute(field.name), None))
    return _moment(view, view.now) if word == "now" else word


def _moment(view: StoreView, moment: datetime) -> str:
    return f"{moment.astimezone(view.zone):%Y-%m-%d %H:%M}"


def _same(view: StoreView, value: object) -> str:
    """What the record has now, as it would be typed."""
    if isinstance(value, datetime):
        return _moment(view, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(visible(str(one)) for one in value)
    return "" if value is None else visible(str(value))


def as_typed(view: StoreView, type_: FieldType, value: Any) -> str:
    """A body's value as a form shows it: local times, lists with commas; references stay ids."""
    if type_.name == "time" and (moment := stored(type_, value)):
        return _moment(view, from_text(moment))
    return _same(view, tuple(value) if isinstance(value, list) else value)


def _replies(view: StoreView, use: str, complaint: Complaint) -> tuple[Words, ...]:
    """The templates for the use, those first that leave nothing open or, where no item fits, name none.

    Who has no answer yet is answered first: nobody books a meeting by the way.
    """
    if use == "follow_up" and complaint.reply is None:
        return ()
    customer = view.get(Customer, complaint.customer)
    best = evidence(view, complaint).best
    fits = best is not None and best.included is (use != "reject")
    known = {
        "customer": customer.name if customer else "",
        "item": "" if use in _NAMED_LATER else _item(view, use, complaint, best if fits else None),
        "supervisor": view.actor.name,
        "contact": view.actor.phone or view.actor.email or "",
    }
    values = {name: one_line(value) for name, value in known.items() if value}
    languages = _languages(view, complaint)
    spoken = [one for one in templates_for(view, use) if one.language in languages]
    said = [(one, filled_in(one.text, values)) for one in spoken]
    if use in _SENT_UNSEEN:
        said = [(one, _without_contact(text)) for one, text in said]

    def order(pair: tuple[Template, str]) -> tuple[int, bool, int]:
        names_it = "{item}" in pair[0].text
        return languages.index(pair[0].language), names_it is not fits, len(left_open(pair[1]))

    fitting = sorted(said, key=order)
    return tuple(Words(one.id, _titled(one), text) for one, text in fitting)


def _item(view: StoreView, use: str, complaint: Complaint, best: Agreement | None) -> str:
    """The item that a reply speaks of; of a follow-up the one that was cited, else the customer's own words."""
    if use != "follow_up":
        return best.task if best else ""
    cited = view.get(Agreement, complaint.agreement) or best
    return cited.task if cited else shortened(complaint.text, _QUOTED)


def _without_contact(text: str) -> str:
    """A reply without the paragraph that says where to call, where no number is known."""
    return "\n\n".join(part for part in text.split("\n\n") if "{contact}" not in part)


def _languages(view: StoreView, complaint: Complaint) -> tuple[str, ...]:
    """The language that the customer writes, that of their country, and English."""
    of_country = language_at(view, complaint.customer)
    return tuple(dict.fromkeys((language_of(complaint.text) or of_country, of_country, "en")))


def _titled(template: Template) -> str:
    return f"{template.title} · {language_word(template.language)}"


def _choices(view: StoreView, field: Asked, record: Record | None) -> Choices:
    choose = _CHOICES.get(field.type.kind or "")
    if field.type.kind == "people":
        if isinstance(record, Shift):
            return tuple((one.person, _candidate_label(one)) for one in candidates(view, record.id, 40))
        only = _ASSISTANTS if field.suggest == "assistant" else ()
        people = [one for one in find(view.conn, Person, {"active": 1}) if not only or one.role in only]
        near = view.actor.area
        people.sort(key=lambda one: (one.area != near, one.name))
        return tuple((one.id, f"{one.name} · {one.role.replace('_', ' ')}") for one in people)
    return choose(view, record) if choose else ()


def _candidate_label(one: Candidate) -> str:
    name, said = one.name, " · ".join(one.reasons)
    if not one.free:
        said = _("against: %(why)s") % {"why": one.against}
    return f"{name} · {said}" if said else name


def _customers(view: StoreView, _record: Record | None) -> Choices:
    found = sorted(find(view.conn, Customer, {}), key=lambda one: (one.area != view.actor.area, one.name))
    return tuple((one.id, one.name) for one in found)


def _agreements(view: StoreView, record: Record | None) -> Choices:
    if not isinstance(record, Complaint):
        return ()
    found = evidence(view, record)
    items = (*(match.item for match in found.fitting), *found.others)
    return tuple((one.id, one.label) for one in items)


def _complaints(_view: StoreView, record: Record | None) -> Choices:
    if isinstance(record, Complaint):
        return ((record.id, record.text[:60]),)
    return ()


def _areas(view: StoreView, _record: Record | None) -> Choices:
    return tuple((one.id, one.name) for one in find(view.conn, Area, {}))


def _modules(view: StoreView, _record: Record | None) -> Choices:
    return tuple((one.id, one.title) for one in find(view.conn, Module, {}))


_CHOICES: dict[str, Callable[[StoreView, Record | None], Choices]] = {
    "customers": _customers,
    "agreements": _agreements,
    "complaints": _complaints,
    "areas": _areas,
    "modules": _modules,
}


def _preset(view: StoreView, field: Asked, choices: Choices, record: Record | None) -> str:
    """The id that the record under the cursor gives: what it has, its customer, itself, the item that fits best."""
    word = field.suggest or ""
    if word in _OWN:
        return _OWN[word](view.actor)
    if word == "customer":
        return customer_of(record) or ""
    if word == "complaint" and isinstance(record, Complaint):
        return record.id
    if word == "item" and isinstance(record, Complaint):
        best = evidence(view, record).best
        return best.id if best is not None else ""
    if isinstance(record, Shift) and choices:
        return choices[0][0]
    return str(getattr(record, attribute(field.name), None) or "") if word == "same" else ""


def customer_of(record: Record | None) -> str | None:
    """The customer that a record is about, or None."""
    if isinstance(record, Complaint | Shift | Contact):
        return record.customer
    return record.id if isinstance(record, Customer) else None
