"""Onboarding: modules with who must repeat, the register, and the quiz in host mode (FI-44 … FI-48)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from app.decisions.checks import consent_missing
from app.decisions.registry import DECISIONS, Decision
from app.desk import Outcome
from app.domain.records import Person
from app.frame.lines import KeyHint
from app.frame.rows import ListSource
from app.frame.shape import Shape
from app.panes import onboarding as lines
from app.queries import onboarding, suggestions
from app.queries.onboarding import ModuleLine, RegisterLine, Result
from app.screens.dialogs.choosing import ChoosingDialog
from app.screens.dialogs.grading import GradingDialog
from app.screens.dialogs.quiz import Answers, QuizDialog
from app.screens.dialogs.result import Next, ResultDialog
from app.text import _
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import TROUBLE, Workspace


class OnboardingScreen(Workspace):
    """Modules on the left with the one under the cursor in the pane, its register below."""

    TAB = "5"
    DECIDES = ("onboarding.attend", "onboarding.feedback", "onboarding.improve")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "session", _("Start the quiz"), show=False, id="quiz.start"),
        Binding("P", "add_person", _("Add a participant"), show=False, id="person.add"),
    ]

    def body(self) -> Iterable[Widget]:
        """Modules, the module, the register."""
        self._modules: dict[str, ModuleLine] = {}
        self._register: dict[str, RegisterLine] = {}
        self._unfinished: dict[tuple[str, str], Answers] = {}
        yield Panes(
            Panel(QueueTable(lines.MODULES, header=True, id="modules"), title=_("Modules"), id="main"),
            Panel(DetailPane(), title=_("Module"), id="detail"),
            Panel(QueueTable(lines.REGISTER, header=True, id="register"), title=_("Register"), id="side"),
            shape=Shape(two=(3, 2), three=(), down=(1, 2)),
        )

    def main_table(self) -> QueueTable:
        """The modules."""
        return self.query_one("#modules", QueueTable)

    # reading

    def reload(self) -> None:
        """Reads the modules, and the register of the one under the cursor."""
        found = [one for one in self.desk.ask(onboarding.modules) if self._fits(one.title)]
        self._modules = {one.id: one for one in found}
        self.query_one("#main", Panel).count = len(found)
        if self.filter:
            self.main_table().set_empty(_("No module fits"), _("Esc lifts the filter"))
        else:
            self.main_table().set_empty(_("No module yet"), _("tavle publish FILE shares one with the team"))
        self.main_table().reload(ListSource(lines.module_row(one) for one in found))
        self._read_register()

    def _fits(self, title: str) -> bool:
        return all(word.casefold() in title.casefold() for word in self.words)

    def _read_register(self) -> None:
        module = self.module
        found = self.desk.ask(onboarding.register, module.id) if module else ()
        self._register = {one.id: one for one in found}
        self.query_one("#side", Panel).count = len(found)
        table = self.query_one("#register", QueueTable)
        table.set_empty(_("Nobody yet"), _("%(key)s registers who took part") % {"key": self.key("p")})
        table.reload(ListSource(self.desk.ask(lines.register_row, one) for one in found))

    @property
    def module(self) -> ModuleLine | None:
        """The module under the cursor."""
        return self._modules.get(self.main_table().cursor_key or "")

    @property
    def participant(self) -> RegisterLine | None:
        """The participant under the cursor, while it is in the register."""
        table = self.query_one("#register", QueueTable)
        return self._register.get(table.cursor_key or "") if table.has_focus else None

    def show_detail(self) -> None:
        """The module under the cursor, and its register."""
        module = self.module
        self._read_register()
        blocks = self.desk.ask(lines.module_blocks, module) if module else []
        sections = [Section(heading, said) for heading, said in blocks]
        self.query_one(DetailPane).show((*sections, *self.not_now()))

    # deciding

    def target(self, _decision: Decision) -> Target | None:
        """Every decision here makes a record of its own, about the module."""
        return None

    def action_decide(self, name: str) -> None:
        """The form begins with the module under the cursor, and the participant under the register's."""
        if why := self.desk.blocked(name, None):
            self.office.refuse(why)
            return
        given = {"module": self.module.id} if self.module else {}
        if self.participant and any(field.name == "person" for field in DECISIONS[name].fields):
            given["person"] = self.participant.person
        start = next((field.name for field in DECISIONS[name].fields if field.name not in given), "")
        self.ask_for(name, None, given, start=start)

    def action_add_person(self) -> None:
        """Someone who is not in the team yet: name, firm, consent; then they can be registered."""
        self.decide("person.add", None)

    def decided(self, decision: Decision, outcome: Outcome) -> None:
        """Who has just been added is registered next."""
        if decision.name == "person.add" and self.module is not None:
            given = {"module": self.module.id, "person": outcome.id}
            self.ask_for("onboarding.attend", None, given, start="attendance")

    def first_hints(self) -> Iterable[KeyHint]:
        """The quiz; of a participant how the last one went."""
        if self.participant is not None:
            yield KeyHint("Enter", _("last quiz"), self.participant.score is not None)
        yield KeyHint("s", _("start the quiz"), self._why_no_quiz() is None, _("quiz"))

    def last_hints(self) -> Iterable[KeyHint]:
        """The other list, and new people."""
        if not self.one_pane:
            yield KeyHint("Tab", _("modules") if self.participant else _("register"))
        allowed = self.desk.blocked("person.add", None) is None
        yield KeyHint("P", _("add a participant"), allowed, _("add"))

    @on(QueueTable.Highlighted, "#register")
    @on(events.DescendantFocus)
    def _other_participant(self) -> None:
        self._draw_keys()

    # the quiz

    def _why_no_quiz(self) -> str | None:
        if self.module is None:
            return _("choose a module first")
        if not self.module.questions:
            return _("this module has no questions")
        return self.desk.blocked("quiz.attempt", None)

    @on(QueueTable.Selected, "#modules")
    def _enter(self) -> None:
        self.action_session()

    @on(QueueTable.Selected, "#register")
    def _last_quiz(self) -> None:
        if self.module is None or self.participant is None:
            return
        attempt = self.desk.ask(onboarding.last_attempt, self.module.id, self.participant.person)
        if attempt is None:
            self.office.refuse(_("%(name)s has not taken the quiz") % {"name": self.participant.name})
        else:
            self._show_result(attempt)

    def action_session(self) -> None:
        """Asks who answers, then runs the quiz for them."""
        if why := self._why_no_quiz():
            self.office.refuse(why)
            return
        fields = [one for one in DECISIONS["quiz.attempt"].fields if one.name == "person"]
        people = self.desk.ask(suggestions.suggestions, fields, None)["person"].choices
        person = self.participant.person if self.participant else ""
        dialog = ChoosingDialog(_("Start the quiz"), _("Who answers?"), people, value=person, save=_("Start"))
        self.app.push_screen(dialog, self._begin)

    def _begin(self, person: str | None) -> None:
        module = self.module
        if person is None or module is None:
            return
        record = self.desk.record("people", person)
        if why := consent_missing(record if isinstance(record, Person) else None):
            self.office.refuse(why)
            return
        self._ask(module, person, self._unfinished.pop((module.id, person), {}))

    def _ask(self, module: ModuleLine, person: str, answers: Answers, only: tuple[str, ...] = ()) -> None:
        asked = [one for one in self.desk.ask(onboarding.questions, module.id) if not only or one.id in only]
        record = self.desk.record("people", person)
        name = record.name if isinstance(record, Person) else "–"
        dialog = QuizDialog(f"{module.title} · {name}", asked, answers)

        def finished(mark: bool | None) -> None:
            if mark:
                self._mark(module, person, dialog.answers)
            elif dialog.answers:
                self._unfinished[module.id, person] = dialog.answers
                self.office.tell(_("%(name)s can go on where the quiz was left") % {"name": name})

        self.app.push_screen(dialog, finished)

    def _mark(self, module: ModuleLine, person: str, answers: Answers) -> None:
        given = {"module": module.id, "person": person, "answers": answers}
        try:
            outcome = self.desk.take("quiz.attempt", None, given)
        except TROUBLE as why:
            self._unfinished[module.id, person] = answers
            self.office.refuse(str(why))
            return
        self._announce(DECISIONS["quiz.attempt"], outcome)
        self._show_result(outcome.id)

    def _show_result(self, attempt: str) -> None:
        result = self.desk.ask(onboarding.result, attempt)
        if result is None:
            return
        holds = any(
            one.valid and one.person == result.attempt.person
            for one in self.desk.ask(onboarding.register, result.module.id)
        )
        dialog = ResultDialog(self.desk, result, registered=holds)
        self.app.push_screen(dialog, lambda following: self._follow(result, following))

    def _follow(self, result: Result, following: Next | None) -> None:
        person = result.attempt.person
        if following == "register":
            given = {"module": result.module.id, "person": person}
            self.ask_for("onboarding.attend", None, given, start="attendance")
        elif following == "grade":
            self._grade(result)
        elif following == "repeat" and (module := self._modules.get(result.module.id)):
            missed = tuple(question.id for question, mark in result.marks if mark.verdict == "wrong")
            answers = {
                name: one for name, one in (result.attempt.answers or {}).items() if name not in missed
            }
            self._ask(module, person, answers, missed)

    def _grade(self, result: Result) -> None:
        case = next((one for one, mark in result.marks if mark.verdict == "ungraded"), None)
        if case is None:
            return

        def graded(outcome: Outcome | None) -> None:
            if outcome is not None:
                self._announce(DECISIONS["quiz.grade"], outcome)
            self._show_result(result.attempt.id)

        answer = (result.attempt.answers or {}).get(case.id)
        self.app.push_screen(GradingDialog(self.desk, result.attempt.id, case, answer), graded)
