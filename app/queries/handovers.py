"""What colleagues left for whoever takes over: shown until a supervisor has acknowledged it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from app.domain.instants import from_text
from app.queries.moments import ME, moments
from app.store.tables import AreaRow, HandoverRow, PersonRow
from app.store.view import StoreView

MOST = 200


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A hand-over: who left it, of which area, when, what they said; and who acknowledged it, with a word back."""

    id: str
    by: str
    area: str
    at: datetime
    text: str
    acknowledged_by: str
    acknowledged_at: datetime | None
    answer: str


def waiting(view: StoreView) -> tuple[HandoverLine, ...]:
    """What waits for the acting supervisor to take it over, the oldest first.

    Of every area: who steps in for a colleague may lead another one.
    """
    if view.actor.role != "supervisor":
        return ()
    return _read(view, _waiting())


@lru_cache(maxsize=1)
def _waiting() -> Select[Any]:
    open_ones = _lines().where(HandoverRow.acknowledged_at.is_(None), HandoverRow.given_by != ME)
    return open_ones.order_by(HandoverRow.at, HandoverRow.id)


def handovers(view: StoreView) -> tuple[HandoverLine, ...]:
    """The last hand-overs, those that nobody has taken over first."""
    taken = HandoverRow.acknowledged_at.is_not(None)
    return _read(view, _lines().order_by(taken, HandoverRow.at.desc(), HandoverRow.id))


def _lines() -> Select[Any]:
    taker = PersonRow.__table__.alias("taker")
    return (
        select(
            HandoverRow.id, PersonRow.name, AreaRow.name.label("area"), HandoverRow.at, HandoverRow.text,
            taker.c.name.label("taker"), HandoverRow.acknowledged_at, HandoverRow.answer,
        )
        .outerjoin(PersonRow, PersonRow.id == HandoverRow.given_by)
        .outerjoin(AreaRow, AreaRow.id == HandoverRow.area)
        .outerjoin(taker, taker.c.id == HandoverRow.acknowledged_by)
        .limit(MOST)
    )  # fmt: skip


def _read(view: StoreView, query: Select[Any]) -> tuple[HandoverLine, ...]:
    return tuple(
        HandoverLine(
            id_, by or "?", area or "", from_text(at or "1970-01-01T00:00:00Z"), text or "",
            taker or "", from_text(taken_at) if taken_at else None, answer or "",
        )
        for id_, by, area, at, text, taker, taken_at, answer in view.conn.execute(query, moments(view))
    )  # fmt: skip
