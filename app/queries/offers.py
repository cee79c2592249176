"""What a substitute is asked when a shift is offered to them: in their language, as a message and as a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from app.domain.content import filled_in
from app.domain.plain import one_line
from app.domain.records import Customer, Person, Shift, Template
from app.queries.wording import templates_for
from app.store.view import StoreView

_DAY_FIRST = ("en", "sv")
"""Languages in which a date is written 23/11; in the others it is 23.11."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A message that asks someone to take a shift; ``phone`` and ``email`` are empty where none is known."""

    shift: str
    person: str
    name: str
    phone: str
    email: str
    language: str
    subject: str
    text: str

    @property
    def channel(self) -> str:
        """By which channel they can be reached best: a message, else a call."""
        return "sms" if self.phone else "email" if self.email else "phone"

    def link(self, channel: str) -> str:
        """What opens the message in the program for such messages; empty where they cannot be reached so."""
        if channel == "email":
            return (
                f"mailto:{self.email}?subject={quote(self.subject)}&body={quote(self.text)}"
                if self.email
                else ""
            )
        if not self.phone:
            return ""
        number = "".join(char for char in self.phone if char.isdigit() or char == "+")
        return f"sms:{number}?body={quote(self.text)}" if channel == "sms" else f"tel:{number}"


def languages(view: StoreView) -> tuple[str, ...]:
    """The languages that there is an offer in."""
    return tuple(dict.fromkeys(one.language for one in templates_for(view, "offer")))


def offer(view: StoreView, shift_id: str, person_id: str, language: str = "") -> Offer | None:
    """The message to a person about a shift, in the language asked for, else in the first of theirs that there is.

    None where the shift or the person is gone, or where the team offers in no language.
    """
    shift, person = view.get(Shift, shift_id), view.get(Person, person_id)
    known = {one.language: one for one in reversed(templates_for(view, "offer"))}
    if shift is None or person is None or not known:
        return None
    wanted = (language, *person.languages, "en", *known)
    template = next(known[one] for one in wanted if one in known)
    text = _text(view, template, shift, person)
    return Offer(
        shift.id, person.id, person.name, one_line(person.phone or ""), one_line(person.email or ""),
        template.language, template.title, text,
    )  # fmt: skip


def _text(view: StoreView, template: Template, shift: Shift, person: Person) -> str:
    customer = view.get(Customer, shift.customer)
    values = {
        "name": person.name.split(maxsplit=1)[0] if person.name else "",
        "customer": customer.name if customer else "",
        "address": (customer.address if customer else None) or "",
        "when": _when(view, shift, template.language),
        "supervisor": view.actor.name,
        "contact": view.actor.phone or view.actor.email or "",
    }
    said = filled_in(template.text, {name: one_line(value) for name, value in values.items() if value})
    return said.replace(" ({address})", "").replace(", {contact}", "").strip()


def _when(view: StoreView, shift: Shift, language: str) -> str:
    def day(moment: datetime) -> str:
        return f"{moment:%d/%m}" if language in _DAY_FIRST else f"{moment:%d.%m.}"

    start, end = shift.start.astimezone(view.zone), shift.end.astimezone(view.zone)
    last = "" if start.date() == end.date() else f"{day(end)} "
    return f"{day(start)} {start:%H:%M}–{last}{end:%H:%M}"
