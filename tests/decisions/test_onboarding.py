"""Onboarding: quizzes marked, the register and what stays valid, feedback, improvements."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.assets import data_dir
from app.desk import Desk
from app.domain.content import module_version
from app.domain.ids import random_id
from app.domain.publishing import module_id, module_of, publish_writes
from app.domain.records import Attempt, Feedback, Improvement, Module, Person, Promise, Question, Training
from app.store.content import modules, promises
from app.store.door import Write, Writer
from tests.decisions.helpers import bad_input, refused, second_home
from tests.support import NOW, exchange_all, id_of, make_desk, seeded, tables

TRAINER = "Peter Juhl"
SLUG = "sickness-and-complaints"
FILE = (data_dir() / "modules" / f"{SLUG}.toml").read_text("utf-8")
PROMISES = (data_dir() / "promises.toml").read_text("utf-8")
SHIPPED = next(one for one in modules() if one.id == SLUG)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, TRAINER)
    desk.take("module.publish", None, {"content": FILE})
    yield desk
    desk.close()


def get(desk: Desk, record: type[Any], id_: str) -> Any:
    found = desk.ask(lambda view: view.get(record, id_))
    assert found is not None
    return found


def module(desk: Desk) -> Module:
    found: Module = get(desk, Module, module_id(SLUG))
    return found


def questions(desk: Desk, module: str = module_id(SLUG)) -> list[Question]:
    return desk.ask(lambda view: view.find(Question, module=module))


def all_right() -> dict[str, Any]:
    """A right answer to every question but the case, which gets its text."""
    found: dict[str, Any] = {}
    for one in SHIPPED.questions:
        right = [number for number, option in enumerate(one.options, 1) if option.right]
        found[one.id] = right if one.kind == "multiple" else right[0] if right else one.answer[0]
    return found


def attempt(desk: Desk, person: str = "Sara Lind", **answers: Any) -> Attempt:
    given = {"module": SLUG, "person": person, "answers": {**all_right(), **answers}}
    found: Attempt = get(desk, Attempt, desk.take("quiz.attempt", None, given).id)
    return found


def cases() -> list[str]:
    return [one.id for one in SHIPPED.questions if one.kind == "case"]


def test_publishing_gives_the_version_of_the_file(desk: Desk) -> None:
    assert module(desk).version == module_version(SHIPPED)


def test_records_and_content_say_the_same(desk: Desk) -> None:
    for shipped in modules():
        path = data_dir() / "modules" / f"{shipped.id}.toml"
        if shipped.id != SLUG:
            desk.take("module.publish", None, {"content": path.read_text("utf-8")})
        id_ = module_id(shipped.id)
        assert module_of(get(desk, Module, id_), questions(desk, id_)) == shipped


def test_publishing_the_same_again_is_nothing_new(desk: Desk) -> None:
    assert "nothing to share" in refused(desk, "module.publish", content=FILE)


def test_two_who_publish_the_same_apart_agree(tmp_path: Path, desk: Desk) -> None:
    other = second_home(tmp_path, TRAINER)
    other.take("module.publish", None, {"content": FILE})
    exchange_all(desk, other)
    assert tables(desk) == tables(other)
    assert tables(desk)["conflicts"] == []
    other.close()


def test_a_flaw_in_the_file_is_told_on_its_line(desk: Desk) -> None:
    broken = FILE.replace("pass_mark = 75", "pass_mark = 750")
    line = broken[: broken.index("pass_mark")].count("\n") + 1
    assert f"line {line}:" in bad_input(desk, "module.publish", content=broken)
    assert "no module" in bad_input(desk, "module.publish", content=PROMISES)


def test_a_comma_keeps_everyone_valid_and_a_number_in_a_promise_does_not(desk: Desk) -> None:
    office = Desk(desk.settings, acting="Karen Vad", clock=desk.clock)
    office.take("promise.publish", None, {"content": PROMISES})
    version = module(desk).version
    assert version == module_version(SHIPPED, promises())
    desk.take("onboarding.attend", None, {"module": SLUG, "person": "Sara Lind", "attendance": "in_person"})
    desk.take("module.publish", None, {"content": FILE.replace("the morning. What", "the morning, what")})
    assert module(desk).version == version
    office.take("promise.set", None, {"external": "P7", "limit": "6wd"})
    assert module(desk).version == version
    office.take("promise.set", None, {"external": "P0", "limit": "3h"})
    assert module(desk).version != version
    office.undo()
    assert module(desk).version == version
    office.close()


def test_a_promise_to_one_customer_changes_no_module(desk: Desk) -> None:
    office = Desk(desk.settings, acting="Karen Vad", clock=desk.clock)
    office.take("promise.publish", None, {"content": PROMISES})
    version = module(desk).version
    office.take("promise.set", None, {"external": "P0", "customer": "Solgaarden", "limit": "1h"})
    assert module(desk).version == version
    assert len(desk.ask(lambda view: view.find(Promise, external="P0"))) == 2
    office.close()


def test_a_question_gone_from_the_file_leaves_the_module(desk: Desk) -> None:
    version = module(desk).version
    kept = FILE[: FILE.rindex("[[questions]]")]
    desk.take("module.publish", None, {"content": kept})
    left = questions(desk)
    assert len(left) == len(SHIPPED.questions) - 1
    assert module(desk).version != version
    desk.take("module.publish", None, {"content": FILE})
    assert module(desk).version == version


def test_rebuilding_derives_the_same_versions(desk: Desk) -> None:
    before = tables(desk)
    desk.rebuild()
    assert tables(desk) == before


def test_a_right_attempt_waits_for_the_case(desk: Desk) -> None:
    found = attempt(desk)
    assert (found.score, found.passed) == (100, None)
    assert found.version == module(desk).version
    assert found.trainer == id_of(desk, "people", TRAINER)
    assert found.at == NOW
    assert set(found.answers) == {one.id for one in questions(desk)}


def test_grading_the_case_passes_or_fails(desk: Desk) -> None:
    found = attempt(desk)
    (case,) = cases()
    points = next(one.points for one in SHIPPED.questions if one.id == case)
    desk.take("quiz.grade", None, {"attempt": found.id, "question": case, "points": points})
    assert get(desk, Attempt, found.id).passed is True
    given = {"attempt": found.id[:8], "question": case, "points": 0, "remark": "Talk to them first"}
    desk.take("quiz.grade", None, given)
    regraded = get(desk, Attempt, found.id)
    out_of = sum(one.points for one in SHIPPED.questions)
    assert regraded.score == (out_of - points) * 100 // out_of
    assert regraded.passed is (regraded.score >= SHIPPED.pass_mark)
    desk.undo()
    assert get(desk, Attempt, found.id).passed is True


def test_points_and_questions_that_do_not_fit_are_told(desk: Desk) -> None:
    found = attempt(desk)
    (case,) = cases()
    single = next(one.id for one in SHIPPED.questions if one.kind == "single")
    grade: dict[str, Any] = {"attempt": found.id, "question": case, "points": 99}
    assert "points" in bad_input(desk, "quiz.grade", **grade)
    assert "no case" in bad_input(desk, "quiz.grade", **{**grade, "question": single, "points": 1})
    assert "no question" in bad_input(desk, "quiz.grade", **{**grade, "question": "nowhere"})


def test_an_attempt_at_former_content_is_not_graded_by_the_new(desk: Desk) -> None:
    found = attempt(desk)
    desk.take("module.publish", None, {"content": FILE.replace("What do you take first?", "What is first?")})
    grade: dict[str, Any] = {"attempt": found.id, "question": cases()[0], "points": 1}
    assert "changed since" in refused(desk, "quiz.grade", **grade)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ("{", "JSON"),
        ("[1]", "object"),
        ('{"nowhere": 1}', "no question nowhere"),
        ('{"first-thing": 17}', "option number"),
        ('{"first-thing": "b"}', "option number"),
        ('{"first-thing": 1.5}', "option number"),
    ],
)
def test_bad_answers_are_told_in_one_line(desk: Desk, answers: str, why: str) -> None:
    assert why in bad_input(desk, "quiz.attempt", module=SLUG, person="Sara Lind", answers=answers)


def test_a_question_answered_twice_is_told(desk: Desk) -> None:
    question = desk.ask(lambda view: view.find(Question, module=module_id(SLUG), external="first-thing"))[0]
    answers = {"first-thing": 1, question.id: 2}
    assert "twice" in bad_input(desk, "quiz.attempt", module=SLUG, person="Sara Lind", answers=answers)


def test_a_number_too_large_for_any_program_is_kept_as_text(desk: Desk) -> None:
    text = """
