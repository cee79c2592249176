"""What contends about a record: both sides, as their writers left them."""

from __future__ import annotations

from sqlalchemy import select

from app.domain.conflicts import Contest
from app.store.tables import ConflictRow
from app.store.view import StoreView


def contests_of(view: StoreView, record: str) -> tuple[Contest, ...]:
    """The conflicts about a record, decisions that contend first."""
    query = select(ConflictRow.id).where(ConflictRow.record == record)
    ids = view.conn.execute(query.order_by(ConflictRow.contested.desc(), ConflictRow.id)).scalars().all()
    return tuple(found for id_ in ids if (found := view.get(Contest, id_)) is not None)
