"""Onboarding: the modules with who holds them and who must repeat, and a module's register (FI-47, FI-48)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from app.domain.instants import from_text
from app.domain.records import Question
from app.store.reading import find
from app.store.tables import AttemptRow, ModuleRow, PersonRow, TrainingRow
from app.store.view import StoreView


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module: how many hold it as it is now, and how many must repeat since its content changed."""

    id: str
    title: str
    pass_mark: int
    valid: int
    repeat: int
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A person in a module's register, with their last attempt at its quiz."""

    id: str
    person: str
    name: str
    firm: str
    attendance: str
    at: datetime | None
    valid: bool
    score: int | None
    passed: bool | None


def modules(view: StoreView) -> tuple[ModuleLine, ...]:
    """Every module by title."""
    held = case((TrainingRow.version == ModuleRow.version, 1), else_=0)
    query = (
        select(
            ModuleRow.id, ModuleRow.title, ModuleRow.pass_mark, ModuleRow.themes,
            func.count(TrainingRow.id), func.coalesce(func.sum(held), 0),
        )
        .outerjoin(TrainingRow, TrainingRow.module == ModuleRow.id)
        .group_by(ModuleRow.id)
        .order_by(ModuleRow.title, ModuleRow.id)
    )  # fmt: skip
    return tuple(
        ModuleLine(id_, title or "?", mark or 0, valid, all_ - valid, _themes(themes))
        for id_, title, mark, themes, all_, valid in view.conn.execute(query)
    )


def _themes(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip(' "') for part in (text or "").strip("[]").split('", "') if part.strip(' "'))


def register(view: StoreView, module: str) -> tuple[RegisterLine, ...]:
    """A module's register: those who must repeat first, then by name."""
    last = (
        select(AttemptRow.person, func.max(AttemptRow.at).label("at"))
        .where(AttemptRow.module == module)
        .group_by(AttemptRow.person)
        .subquery()
    )
    attempt = (
        select(AttemptRow.person, AttemptRow.score, AttemptRow.passed)
        .join(last, (last.c.person == AttemptRow.person) & (last.c.at == AttemptRow.at))
        .where(AttemptRow.module == module)
        .subquery()
    )
    valid = TrainingRow.version == ModuleRow.version
    query = (
        select(
            TrainingRow.id, TrainingRow.person, PersonRow.name, PersonRow.firm, TrainingRow.attendance,
            TrainingRow.at, valid, attempt.c.score, attempt.c.passed,
        )
        .join(ModuleRow, ModuleRow.id == TrainingRow.module)
        .outerjoin(PersonRow, PersonRow.id == TrainingRow.person)
        .outerjoin(attempt, attempt.c.person == TrainingRow.person)
        .where(TrainingRow.module == module)
        .order_by(valid, PersonRow.name, TrainingRow.id)
    )  # fmt: skip
    return tuple(
        RegisterLine(
            id_, person or "", name or "?", firm or "", attendance or "",
            from_text(at) if at else None, bool(holds), score, passed,
        )
        for id_, person, name, firm, attendance, at, holds, score, passed in view.conn.execute(query)
    )  # fmt: skip


def questions(view: StoreView, module: str) -> tuple[Question, ...]:
    """A module's questions in their order."""
    return tuple(
        sorted(find(view.conn, Question, {"module": module}), key=lambda one: (one.position or 0, one.id))
    )
