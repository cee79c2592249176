"""The service plan: one a customer, 36 rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.fields import BOOL, DAY, INSTANT, LINE, LIST, OBJECT, TEXT, ref
from app.domain.kinds import Record, computed, declare, kept
from app.text import _


@declare("plans", one=_("service plan"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """A customer's service plan; ``progress`` is phase → [done, total]."""

    customer: str = kept(ref("customers"))
    template: str = kept(LINE, default="service-plan")
    started_on: date = kept(DAY)
    progress: Mapping[str, Any] = computed(OBJECT, default=None)
    end_reason: str | None = kept(TEXT)


@declare("rows", one=_("service plan row"), sets=("notes", "signs", "unsigns"))
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
