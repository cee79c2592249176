"""The records of the business, each declared once (docs/COMMANDS.md lists their fields).

Times are aware datetimes here and UTC text in bodies. Fields marked *computed* are never set by a change.
No record of an absence has a field that could say why someone is ill (DK-14, DK-15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.fields import BOOL, DAY, END, INSTANT, INT, LINE, LIST, OBJECT, TEXT, choice, ref
from app.domain.kinds import Record, Rule, computed, declare, kept

ROLES = ("supervisor", "first_assistant", "service_assistant", "trainer", "manager", "hr", "office")
CHANNELS = ("email", "phone", "letter", "in_person", "form", "sms", "web", "other")


@declare("areas")
@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Record):
    """A supervisor's geographic area of responsibility."""

    name: str = kept(LINE)
    country: str | None = kept(LINE)
    timezone: str | None = kept(LINE)
    hours: str | None = kept(LINE)
    supervisor: str | None = kept(ref("people"))


@declare("people")
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Someone who works for the company or a provider. ``location`` is "lat,lon" in degrees."""

    name: str = kept(LINE)
    role: str = kept(choice(*ROLES))
    area: str | None = kept(ref("areas"))
    firm: str | None = kept(LINE)
    phone: str | None = kept(LINE)
    email: str | None = kept(LINE)
    location: str | None = kept(LINE)
    languages: tuple[str, ...] = kept(LIST, default=())
    skills: tuple[str, ...] = kept(LIST, default=())
    consent_at: datetime | None = kept(INSTANT)
    active: bool = kept(BOOL, default=True)


@declare("customers")
@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Record):
    """A customer's site. ``location`` is "lat,lon" in degrees."""

    name: str = kept(LINE)
    area: str | None = kept(ref("areas"))
    address: str | None = kept(LINE)
    location: str | None = kept(LINE)
    status: str | None = kept(LINE)
    contract_start: date | None = kept(DAY)
    contract_end: date | None = kept(DAY)


@declare("agreements")
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """One item of what was agreed with a customer: it decides whether a complaint is justified (DK-25)."""

    customer: str = kept(ref("customers"))
    task: str = kept(LINE)
    place: str | None = kept(LINE)
    frequency: str | None = kept(LINE)
    included: bool = kept(BOOL, default=True)
    note: str | None = kept(TEXT)


@declare("shifts")
@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Record):
    """One visit. *Manned* when an available person is assigned (DK-12)."""

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
    manned: bool = computed(BOOL, default=False)


@declare("absences")
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


@declare("complaints", sets=("read", "replies"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Record):
    """A customer's complaint with its two clocks. Its outcome is one register, so two never mix."""

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
    reply_by: datetime | None = computed(INSTANT)
    agreement: str | None = kept(ref("agreements"), register="outcome", rule=Rule.DECISION)
    talk_needed: bool | None = kept(BOOL)
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


@declare("contacts")
@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """A documented contact with a customer, with keywords (DE-19)."""

    customer: str = kept(ref("customers"))
    person: str | None = kept(ref("people"))
    complaint: str | None = kept(ref("complaints"))
    at: datetime = kept(INSTANT)
    channel: str | None = kept(LINE)
    keywords: tuple[str, ...] = kept(LIST, default=())
    text: str | None = kept(TEXT)
    follow_up: date | None = kept(DAY)


@declare("promises")
@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Record):
    """A time-bound commitment to a customer; ``external`` is its short id, such as P7."""

    title: str = kept(LINE)
    trigger: str | None = kept(LINE)
    duty: str | None = kept(LINE)
    limit: str | None = kept(LINE)
    clock: str | None = kept(LINE)
    direction: str | None = kept(LINE)
    compensation: str | None = kept(LINE)
    area: str | None = kept(ref("areas"))
    customer: str | None = kept(ref("customers"))


@declare("plans")
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """A customer's service plan; ``progress`` is phase → [done, total]."""

    customer: str = kept(ref("customers"))
    template: str = kept(LINE, default="service-plan")
    started_on: date = kept(DAY)
    progress: Mapping[str, Any] = computed(OBJECT, default=None)
    end_reason: str | None = kept(TEXT)


