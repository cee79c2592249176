"""Onboarding: modules with who must repeat, the register, and the quiz in host mode (FI-44 … FI-48)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from app.decisions.registry import DECISIONS, Decision
from app.domain.records import Person
from app.frame.lines import KeyHint
from app.frame.rows import ListSource
from app.panes import onboarding as lines
from app.queries import onboarding, suggestions
from app.queries.onboarding import ModuleLine, RegisterLine
from app.queries.subjects import name_of
from app.screens.dialogs.choosing import ChoosingDialog
from app.screens.dialogs.quiz import Answers, QuizDialog
from app.text import _
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace


class OnboardingScreen(Workspace):
    """Modules on the left with the one under the cursor in the pane, its register below."""

    TAB = "5"
    DECIDES = ("onboarding.attend", "onboarding.feedback", "onboarding.improve")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "session", _("Start the quiz"), show=False, id="quiz.start"),
    ]

    def body(self) -> Iterable[Widget]:
        """Modules, the module, the register."""
        self._modules: dict[str, ModuleLine] = {}
        self._register: dict[str, RegisterLine] = {}
        yield Panes(
            Panel(QueueTable(lines.MODULES, header=True, id="modules"), title=_("Modules"), id="main"),
            Panel(DetailPane(), title=_("Module"), id="detail"),
            Panel(QueueTable(lines.REGISTER, header=True, id="register"), title=_("Register"), id="side"),
        )

    def main_table(self) -> QueueTable:
        """The modules."""
        return self.query_one("#modules", QueueTable)

    def reload(self) -> None:
        """Reads the modules, and the register of the one under the cursor."""
        found = [
            one for one in self.desk.ask(onboarding.modules) if self.filter.casefold() in one.title.casefold()
        ]
        self._modules = {one.id: one for one in found}
        self.query_one("#main", Panel).count = len(found)
        self.main_table().set_empty(_("No module yet"), _("tavle publish FILE shares one with the team"))
        self.main_table().reload(ListSource(lines.module_row(one) for one in found))
        self._read_register()

    def _read_register(self) -> None:
        module = self.module
        found = self.desk.ask(onboarding.register, module.id) if module else ()
        self._register = {one.id: one for one in found}
        self.query_one("#side", Panel).count = len(found)
        self.query_one("#register", QueueTable).reload(ListSource(lines.register_row(one) for one in found))

    @property
    def module(self) -> ModuleLine | None:
        """The module under the cursor."""
        return self._modules.get(self.main_table().cursor_key or "")

    def show_detail(self) -> None:
        """The module under the cursor, and its register."""
        module = self.module
        self._read_register()
        blocks = self.desk.ask(lines.module_blocks, module) if module else []
        self.query_one(DetailPane).show(tuple(Section(heading, said) for heading, said in blocks))

    def target(self, _decision: Decision) -> Target | None:
        """Every decision here makes a record of its own, about the module."""
        return None

    def action_decide(self, name: str) -> None:
        """The form begins with the module under the cursor, and the participant under the register's."""
        given = {"module": self.module.id} if self.module else {}
        person = self._register.get(self.query_one("#register", QueueTable).cursor_key or "")
        if person is not None and any(field.name == "person" for field in DECISIONS[name].fields):
            given["person"] = person.person
        self.decide(name, None, given)

    def first_hints(self) -> Iterable[KeyHint]:
        """The quiz."""
        yield KeyHint("s", _("start the quiz"), self.module is not None)

    @on(QueueTable.Selected, "#modules")
    def _enter(self) -> None:
        self.action_session()

    def action_session(self) -> None:
        """Asks who answers, then runs the quiz for them."""
        module = self.module
        if module is None:
            self.office.refuse(_("choose a module first"))
            return
        if why := self.desk.blocked("quiz.attempt", None):
            self.office.refuse(why)
            return
        fields = [one for one in DECISIONS["quiz.attempt"].fields if one.name == "person"]
        people = self.desk.ask(suggestions.suggestions, fields, None)["person"].choices
        self.app.push_screen(ChoosingDialog(_("Start the quiz"), _("Who answers?"), people), self._begin)

    def _begin(self, person: str | None) -> None:
        module = self.module
        if person is None or module is None:
            return
        asked = self.desk.ask(onboarding.questions, module.id)
        if not asked:
            self.office.refuse(_("this module has no questions"))
            return
        name = self.desk.ask(name_of, Person, person)

        def finished(answers: Answers | None) -> None:
            if answers is not None:
                self.decide("quiz.attempt", None, {"module": module.id, "person": person, "answers": answers})

        self.app.push_screen(QuizDialog(module.title, name, asked), finished)
