"""Decisions on shifts: a shift must never stand unmanned (DK-11, DK-12)."""

from __future__ import annotations

from collections.abc import Iterator

from app.decisions.checks import health_refusal
from app.decisions.registry import Set, decision, optional, required
from app.domain.absence_rules import LONGEST_SHIFT, ends_before_it_begins
from app.domain.change import Body
from app.domain.cover import obstacles
from app.domain.cover.ranking import ANSWERS
from app.domain.fields import INSTANT, LINE, LIST, TEXT, choice, ref
from app.domain.instants import from_text
from app.domain.records import Person, Shift
from app.domain.view import View
from app.text import _

SUPERVISOR = ("supervisor",)
OFFER_CHANNELS = ("sms", "phone", "email", "in_person")


def _cancelled(shift: Shift, _view: View) -> str | None:
    return _("the shift is cancelled") if shift.status == "cancelled" and not shift.contested else None


def against(shift: Shift, person: Person, view: View, override: str | None) -> str | None:
    """Why the person cannot take the shift: the rules they would break, unless a reason overrides them.

    Who is absent cannot for any reason (DK-12).
    """
    known = view.situation([shift], person.id)
    broken = obstacles(shift, known.of(person.id, shift), known.rules)
    if any(one.rule == "absent" for one in broken):
        return _("%(name)s is absent then") % {"name": person.name}
    if broken and not override:
        why = {"name": person.name, "why": "; ".join(one.said for one in broken)}
        return _("%(name)s: %(why)s. To assign all the same, give the reason (override)") % why
    return None


@decision(
    "shift.add", on=None, roles=("supervisor", "office"), title=_("Add a shift"), done=_("Added a shift at")
)
class Add:
    """A visit that was not in the roster."""

    customer: str = required(ref("customers"), _("At which customer?"))
    start: str = required(INSTANT, _("From when?"))
    end: str = required(INSTANT, _("Until when?"))
    person: str | None = optional(ref("people"), _("Who goes? Empty: to be covered"))
    skills: list[str] | None = optional(LIST, _("Skills it needs"))
    override: str | None = optional(TEXT, _("Why this person all the same, where a rule stands against it?"))

    def refuse(self, _record: None, view: View) -> str | None:
        if ends_before_it_begins(from_text(self.start), from_text(self.end)):
            return _("it would end before it begins")
        if from_text(self.end) - from_text(self.start) > LONGEST_SHIFT:
            return _("a shift lasts a month at the most")
        if refusal := health_refusal(self.override):
            return refusal
        person = view.get(Person, self.person)
        return against(self._shift(), person, view, self.override) if person else None

    def _shift(self) -> Shift:
        """As it will be."""
        start, end = from_text(self.start), from_text(self.end)
        return Shift(id="", customer=self.customer, start=start, end=end, skills=tuple(self.skills or ()))

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        fields: Body = {"customer": self.customer, "start": self.start, "end": self.end}
        override = self.override if self.person else None
        given = {"person": self.person, "skills": self.skills, "override": override}
        fields |= {name: value for name, value in given.items() if value is not None}
        yield Set("shifts", view.new_id(), fields, new=True)


@decision("shift.assign", on=Shift, roles=SUPERVISOR, title=_("Assign"), done=_("Covered"), key="c")
class Assign:
    """Give the shift to someone who can take it; over a rule only with a reason that is kept (DK-11, DK-12)."""

    ONCE_REFUSED = ("override",)

    person: str = required(ref("people"), _("Who goes?"))
    note: str | None = optional(TEXT, _("A note; nothing about health"))
    override: str | None = optional(TEXT, _("Why all the same, where a rule stands against it?"))

    blocked = staticmethod(_cancelled)

    def refuse(self, shift: Shift, view: View) -> str | None:
        person = view.get(Person, self.person)
        if person is None:
            return _("that person is not known here")
        if shift.person == self.person and not shift.contested and not _contends(shift):
            return _("%(name)s has this shift already") % {"name": person.name}
        if refusal := health_refusal(self.note) or health_refusal(self.override):
            return refusal
        return against(shift, person, view, self.override)

    def changes(self, shift: Shift, _view: View) -> Iterator[Set]:
        yield Set("shifts", shift.id, taking_over(shift, self.person, self.note, self.override))


def taking_over(shift: Shift, person: str, note: str | None = None, override: str | None = None) -> Body:
    """What is set on a shift that someone takes; whom they cover stays the same through several substitutes."""
    stood = shift.covers_for or shift.person
    covers_for = None if stood == person else stood
    return {"person": person, "covers_for": covers_for, "note": note, "override": override}


def _contends(shift: Shift) -> bool:
    """True while two people may have been called for the shift."""
    return len(shift.heads.get("cover", ())) > 1


@decision(
    "shift.offer",
    on=Shift,
    roles=SUPERVISOR,
    title=_("Offer the shift"),
    done=_("Noted an offer of"),
    key="o",
)
class Offer:
    """Who was asked to take the shift, by what channel, and what they said: each time is kept (DK-11)."""

    person: str = required(ref("people"), _("Who was asked?"))
    channel: str = required(choice(*OFFER_CHANNELS), _("By which channel?"), suggest="sms")
    answer: str | None = optional(choice(*ANSWERS), _("What did they say?"), suggest="asked")

    blocked = staticmethod(_cancelled)

    def changes(self, shift: Shift, _view: View) -> Iterator[Set]:
        said = {"person": self.person, "channel": self.channel, "answer": self.answer or "asked"}
        yield Set("shifts", shift.id, {"offers": said})


@decision(
    "shift.cancel",
    on=Shift,
    roles=SUPERVISOR,
    title=_("Cancel the visit"),
    done=_("Cancelled"),
    key="x",
    brief=_("cancel"),
)
class Cancel:
    """The visit does not take place, as agreed with the customer."""

    reason: str = required(TEXT, _("Why is it cancelled? Nothing about health"))
    agreed_with: str = required(LINE, _("With whom at the customer was it agreed?"))

    @staticmethod
    def blocked(shift: Shift, _view: View) -> str | None:
        return _("it is cancelled already") if shift.status == "cancelled" and not shift.contested else None

    def refuse(self, _shift: Shift, _view: View) -> str | None:
        return health_refusal(self.reason)

    def changes(self, shift: Shift, _view: View) -> Iterator[Set]:
        yield Set(
            "shifts",
            shift.id,
            {"status": "cancelled", "cancel_reason": self.reason, "agreed_with": self.agreed_with},
        )
