"""Onboarding by keys: the quiz question by question, its marks, and the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assets import data_dir
from app.desk import Desk
from app.domain.content import Question
from app.domain.records import Attempt, Improvement, Training
from app.screens.dialogs.quiz import QuizDialog
from app.screens.dialogs.result import ResultDialog
from app.store.content import modules
from app.store.door import Write, Writer
from tests.screens.support import Board, board, footer, last_line, press, table, text, workspace
from tests.support import NOW, carry, id_of, make_desk, seeded

TRAINER = "Peter Juhl"
MODULE = next(one for one in modules() if one.id == "meeting-the-customer")
QUESTIONS = MODULE.questions
TYPED = ("short", "number", "case")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The trainer's desk with the two shipped modules, one to go through and one beside it."""
    desk = make_desk(tmp_path, TRAINER)
    for path in sorted((data_dir() / "modules").glob("*.toml")):
        desk.take("module.publish", None, {"content": path.read_text("utf-8")})
    return desk


def right_keys(question: Question) -> list[str]:
    """The keys that answer a question rightly."""
    if question.kind in TYPED:
        return [f"'{question.answer[0]}"]
    return [str(number) for number, option in enumerate(question.options, 1) if option.right]


def attempts(desk: Desk) -> list[Attempt]:
    return desk.ask(lambda view: view.find(Attempt))


async def begin(pilot: Board, who: str = "sara") -> QuizDialog:
    """From the modules into the quiz of the first one."""
    await press(pilot, "s", f"'{who}", "enter")
    assert isinstance(pilot.app.screen, QuizDialog)
    return pilot.app.screen


async def answer_all(pilot: Board, wrong: int = -1) -> None:
    """Answers every question, one of them wrongly, and has the quiz marked."""
    for place, question in enumerate(QUESTIONS):
        keys = right_keys(question)
        if place == wrong:
            others = [str(number) for number, one in enumerate(question.options, 1) if not one.right]
            keys = others[:1] or ["'nobody"]
        await press(pilot, *keys, "enter")


async def test_modules_stand_with_who_holds_them_and_their_questions(desk: Desk) -> None:
    desk.take(
        "onboarding.attend", None, {"module": MODULE.id, "person": "Sara Lind", "attendance": "self_study"}
    )
    async with board(desk, "5") as pilot:
        shown = text(pilot)
        assert "▌✓ Meeting the customer" in shown
        assert f"1  {QUESTIONS[0].text[:28]}" in shown
        assert "Sara Lind" in shown
        assert "self-study" in shown
        assert "valid" in shown
        assert all(theme in shown for theme in MODULE.themes)


async def test_a_quiz_is_answered_by_number_and_the_last_answer_counts(desk: Desk) -> None:
    async with board(desk, "5") as pilot:
        quiz = await begin(pilot)
        assert "question 1 of 8" in text(pilot)
        assert "Meeting the customer · Sara Lind" in text(pilot)
        await press(pilot, "1", "3")
        assert list(quiz.answers.values()) == [3]
        await press(pilot, "u")
        assert list(quiz.answers.values()) == [1]
        assert "▸   1" in text(pilot)
        await press(pilot, "9")
        assert list(quiz.answers.values()) == [1]


async def test_space_shows_what_is_right_and_why_with_signs(desk: Desk) -> None:
    async with board(desk, "5") as pilot:
        await begin(pilot)
        await press(pilot, "1", "space")
        shown = text(pilot)
        assert "▸ × 1" in shown
        assert "✓ 2" in shown
        assert QUESTIONS[0].feedback.split(".")[0] in shown
        await press(pilot, "2")
        assert "▸ × 1" in text(pilot), "a shown answer is not changed"
        await press(pilot, "space", "2")
        assert "▸   2" in text(pilot)


async def test_several_right_ones_are_turned_on_and_off(desk: Desk) -> None:
    async with board(desk, "5") as pilot:
        quiz = await begin(pilot)
        await press(pilot, "enter", "enter")
        assert "Several may be right" in text(pilot)
        await press(pilot, "1", "4", "2", "1")
        assert list(quiz.answers.values()) == [[2, 4]]


async def test_all_right_passes_once_the_case_is_graded_and_the_register_follows(desk: Desk) -> None:
    async with board(desk, "5") as pilot:
        await begin(pilot)
        await answer_all(pilot)
        found = attempts(desk)[0]
        assert (found.score, found.passed) == (100, None)
        assert isinstance(pilot.app.screen, ResultDialog)
        assert "▲ 100 %  a case waits for your grade" in text(pilot)
        await press(pilot, "g")
        assert "Model answer" in text(pilot)
        await press(pilot, "'7", "tab", "tab", "enter")
        assert "takes 0 to 2 points" in text(pilot)
        await press(pilot, "'2", "tab", "tab", "enter")
        assert "✓ 100 %  passed (70 % needed)" in text(pilot)
        found = attempts(desk)[0]
        assert (found.score, found.passed) == (100, True)
        await press(pilot, "p", "enter", "enter")
        register = desk.ask(lambda view: view.find(Training, person=id_of(desk, "people", "Sara Lind")))
        assert [one.attendance for one in register] == ["in_person"]
        assert "Sara Lind" in text(pilot)
        assert last_line(pilot) == "✓ Registered Sara Lind · u undoes"


