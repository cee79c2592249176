"""Decisions on onboarding: quizzes, the register of participants, feedback, improvements (FI-44 … FI-54)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.decisions.checks import consent_missing
from app.decisions.registry import Set, decision, optional, required
from app.domain.change import Body
from app.domain.fields import DAY, INSTANT, INT, LINE, OBJECT, TEXT, BadInput, choice, ref
from app.domain.ids import derived_id
from app.domain.instants import to_text
from app.domain.publishing import module_of
from app.domain.quiz import Marked, mark
from app.domain.records import Attempt, Module, Person, Question, Training
from app.domain.view import View
from app.text import _

TRAINER = ("trainer",)
IN_FUTURE = _("it cannot lie in the future")
NO_SUCH_MODULE = _("that module is not known here")


@decision("quiz.attempt", on=None, roles=TRAINER, title=_("Mark a quiz"), done=_("Marked the quiz of"))
class Attempted:
    """A person's answers to a module's quiz, marked against its questions as the team has them (FI-44).

    ``answers``: question (its id, or the id in its file) to option number, list of numbers, text or number.
    While an open case waits for its grade, the score counts the rest and nobody has passed yet.
    """

    module: str = required(ref("modules"), _("Which module?"))
    person: str = required(ref("people"), _("Who answered?"))
    answers: dict[str, Any] = required(OBJECT, _("Question to answer, as JSON"))

    def refuse(self, _record: None, view: View) -> str | None:
        if not view.find(Question, module=self.module):
            return _("this module has no questions")
        self._mark(view)
        return consent_missing(view.get(Person, self.person))

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        module, answers, marked = self._mark(view)
        fields: Body = {
            "module": module.id,
            "version": module.version,
            "person": self.person,
            "at": to_text(view.now),
            "answers": answers,
            "score": marked.score,
            "passed": marked.passed,
            "trainer": view.actor.id,
        }
        yield Set("attempts", view.new_id(), fields, new=True)

    def _mark(self, view: View) -> tuple[Module, dict[str, Any], Marked]:
        module = view.get(Module, self.module)
        if module is None:
            raise BadInput(NO_SUCH_MODULE)
        questions = view.find(Question, module=self.module)
        answers: dict[str, Any] = {}
        for name, answer in self.answers.items():
            id_ = _question(questions, name).id
            if id_ in answers:
                raise BadInput(_("question %(id)s is answered twice") % {"id": name})
            answers[id_] = answer
        return module, answers, _marked(module, questions, answers, {})


@decision("quiz.grade", on=None, roles=TRAINER, title=_("Grade a case"), done=_("Graded"), key="g")
class Grade:
    """The trainer's points for an open case, against its model answer; the score follows.

    Only while the module says what it said at the attempt: else the person takes it again anyway (FI-48).
    """

    attempt: str = required(ref("attempts"), _("Which attempt?"))
    question: str = required(LINE, _("Which question? Its id, or the id in its file"))
    points: int = required(INT, _("How many points?"))
    remark: str | None = optional(TEXT, _("What should the person know about it?"))

    def refuse(self, _record: None, view: View) -> str | None:
        attempt, module = self._subject(view)
        if attempt.version != module.version:
            return _("the module has changed since: it has to be taken again")
        self._mark(attempt, module, view)
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        attempt, module = self._subject(view)
        question, marked = self._mark(attempt, module, view)
        grade = {"question": question.id, "points": self.points}
        if self.remark:
            grade["remark"] = self.remark
        yield Set("attempts", attempt.id, {"grades": grade, "score": marked.score, "passed": marked.passed})

    def _subject(self, view: View) -> tuple[Attempt, Module]:
        attempt = view.get(Attempt, self.attempt)
        module = view.get(Module, attempt.module) if attempt else None
        if attempt is None or module is None:
            raise BadInput(NO_SUCH_MODULE)
        return attempt, module

    def _mark(self, attempt: Attempt, module: Module, view: View) -> tuple[Question, Marked]:
        questions = view.find(Question, module=module.id)
        question = _question(questions, self.question)
        grades = {**view.grades(attempt.id), question.id: self.points}
        return question, _marked(module, questions, attempt.answers or {}, grades)


@decision("onboarding.attend", on=None, roles=TRAINER, title=_("Register attendance"), done=_("Registered"),
          key="p", brief=_("register"))  # fmt: skip
class Attend:
    """Who holds which module, and by what kind of attendance (FI-25, FI-47).

    One entry a person and module: attending again brings it to the module as it is now (FI-48).
    """

    module: str = required(ref("modules"), _("Which module?"))
    person: str = required(ref("people"), _("Who took part?"))
    attendance: str = required(
        choice("in_person", "self_study", "train_the_trainer"), _("How?"), suggest="in_person"
    )
    at: str | None = optional(INSTANT, _("When? Empty: now"))

    def refuse(self, _record: None, view: View) -> str | None:
        if self.at is not None and self.at > to_text(view.now):
            return IN_FUTURE
        return consent_missing(view.get(Person, self.person))

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        module = view.get(Module, self.module)
        found = view.find(Training, module=self.module, person=self.person)
        fields: Body = {
            "module": self.module,
            "person": self.person,
            "attendance": self.attendance,
            "at": self.at or to_text(view.now),
            "version": module.version if module else "",
        }
        id_ = found[0].id if found else derived_id("register", self.module, self.person)
        yield Set("register", id_, fields, new=not found)


@decision(
    "onboarding.feedback", on=None, roles=TRAINER, title=_("Feedback"), done=_("Feedback from"), key="f"
)
class Gave:
    """What a participant thought of the onboarding (FI-45)."""

    module: str = required(ref("modules"), _("Which module?"))
    person: str = required(ref("people"), _("Whose feedback?"))
    rating: int = required(INT, _("From 1 (poor) to 5 (good)?"))
    text: str | None = optional(TEXT, _("In their words"))

    def refuse(self, _record: None, _view: View) -> str | None:
        return None if 1 <= self.rating <= 5 else _("the rating goes from 1 to 5")

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        fields: Body = {"module": self.module, "person": self.person, "rating": self.rating}
        yield Set("feedback", view.new_id(), fields | ({"text": self.text} if self.text else {}), new=True)


@decision("onboarding.improve", on=None, roles=("trainer", "manager"), title=_("Improvement point"),
          done=_("Improvement noted for"), key="m", brief=_("improve"))  # fmt: skip
class Improve:
    """An improvement found, with its owner: it is started, not only found (FI-54 step 5)."""

    module: str = required(ref("modules"), _("Which module?"))
    text: str = required(TEXT, _("What should be better?"))
    owner: str = required(ref("people"), _("Who sees to it?"))
    due: str | None = optional(DAY, _("By when?"))

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        fields: Body = {"module": self.module, "text": self.text, "owner": self.owner}
        yield Set("improvements", view.new_id(), fields | ({"due": self.due} if self.due else {}), new=True)


def _question(questions: Iterable[Question], name: str) -> Question:
    """The module's question of an id, a unique beginning of it, or the id in its file. BadInput otherwise."""
    listed = list(questions)
    named = [one for one in listed if name in (one.id, one.external)]
    if not named and len(name) >= 4:
        named = [one for one in listed if one.id.startswith(name.lower())]
    if len(named) != 1:
        raise BadInput(_("there is no question %(id)s in this module") % {"id": name})
    return named[0]


def _marked(
    module: Module, questions: Iterable[Question], answers: Mapping[str, Any], grades: Mapping[str, int]
) -> Marked:
    """The marking by the ids that the content goes by. BadInput where answers or points do not fit."""
    listed = list(questions)
    slug = {one.id: one.external or one.id for one in listed}
    try:
        return mark(
            module_of(module, listed),
            {slug.get(name, name): answer for name, answer in answers.items()},
            {slug.get(name, name): points for name, points in grades.items()},
        )
    except ValueError as error:
        raise BadInput(str(error)) from error
