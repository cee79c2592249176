"""Host mode: a module's quiz, question by question, large enough for a projector (FI-44)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from app.domain.records import Question
from app.frame.lines import KeyHint
from app.frame.rows import Cell
from app.panes.onboarding import answer_lines, option_lines
from app.text import _
from app.widgets.bars import KeyFooter
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel

Answers = dict[str, Any]
_CHOSEN = ("single", "multiple", "true_false")


class QuizDialog(ModalScreen["Answers | None"]):
    """One person's way through the questions; the result is their answers by question id, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"answer({number})", show=False) for number in range(1, 7)),
        Binding("space", "show", _("Answer and why"), show=False),
        Binding("enter,right,n", "next", _("Next"), show=False),
        Binding("left,p", "previous", _("Back"), show=False),
        Binding("u", "correct", _("Correct"), show=False),
        Binding("escape", "give_up", _("Give up"), show=False),
    ]

    def __init__(self, module: str, person: str, questions: Sequence[Question]) -> None:
        super().__init__()
        self._module, self._person, self._questions = module, person, tuple(questions)
        self._place = 0
        self._answers: Answers = {}
        self._before: Answers = {}
        self._shown = False

    def compose(self) -> ComposeResult:
        """The question fills the screen."""
        yield Panel(DetailPane(), Input(compact=True, id="answer"), id="question")
        yield KeyFooter()

    def on_mount(self) -> None:
        """The first question."""
        self._draw()

    @property
    def _question(self) -> Question:
        return self._questions[self._place]

    def _draw(self) -> None:
        question = self._question
        panel = self.query_one("#question", Panel)
        panel.title = f"{self._module} · {self._person}"
        panel.note = _("question %(n)d of %(all)d") % {"n": self._place + 1, "all": len(self._questions)}
        typed = question.kind not in _CHOSEN
        line = self.query_one("#answer", Input)
        line.display = typed and not self._shown
        if line.display:
            line.value = str(self._answers.get(question.id, ""))
            line.placeholder = _("The answer; Enter goes on")
            line.focus()
        else:
            self.set_focus(None)
        self.query_one(DetailPane).show(self._sections(question))
        self.query_one(KeyFooter).show(self._hints(typed=typed))

    def _sections(self, question: Question) -> tuple[Section, ...]:
        asked = Section("", (Cell(question.text, "strong"), ""))
        if question.kind in _CHOSEN:
            return asked, Section("", option_lines(question, self._chosen(), shown=self._shown))
        if not self._shown:
            return (asked,)
        answered = Section(_("Answered"), (str(self._answers.get(question.id, "–")),))
        return asked, answered, Section(_("Right"), answer_lines(question))

    def _hints(self, *, typed: bool) -> tuple[KeyHint, ...]:
        last = self._place == len(self._questions) - 1
        return (
            KeyHint("1–6", _("answer"), not typed),
            KeyHint("Space", _("answer and why"), not typed),
            KeyHint("u", _("correct"), self._question.id in self._before),
            KeyHint("Enter", _("mark it") if last else _("next")),
            KeyHint("←", _("back"), self._place > 0),
            KeyHint("Esc", _("give up")),
        )

    def _chosen(self) -> tuple[int, ...]:
        answer = self._answers.get(self._question.id, ())
        return tuple(answer) if isinstance(answer, list | tuple) else (answer,)

    def action_answer(self, number: int) -> None:
        """Takes an option; of several right ones it is turned on or off."""
        question = self._question
        if question.kind not in _CHOSEN or number > len(question.options) or self._shown:
            return
        self._before[question.id] = self._answers.get(question.id)
        if question.kind == "multiple":
            chosen = set(self._chosen()) ^ {number}
            self._answers[question.id] = sorted(chosen)
        else:
            self._answers[question.id] = number
        self._draw()

    def action_show(self) -> None:
        """Shows the answer and why."""
        self._shown = not self._shown
        self._draw()

    def action_correct(self) -> None:
        """The former answer is back."""
        question = self._question
        if question.id in self._before:
            former = self._before.pop(question.id)
            self._answers.pop(question.id, None)
            if former is not None:
                self._answers[question.id] = former
            self._shown = False
            self._draw()

    @on(Input.Submitted, "#answer")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep_typed()
        self.action_next()

    def _keep_typed(self) -> None:
        line = self.query_one("#answer", Input)
        if line.display and line.value.strip():
            self._answers[self._question.id] = line.value.strip()

    def action_next(self) -> None:
        """The next question; after the last the quiz is marked."""
        self._keep_typed()
        if self._place == len(self._questions) - 1:
            self.dismiss({name: answer for name, answer in self._answers.items() if answer not in (None, [])})
            return
        self._place, self._shown = self._place + 1, False
        self._draw()

    def action_previous(self) -> None:
        """Back to the question before."""
        self._keep_typed()
        if self._place:
            self._place, self._shown = self._place - 1, False
            self._draw()

    def action_give_up(self) -> None:
        """Leaves without marking."""
        self.dismiss(None)
