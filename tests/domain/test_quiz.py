"""Marking: laws over random modules and answers, and each kind of question by example."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import Module, Option, Question
from app.domain.quiz import Verdict, mark


def question(kind: str, **fields: object) -> Question:
    blank = Question(kind, kind, "Text", (), "", (), "0", 1, f"about {kind}")
    return replace(blank, **fields)  # type: ignore[arg-type]


def options(*right: bool) -> tuple[Option, ...]:
    return tuple(Option(f"Option {number}", flag, "") for number, flag in enumerate(right, 1))


QUESTIONS = (
    question("single", options=options(False, True, False)),
    question("multiple", options=options(True, False, True), points=2),
    question("true_false", options=options(False, True)),
    question("short", answer=("Two hours", "2 h")),
    question("number", answer=("2.5",), tolerance="0.5"),
    question("case", answer=("Talk to the customer.",), points=3),
)
MODULE = Module("all", "All kinds", 60, tuple(q.theme for q in QUESTIONS), (), QUESTIONS)
RIGHT: dict[str, object] = {
    "single": 2,
    "multiple": [1, 3],
    "true_false": 2,
    "short": "two hours!",
    "number": "2.5",
    "case": "I call them.",
}
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "single": st.integers(1, 3),
        "multiple": st.lists(st.integers(1, 3)),
        "true_false": st.integers(1, 2),
        "short": st.text(max_size=12),
        "number": st.decimals(-9, 9, places=2).map(str) | st.integers(-9, 9),
        "case": st.text(max_size=12),
    },
)
GRADES = st.fixed_dictionaries({}, optional={"case": st.integers(0, 3)})
ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers() | st.text())
)


@given(ANSWERS, GRADES)
def test_the_score_stays_within_0_and_100(answers: dict[str, object], grades: dict[str, int]) -> None:
    marked = mark(MODULE, answers, grades)
    assert 0 <= marked.score <= 100
    assert (marked.passed is None) == ("case" not in grades)
    assert marked.passed in (None, marked.score >= MODULE.pass_mark)
    assert all(0 <= row.points <= row.out_of for row in marked.questions)


@given(st.permutations(list(RIGHT)), st.permutations(QUESTIONS))
def test_all_right_is_100_in_any_order(ids: list[str], questions: list[Question]) -> None:
    module = replace(MODULE, questions=tuple(questions))
    marked = mark(module, {name: RIGHT[name] for name in ids}, {"case": 3})
    assert (marked.score, marked.passed, marked.missed) == (100, True, ())


@given(ANSWERS, GRADES, st.permutations(QUESTIONS))
def test_the_order_of_answers_and_questions_does_not_matter(
    answers: dict[str, object], grades: dict[str, int], questions: list[Question]
) -> None:
    backwards = dict(reversed(answers.items()))
    one, other = (
        mark(MODULE, answers, grades),
        mark(replace(MODULE, questions=tuple(questions)), backwards, grades),
    )
    assert (one.score, one.passed, one.missed) == (other.score, other.passed, other.missed)
    assert set(one.questions) == set(other.questions)


@given(ANSWERS, st.sampled_from(QUESTIONS[:5]))
def test_a_right_answer_never_lowers_the_score(answers: dict[str, object], better: Question) -> None:
    improved = {**answers, better.id: RIGHT[better.id]}
    assert mark(MODULE, improved).score >= mark(MODULE, answers).score


@given(st.sampled_from([*RIGHT, "nowhere"]), ANYTHING)
def test_any_answer_is_marked_or_refused_in_one_line(question_id: str, answer: object) -> None:
    refusal = ""
    try:
        mark(MODULE, {question_id: answer})
    except ValueError as refused:
        refusal = str(refused)
    assert not refusal or (question_id in refusal and "\n" not in refusal)
    assert refusal or question_id != "nowhere"


@pytest.mark.parametrize(
    ("question_id", "answer", "right"),
    [
        ("single", 1, False),
        ("multiple", [3, 1, 1], True),
        ("multiple", [1], False),
        ("multiple", [1, 2, 3], False),
        ("multiple", [], False),
        ("true_false", 1, False),
        ("short", "  TWO   hours", True),
        ("short", "2 h.", True),
        ("short", "two", False),
        ("number", 3, True),
        ("number", "2,0", True),
        ("number", 2.5, True),
        ("number", Decimal("3.01"), False),
    ],
)
def test_each_kind(question_id: str, answer: object, right: bool) -> None:
    rows = {row.question: row for row in mark(MODULE, {question_id: answer}).questions}
    assert rows[question_id].verdict == (Verdict.RIGHT if right else Verdict.WRONG)


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("nowhere", 1),
        ("single", 0),
        ("single", 4),
        ("single", True),
        ("single", "2"),
        ("multiple", 1),
        ("multiple", "13"),
        ("multiple", [1, 4]),
        ("short", 2),
        ("number", "soon"),
        ("number", "nan"),
        ("number", True),
        ("case", 1),
    ],
)
def test_what_does_not_fit_is_refused(question_id: str, answer: object) -> None:
    with pytest.raises(ValueError, match=question_id):
        mark(MODULE, {question_id: answer})


@pytest.mark.parametrize("grades", [{"case": 4}, {"case": -1}, {"case": True}, {"single": 1}, {"nowhere": 1}])
def test_grades_that_do_not_fit_are_refused(grades: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="question"):
        mark(MODULE, {}, grades)


def test_a_case_counts_only_once_it_is_graded() -> None:
    answers = {**RIGHT, "single": 1}
    waiting, graded = mark(MODULE, answers), mark(MODULE, answers, {"case": 0})
    assert (waiting.score, waiting.passed, waiting.missed) == (83, None, ("about single",))
    assert (graded.score, graded.passed) == (55, False)
    assert graded.missed == ("about single", "about case")


def test_a_case_is_right_from_the_pass_mark() -> None:
    verdicts = [mark(MODULE, {}, {"case": points}).questions[-1].verdict for points in range(4)]
    assert verdicts == [Verdict.WRONG, Verdict.WRONG, Verdict.RIGHT, Verdict.RIGHT]


def test_a_score_is_rounded_down_so_that_a_pass_is_a_pass() -> None:
    three = tuple(replace(QUESTIONS[0], id=name) for name in ("a", "b", "c"))
    marked = mark(replace(MODULE, pass_mark=67, questions=three), {"a": 2, "b": 2})
    assert (marked.score, marked.passed) == (66, False)


def test_missed_themes_stand_once_in_the_modules_order() -> None:
    assert mark(MODULE, {}).missed == MODULE.themes[:5]


def test_nothing_but_an_ungraded_case_scores_nothing_yet() -> None:
    marked = mark(replace(MODULE, questions=QUESTIONS[5:]), {"case": "I call them."})
    assert (marked.score, marked.passed) == (0, None)
