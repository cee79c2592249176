"""A small form: what a decision needs, asked field by field.

``Form(fields, save=_("Reject"))`` with ``FormField(name, label, help, kind, required, value, choices, example)``
    ``kind``: ``line`` (one line), ``text`` (several), ``choice`` (type to find, from ``choices``), ``bool``.
    Enter goes on and saves on the last field; Tab leaves a long text; Esc gives up.
``Form.Saved(values)``: field name to text (a choice's value, or a bool); ``Form.GivenUp``.
``Form(…, start="reply")`` begins at that field. ``Form.Taken(name, value)``: another value of a choice was taken;
``write("reply", text)`` then puts a text into a field, with the first ``{…}`` left open in it selected.
``Form(…, later=("override",))`` keeps fields back until ``ask_for_all()``.
``show_errors({"reason": "…"})``: says it at the field and puts the cursor there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static, TextArea
from textual.widgets.text_area import Selection

from app.domain.content import left_open
from app.frame.rows import Cell
from app.text import _
from app.widgets.choice import ChoiceInput, YesNo
from app.widgets.ink import content
from app.widgets.long_text import LongText
from app.widgets.panel import Panel

Value = str | bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One question: what it is called, what it is for, and what may be answered.

    ``fills``: what its text leaves open, as ``{time}``, is selected to be written over.
    """

    name: str
    label: str
    help: str = ""
    kind: Literal["line", "text", "choice", "bool"] = "line"
    required: bool = False
    value: Value = ""
    choices: tuple[tuple[str, str], ...] = ()
    fills: bool = False
    example: str = ""


class FieldRow(Vertical):
    """A field on the screen: label and editor side by side; beneath, while it is asked or wrong, its help or why."""

    def __init__(self, field: FormField) -> None:
        super().__init__(classes=f"field-{field.kind}")
        self.field = field
        self.editor = _editor(field)
        self._note = Static(self._help(), classes="field-note", markup=False)

    def compose(self) -> ComposeResult:
        """Label, editor, note."""
        label = content(
            (Cell(self.field.label, "muted"), Cell(" *" if self.field.required else "", "accent"))
        )
        with Horizontal(classes="field-line"):
            yield Static(label, classes="field-label", markup=False)
            yield self.editor
        yield self._note

    def on_mount(self) -> None:
        """What a text leaves open is selected, to be written over."""
        self.set_class(not self.field.help, "-bare")
        if isinstance(self.editor, TextArea):
            self._select_open(self.editor)

    def _help(self) -> Content:
        return content((Cell(self.field.help, "muted"),))

    @property
    def value(self) -> Value:
        """What is answered: text without outer blanks, a choice's value, or a bool."""
        editor = self.editor
        if isinstance(editor, YesNo):
            return editor.value
        if isinstance(editor, ChoiceInput):
            return editor.chosen or ""
        return (editor.text if isinstance(editor, TextArea) else editor.value).strip()

    def write(self, text: str) -> None:
        """Puts a text into a line or a long text."""
        if isinstance(self.editor, TextArea):
            self.editor.load_text(text)
            self._select_open(self.editor)
        elif isinstance(self.editor, Input):
            self.editor.value = text

    def _select_open(self, editor: TextArea) -> None:
        if self.field.fills and (left := left_open(editor.text)):
            start = editor.text.index(left[0])
            end = start + len(left[0])
            editor.selection = Selection(_place(editor.text, start), _place(editor.text, end))

    def problem(self) -> str:
        """What is wrong as it stands, or nothing."""
        if isinstance(self.editor, ChoiceInput) and self.editor.chosen is None and self.editor.typed:
            return _("Nothing in the list is called that.")
        return _("This is needed.") if self.field.required and self.value == "" else ""

    def say(self, error: str) -> None:
        """Shows an error, or with an empty one the help again; what a text leaves open is selected."""
        if error and isinstance(self.editor, TextArea):
            self._select_open(self.editor)
        self._note.update(content((Cell(f"● {error}", "red"),)) if error else self._help())
        self.set_class(not (error or self.field.help), "-bare")
        self.set_class(bool(error), "-wrong")


def _place(text: str, offset: int) -> tuple[int, int]:
    """Row and column of an offset in a text."""
    before = text[:offset]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)


