"""Marking a quiz: a pure function of the module, the answers and the trainer's grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.content import Module, Question, decimal_of, folded
from app.text import _


class Verdict(StrEnum):
    """How one question went."""

    RIGHT = "right"
    WRONG = "wrong"
    UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """How one question went, with the points earned of those it can give."""

    question: str
    verdict: Verdict
    points: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Marked:
    """How a module went.

    ``score`` is a whole percent, rounded down, over what is graded so far; ``passed`` is None while a case
    awaits the trainer; ``missed`` are the themes of wrong questions, in the module's order.
    """

    score: int
    passed: bool | None
    questions: tuple[QuestionMark, ...]
    missed: tuple[str, ...]


def mark(module: Module, answers: Mapping[str, object], grades: Mapping[str, object] | None = None) -> Marked:
    """The answers marked; a question without an answer is wrong, a case without a grade is ungraded.

    ``answers`` is question id to option number (from 1), list of numbers, text or number; ``grades`` is
    the trainer's points for cases. ValueError, in one line, where either does not fit the module.
    """
    given = grades or {}
    _refuse_unknown(module, [*answers, *given])
    marks = tuple(_marked(module, question, answers, given) for question in module.questions)
    counted = [row for row in marks if row.verdict is not Verdict.UNGRADED]
    out_of = sum(row.out_of for row in counted)
    score = sum(row.points for row in counted) * 100 // out_of if out_of else 0
    wrong = {
        question.theme
        for question, row in zip(module.questions, marks, strict=True)
        if row.verdict is Verdict.WRONG
    }
    return Marked(
        score=score,
        passed=score >= module.pass_mark if len(counted) == len(marks) else None,
        questions=marks,
        missed=tuple(theme for theme in dict.fromkeys(module.themes) if theme in wrong),
    )


def _refuse_unknown(module: Module, ids: Sequence[str]) -> None:
    known = {question.id for question in module.questions}
    for question_id in ids:
        if question_id not in known:
            raise ValueError(_("there is no question %(id)s in this module") % {"id": question_id})


def _marked(
    module: Module, question: Question, answers: Mapping[str, object], grades: Mapping[str, object]
) -> QuestionMark:
    if question.kind == "case":
        return _graded(module, question, answers, grades)
    if question.id in grades:
        raise ValueError(_("question %(id)s is no case: it is marked by itself") % {"id": question.id})
    right = question.id in answers and _is_right(question, answers[question.id])
    verdict = Verdict.RIGHT if right else Verdict.WRONG
    return QuestionMark(question.id, verdict, question.points if right else 0, question.points)


def _graded(
    module: Module, question: Question, answers: Mapping[str, object], grades: Mapping[str, object]
) -> QuestionMark:
    if question.id in answers:
        _text(question, answers[question.id])
    if question.id not in grades:
        return QuestionMark(question.id, Verdict.UNGRADED, 0, question.points)
    points = grades[question.id]
    if isinstance(points, bool) or not isinstance(points, int) or not 0 <= points <= question.points:
        raise ValueError(
            _("question %(id)s takes 0 to %(most)d points") % {"id": question.id, "most": question.points}
        )
    enough = points * 100 >= module.pass_mark * question.points
    return QuestionMark(question.id, Verdict.RIGHT if enough else Verdict.WRONG, points, question.points)


def _is_right(question: Question, answer: object) -> bool:
    if question.kind == "multiple":
        chosen = _option_numbers(question, answer)
        return chosen == {number for number, option in enumerate(question.options, 1) if option.right}
    if question.kind == "short":
        return folded(_text(question, answer)) in {folded(text) for text in question.answer}
    if question.kind == "number":
        return _within(question, _number(question, answer))
    return question.options[_option_number(question, answer) - 1].right


def _within(question: Question, value: Decimal) -> bool:
    tolerance = decimal_of(question.tolerance) or Decimal(0)
    targets = (decimal_of(text) for text in question.answer)
    return any(target is not None and abs(value - target) <= tolerance for target in targets)


def _option_number(question: Question, answer: object) -> int:
    if isinstance(answer, bool) or not isinstance(answer, int) or not 1 <= answer <= len(question.options):
        raise ValueError(
            _("question %(id)s takes an option number from 1 to %(most)d")
            % {"id": question.id, "most": len(question.options)}
        )
    return answer


def _option_numbers(question: Question, answer: object) -> set[int]:
    if isinstance(answer, str) or not isinstance(answer, Sequence):
        raise ValueError(_("question %(id)s takes a list of option numbers") % {"id": question.id})
    return {_option_number(question, number) for number in answer}


def _text(question: Question, answer: object) -> str:
    if not isinstance(answer, str):
        raise ValueError(_("question %(id)s takes a text") % {"id": question.id})
    return answer


def _number(question: Question, answer: object) -> Decimal:
    plain = isinstance(answer, (int, float, str, Decimal)) and not isinstance(answer, bool)
    value = decimal_of(str(answer)) if plain else None
    if value is None:
        raise ValueError(_("question %(id)s takes a number") % {"id": question.id})
    return value
