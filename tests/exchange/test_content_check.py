"""A trainer's mistakes are found, all of them, on the line where they were made."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assets import data_dir
from app.domain.content import QUESTION_KINDS
from app.exchange.content_check import Finding, check_file

MODULE = """\
id = "meters"
title = "Meters"
pass_mark = 80
themes = ["Safety"]

[[questions]]
id = "first"
kind = "single"
theme = "Safety"
text = "What first?"

[[questions.options]]
text = "Look"
right = true

[[questions.options]]
text = "Leap"

[[questions]]
id = "second"
kind = "number"
text = "How many?"
answer = "2.5"
"""
PROMISE = '[[promises]]\nid = "P0"\ntitle = "T"\ntrigger = "T"\nduty = "D"\nlimit = "2h"\nclock = "elapsed"\n'
PLAN = """\
id = "plan"
title = { en = "Plan" }
[[phases]]
code = "A"
title = { en = "Before" }
[[phases.rows]]
code = "A-1"
titles = [{ en = "Look", sv = "Se" }]
think_about = ["One"]
window_months = [3, 6]
"""
ONE_RIGHT = "only one option can be right; with several the kind is multiple"
REPLY = '[[replies]]\nid = "hi"\nlanguage = "en"\nuse = "accept"\ntitle = "Hi"\ntext = "Dear {customer}"\n'


def check(folder: Path, text: str | bytes) -> list[Finding]:
    file = folder / "content.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_file(file)


@pytest.mark.parametrize("text", [MODULE, PROMISE, PLAN, REPLY])
def test_sound_files_have_no_findings(tmp_path: Path, text: str) -> None:
    assert check(tmp_path, text) == []
    assert check(tmp_path, text.replace("\n", "\r\n")) == []


def test_what_is_shipped_is_sound() -> None:
    others = ("cards.toml", "demo.toml", "working-time.toml")
    shipped = [path for path in data_dir().rglob("*.toml") if path.name not in others]
    assert {path.name: check_file(path) for path in shipped} == {path.name: [] for path in shipped}


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('id = "meters"\n', "", 1, "id is missing"),
        ('id = "meters"', 'id = "Meters 1"', 1, "an id is lower-case letters, digits and single hyphens"),
        ('title = "Meters"', 'title = "  "', 2, "title is missing"),
        ('title = "Meters"', "title = 4", 2, "title must be a text in quotes"),
        ("pass_mark = 80", "pass_mark = 80.5", 3, "pass_mark must be a whole number"),
        ("pass_mark = 80", "pass_mark = 0", 3, "the pass mark is a percentage from 1 to 100"),
        ("pass_mark = 80", "passmark = 80", 3, "passmark is not a key that belongs here"),
        ('themes = ["Safety"]', 'themes = ["Safety", 3]', 4, "themes must hold texts in quotes"),
        ('kind = "single"', 'kind = "choice"', 8, f"'choice' is not one of {', '.join(QUESTION_KINDS)}"),
        ('theme = "Safety"', 'theme = "Speed"', 9, "Speed is no theme of this module"),
        ("right = true", "right = false", 12, "no option is marked right"),
        ("right = true", 'right = "true"', 14, "right must be true or false, without quotes"),
        ('text = "Leap"', 'text = "look."', 16, "this option says the same as one above"),
        ('text = "Leap"', 'text = "Leap"\nright = true', 12, ONE_RIGHT),
        ('text = "Leap"', 'txt = "Leap"', 16, "text is missing"),
        ('id = "second"', 'id = "first"', 20, "first stands twice"),
        ('answer = "2.5"', 'answer = "some"', 23, "the answer must be a number"),
        ('answer = "2.5"', "answer = 2.5", 23, "answer must hold texts in quotes"),
        ('answer = "2.5"', 'answer = "2.5"\ntolerance = "-1"', 24, "the tolerance must be a number from 0 up"),
        ('answer = "2.5"', 'answer = ["2", "3"]', 23, "give one answer"),
        ('answer = "2.5"', 'answer = "2.5"\npoints = 0', 24, "a question gives at least 1 point"),
        ('answer = "2.5"\n', "", 19, "answer is missing"),
        ('kind = "number"', 'kind = "true_false"', 19, "true or false takes exactly two options"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_module(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert MODULE.count(old) == 1
    assert Finding(line, what) in check(tmp_path, MODULE.replace(old, new))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (PROMISE.replace("2h", "2wd"), 6, "the limit '2wd' does not fit the clock elapsed"),
        (PROMISE.replace("elapsed", "sundial"), 7, "'sundial' is not one of"),
        (PROMISE + 'direction = "up"\n', 8, "'up' is not one of forward, backward"),
        (PROMISE + PROMISE, 9, "P0 stands twice"),
        ("promises = 3\n", 1, "promises must be a list of tables"),
        ("promises = [\n  3,\n]\n", 2, "promises must be a list of tables"),
        (PLAN.replace("[3, 6]", "[6, 3]"), 10, "the window ends before it begins"),
        (PLAN.replace("[3, 6]", "[3, true]"), 10, "window_months must be two whole numbers, such as [3, 6]"),
        (PLAN.replace("A-1", "B-1"), 7, "the code of a row in phase A begins with A-"),
        (PLAN.replace('[{ en = "Look", sv = "Se" }]', "[]"), 6, "a row needs a title"),
        (PLAN.replace('[{ en = "Look", sv = "Se" }]', "[{}]"), 8, "a text is missing"),
        (PLAN.replace('title = { en = "Before" }\n', ""), 3, "title must give a text a language"),
        (PLAN.partition("[[phases.rows]]")[0], 3, "a phase needs at least one row"),
        ("id = 'p'\ntitle = {en = 'x'}\nphases = []\n", 3, "a plan needs at least one phase"),
        (PLAN + PLAN[PLAN.index("[[phases.rows]]") :], 12, "A-1 stands twice"),
        (
            REPLY.replace("{customer}", "{client}"),
            6,
            "{client} cannot be filled in; what can is {customer} {item} {time}",
        ),
        (REPLY.replace('"accept"', '"thank"'), 4, "'thank' is not one of"),
        (REPLY.replace('"en"', '"English"'), 3, "a language is a short code such as en or da"),
        ("pass_mark = 80\n", 1, "a module needs at least one question"),
        ("colour = 'red'\n", 1, "there are no questions, phases, promises or replies in it"),
        ("", 1, "there are no questions, phases, promises or replies in it"),
    ],
)
def test_a_mistake_elsewhere(tmp_path: Path, text: str, line: int, what: str) -> None:
    assert any(found.line == line and found.what.startswith(what) for found in check(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id = "a"\ntitle = \n', 2),
        ('id = "a"\nid = "b"\n', 2),
        ("[[questions]\n", 1),
        ('id = "a"\n\ntext = """never\nends\n', 5),
        (b'id = "a"\ntitle = "\xff"\n', 2),
        ("a = " + "[" * 5_000, 1),
        ("a = " + "9" * 5_000, 1),
    ],
)
def test_broken_syntax_is_one_finding_on_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    (finding,) = check(tmp_path, text)
    assert finding.line == line
    assert "\n" not in finding.what


def test_all_mistakes_are_found_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    broken = MODULE.replace("pass_mark = 80", "pass_mark = 800").replace('answer = "2.5"', 'answer = "x"')
    assert [found.line for found in check(tmp_path, broken)] == [3, 23]


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    assert [found.line for found in check_file(tmp_path / "nowhere.toml")] == [0]
    assert [found.line for found in check_file(tmp_path)] == [0]


@given(st.integers(0, len(MODULE)), st.integers(0, 12), st.text("[]{}=\"'\n#a0.,\\é", max_size=3))
def test_any_damage_is_told_on_a_line_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, instead: str
) -> None:
    text = MODULE[:start] + instead + MODULE[start + length :]
    findings = check(tmp_path_factory.getbasetemp(), text)
    assert all(1 <= found.line <= text.count("\n") + 1 and found.what for found in findings)
