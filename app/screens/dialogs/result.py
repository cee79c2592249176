"""How a quiz went, and what may follow: repeating what was missed, a case's grade, the register (FI-44, FI-47)."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from app.desk import Desk
from app.domain.quiz import Verdict
from app.frame.lines import KeyHint
from app.panes.onboarding import result_blocks
from app.queries.onboarding import Result
from app.text import _
from app.widgets.bars import KeyFooter
from app.widgets.detail import DetailPane, Section
from app.widgets.keymap import pressed_key
from app.widgets.panel import Panel

Next = Literal["repeat", "grade", "register"]


class ResultDialog(ModalScreen["Next | None"]):
    """Score, questions, missed themes; the result is what shall follow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", _("Close"), show=False),
        Binding("R", "follow('repeat')", _("Repeat what was missed"), show=False),
        Binding("g", "follow('grade')", _("Grade the case"), show=False),
        Binding("p", "follow('register')", _("Register attendance"), show=False),
        Binding("down,j", "scroll(1)", _("Down"), show=False),
        Binding("up,k", "scroll(-1)", _("Up"), show=False),
    ]

    def __init__(self, desk: Desk, result: Result, *, registered: bool) -> None:
        super().__init__()
        self._desk, self._result = desk, result
        verdicts = {mark.verdict for _question, mark in result.marks}
        self._may: dict[Next, bool] = {
            "repeat": Verdict.WRONG in verdicts,
            "grade": Verdict.UNGRADED in verdicts,
            "register": not registered,
        }

    def compose(self) -> ComposeResult:
        """The result and its keys."""
        blocks = self._desk.ask(result_blocks, self._result)
        pane = DetailPane([Section(heading, said) for heading, said in blocks])
        yield Panel(pane, title=f"{self._result.module.title} · {self._result.name}")
        yield KeyFooter()

    def on_mount(self) -> None:
        """The keys."""
        self.query_one(KeyFooter).show(
            (
                KeyHint("Enter", _("close")),
                KeyHint("g", _("grade the case"), self._may["grade"]),
                KeyHint("p", _("register attendance"), self._may["register"]),
                KeyHint("R", _("repeat what was missed"), self._may["repeat"]),
            )
        )

    @on(KeyFooter.Pressed)
    def _pressed(self, event: KeyFooter.Pressed) -> None:
        event.stop()
        self.app.simulate_key(pressed_key(event.key))

    def action_close(self) -> None:
        """Back to the modules."""
        self.dismiss(None)

    def action_follow(self, what: Next) -> None:
        """Closes, and what was asked for follows."""
        if self._may[what]:
            self.dismiss(what)

    def action_scroll(self, lines: int) -> None:
        """Scrolls by lines."""
        self.query_one(DetailPane).scroll_relative(y=lines, animate=False)
