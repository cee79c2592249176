"""Absences: who is away, what it leaves uncovered, and who steps in (DK-08 … DK-12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.widget import Widget

from app.decisions.registry import Decision
from app.desk import Outcome
from app.frame.lines import KeyHint
from app.panes import absences as lines
from app.queries import absences
from app.queries.wanted import Wanted
from app.screens.dialogs.covering import Covering
from app.text import _
from app.widgets.asked import AskedRows
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable


class AbsencesScreen(Covering):
    """The list, and behind an absence its visits with who covers them, and who could."""

    TAB = "2"
    DECIDES = (
        "absence.approve",
        "absence.end",
        "absence.withdraw",
        "absence.change",
        "absence.merge",
        "absence.report",
    )

    def body(self) -> Iterable[Widget]:
        """The list and the detail."""
        yield Panes(
            Panel(QueueTable(lines.COLUMNS, header=True, id="absences"), title=_("Absences"), id="main"),
            Panel(DetailPane(), title=_("Absence"), id="detail"),
        )

    def main_table(self) -> QueueTable:
        """The list."""
        return self.query_one("#absences", QueueTable)

    def reload(self) -> None:
        """Reads the list again."""
        wanted = Wanted(self.everywhere, self.words)
        self.query_one("#main", Panel).count = self.desk.ask(absences.count_open, wanted)
        nothing = _("No absence fits") if self.filter else _("Nobody is away")
        self.main_table().set_empty(
            nothing, _("Esc lifts the filter") if self.filter else _("A reports an absence")
        )
        self.main_table().reload(AskedRows(self.desk, wanted, absences.count, lines.page))

    def show_detail(self) -> None:
        """Shows the absence under the cursor."""
        key = self.main_table().cursor_key
        blocks = self.desk.ask(lines.blocks, key) if key else []
        sections = [Section(heading, said) for heading, said in blocks]
        self.query_one(DetailPane).show((*sections, *self.not_now()))

    def target(self, decision: Decision) -> Target | None:
        """The absence under the cursor."""
        key = self.main_table().cursor_key
        return Target("absences", key) if key and decision.on is not None else None

    def offered(self, decision: Decision) -> bool:
        """Two reports are made one where there are two."""
        key = self.main_table().cursor_key
        return decision.name != "absence.merge" or bool(key and self.desk.ask(absences.is_twice, key))

    def visit(self) -> str | None:
        """The first visit that the absence leaves uncovered."""
        key = self.main_table().cursor_key
        return self.desk.ask(absences.first_open_visit, key) if key else None

    def contact_target(self) -> Target | None:
        """The first uncovered visit: its customer is the one to call."""
        visit = self.visit()
        return Target("shifts", visit) if visit else None

    def first_hints(self) -> Iterable[KeyHint]:
        """Whom Enter would take."""
        visit = self.visit()
        return self.cover_hints(visit) if visit else ()

    @on(QueueTable.Selected, "#absences")
    def _enter(self) -> None:
        visit = self.visit()
        if visit is not None:
            self.take_first(visit)
        elif self.one_pane:
            self.action_flip()

    def sentence(self, decision: Decision, outcome: Outcome) -> str:
        """Two reports of one person are spoken of by the name."""
        alone = replace(outcome, records=(outcome.id,)) if decision.name == "absence.merge" else outcome
        return super().sentence(decision, alone)

    def decided(self, decision: Decision, outcome: Outcome) -> None:
        """The cursor stays while a visit of the absence is uncovered; a new one is shown at once."""
        if decision.name in ("absence.report", "absence.change", "absence.merge"):
            self.point_at(self.desk.ask(absences.still_open, outcome.records) or outcome.id)
        elif decision.name in ("absence.approve", "shift.assign"):
            if self.visit() is None:
                self.go_on()
        else:
            super().decided(decision, outcome)
