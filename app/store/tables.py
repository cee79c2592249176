"""The tables folded from the log: one a kind of record, and what contends.

Times are UTC text, dates are ISO text, lists and objects are JSON text. Every column may be null: changes
arrive in any order, so a record can be here before what it refers to. Nothing but the fold writes here.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema import Base

FOLD_VERSION = 5
"""Raised whenever the fold or a table below changes: the next start folds the log anew."""


class Folded:
    """What every folded record has: ``contested`` is JSON, ``heads`` as app/store/heads.py packs them."""

    id: Mapped[str] = mapped_column(primary_key=True)
    external: Mapped[str | None]
    contested: Mapped[str | None]
    heads: Mapped[str | None]


class ConflictRow(Base):
    """Concurrent values of one register of a record; ``heads`` and ``fields`` are JSON lists."""

    __tablename__ = "conflicts"

    id: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    register: Mapped[str]
    fields: Mapped[str]
    heads: Mapped[str]
    contested: Mapped[bool]


class ReadOnlyRow(Base):
    """A record that a newer program has written to in a way that this one must not interpret."""

    __tablename__ = "readonly"

    record: Mapped[str] = mapped_column(primary_key=True)


class AreaRow(Folded, Base):
    """Folded: a supervisor's geographic area of responsibility."""

    __tablename__ = "areas"

    name: Mapped[str | None]
    country: Mapped[str | None]
    timezone: Mapped[str | None]
    hours: Mapped[str | None]
    supervisor: Mapped[str | None]


class PersonRow(Folded, Base):
    """Folded: someone who works for the company or a provider. ``location`` is "lat,lon" in degrees."""

    __tablename__ = "people"

    name: Mapped[str | None]
    role: Mapped[str | None]
    area: Mapped[str | None]
    firm: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    location: Mapped[str | None]
    languages: Mapped[str | None]
    skills: Mapped[str | None]
    consent_at: Mapped[str | None]
    active: Mapped[bool | None]

    __table_args__ = (Index("people_area", "area"),)


class CustomerRow(Folded, Base):
    """Folded: a customer's site. ``location`` is "lat,lon" in degrees."""

    __tablename__ = "customers"

    name: Mapped[str | None]
    area: Mapped[str | None]
    address: Mapped[str | None]
    location: Mapped[str | None]
    status: Mapped[str | None]
    contract_start: Mapped[str | None]
    contract_end: Mapped[str | None]

    __table_args__ = (Index("customers_area", "area"),)


class AgreementRow(Folded, Base):
    """Folded: one item of what was agreed with a customer: it decides whether a complaint is justified (DK-25)."""

    __tablename__ = "agreements"

    customer: Mapped[str | None]
    task: Mapped[str | None]
    place: Mapped[str | None]
    frequency: Mapped[str | None]
    included: Mapped[bool | None]
    note: Mapped[str | None]

    __table_args__ = (Index("agreements_customer", "customer"),)


class ShiftRow(Folded, Base):
    """Folded: one visit. *Manned* when an available person is assigned (DK-12)."""

    __tablename__ = "shifts"

    customer: Mapped[str | None]
    start: Mapped[str | None]
    end: Mapped[str | None]
    person: Mapped[str | None]
    skills: Mapped[str | None]
    status: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    agreed_with: Mapped[str | None]
    note: Mapped[str | None]
    override: Mapped[str | None]
    covers_for: Mapped[str | None]

    __table_args__ = (
        Index("shifts_start", "start"),
        Index("shifts_person", "person", "start"),
        Index("shifts_covers_for", "covers_for", "start"),
        Index("shifts_customer", "customer", "start"),
    )


class AbsenceRow(Folded, Base):
    """Folded: a person is away from a moment, until a moment or open-ended. There is no field for a cause."""

    __tablename__ = "absences"

    person: Mapped[str | None]
    kind: Mapped[str | None]
    from_: Mapped[str | None] = mapped_column("from")
    until: Mapped[str | None]
    reported_at: Mapped[str | None]
    reported_by: Mapped[str | None]
    called_at: Mapped[str | None]
    status: Mapped[str | None]
    approved_by: Mapped[str | None]
    approved_at: Mapped[str | None]
    note: Mapped[str | None]
    certificate_requested_at: Mapped[str | None]

    __table_args__ = (
        Index("absences_status", "status", "from"),
        Index("absences_until", "status", "until"),
        Index("absences_contested", "contested", sqlite_where=sql("contested IS NOT NULL")),
        Index("absences_person", "person", "from"),
    )


class ComplaintRow(Folded, Base):
    """Folded: a customer's complaint with its two clocks. Its outcome is one register, so two never mix."""

    __tablename__ = "complaints"

    customer: Mapped[str | None]
    received_at: Mapped[str | None]
    channel: Mapped[str | None]
    text: Mapped[str | None]
    status: Mapped[str | None]
    read_at: Mapped[str | None]
    read_by: Mapped[str | None]
    reply: Mapped[str | None]
    replied_at: Mapped[str | None]
    reply_by: Mapped[str | None]
    agreement: Mapped[str | None]
    talk_needed: Mapped[bool | None]
    plan: Mapped[str | None]
    solve_by: Mapped[str | None]
    assignee: Mapped[str | None]
    reason: Mapped[str | None]
    extra_work: Mapped[str | None]
    agreed_with: Mapped[str | None]
    when: Mapped[str | None]
    solved_at: Mapped[str | None]
    note: Mapped[str | None]
    closed_by: Mapped[str | None]
    closed_at: Mapped[str | None]
    clock_due: Mapped[str | None]

    __table_args__ = (
        Index("complaints_status", "status", "clock_due"),
        Index("complaints_contested", "contested", sqlite_where=sql("contested IS NOT NULL")),
        Index("complaints_solved_at", "solved_at"),
        Index("complaints_customer", "customer"),
    )


