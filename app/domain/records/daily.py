"""The records of a supervisor's day.

No record of an absence has a field that could say why someone is ill (DK-14, DK-15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.fields import BOOL, DAY, END, INSTANT, LINE, LIST, OBJECT, TEXT, choice, ref
from app.domain.kinds import Record, Rule, computed, declare, kept
from app.text import _

CHANNELS = ("email", "phone", "letter", "in_person", "form", "sms", "web", "other")


@declare("shifts", one=_("shift"), sets=("offers",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Record):
    """One visit. *Manned* when an available person is assigned (DK-12).

    ``offers`` are those who were asked to take it, oldest first: person, channel, answer, at, by.
    """

    customer: str = kept(ref("customers"))
    start: datetime = kept(INSTANT, register="time")
    end: datetime = kept(INSTANT, register="time")
    person: str | None = kept(ref("people"), register="cover")
    skills: tuple[str, ...] = kept(LIST, default=())
    status: str = kept(
        choice("planned", "cancelled"), register="state", rule=Rule.DECISION, default="planned"
    )
    cancel_reason: str | None = kept(TEXT, register="state", rule=Rule.DECISION)
    agreed_with: str | None = kept(LINE, register="state", rule=Rule.DECISION)
    note: str | None = kept(TEXT, register="cover", decides=False)
    override: str | None = kept(TEXT, register="cover", decides=False)
    covers_for: str | None = kept(ref("people"), register="cover", decides=False)
    offers: tuple[Mapping[str, Any], ...] = computed(OBJECT, entries="offers", default=())
    manned: bool = computed(BOOL, default=False)


@declare("absences", one=_("absence"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Record):
    """A person is away from a moment, until a moment or open-ended. There is no field for a cause."""

    person: str = kept(ref("people"))
    kind: str = kept(choice("sick", "child_sick", "holiday", "other"))
    from_: datetime = kept(INSTANT, register="period")
    until: datetime | None = kept(END, register="period")
    reported_at: datetime | None = kept(INSTANT)
    reported_by: str | None = kept(choice("system", "phone", "in_person"))
    acute: bool = computed(BOOL, default=False)
    called_at: datetime | None = kept(INSTANT)
    status: str = kept(
        choice("reported", "approved", "withdrawn", "ended"),
        register="state",
        rule=Rule.DECISION,
        default="reported",
    )
    approved_by: str | None = kept(ref("people"), register="state", rule=Rule.DECISION, decides=False)
    approved_at: datetime | None = kept(INSTANT, register="state", rule=Rule.DECISION, decides=False)
    note: str | None = kept(TEXT)
    certificate_requested_at: datetime | None = kept(INSTANT)
    uncovered: tuple[str, ...] = computed(LIST, default=())


@declare(
    "complaints",
    one=_("complaint"),
    sets=("read", "replies", "pauses", "resumes", "escalations", "deescalations"),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Record):
    """A customer's complaint with its two clocks. Its outcome is one register, so two never mix.

    ``reply`` is the first answer, ``told`` what the customer was told last, where that came after it.
    ``repeats``: the ids of earlier ones about the same item, within the days of the setting, latest first.
    ``agreement_text``: what the item said when it was decided on.
    ``late``: the clocks that were stopped after they had run out (reply, decide, solve, results). ``pauses`` and
    ``escalations``: the ids of those that nobody has ended.
    """

    customer: str = kept(ref("customers"))
    received_at: datetime = kept(INSTANT)
    channel: str | None = kept(LINE)
    text: str = kept(TEXT)
    status: str = kept(
        choice("waiting", "acknowledged", "accepted", "rejected", "extra_work", "solved", "closed"),
        register="outcome",
        rule=Rule.DECISION,
        default="waiting",
    )
    read_at: datetime | None = computed(INSTANT, entries="read")
    read_by: str | None = computed(ref("people"), entries="read")
    reply: str | None = computed(TEXT, entries="replies")
    replied_at: datetime | None = computed(INSTANT, entries="replies")
    told: str | None = computed(TEXT, entries="replies")
    told_at: datetime | None = computed(INSTANT, entries="replies")
    reply_by: datetime | None = computed(INSTANT)
    agreement: str | None = kept(ref("agreements"), register="outcome", rule=Rule.DECISION)
    agreement_text: str | None = kept(TEXT, register="outcome", rule=Rule.DECISION, decides=False)
    talk_needed: bool | None = kept(BOOL)
    urgent: bool | None = kept(BOOL)
    plan: str | None = kept(TEXT, register="outcome", rule=Rule.DECISION)
    solve_by: datetime | None = kept(END, register="outcome", rule=Rule.DECISION)
    assignee: str | None = kept(ref("people"), register="outcome", rule=Rule.DECISION)
    reason: str | None = kept(TEXT, register="outcome", rule=Rule.DECISION)
    extra_work: str | None = kept(TEXT, register="outcome", rule=Rule.DECISION)
    agreed_with: str | None = kept(LINE, register="outcome", rule=Rule.DECISION)
    when: datetime | None = kept(INSTANT, register="outcome", rule=Rule.DECISION)
    solved_at: datetime | None = kept(INSTANT, register="outcome", rule=Rule.DECISION, decides=False)
    note: str | None = kept(TEXT, register="outcome", rule=Rule.DECISION, decides=False)
    closed_by: str | None = kept(ref("people"), register="outcome", rule=Rule.DECISION, decides=False)
    closed_at: datetime | None = kept(INSTANT, register="outcome", rule=Rule.DECISION, decides=False)
    clock_due: datetime | None = computed(INSTANT)
    results_by: datetime | None = computed(INSTANT)
    repeats: tuple[str, ...] = computed(LIST, default=())
    late: tuple[str, ...] = computed(LIST, default=())
    paused_at: datetime | None = computed(INSTANT, entries="pauses")
    pause_reason: str | None = computed(TEXT, entries="pauses")
    pauses: tuple[str, ...] = computed(LIST, entries="pauses", default=())
    escalated_at: datetime | None = computed(INSTANT, entries="escalations")
    escalated_by: str | None = computed(ref("people"), entries="escalations")
    escalation: str | None = computed(TEXT, entries="escalations")
    escalations: tuple[str, ...] = computed(LIST, entries="escalations", default=())


@declare("actions", one=_("corrective action"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """A corrective action: what is changed so that it does not come again, by whom and by when (DE-21)."""

    complaint: str | None = kept(ref("complaints"))
    customer: str | None = kept(ref("customers"))
    text: str = kept(TEXT)
    owner: str = kept(ref("people"))
    due: date | None = kept(DAY)
    done_on: date | None = kept(DAY, register="done")
    note: str | None = kept(TEXT, register="done", decides=False)


@declare("contacts", one=_("contact"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """A documented contact with a customer, with keywords (DE-19).

    ``card``: what stands on a card, its ``kind`` left (FI-13) or filled (FI-51); ``responsible`` sees to the answer.
    """

    customer: str = kept(ref("customers"))
    person: str | None = kept(ref("people"))
    complaint: str | None = kept(ref("complaints"))
    at: datetime = kept(INSTANT)
    channel: str | None = kept(LINE)
    keywords: tuple[str, ...] = kept(LIST, default=())
    text: str | None = kept(TEXT)
    follow_up: date | None = kept(DAY)
    responsible: str | None = kept(ref("people"))
    card: Mapping[str, Any] | None = kept(OBJECT)


@declare("handovers", one=_("hand-over"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Record):
    """What a supervisor leaves to a colleague, shown until acknowledged."""

    area: str | None = kept(ref("areas"))
    given_by: str = kept(ref("people"))
    at: datetime = kept(INSTANT)
    text: str = kept(TEXT)
    acknowledged_by: str | None = kept(ref("people"), register="acknowledged", decides=False)
    acknowledged_at: datetime | None = kept(INSTANT, register="acknowledged", decides=False)
    answer: str | None = kept(TEXT, register="acknowledged", decides=False)
