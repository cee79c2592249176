"""What every folded record has, and what contends."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema import Base


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
    kind: Mapped[str] = mapped_column(primary_key=True)