class ContactRow(Folded, Base):
    """Folded: a documented contact with a customer, with keywords (DE-19)."""

    __tablename__ = "contacts"

    customer: Mapped[str | None]
    person: Mapped[str | None]
    complaint: Mapped[str | None]
    at: Mapped[str | None]
    channel: Mapped[str | None]
    keywords: Mapped[str | None]
    text: Mapped[str | None]
    follow_up: Mapped[str | None]

    __table_args__ = (
        Index("contacts_customer", "customer", "at"),
        Index("contacts_complaint", "complaint"),
        Index("contacts_follow_up", "follow_up"),
    )


class PromiseRow(Folded, Base):
    """Folded: a time-bound commitment to a customer; ``external`` is its short id, such as P7."""

    __tablename__ = "promises"

    title: Mapped[str | None]
    trigger: Mapped[str | None]
    duty: Mapped[str | None]
    limit: Mapped[str | None]
    clock: Mapped[str | None]
    direction: Mapped[str | None]
    compensation: Mapped[str | None]
    area: Mapped[str | None]
    customer: Mapped[str | None]


class PlanRow(Folded, Base):
    """Folded: a customer's service plan; ``progress`` is phase → [done, total]."""

    __tablename__ = "plans"

    customer: Mapped[str | None]
    template: Mapped[str | None]
    started_on: Mapped[str | None]
    end_reason: Mapped[str | None]

    __table_args__ = (Index("plans_customer", "customer"),)


class PlanLineRow(Folded, Base):
    """Folded: a row of a plan."""

    __tablename__ = "rows"

    plan: Mapped[str | None]
    row: Mapped[str | None]
    phase: Mapped[str | None]
    titles: Mapped[str | None]
    think_about: Mapped[str | None]
    responsible: Mapped[str | None]
    due: Mapped[str | None]
    done_on: Mapped[str | None]
    notes: Mapped[str | None]
    signed_by: Mapped[str | None]
    signed_at: Mapped[str | None]
    signed_text: Mapped[str | None]
    differs: Mapped[bool | None]

    __table_args__ = (
        Index("rows_plan", "plan"),
        Index("rows_due", "due"),
    )


class ModuleRow(Folded, Base):
    """Folded: an onboarding course; ``version`` is a hash of what its content means (FI-48)."""

    __tablename__ = "modules"

    title: Mapped[str | None]
    version: Mapped[str | None]
    pass_mark: Mapped[int | None]
    themes: Mapped[str | None]
    promises: Mapped[str | None]


class QuestionRow(Folded, Base):
    """Folded: a module's question."""

    __tablename__ = "questions"

    module: Mapped[str | None]
    kind: Mapped[str | None]
    text: Mapped[str | None]
    options: Mapped[str | None]
    feedback: Mapped[str | None]
    answer: Mapped[str | None]
    points: Mapped[int | None]
    theme: Mapped[str | None]
    position: Mapped[int | None]

    __table_args__ = (Index("questions_module", "module"),)


class AttemptRow(Folded, Base):
    """Folded: a person's answers to a module's quiz: a fact; ``score`` in per cent."""

    __tablename__ = "attempts"

    module: Mapped[str | None]
    version: Mapped[str | None]
    person: Mapped[str | None]
    at: Mapped[str | None]
    answers: Mapped[str | None]
    score: Mapped[int | None]
    passed: Mapped[bool | None]
    trainer: Mapped[str | None]

    __table_args__ = (
        Index("attempts_module", "module"),
        Index("attempts_person", "person"),
    )


class TrainingRow(Folded, Base):
    """Folded: who holds which module, and by what kind of attendance (FI-47, FI-25)."""

    __tablename__ = "register"

    person: Mapped[str | None]
    module: Mapped[str | None]
    attendance: Mapped[str | None]
    at: Mapped[str | None]
    version: Mapped[str | None]

    __table_args__ = (
        Index("register_module", "module"),
        Index("register_person", "person"),
    )


class FeedbackRow(Folded, Base):
    """Folded: what a participant thought of an onboarding, 1 to 5 with words (FI-45)."""

    __tablename__ = "feedback"

    module: Mapped[str | None]
    person: Mapped[str | None]
    rating: Mapped[int | None]
    text: Mapped[str | None]

    __table_args__ = (Index("feedback_module", "module"),)


class ImprovementRow(Folded, Base):
    """Folded: an improvement point of an onboarding, with its owner (FI-54 step 5)."""

    __tablename__ = "improvements"

    module: Mapped[str | None]
    text: Mapped[str | None]
    owner: Mapped[str | None]
    due: Mapped[str | None]

    __table_args__ = (Index("improvements_module", "module"),)


class HandoverRow(Folded, Base):
    """Folded: what a supervisor leaves to a colleague, shown until acknowledged."""

    __tablename__ = "handovers"

    area: Mapped[str | None]
    given_by: Mapped[str | None]
    at: Mapped[str | None]
    text: Mapped[str | None]
    acknowledged_by: Mapped[str | None]
    acknowledged_at: Mapped[str | None]
    answer: Mapped[str | None]

    __table_args__ = (Index("handovers_acknowledged_at", "acknowledged_at"),)


class FeedRow(Folded, Base):
    """Folded: an export of the office that is read at every sync, by a map of its columns."""

    __tablename__ = "feeds"

    kind: Mapped[str | None]
    path: Mapped[str | None]
    map: Mapped[str | None]
    source: Mapped[str | None]
    active: Mapped[bool | None]
