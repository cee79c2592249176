"""Folded: modules, their questions, and who holds what."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.store.schema import Base
from app.store.tables.common import Folded


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
