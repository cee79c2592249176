"""When content counts as changed, what folds away, and what the pure checks find."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import (
    Localised,
    Module,
    Option,
    Phase,
    PlanTemplate,
    PromiseSpec,
    Question,
    ReplyTemplate,
    TemplateRow,
    decimal_of,
    filled_in,
    folded,
    module_version,
)
from app.domain.content_rules import module_problems, plan_problems, promise_problems, reply_problems

SINGLE = Question(
    id="late",
    kind="single",
    text="You are 20 minutes late, what now?",
    options=(Option("Call the customer", True, "Yes."), Option("Drive on", False, "No.")),
    feedback="Call.",
    answer=(),
    tolerance="0",
    points=1,
    theme="Delays",
)
NUMBER = replace(SINGLE, id="days", kind="number", text="How many days?", options=(), answer=("5",))
MODULE = Module("meters", "Meters", 80, ("Delays", "Meters"), ("P8",), (SINGLE, NUMBER))
PROMISE = PromiseSpec(
    "P8", "Urgent", "A complaint", "Tell the measures", "1wd", "working_days", "forward", ""
)
ROW = TemplateRow("A-1", "A", (Localised((("en", "Look"),)),), ("Think",), None, False)
PLAN = PlanTemplate("plan", ROW.titles[0], (Phase("A", ROW.titles[0], (ROW,)),))
REPLY = ReplyTemplate("hello", "en", "acknowledge", "Hello", "Dear {customer}, by {time}.")
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzåäöæøß", min_size=1, max_size=8), min_size=1, max_size=6)


def with_text(text: str) -> Module:
    return replace(MODULE, questions=(replace(SINGLE, text=text), NUMBER))


@given(
    WORDS,
    st.sampled_from([" ", "  ", ", ", " – ", ". ", "\n", "; "]),
    st.sampled_from(["", "?", "!", " ..."]),
)
def test_spacing_punctuation_and_case_change_nothing(words: list[str], between: str, end: str) -> None:
    plain, dressed = " ".join(words), between.join(words).upper() + end
    assert module_version(with_text(dressed)) == module_version(with_text(plain))


@given(WORDS, WORDS)
def test_other_words_are_another_version(one: list[str], other: list[str]) -> None:
    same = " ".join(one).casefold() == " ".join(other).casefold()
    versions = {module_version(with_text(" ".join(words))) for words in (one, other)}
    assert (len(versions) == 1) == same


@given(st.integers(-999, 999), st.integers(-999, 999), st.sampled_from(["%d h", "(%d)", "in %d.5 h", "%d%%"]))
def test_another_number_is_another_version(one: int, other: int, frame: str) -> None:
    versions = {module_version(with_text(frame % number)) for number in (one, other)}
    assert (len(versions) == 1) == (one == other)


@given(st.permutations(MODULE.questions), st.permutations(MODULE.themes))
def test_the_order_of_questions_and_themes_does_not_count(
    questions: list[Question], themes: list[str]
) -> None:
    shuffled = replace(MODULE, questions=tuple(questions), themes=tuple(themes))
    assert module_version(shuffled) == module_version(MODULE)


@pytest.mark.parametrize(
    "other",
    [
        replace(MODULE, title="Meters, and more"),
        replace(MODULE, pass_mark=50),
        with_text("you are 20 minutes late - what now"),
        replace(MODULE, questions=(replace(SINGLE, feedback="Other.", points=3), NUMBER)),
        replace(MODULE, questions=(SINGLE, replace(NUMBER, answer=("5.0",)))),
    ],
)
def test_what_does_not_change_the_meaning_keeps_the_version(other: Module) -> None:
    assert module_version(other) == module_version(MODULE)


@pytest.mark.parametrize(
    "other",
    [
        with_text("You are 30 minutes late, what now?"),
        replace(MODULE, themes=("Delays",)),
        replace(MODULE, questions=(SINGLE,)),
        replace(MODULE, questions=(SINGLE, replace(NUMBER, answer=("6",)))),
        replace(MODULE, questions=(SINGLE, replace(NUMBER, tolerance="1"))),
        replace(MODULE, questions=(replace(SINGLE, options=SINGLE.options[::-1]), NUMBER)),
        replace(
            MODULE,
            questions=(
                replace(SINGLE, options=tuple(replace(o, right=True) for o in SINGLE.options)),
                NUMBER,
            ),
        ),
    ],
)
def test_what_changes_the_meaning_changes_the_version(other: Module) -> None:
    assert module_version(other) != module_version(MODULE)


def test_a_version_is_16_hex_that_stay_from_release_to_release() -> None:
    assert module_version(MODULE) == "9aea1dce7c851958"


def test_a_number_in_a_promise_that_is_taught_changes_the_version() -> None:
    before = module_version(MODULE, [PROMISE])
    assert module_version(MODULE, [replace(PROMISE, title="Urgent, always")]) == before
    assert module_version(MODULE, [replace(PROMISE, duty="tell the measures.")]) == before
    assert module_version(MODULE, [replace(PROMISE, limit="2wd")]) != before
    assert module_version(MODULE, [PROMISE, replace(PROMISE, id="P9", limit="1mo")]) == before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.5 h", "1,5 h", True),
        ("1.5 h", "15 h", False),
        ("3–6 months", "3 - 6 months", True),
        ("3-6", "36", False),
        ("−5 °C", "-5 °C", True),
        ("-5", "5", False),
        ("50 %", "50", False),
        ("don’t", "don't", True),
        ("on\u00adboarding", "onboarding", True),
        ("Straße", "STRASSE", True),
        ("?", "!", False),
    ],
)
def test_folding_keeps_numbers_apart(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) == same


@given(st.text(max_size=60))
def test_decimals_are_finite_and_small_or_nothing(text: str) -> None:
    value = decimal_of(text)
    assert value is None or (value.is_finite() and abs(value.adjusted()) <= 30)


@pytest.mark.parametrize("text", ["nan", "inf", "1e999999", "", "five", "1" * 29])
def test_what_is_no_decimal(text: str) -> None:
    assert decimal_of(text) is None


def test_a_text_falls_back_to_english_then_to_the_first() -> None:
    titles = Localised((("sv", "Drift"), ("en", "Operation")))
    assert [titles.text(language) for language in ("sv", "en", "da")] == ["Drift", "Operation", "Operation"]
    assert Localised((("sv", "Drift"),)).text("da") == "Drift"
    assert titles.languages == ("sv", "en")


def test_rows_are_found_by_code() -> None:
    assert PLAN.row("A-1") is ROW
    with pytest.raises(KeyError):
        PLAN.row("A-2")


@given(st.text(max_size=30))
def test_filled_text_is_never_read_as_a_placeholder(value: str) -> None:
    text = filled_in(REPLY.text, {"customer": value or "x", "time": "{customer}"})
    assert text == f"Dear {value or 'x'}, by {{customer}}."


def test_a_placeholder_without_a_value_stays() -> None:
    assert filled_in(REPLY.text, {"customer": "", "time": "noon"}) == "Dear {customer}, by noon."


def test_sound_content_has_no_problems() -> None:
    assert not list(module_problems(MODULE))
    assert not list(promise_problems([PROMISE]))
    assert not list(plan_problems(PLAN))
    assert not list(reply_problems([REPLY]))


@pytest.mark.parametrize(
    ("limit", "clock", "sound"),
    [
        ("2h", "elapsed", True),
        ("2d", "elapsed", False),
        ("4wh", "working_hours", True),
        ("5wd", "working_days", True),
        ("5d", "working_days", False),
        ("1mo", "calendar", True),
        ("3mo..6mo", "window", True),
        ("6mo..3mo", "window", False),
        ("3mo", "window", False),
        ("3mo..6mo", "calendar", False),
        ("0h", "elapsed", False),
        ("0m", "immediate", True),
        ("1m", "immediate", False),
        ("", "per_customer", True),
        ("2h", "per_customer", False),
        ("", "elapsed", False),
        ("1.5h", "elapsed", False),
    ],
)
def test_a_limit_fits_its_clock(limit: str, clock: str, sound: bool) -> None:
    assert (not list(promise_problems([replace(PROMISE, limit=limit, clock=clock)]))) == sound
