"""Modules, their questions, and who holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.fields import BOOL, DAY, INSTANT, INT, LINE, LIST, OBJECT, TEXT, choice, ref
from app.domain.kinds import Record, computed, declare, kept
from app.text import _


@declare("modules", one=_("module"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Module(Record):
    """An onboarding course; ``version`` is a hash of what its content means (FI-48).

    It is derived from the questions and the ``promises`` taught (their short ids), whoever changes them.
    """

    title: str = kept(LINE)
    version: str = computed(LINE)
    pass_mark: int = kept(INT)
    themes: tuple[str, ...] = kept(LIST, default=())
    promises: tuple[str, ...] = kept(LIST, default=())


@declare("questions", one=_("question"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """A module's question, its ``position`` from 1; ``external`` is the id that it has in its file.

    ``options`` holds text, right and feedback of each; without options ``answer`` holds the texts that are
    ``accepted`` (of a case the model answer) and the ``tolerance`` of a number.
    """

    module: str = kept(ref("modules"))
    kind: str = kept(
        choice("single", "multiple", "true_false", "short", "number", "case"), register="content"
    )
    text: str = kept(TEXT, register="content")
    options: tuple[Mapping[str, Any], ...] = kept(OBJECT, register="content", default=())
    feedback: str | None = kept(TEXT, register="content")
    answer: Mapping[str, Any] | None = kept(OBJECT, register="content")
    points: int = kept(INT, register="content", default=1)
    theme: str | None = kept(LINE, register="content")
    position: int = kept(INT, default=0)


@declare("attempts", one=_("quiz attempt"), sets=("grades",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Record):
    """A person's answers to a module's quiz: a fact; ``score`` in per cent."""

    module: str = kept(ref("modules"))
    version: str = kept(LINE)
    person: str = kept(ref("people"))
    at: datetime = kept(INSTANT)
    answers: Mapping[str, Any] = kept(OBJECT, default=None)
    score: int | None = kept(INT, register="mark")
    passed: bool | None = kept(BOOL, register="mark")
    trainer: str | None = kept(ref("people"))


@declare("register", one=_("register entry"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """Who holds which module, and by what kind of attendance (FI-47, FI-25)."""

    person: str = kept(ref("people"))
    module: str = kept(ref("modules"))
    attendance: str = kept(choice("in_person", "self_study", "train_the_trainer"))
    at: datetime = kept(INSTANT)
    version: str = kept(LINE)
    valid: bool = computed(BOOL, default=False)


@declare("feedback", one=_("feedback"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Record):
    """What a participant thought of an onboarding, 1 to 5 with words (FI-45)."""

    module: str = kept(ref("modules"))
    person: str = kept(ref("people"))
    rating: int = kept(INT)
    text: str | None = kept(TEXT)


@declare("improvements", one=_("improvement point"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement(Record):
    """An improvement point of an onboarding, with its owner (FI-54 step 5)."""

    module: str = kept(ref("modules"))
    text: str = kept(TEXT)
    owner: str = kept(ref("people"))
    due: date | None = kept(DAY)
