"""Onboarding: the modules with who holds them and who must repeat, and a module's register (FI-47, FI-48)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from app.domain.instants import from_text
from app.domain.publishing import module_of
from app.domain.quiz import QuestionMark, mark
from app.domain.records import Attempt, Module, Person, Question
from app.store.reading import find
from app.store.tables import AttemptRow, ModuleRow, PersonRow, QuestionRow, TrainingRow
from app.store.view import StoreView


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module: how many hold it as it is now, and how many must repeat since its content changed."""

    id: str
    title: str
    pass_mark: int
    valid: int
    repeat: int
    questions: int
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
    asked = select(func.count()).where(QuestionRow.module == ModuleRow.id).correlate(ModuleRow)
    held = case((TrainingRow.version == ModuleRow.version, 1), else_=0)
    query = (
        select(
            ModuleRow.id, ModuleRow.title, ModuleRow.pass_mark, ModuleRow.themes,
            func.count(TrainingRow.id), func.coalesce(func.sum(held), 0), asked.scalar_subquery(),
        )
        .outerjoin(TrainingRow, TrainingRow.module == ModuleRow.id)
        .group_by(ModuleRow.id)
        .order_by(ModuleRow.title, ModuleRow.id)
    )  # fmt: skip
    return tuple(
        ModuleLine(
            id_, title or "?", mark or 0, valid, all_ - valid, number, tuple(json.loads(themes or "[]"))
        )
        for id_, title, mark, themes, all_, valid, number in view.conn.execute(query)
    )


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


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt at a module's quiz went; ``passed`` is None while a case waits for its grade.

    ``marks`` are each question with how it went, none where the module has changed since or the answers do not fit
    it; ``current`` says whether they do.
    """

    attempt: Attempt
    module: Module
    name: str
    marks: tuple[tuple[Question, QuestionMark], ...]
    missed: tuple[str, ...]
    current: bool


def result(view: StoreView, attempt: str) -> Result | None:
    """An attempt with its marks; without them where the module has other questions by now."""
    found = view.get(Attempt, attempt)
    module = view.get(Module, found.module) if found else None
    if found is None or module is None:
        return None
    person = view.get(Person, found.person)
    name = person.name if person else "?"
    nothing = Result(found, module, name, (), (), current=False)
    if found.version != module.version:
        return nothing
    asked = questions(view, module.id)
    slug = {one.id: one.external or one.id for one in asked}
    answers = {slug.get(id_, id_): answer for id_, answer in (found.answers or {}).items()}
    grades = {slug.get(id_, id_): points for id_, points in view.grades(attempt).items()}
    try:
        marked = mark(module_of(module, asked), answers, grades)
    except ValueError:
        return nothing
    by_slug = {one.question: one for one in marked.questions}
    marks = tuple((one, by_slug[slug[one.id]]) for one in asked if slug[one.id] in by_slug)
    return Result(found, module, name, marks, marked.missed, current=True)


def last_attempt(view: StoreView, module: str, person: str) -> str | None:
    """The id of a person's last attempt at a module."""
    query = select(AttemptRow.id).where(AttemptRow.module == module, AttemptRow.person == person)
    return view.conn.execute(query.order_by(AttemptRow.at.desc(), AttemptRow.id).limit(1)).scalar()


def questions(view: StoreView, module: str) -> tuple[Question, ...]:
    """A module's questions in their order."""
    return tuple(
        sorted(find(view.conn, Question, {"module": module}), key=lambda one: (one.position or 0, one.id))
    )
