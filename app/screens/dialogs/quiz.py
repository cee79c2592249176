"""Host mode: a module's quiz, question by question, large enough for a projector (FI-44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from app.domain.records import Question
from app.frame.format import phase_bar
from app.frame.lines import KeyHint
from app.frame.rows import Cell
from app.frame.shape import TALL
from app.panes.onboarding import CHOSEN, answer_lines, option_lines, why_lines
from app.text import _, ngettext
from app.widgets.bars import KeyFooter
from app.widgets.detail import DetailPane, Section
from app.widgets.keymap import pressed_key
from app.widgets.panel import Panel

Answers = dict[str, Any]
_LONGEST = 20
"""Cells of the bar of answered questions at most."""


class QuizDialog(ModalScreen[bool]):
    """One person's way through the questions; ``answers`` by question id. The result is whether it shall be marked."""

    AUTO_FOCUS = ""  # each question says whether something is typed
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"answer({number})", show=False) for number in range(1, 10)),
        Binding("space,tab", "show", _("Answer and why"), show=False),
        Binding("enter,right,n", "next", _("Next"), show=False),
        Binding("left,up,p", "previous", _("Back"), show=False),
        Binding("u", "correct", _("Correct"), show=False),
        Binding("escape", "give_up", _("Give up"), show=False),
    ]

    def __init__(
        self, title: str, questions: Sequence[Question], answers: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__()
        self._title, self._questions = title, tuple(questions)
        self.answers: Answers = dict(answers or {})
        self._before: Answers = {}
        self._shown = self._warned = False
        undone = [place for place, one in enumerate(self._questions) if one.id not in self.answers]
        self._place = undone[0] if undone else 0

    def compose(self) -> ComposeResult:
        """The question fills the screen."""
        yield Panel(DetailPane(), Input(compact=True, id="answer"), id="question", title=self._title)
        yield KeyFooter()

    def on_mount(self) -> None:
        """The first question that has no answer."""
        self._draw()

    def on_resize(self) -> None:
        """A higher terminal sets the options apart."""
        self._draw()

    @property
    def _question(self) -> Question:
        return self._questions[self._place]

    @property
    def _answered(self) -> int:
        return len(self._questions) - len(self._left())

    @property
    def _typed(self) -> bool:
        return self._question.kind not in CHOSEN

    @property
    def _last(self) -> bool:
        return self._place == len(self._questions) - 1

    def _draw(self) -> None:
        question = self._question
        known = {"n": self._place + 1, "all": len(self._questions)}
        filled, left, *_figures = phase_bar(self._answered, known["all"], width=min(known["all"], _LONGEST))
        self.query_one("#question", Panel).note = (
            f"{filled.text}{left.text}  " + _("question %(n)d of %(all)d") % known
        )
        line = self.query_one("#answer", Input)
        line.display = self._typed and not self._shown
        if line.display:
            line.value = str(self.answers.get(question.id, ""))
            line.placeholder = _("The answer; Enter goes on")
            line.focus()
        else:
            self.set_focus(None)
        self.query_one(DetailPane).show(self._sections(question))
        self.query_one(KeyFooter).show(self._hints())

    def _sections(self, question: Question) -> tuple[Section, ...]:
        several = question.kind == "multiple"
        asked = [
            Cell(question.text, "strong"),
            *([Cell(_("Several may be right."), "muted")] if several else []),
        ]
        sections = [Section("", tuple(asked))]
        if not self._typed:
            options = option_lines(
                question, self._chosen(), shown=self._shown, apart=self.size.height >= TALL
            )
            sections.append(Section("", options))
        elif self._shown:
            sections.append(Section(_("Answered"), (str(self.answers.get(question.id, "–")),)))
            sections.append(Section(_("Right"), answer_lines(question)))
        if self._shown and (why := why_lines(question)):
            sections.append(Section(_("Why"), why))
        if self._warned:
            sections.append(Section("", (Cell(self._unanswered(), "amber"),)))
        return tuple(sections)

    def _unanswered(self) -> str:
        left = len(self._left())
        said = ngettext(
            "▲ %(n)d question has no answer. Enter marks the quiz all the same, ← goes back.",
            "▲ %(n)d questions have no answer. Enter marks the quiz all the same, ← goes back.",
            left,
        )
        return said % {"n": left}

    def _left(self) -> list[Question]:
        return [one for one in self._questions if self.answers.get(one.id) in (None, "", [])]

    def _hints(self) -> tuple[KeyHint, ...]:
        options = len(self._question.options)
        return (
            KeyHint("Enter", _("mark the quiz") if self._last else _("next")),
            *([] if self._typed else [KeyHint(f"1–{options}", _("answer"), not self._shown)]),
            KeyHint(
                "Tab" if self._typed else "Space",
                _("hide the answer") if self._shown else _("answer and why"),
            ),
            *([] if self._typed else [KeyHint("u", _("former answer"), self._question.id in self._before)]),
            KeyHint("↑" if self._typed else "←", _("back"), self._place > 0),
            KeyHint("Esc", _("leave, answers are kept")),
        )

    def _chosen(self) -> tuple[object, ...]:
        answer = self.answers.get(self._question.id, ())
        return tuple(answer) if isinstance(answer, list | tuple) else (answer,)

    def action_answer(self, number: int) -> None:
        """Takes an option; of several right ones it is turned on or off."""
        question = self._question
        if self._typed or number > len(question.options) or self._shown:
            return
        self._before[question.id] = self.answers.get(question.id)
        if question.kind == "multiple":
            chosen = {*self._chosen()} ^ {number}
            self.answers[question.id] = [one for one in range(1, len(question.options) + 1) if one in chosen]
        else:
            self.answers[question.id] = number
        self._warned = False
        self._draw()

    def action_show(self) -> None:
        """Shows the answer and why, or hides them again."""
        self._keep_typed()
        self._shown = not self._shown
        self._draw()

    def action_correct(self) -> None:
        """The former answer is back."""
        question = self._question
        if question.id in self._before:
            self.answers[question.id] = self._before.pop(question.id)
            self._shown = False
            self._draw()

    @on(Input.Submitted, "#answer")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_next()

    @on(KeyFooter.Pressed)
    def _pressed(self, event: KeyFooter.Pressed) -> None:
        event.stop()
        self.app.simulate_key(pressed_key(event.key))

    def _keep_typed(self) -> None:
        line = self.query_one("#answer", Input)
        if line.display:
            self.answers[self._question.id] = line.value.strip()

    def action_next(self) -> None:
        """The next question; after the last the quiz is marked."""
        self._keep_typed()
        if not self._last:
            self._go(self._place + 1)
        elif self._left() and not self._warned:
            self._warned = True
            self._draw()
        else:
            self._settle()
            self.dismiss(True)

    def action_previous(self) -> None:
        """Back to the question before."""
        self._keep_typed()
        if self._place:
            self._go(self._place - 1)

    def _go(self, place: int) -> None:
        self._place, self._shown, self._warned = place, False, False
        self._draw()

    def action_give_up(self) -> None:
        """Leaves without marking; the answers are kept."""
        self._keep_typed()
        self._settle()
        self.dismiss(False)

    def _settle(self) -> None:
        """What was not answered is no answer."""
        self.answers = {name: answer for name, answer in self.answers.items() if answer not in (None, "", [])}
