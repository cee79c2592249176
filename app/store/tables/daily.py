"""Folded: the records of a supervisor's day."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema import Base
from app.store.tables.common import Folded


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
    offers: Mapped[str | None]

    __table_args__ = (
        Index("shifts_start", "start", "end"),
        Index("shifts_person", "person", "start"),
        Index("shifts_covers_for", "covers_for", "start", sqlite_where=sql("covers_for IS NOT NULL")),
        Index("shifts_customer", "customer", "start"),
        Index("shifts_taken_over", "start", sqlite_where=sql("covers_for IS NOT NULL")),
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
    told: Mapped[str | None]
    told_at: Mapped[str | None]
    reply_by: Mapped[str | None]
    agreement: Mapped[str | None]
    agreement_text: Mapped[str | None]
    talk_needed: Mapped[bool | None]
    urgent: Mapped[bool | None]
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
    results_by: Mapped[str | None]
    late: Mapped[str | None]
    paused_at: Mapped[str | None]
    pause_reason: Mapped[str | None]
    pauses: Mapped[str | None]
    escalated_at: Mapped[str | None]
    escalated_by: Mapped[str | None]
    escalation: Mapped[str | None]
    escalations: Mapped[str | None]

    __table_args__ = (
        Index("complaints_status", "status", "clock_due"),
        Index("complaints_contested", "contested", sqlite_where=sql("contested IS NOT NULL")),
        Index("complaints_solved_at", "solved_at"),
        Index("complaints_customer", "customer", "received_at"),
        Index("complaints_received_at", "received_at"),
        Index("complaints_escalated_at", "escalated_at", sqlite_where=sql("escalated_at IS NOT NULL")),
    )


class ActionRow(Folded, Base):
    """Folded: a corrective action: what is changed so that it does not come again (DE-21)."""

    __tablename__ = "actions"

    complaint: Mapped[str | None]
    customer: Mapped[str | None]
    text: Mapped[str | None]
    owner: Mapped[str | None]
    due: Mapped[str | None]
    done_on: Mapped[str | None]
    note: Mapped[str | None]

    __table_args__ = (
        Index("actions_complaint", "complaint"),
        Index("actions_due", "done_on", "due"),
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
    responsible: Mapped[str | None]
    card: Mapped[str | None]

    __table_args__ = (
        Index("contacts_customer", "customer", "at"),
        Index("contacts_complaint", "complaint", sqlite_where=sql("complaint IS NOT NULL")),
        Index("contacts_follow_up", "follow_up", sqlite_where=sql("follow_up IS NOT NULL")),
    )


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
