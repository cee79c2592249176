"""The onboarding of the demo: who attended what, how the quizzes went, and who must repeat since a promise changed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.demo.acts import Act, act
from app.demo.founding import MANAGER, TAUGHT, TAUGHT_IN, TRAINER, promises_before
from app.demo.world import DEMO_PERSON, Worker, World
from app.domain.change import Body
from app.domain.content import Module, PromiseSpec, Question, module_version
from app.domain.ids import derived_id, random_id
from app.domain.instants import to_text
from app.domain.publishing import module_id, promise_id, question_id
from app.domain.quiz import mark
from app.store.content import modules, promises

CHANGED = -20
"""The day on which the promise was shortened."""
_HOLDERS = {"meeting-the-customer": 13, "sickness-and-complaints": 15}
_BEFORE = ("Sara Lind", "Emil Dahl", "Per Sten", "hotel stand-in")
"""Those who learned the longer promise. Whoever else can work in a kitchen has not taken the module at all, but for
two: so nobody below the supervisor can stand in this afternoon at the customer who requires it (FI-48)."""
_KEPT_UP = (DEMO_PERSON, "away later today")
_KINDS = ("in_person", "in_person", "self_study", "in_person", "train_the_trainer")


def courses(world: World) -> Iterator[Act]:
    """Every act about onboarding."""
    limit = next(one.limit for one in promises() if one.id == TAUGHT)
    at = world.times.office(CHANGED, "11:30")
    yield act(at, world.who(MANAGER).id, "promise.set", "promises", promise_id(TAUGHT), {"limit": limit})
    for module in modules():
        yield from _Course(world, module, world.choices(module.id)).acts()


@dataclass(frozen=True, slots=True)
class _Course:
    """One module with those who took it."""

    world: World
    module: Module
    choose: random.Random

    def acts(self) -> Iterator[Act]:
        """The attendances with their quizzes, and what participants and the trainer made of them."""
        for number, person in enumerate(self._holders()[: _HOLDERS.get(self.module.id, 10)]):
            yield from self._taken(person, number)
        yield from self._improvement()

    def _holders(self) -> list[Worker]:
        """Who takes the module, in the order in which they do."""
        holders = [*self.world.helpers(), *(one for one in self.world.people if one.role == "supervisor")]
        self.choose.shuffle(holders)
        if self.module.id != TAUGHT_IN:
            return holders
        first = [self.world.who(name) for name in (*_BEFORE, *_KEPT_UP)]
        return [*first, *(one for one in holders if one not in first and "kitchen" not in one.skills)]

    def _taken(self, person: Worker, number: int) -> Iterator[Act]:
        early = number < len(_BEFORE)
        days = self.world.times.weekday_before(-60 - 4 * number if early else -2 - number)
        at = self.world.times.office(days, "13:00") + timedelta(minutes=3 * number)
        version = module_version(self.module, _promises(before=early))
        fields = {
            "module": module_id(self.module.id),
            "person": person.id,
            "attendance": _KINDS[number % len(_KINDS)],
            "at": to_text(at),
            "version": version,
        }
        id_ = derived_id("register", module_id(self.module.id), person.id)
        yield self._by_trainer(at, "onboarding.attend", "register", id_, fields)
        if number % 3 != 2:
            yield from self._attempt(person, at + timedelta(hours=1), version, last=number == len(_BEFORE))
        if number % 3 == 0:
            yield self._feedback(person, at + timedelta(hours=2))

    def _by_trainer(self, at: datetime, do: str, kind: str, id_: str, fields: Body) -> Act:
        return act(at, self.world.who(TRAINER).id, do, kind, id_, fields)

    def _attempt(self, person: Worker, at: datetime, version: str, *, last: bool) -> Iterator[Act]:
        """The quiz, and the trainer's grade of each open case; the latest one still waits for it."""
        answers = {one.id: self._answer(one) for one in self.module.questions}
        marked = mark(self.module, answers)
        id_ = random_id(self.world.entropy)
        fields: Body = {
            "module": module_id(self.module.id),
            "version": version,
            "person": person.id,
            "at": to_text(at),
            "answers": {question_id(module_id(self.module.id), name): one for name, one in answers.items()},
            "score": marked.score,
            "passed": marked.passed,
            "trainer": self.world.who(TRAINER).id,
        }
        yield self._by_trainer(at, "quiz.attempt", "attempts", id_, fields)
        if not last:
            yield from self._grades(id_, at + timedelta(minutes=30), answers)

    def _grades(self, attempt: str, at: datetime, answers: Mapping[str, Any]) -> Iterator[Act]:
        grades: dict[str, int] = {}
        for one in self.module.questions:
            if one.kind == "case":
                grades[one.id] = one.points if self.choose.random() < 0.8 else 0
                marked = mark(self.module, answers, grades)
                question = question_id(module_id(self.module.id), one.id)
                fields: Body = {
                    "grades": {"question": question, "points": grades[one.id]},
                    "score": marked.score,
                    "passed": marked.passed,
                }
                yield self._by_trainer(at, "quiz.grade", "attempts", attempt, fields)

    def _answer(self, question: Question) -> Any:
        """Mostly right, at times another option."""
        right = [number for number, one in enumerate(question.options, start=1) if one.right]
        if question.kind == "multiple":
            return right
        if question.options:
            wrong = self.choose.random() < 0.15
            return self.choose.randint(1, len(question.options)) if wrong else right[0]
        return question.answer[0]

    def _feedback(self, person: Worker, at: datetime) -> Act:
        words = self.choose.choice(self.world.content.feedback)
        fields = {
            "module": module_id(self.module.id),
            "person": person.id,
            "rating": words.rating,
            "text": words.text,
        }
        return self._by_trainer(at, "onboarding.feedback", "feedback", random_id(self.world.entropy), fields)

    def _improvement(self) -> Iterator[Act]:
        at = self.world.times.office(self.world.times.weekday_before(-6), "09:40")
        fields = {
            "module": module_id(self.module.id),
            "text": self.choose.choice(self.world.content.improvements),
            "owner": self.world.who(TRAINER).id,
            "due": self.world.times.day(18).isoformat(),
        }
        yield self._by_trainer(
            at, "onboarding.improve", "improvements", random_id(self.world.entropy), fields
        )


def _promises(*, before: bool) -> tuple[PromiseSpec, ...]:
    return promises_before() if before else promises()
