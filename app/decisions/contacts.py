"""Every contact with a customer is documented, with keywords (DE-19): talks, meetings booked, cards (FI-13, FI-51)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.decisions.registry import Set, decision, optional, required
from app.domain.content import filled_in
from app.domain.fields import DAY, INSTANT, LINE, LIST, TEXT, choice, ref
from app.domain.instants import from_text, to_text
from app.domain.language import day_words, language_of
from app.domain.records import CHANNELS, Complaint, Person
from app.domain.site import language_at
from app.domain.view import View
from app.text import _


@decision(
    "contact.log", on=None, title=_("Log a contact"), done=_("Logged a contact with"), key="L", undoable=False
)
class Log:
    """What was said, by which channel, in keywords; a follow-up shows on Today when it is due (NO-06)."""

    customer: str = required(ref("customers"), _("Which customer?"), suggest="customer")
    channel: str = required(choice(*CHANNELS), _("By which channel?"), suggest="phone")
    keywords: list[str] = required(LIST, _("In keywords, with commas between"))
    text: str | None = optional(TEXT, _("What was said?"))
    follow_up: str | None = optional(DAY, _("When to come back to it?"))
    complaint: str | None = optional(ref("complaints"), _("About which complaint?"), suggest="complaint")

    def refuse(self, _record: None, view: View) -> str | None:
        complaint = view.get(Complaint, self.complaint)
        if complaint is not None and complaint.customer != self.customer:
            return _("that complaint is another customer's")
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield _contact(
            view, self.customer, self.channel, self.keywords,
            text=self.text, follow_up=self.follow_up, complaint=self.complaint,
        )  # fmt: skip


def _contact(view: View, customer: str, channel: str, keywords: list[str], **given: Any) -> Set:
    """A contact of the acting person's, now."""
    fields: dict[str, Any] = {
        "customer": customer,
        "person": view.actor.id,
        "at": to_text(view.now),
        "channel": channel,
        "keywords": keywords,
    }
    fields |= {name: value for name, value in given.items() if value is not None}
    return Set("contacts", view.new_id(), fields, new=True)


@decision(
    "complaint.follow_up",
    on=Complaint,
    title=_("Book a follow-up meeting"),
    done=_("Booked a follow-up meeting with"),
    key="m",
    brief=_("meeting"),
)
class FollowUp:
    """The follow-up meeting of a complaint; it stands on Today when it is due (SE C-4).

    The customer is written to as well, once they have a first answer.
    """

    BEGINS = "follow_up"
    FILLS = frozenset({"time"})

    message: str | None = optional(TEXT, _("What do you write to the customer?"), suggest="reply:follow_up")
    follow_up: str = required(DAY, _("On which day?"))
    text: str | None = optional(TEXT, _("What is it to be about?"))

    def refuse(self, complaint: Complaint, view: View) -> str | None:
        if self.message and complaint.reply is None:
            return _("message: the customer has no answer yet: answer first")
        today = view.now.astimezone(view.zone).date().isoformat()
        return _("that day has passed") if self.follow_up < today else None

    def changes(self, complaint: Complaint, view: View) -> Iterator[Set]:
        yield _contact(
            view, complaint.customer, "in_person", ["follow-up meeting"],
            text=self.text, follow_up=self.follow_up, complaint=complaint.id,
        )  # fmt: skip
        if self.message:
            language = language_of(self.message) or language_at(view, complaint.customer)
            day = day_words(date.fromisoformat(self.follow_up), language)
            yield Set("complaints", complaint.id, {"replies": filled_in(self.message, {"time": day})})


@decision(
    "contact.card_left",
    on=None,
    title=_("Leave a card"),
    done=_("Left a card at"),
    key="B",
    undoable=False,
)
class CardLeft:
    """The customer is out: a card says who was there, why, when we return, and what they must do (FI-13).

    All four are mandatory. It is printed as one page, logged as a contact, and the return stands on Today.
    """

    BEGINS = "reason"

    customer: str = required(ref("customers"), _("Which customer?"), suggest="customer")
    name: str = required(LINE, _("Your own name"), suggest="own_name")
    contact: str = required(LINE, _("Where do they reach you? Phone or e-mail"), suggest="own_contact")
    reason: str = required(LINE, _("What was the visit for?"))
    returns: str = required(INSTANT, _("When do you return?"))
    customer_action: str = required(LINE, _("What must the customer do? Write nothing, if nothing"))

    def refuse(self, _record: None, view: View) -> str | None:
        return _("that time has passed") if from_text(self.returns) <= view.now else None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        card = {
            "kind": "left",
            "name": self.name,
            "contact": self.contact,
            "reason": self.reason,
            "returns": self.returns,
            "customer_action": self.customer_action,
        }
        back = from_text(self.returns).astimezone(view.zone).date().isoformat()
        yield _contact(
            view, self.customer, "letter", ["card left"],
            text=self.reason, follow_up=back, responsible=view.actor.id, card=card,
        )  # fmt: skip


@decision(
    "contact.card_filled",
    on=None,
    title=_("Fill in a contact card"),
    done=_("Filled in a card with"),
    key="F",
    undoable=False,
)
class CardFilled:
    """Filled in together with the customer: the matter, and who sees to the answer (FI-51).

    It is printed as one page and logged as a contact; the answer stands on Today from its day on.
    """

    BEGINS = "matter"

    customer: str = required(ref("customers"), _("Which customer?"), suggest="customer")
    date: str = required(DAY, _("On which day?"), suggest="today")
    answer_by: str | None = optional(DAY, _("By when is the answer due? Empty: that day"))
    matter: str = required(TEXT, _("What is the matter?"))
    customer_contact: str = required(LINE, _("Who at the customer, and where are they reached?"))
    responsible: str = required(ref("people"), _("Who sees to the answer?"))

    def refuse(self, _record: None, view: View) -> str | None:
        person = view.get(Person, self.responsible)
        if person is not None and not person.active:
            return _("%(name)s no longer works here") % {"name": person.name}
        if self.answer_by is not None and self.answer_by < self.date:
            return _("the answer would be due before the card was filled in")
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        card = {
            "kind": "filled",
            "matter": self.matter,
            "date": self.date,
            "customer_contact": self.customer_contact,
        }
        yield _contact(
            view, self.customer, "form", ["contact card"],
            text=self.matter, follow_up=self.answer_by or self.date, responsible=self.responsible, card=card,
        )  # fmt: skip
