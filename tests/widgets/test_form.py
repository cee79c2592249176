import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from app.assets import styles_dir
from app.widgets.choice import ChoiceInput, find
from app.widgets.form import Form, FormField

PEOPLE = (("p1", "Sara Lind"), ("p2", "Emil Dahl"), ("p3", "Per Sten [/b]"), ("p4", "Sara Dahl"))
REASON = FormField("reason", "Reason [/b]", "The customer [red] reads this.", "text", required=True)
WHO = FormField("who", "Assignee", kind="choice", choices=PEOPLE)
WHOM = FormField("whom", "Whom", kind="choice", choices=PEOPLE)
TALK = FormField("talk", "Needs a talk", kind="bool")
WHEN = FormField("when", "Solve by", "today, fri", required=True)


class FormApp(App[None]):
    CSS_PATH = [styles_dir() / "base.tcss"]

    def __init__(self, *fields: FormField) -> None:
        super().__init__()
        self.fields = fields
        self.said: list[object] = []

    def compose(self) -> ComposeResult:
        self.form = Form(self.fields, save="Accept")
        yield self.form

    def on_form_saved(self, event: Form.Saved) -> None:
        self.said.append(event.values)

    def on_form_given_up(self) -> None:
        self.said.append("given up")


def text(app: App[None]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_enter_goes_on_and_saves_on_the_last_field() -> None:
    app = FormApp(WHO, TALK, WHEN)
    async with app.run_test() as pilot:
        await pilot.press(*"dahl", "down", "enter", "space", "enter", *"fri", "enter")
        await pilot.pause()
        assert app.said == [{"who": "p4", "talk": True, "when": "fri"}]


async def test_tab_leaves_a_long_text_and_enter_is_a_line_break_there() -> None:
    app = FormApp(REASON)
    async with app.run_test() as pilot:
        await pilot.press(*"a", "enter", *"b", "tab", "enter")
        await pilot.pause()
        assert app.said == [{"reason": "a\nb"}]


async def test_escape_gives_up() -> None:
    app = FormApp(REASON, WHEN)
    async with app.run_test() as pilot:
        await pilot.press("a", "escape")
        assert app.said == ["given up"]


async def test_what_is_missing_is_said_at_the_field() -> None:
    app = FormApp(WHEN, REASON)
    async with app.run_test() as pilot:
        assert "today, fri" in text(app)
        await pilot.press("enter", "tab", "enter")
        await pilot.pause()
        assert app.said == []
        assert text(app).count("● This is needed.") == 2
        await pilot.press(*"fri", "enter", "x", "tab", "enter")
        await pilot.pause()
        assert app.said == [{"when": "fri", "reason": "x"}]
        assert "This is needed" not in text(app)


async def test_a_refusal_is_shown_at_its_field() -> None:
    app = FormApp(REASON, WHEN)
    async with app.run_test() as pilot:
        app.form.show_errors({"when": "That day [/b] is a holiday."})
        await pilot.press(*"24/11")
        assert "● That day [/b] is a holiday." in text(app)
        assert app.form.values["when"] == "24/11"


async def test_labels_and_help_are_no_markup() -> None:
    app = FormApp(REASON)
    async with app.run_test():
        assert "Reason [/b] *" in text(app)
        assert "The customer [red] reads this." in text(app)


async def test_a_choice_shows_what_stands_and_may_be_left_empty() -> None:
    app = FormApp(FormField("who", "Who", kind="choice", value="p3", choices=PEOPLE), WHOM, WHEN)
    async with app.run_test() as pilot:
        assert "Per Sten [/b]" in text(app)
        await pilot.press("enter", "enter", "x", "enter")
        await pilot.pause()
        assert app.said == [{"who": "p3", "whom": "", "when": "x"}]


async def test_leaving_a_choice_takes_what_fits_and_says_when_nothing_does() -> None:
    app = FormApp(WHO, WHEN)
    async with app.run_test() as pilot:
        await pilot.press(*"emi", "tab", "x")
        assert app.query_one(ChoiceInput).chosen == "p2"
        await pilot.press("shift+tab", *"zzz", "tab", "enter")
        await pilot.pause()
        assert app.said == []
        assert "Nothing in the list is called that." in text(app)


async def test_a_click_in_the_list_takes_it() -> None:
    app = FormApp(WHO, WHEN)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.double_click("ChoiceInput QueueTable", offset=(5, 1))
        await pilot.pause()
        assert app.form.values["who"] == "p2"


@given(st.sampled_from(PEOPLE), st.data())
def test_any_part_of_a_name_finds_it(person: tuple[str, str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(person[1]) - 1))
    end = data.draw(st.integers(start + 1, len(person[1])))
    assert person in find(PEOPLE, person[1][start:end].upper())


@pytest.mark.parametrize(
    ("typed", "first"), [("dahl", "Emil Dahl"), ("sara d", "Sara Dahl"), ("", "Sara Lind")]
)
def test_what_begins_so_comes_first(typed: str, first: str) -> None:
    assert find(PEOPLE, typed)[0][1] == first