id = "numbers"
title = "Numbers"
[[questions]]
id = "how-many"
kind = "number"
text = "How many?"
answer = "5"
"""
    desk.take("module.publish", None, {"content": text})
    given = {"module": "numbers", "person": "Sara Lind", "answers": f'{{"how-many": {10**25}}}'}
    found = get(desk, Attempt, desk.take("quiz.attempt", None, given).id)
    assert list(found.answers.values()) == [str(10**25)]
    assert (found.score, found.passed) == (0, False)


def test_a_module_without_questions_has_no_quiz(desk: Desk) -> None:
    empty = 'id = "none"\ntitle = "None"\nquestions = []\n'
    assert "at least one question" in bad_input(desk, "module.publish", content=empty)


def test_only_trainers_mark_and_register(tmp_path: Path) -> None:
    mette = make_desk(tmp_path)
    for decision, given in (
        ("quiz.attempt", {"module": SLUG, "person": "Sara Lind", "answers": "{}"}),
        ("onboarding.attend", {"module": SLUG, "person": "Sara Lind", "attendance": "in_person"}),
        ("module.publish", {"content": FILE}),
    ):
        assert "trainer" in refused(mette, decision, **given)
    mette.close()


def test_attending_again_renews_the_one_entry(desk: Desk) -> None:
    given = {"module": SLUG, "person": "Sara Lind", "attendance": "self_study"}
    first = desk.take("onboarding.attend", None, {**given, "at": "2026-11-01T09:00"}).id
    former = module(desk).version
    desk.take("module.publish", None, {"content": FILE.replace("What do you take first?", "What is first?")})
    assert get(desk, Training, first).version == former != module(desk).version
    again = desk.take("onboarding.attend", None, {**given, "attendance": "train_the_trainer"}).id
    assert again == first
    entry = get(desk, Training, first)
    assert (entry.version, entry.attendance, entry.at) == (module(desk).version, "train_the_trainer", NOW)


def test_two_trainers_who_register_the_same_apart_make_one_entry(tmp_path: Path, desk: Desk) -> None:
    other = second_home(tmp_path, TRAINER)
    exchange_all(desk, other)
    given = {"module": SLUG, "person": "Sara Lind", "attendance": "in_person"}
    assert desk.take("onboarding.attend", None, given).id == other.take("onboarding.attend", None, given).id
    exchange_all(desk, other)
    assert len(tables(desk)["register"]) == 1
    assert tables(desk) == tables(other)
    other.close()


def test_attendance_in_the_future_is_refused(desk: Desk) -> None:
    given = {"module": SLUG, "person": "Sara Lind", "attendance": "in_person", "at": "tomorrow 9"}
    assert "future" in refused(desk, "onboarding.attend", **given)


def test_people_of_other_firms_are_recorded_with_their_consent(desk: Desk) -> None:
    new = {"name": "Lai Nguyen", "firm": "Klarsyn Service"}
    assert "consent" in refused(desk, "person.add", **new)
    person = desk.take("person.add", None, {**new, "consent_at": "now"}).id
    found: Person = get(desk, Person, person)
    assert (found.role, found.consent_at) == ("service_assistant", NOW)
    desk.take("onboarding.attend", None, {"module": SLUG, "person": person, "attendance": "in_person"})


def test_whoever_came_without_consent_is_not_registered_before_it(desk: Desk) -> None:
    person = random_id(seeded("imported"))
    with desk.database.write() as conn:
        body = {"name": "Lai Nguyen", "role": "service_assistant", "firm": "Klarsyn Service"}
        Writer(conn, desk.actor.id, NOW).write("import", [Write("people", person, body, base=())])
    given = {"module": SLUG, "person": "Lai Nguyen", "attendance": "in_person"}
    assert "consent_at" in refused(desk, "onboarding.attend", **given)
    assert "consent_at" in refused(desk, "quiz.attempt", module=SLUG, person="Lai Nguyen", answers="{}")
    desk.take("person.change", person, {"consent_at": "now"})
    desk.take("onboarding.attend", None, given)


def test_feedback_goes_from_1_to_5(desk: Desk) -> None:
    given = {"module": SLUG, "person": "Sara Lind", "text": "More cases, please"}
    for rating in ("0", "6"):
        assert "1 to 5" in refused(desk, "onboarding.feedback", **given, rating=rating)
    found: Feedback = get(desk, Feedback, desk.take("onboarding.feedback", None, {**given, "rating": "4"}).id)
    assert (found.rating, found.text) == (4, "More cases, please")


def test_an_improvement_has_an_owner(desk: Desk) -> None:
    given = {"module": SLUG, "text": "Question 3 is unclear"}
    assert "owner is missing" in bad_input(desk, "onboarding.improve", **given)
    id_ = desk.take("onboarding.improve", None, {**given, "owner": TRAINER, "due": "2026-12-01"}).id
    found: Improvement = get(desk, Improvement, id_)
    assert (found.owner, str(found.due)) == (id_of(desk, "people", TRAINER), "2026-12-01")


def test_the_ids_of_published_content_are_the_same_for_everyone() -> None:
    assert publish_writes(SHIPPED) == publish_writes(SHIPPED)
    kinds = [kind for kind, _id, _fields in publish_writes(SHIPPED)]
    assert kinds == ["modules", *["questions"] * len(SHIPPED.questions)]
