"""Folded: the service plans."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.store.schema import Base
from app.store.tables.common import Folded


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