def _editor(field: FormField) -> Input | TextArea | YesNo | ChoiceInput:
    if field.kind == "bool":
        return YesNo(bool(field.value))
    if field.kind == "choice":
        return ChoiceInput(field.choices, str(field.value), placeholder=field.example)
    if field.kind == "text":
        return LongText(str(field.value), placeholder=field.example)
    return Input(str(field.value), compact=True, placeholder=field.example)


class Form(VerticalScroll, can_focus=False):
    """Fields under each other and a button to save."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", _("Give up"), id="form.give_up")]

    class Saved(Message):
        """Every field holds something that may be sent on."""

        def __init__(self, values: dict[str, Value]) -> None:
            super().__init__()
            self.values = values

    class GivenUp(Message):
        """Nothing shall happen."""

    class Taken(Message):
        """Another value of a choice was taken."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name, self.value = name, value

    def __init__(
        self,
        fields: Sequence[FormField],
        *,
        save: str = "",
        start: str = "",
        later: Collection[str] = (),
        id: str | None = None,
    ) -> None:
        super().__init__(
            id=id, classes="-one-text" if [one.kind for one in fields].count("text") == 1 else None
        )
        self._all = tuple(FieldRow(field) for field in fields)
        for row in self._all:
            row.display = row.field.name not in later
        self._save = save or _("Save")
        self._start = start

    def compose(self) -> ComposeResult:
        """The fields and the button."""
        yield from self._all
        with Horizontal(classes="form-end"):
            yield Button(Content(self._save), compact=True)

    def on_mount(self) -> None:
        """Starts at the first field, or the one asked for."""
        named = [row for row in self._rows if row.field.name == self._start]
        for row in (named or list(self._rows))[:1]:
            row.editor.focus()

    @property
    def _rows(self) -> tuple[FieldRow, ...]:
        """The fields that are asked for now."""
        return tuple(row for row in self._all if row.display)

    def ask_for_all(self) -> None:
        """Asks for the fields, too, that were to come later."""
        for row in self._all:
            row.display = True

    def write(self, name: str, text: str) -> None:
        """Puts a text into a field."""
        for row in self._rows:
            if row.field.name == name:
                row.write(text)

    @property
    def values(self) -> dict[str, Value]:
        """What stands in the fields now."""
        return {row.field.name: row.value for row in self._rows}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Says at each field what is wrong there, and goes to the first such field."""
        wrong = [row for row in self._rows if errors.get(row.field.name)]
        for row in self._rows:
            row.say(errors.get(row.field.name, ""))
        if wrong:
            wrong[0].editor.focus()

    def save(self) -> None:
        """Sends the values on, or says what is missing."""
        problems = {row.field.name: row.problem() for row in self._rows}
        self.show_errors(problems)
        if not any(problems.values()):
            self.post_message(self.Saved(self.values))

    def action_give_up(self) -> None:
        """Leaves everything as it was."""
        self.post_message(self.GivenUp())

    @on(events.DescendantFocus)
    def _say_keys(self) -> None:
        """What the keys do in the field where the cursor is, in the border of the panel around the form.

        The whole field is scrolled to: the list of a choice opens beneath its line.
        """
        place = next((number for number, row in enumerate(self._rows) if row.has_focus_within), None)
        if place is not None:
            self.call_after_refresh(self._rows[place].scroll_visible, animate=False)
        said = _("Enter saves")
        if place is not None and self._rows[place].field.kind == "text":
            said = _("Tab leaves the text")
        elif place is not None and place + 1 < len(self._rows):
            said = _("Enter goes on")
        for panel in self.ancestors:
            if isinstance(panel, Panel):
                panel.note = f"{said} · {_('Esc gives up')}"

    @on(Input.Submitted)
    @on(ChoiceInput.Chosen)
    @on(YesNo.Answered)
    def _go_on(self, event: Input.Submitted | ChoiceInput.Chosen | YesNo.Answered) -> None:
        event.stop()
        place = next(number for number, row in enumerate(self._rows) if row.editor is event.control)
        if place + 1 < len(self._rows):
            self._rows[place + 1].editor.focus()
        else:
            self.save()

    @on(ChoiceInput.Taken)
    def _taken(self, event: ChoiceInput.Taken) -> None:
        event.stop()
        row = next(row for row in self._rows if row.editor is event.choice)
        self.post_message(self.Taken(row.field.name, event.value))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.save()
