"""The trainer's points for an open case, beside what was answered and the model answer."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.screen import ModalScreen

from app.desk import BadInput, DatabaseUnavailable, Desk, Outcome, Refused
from app.domain.records import Question
from app.frame.rows import Cell
from app.panes.onboarding import answer_lines
from app.text import _
from app.widgets.detail import DetailPane, Section
from app.widgets.form import Form, FormField
from app.widgets.panel import Panel


class GradingDialog(ModalScreen[Outcome | None]):
    """Takes ``quiz.grade``; the result is what was taken, or None."""

    AUTO_FOCUS = ""  # the form knows where to begin

    def __init__(self, desk: Desk, attempt: str, question: Question, answer: Any) -> None:
        super().__init__()
        self._desk, self._attempt, self._question, self._answer = desk, attempt, question, answer

    def compose(self) -> ComposeResult:
        """The case, and the form under it."""
        question = self._question
        most = _("0 to %(most)d") % {"most": question.points}
        fields = (
            FormField("points", _("Points"), most, required=True),
            FormField("remark", _("Remark"), _("What should the person know about it?"), kind="text"),
        )
        told = (
            Section("", (Cell(question.text, "strong"),)),
            Section(_("Answered"), (str(self._answer or _("no answer")),)),
            Section(_("Model answer"), answer_lines(question)),
        )
        yield Panel(DetailPane(told), Form(fields, save=_("Grade")), title=_("Grade the case"))

    @on(Form.Saved)
    def _saved(self, event: Form.Saved) -> None:
        given = {name: value for name, value in event.values.items() if value != ""}
        fields = {"attempt": self._attempt, "question": self._question.id, **given}
        try:
            self.dismiss(self._desk.take("quiz.grade", None, fields))
        except (BadInput, Refused, DatabaseUnavailable) as why:
            self.query_one(Form).show_errors({"points": str(why).removeprefix("points: ")})

    @on(Form.GivenUp)
    def _given_up(self) -> None:
        self.dismiss(None)