async def test_a_missed_theme_is_named_and_only_what_was_missed_is_repeated(desk: Desk) -> None:
    wrong = 1
    async with board(desk, "5") as pilot:
        await begin(pilot)
        await answer_all(pilot, wrong)
        shown = text(pilot)
        assert "Missed" in shown
        assert f"· {QUESTIONS[wrong].theme}" in shown
        await press(pilot, "R")
        assert "question 1 of 1" in text(pilot)
        assert QUESTIONS[wrong].text.split(".")[0] in text(pilot)
        await press(pilot, *right_keys(QUESTIONS[wrong]), "enter")
        scores = sorted(one.score or 0 for one in attempts(desk))
        assert scores[-1] == 100
        assert scores[0] < 100
        assert "Missed" not in text(pilot)


async def test_an_unanswered_question_is_asked_about_once(desk: Desk) -> None:
    async with board(desk, "5") as pilot:
        await begin(pilot)
        await press(pilot, *["enter"] * len(QUESTIONS))
        assert "8 questions have no answer" in text(pilot)
        assert not attempts(desk)
        await press(pilot, "enter")
        assert [one.score for one in attempts(desk)] == [0]


async def test_a_quiz_that_is_left_goes_on_where_it_was(desk: Desk) -> None:
    async with board(desk, "5") as pilot:
        await begin(pilot)
        await press(pilot, "2", "enter", "2", "enter", "escape")
        assert last_line(pilot) == "✓ Sara Lind can go on where the quiz was left"
        assert not attempts(desk)
        quiz = await begin(pilot)
        assert "question 3 of 8" in text(pilot)
        assert len(quiz.answers) == 2


async def test_a_participant_without_consent_takes_no_quiz(desk: Desk) -> None:
    """As another program may have written them (DE-08)."""
    sara = id_of(desk, "people", "Sara Lind")
    with desk.database.write() as conn:
        writer = Writer(conn, desk.actor.id, NOW, seeded("another program"))
        writer.write("person.change", [Write("people", sara, {"firm": "Other Ltd"}, base=())])
    async with board(desk, "5", "s", "'sara", "enter") as pilot:
        assert not isinstance(pilot.app.screen, QuizDialog)
        assert "consent" in last_line(pilot)


async def test_only_a_trainer_starts_a_quiz(tmp_path: Path, desk: Desk) -> None:
    other = make_desk(tmp_path, "Mette Holm")
    carry(desk, other)
    async with board(other, "5", "s") as pilot:
        assert last_line(pilot) == "● Mark a quiz is for: trainer"
        assert not isinstance(pilot.app.screen, QuizDialog)
        await press(pilot, "p")
        assert last_line(pilot) == "● Register attendance is for: trainer"


async def test_tab_goes_to_the_register_and_its_participant_is_taken_along(desk: Desk) -> None:
    desk.take(
        "onboarding.attend", None, {"module": MODULE.id, "person": "Emil Dahl", "attendance": "in_person"}
    )
    async with board(desk, "5", size=(200, 40)) as pilot:
        assert "Tab register" in footer(pilot)
        await press(pilot, "tab")
        assert "Tab modules" in footer(pilot)
        assert "Enter last quiz" in footer(pilot)
        await press(pilot, "enter")
        assert last_line(pilot) == "● Emil Dahl has not taken the quiz"
        await press(pilot, "f")
        assert "Emil Dahl" in text(pilot)
        await press(pilot, "'5", "tab", "tab", "enter")
        assert last_line(pilot).startswith("✓ Feedback from")


async def test_a_new_participant_is_added_and_registered_in_one_go(desk: Desk) -> None:
    async with board(desk, "5", "P", "'Lai Chen", *["tab"] * 2) as pilot:
        dialog = pilot.app.screen
        await press(pilot, *["tab"] * 9, "enter")
        assert pilot.app.screen is not dialog
        assert "Lai Chen" in text(pilot)
        await press(pilot, "down", "enter", "enter")
        register = desk.ask(lambda view: view.find(Training, person=id_of(desk, "people", "Lai Chen")))
        assert [one.attendance for one in register] == ["self_study"]


async def test_an_improvement_point_has_an_owner(desk: Desk) -> None:
    async with board(desk, "5", "m") as pilot:
        await press(pilot, "'Explain the cards", "tab", "'mette", "enter", "'fri", "enter")
        found = desk.ask(lambda view: view.find(Improvement))
        assert [(one.text, one.owner) for one in found] == [
            ("Explain the cards", id_of(desk, "people", "Mette Holm"))
        ]


async def test_on_a_narrow_terminal_tab_reaches_pane_and_register(desk: Desk) -> None:
    desk.take(
        "onboarding.attend", None, {"module": MODULE.id, "person": "Emil Dahl", "attendance": "in_person"}
    )
    async with board(desk, "5", size=(80, 24)) as pilot:
        assert "╭─ Modules 2" in text(pilot)
        await press(pilot, "tab")
        assert "╭─ Module ─" in text(pilot)
        await press(pilot, "tab")
        assert "╭─ Register 1" in text(pilot)
        assert workspace(pilot).focused is not table(pilot)
        await press(pilot, "tab")
        assert "╭─ Modules 2" in text(pilot)
        assert workspace(pilot).focused is table(pilot)
