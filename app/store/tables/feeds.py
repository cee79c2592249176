"""Folded: the office's exports that the team reads."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.store.schema import Base
from app.store.tables.common import Folded


class FeedRow(Folded, Base):
    """Folded: an export of the office that is read at every sync, by a map of its columns."""

    __tablename__ = "feeds"

    kind: Mapped[str | None]
    path: Mapped[str | None]
    map: Mapped[str | None]
    source: Mapped[str | None]
    active: Mapped[bool | None]
