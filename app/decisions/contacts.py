"""Every contact with a customer is documented, with keywords (DE-19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.decisions.registry import Set, decision, optional, required
from app.domain.fields import DAY, LIST, TEXT, choice, ref
from app.domain.instants import to_text
from app.domain.records import CHANNELS, Complaint
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
        fields: dict[str, Any] = {
            "customer": self.customer,
            "person": view.actor.id,
            "at": to_text(view.now),
            "channel": self.channel,
            "keywords": self.keywords,
        }
        given = {"text": self.text, "follow_up": self.follow_up, "complaint": self.complaint}
        fields |= {name: value for name, value in given.items() if value is not None}
        yield Set("contacts", view.new_id(), fields, new=True)
