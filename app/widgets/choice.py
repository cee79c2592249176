"""One of many, by typing part of its name; yes or no, by a key.

``ChoiceInput(choices, value)``: ``choices`` are (value, label) pairs; ``chosen`` is the value or None. Arrow keys
move in the list and take what is lit, Enter and Tab too if something was typed. Posts ``ChoiceInput.Taken(value)``,
and on Enter ``ChoiceInput.Chosen(value)``.
``YesNo(value)``: Space or a click turns it over; Enter posts ``YesNo.Answered(value)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from app.domain.plain import one_line
from app.frame.rows import Cell, Column, ListSource, Runs, TableRow
from app.text import _
from app.widgets.ink import InkLine
from app.widgets.queue_table import QueueTable


def find(choices: Sequence[tuple[str, str]], typed: str) -> tuple[tuple[str, str], ...]:
    """The choices that contain every word typed, those that begin with what was typed first."""
    words = typed.casefold().split()
    found = [choice for choice in choices if all(word in choice[1].casefold() for word in words)]
    return tuple(sorted(found, key=lambda choice: not choice[1].casefold().startswith(" ".join(words))))


class YesNo(InkLine, can_focus=True):
    """A tick that is there or not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", _("Yes or no"), show=False, id="yes_no.turn"),
        Binding("enter", "answer", _("Go on"), show=False, id="yes_no.answer"),
    ]
    value: reactive[bool] = reactive(False)

    class Answered(Message):
        """Enter was pressed."""

        def __init__(self, editor: YesNo) -> None:
            super().__init__()
            self.editor = editor

        @property
        def control(self) -> YesNo:
            """The tick, for ``@on`` with a selector."""
            return self.editor

    def __init__(self, value: bool = False, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(YesNo.value, value)

    def line(self, width: int) -> Runs:  # noqa: ARG002
        """``[✓] yes`` or ``[ ] no``."""
        box = "[✓] " + _("yes") if self.value else "[ ] " + _("no")
        return (Cell(f" {box} ", "current" if self.has_focus else ""),)

    def action_turn(self) -> None:
        """Yes becomes no and no yes."""
        self.value = not self.value

    def action_answer(self) -> None:
        """Goes on to the next field."""
        self.post_message(self.Answered(self))

    def on_click(self) -> None:
        """As Space does."""
        self.action_turn()


class _Finder(Input):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app_list(1)", _("Down"), show=False, id="choice.down"),
        Binding("up", "app_list(-1)", _("Up"), show=False, id="choice.up"),
    ]

    def action_app_list(self, step: int) -> None:
        """Moves in the list below."""
        choice = self.parent
        if isinstance(choice, ChoiceInput):
            choice.move(step)


class ChoiceInput(Vertical):
    """A line to type in and the list of what fits, shown while one types."""

    class Chosen(Message):
        """Something was taken from the list."""

        def __init__(self, choice: ChoiceInput, value: str) -> None:
            super().__init__()
            self.choice, self.value = choice, value

        @property
        def control(self) -> ChoiceInput:
            """The input, for ``@on`` with a selector."""
            return self.choice

    class Taken(Message):
        """Another value stands in the line, by whatever key."""

        def __init__(self, choice: ChoiceInput, value: str) -> None:
            super().__init__()
            self.choice, self.value = choice, value

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._choices = tuple((key, one_line(label)) for key, label in choices)
        self.chosen: str | None = value if value in dict(self._choices) else None
        self._finder = _Finder(
            dict(self._choices).get(value, ""), compact=True, placeholder=placeholder or _("type to find")
        )
        self._list = QueueTable((Column("label", ""),), self._rows(""), empty=(_("nothing fits"),))
        self._list.can_focus, self._list.typed_into = False, True

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self._finder
        yield self._list

    def on_mount(self) -> None:
        """As high as what there is to choose from, within bounds; lit is what stands in the line."""
        self._list.styles.height = max(min(len(self._choices), 6), 1)
        if self.chosen is not None:
            self._list.move_to(self.chosen)

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self._finder.value.strip()

    def focus(self, scroll_visible: bool = True) -> Widget:  # type: ignore[override]
        """Typing starts in the line."""
        return self._finder.focus(scroll_visible)

    def move(self, step: int) -> None:
        """Moves in the list, and takes what is lit there: at first the first, of what is not narrowed down yet."""
        if self.chosen is not None or self.typed:
            self._list.action_cursor(step)
        if self._list.cursor_key is not None:
            self._take(self._list.cursor_key)

    def _rows(self, typed: str) -> ListSource:
        return ListSource(TableRow(value, (label,)) for value, label in find(self._choices, typed))

    def _take(self, value: str) -> None:
        self.chosen = value
        with self._finder.prevent(Input.Changed):
            self._finder.value = dict(self._choices)[value]
        self.post_message(self.Taken(self, value))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.chosen = next((value for value, label in self._choices if label == event.value), None)
        self._list.reload(self._rows("" if self.chosen is not None else event.value))
        if self.chosen is None:
            self._list.action_first()
        else:
            self._list.move_to(self.chosen)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        key = self.chosen or (self._list.cursor_key if self.typed or not self._choices else None)
        if key is not None:
            self._take(key)
        self.post_message(self.Chosen(self, self.chosen or ""))

    @on(events.DescendantBlur)
    def _left(self) -> None:
        if self.chosen is None and self.typed and self._list.cursor_key is not None:
            self._take(self._list.cursor_key)

    @on(QueueTable.Selected)
    def _clicked(self, event: QueueTable.Selected) -> None:
        event.stop()
        if event.key is not None:
            self._take(event.key)
            self.post_message(self.Chosen(self, event.key))