@declare("rows", sets=("notes", "signs", "unsigns"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(Record):
    """A row of a plan. It is not created: it exists when its plan does (id derived from plan and row code)."""

    plan: str = computed(ref("plans"))
    row: str = computed(LINE)
    phase: str = computed(LINE)
    titles: tuple[str, ...] = kept(LIST, default=())
    think_about: tuple[str, ...] = kept(LIST, default=())
    responsible: str | None = kept(ref("people"))
    due: date | None = kept(DAY)
    done_on: date | None = kept(DAY)
    notes: tuple[str, ...] = computed(LIST, entries="notes", default=())
    signed_by: str | None = computed(ref("people"), entries="signs")
    signed_at: datetime | None = computed(INSTANT, entries="signs")
    signed_text: str | None = computed(LINE, entries="signs")
    differs: bool = computed(BOOL, default=False)


@declare("modules")
@dataclass(frozen=True, slots=True, kw_only=True)
class Module(Record):
    """An onboarding course; ``version`` is a hash of what its content means (FI-48).

    It is derived from the questions and the ``promises`` taught (their short ids), whoever changes them.
    """

    title: str = kept(LINE)
    version: str = computed(LINE)
    pass_mark: int = kept(INT)
    themes: tuple[str, ...] = kept(LIST, default=())
    promises: tuple[str, ...] = kept(LIST, default=())


@declare("questions")
@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """A module's question, its ``position`` from 1; ``external`` is the id that it has in its file.

    ``options`` holds text, right and feedback of each; without options ``answer`` holds the texts that are
    ``accepted`` (of a case the model answer) and the ``tolerance`` of a number.
    """

    module: str = kept(ref("modules"))
    kind: str = kept(
        choice("single", "multiple", "true_false", "short", "number", "case"), register="content"
    )
    text: str = kept(TEXT, register="content")
    options: tuple[Mapping[str, Any], ...] = kept(OBJECT, register="content", default=())
    feedback: str | None = kept(TEXT, register="content")
    answer: Mapping[str, Any] | None = kept(OBJECT, register="content")
    points: int = kept(INT, register="content", default=1)
    theme: str | None = kept(LINE, register="content")
    position: int = kept(INT, default=0)


@declare("attempts", sets=("grades",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Record):
    """A person's answers to a module's quiz: a fact; ``score`` in per cent."""

    module: str = kept(ref("modules"))
    version: str = kept(LINE)
    person: str = kept(ref("people"))
    at: datetime = kept(INSTANT)
    answers: Mapping[str, Any] = kept(OBJECT, default=None)
    score: int | None = kept(INT, register="mark")
    passed: bool | None = kept(BOOL, register="mark")
    trainer: str | None = kept(ref("people"))


@declare("register")
@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """Who holds which module, and by what kind of attendance (FI-47, FI-25)."""

    person: str = kept(ref("people"))
    module: str = kept(ref("modules"))
    attendance: str = kept(choice("in_person", "self_study", "train_the_trainer"))
    at: datetime = kept(INSTANT)
    version: str = kept(LINE)
    valid: bool = computed(BOOL, default=False)


@declare("feedback")
@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Record):
    """What a participant thought of an onboarding, 1 to 5 with words (FI-45)."""

    module: str = kept(ref("modules"))
    person: str = kept(ref("people"))
    rating: int = kept(INT)
    text: str | None = kept(TEXT)


@declare("improvements")
@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement(Record):
    """An improvement point of an onboarding, with its owner (FI-54 step 5)."""

    module: str = kept(ref("modules"))
    text: str = kept(TEXT)
    owner: str = kept(ref("people"))
    due: date | None = kept(DAY)


@declare("handovers")
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


@declare("feeds")
@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(Record):
    """An export of the office that is read at every sync, by a ``map`` of its columns (the text of a MAP.toml).

    ``kind`` is what its rows become, ``source`` whose ids they have. ``path``, with slashes, is relative to the
    team file's folder, which each member may see under another name, or absolute.
    """

    kind: str = kept(LINE)
    path: str = kept(LINE)
    map: str = kept(TEXT)
    source: str = kept(LINE)
    active: bool = kept(BOOL, default=True)
