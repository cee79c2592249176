"""Folded: what the team says and understands."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema import Base
from app.store.tables.common import Folded


class TemplateRow(Folded, Base):
    """Folded: words that a supervisor starts from; ``external`` is its short id, such as da-accept."""

    __tablename__ = "templates"

    use: Mapped[str | None]
    language: Mapped[str | None]
    title: Mapped[str | None]
    text: Mapped[str | None]
    active: Mapped[bool | None]


class SynonymRow(Folded, Base):
    """Folded: a word of customers that means one of an agreement."""

    __tablename__ = "synonyms"

    word: Mapped[str | None]
    means: Mapped[str | None]
    active: Mapped[bool | None]


class CardRow(Folded, Base):
    """Folded: what is printed on the cards for customers in a language."""

    __tablename__ = "cards"

    left: Mapped[str | None]
    filled: Mapped[str | None]
    for_: Mapped[str | None] = mapped_column("for")
    name: Mapped[str | None]
    contact: Mapped[str | None]
    reason: Mapped[str | None]
    returns: Mapped[str | None]
    customer_action: Mapped[str | None]
    matter: Mapped[str | None]
    date: Mapped[str | None]
    customer_contact: Mapped[str | None]
    responsible: Mapped[str | None]
    answer_by: Mapped[str | None]
