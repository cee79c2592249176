"""Service plan: customers by phases, then a customer's sections row by row (rules.md, "Service plan")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from app.decisions.registry import Decision
from app.frame.lines import KeyHint
from app.frame.rows import ListSource
from app.panes import plan as lines
from app.panes.common import Block
from app.queries import plans
from app.queries.plans import PlanLine, SectionRow
from app.text import _
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.ink import content
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace


class PlanScreen(Workspace):
    """The matrix; Enter opens a customer, whose sections stand side by side as tabs."""

    TAB = "4"
    DECIDES = (
        "plan.start",
        "plan.assign",
        "plan.done",
        "plan.sign",
        "plan.unsign",
        "plan.note",
        "plan.reword",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,tab", "section(1)", _("Next section"), show=False, id="plan.next"),
        Binding("left,h,shift+tab", "section(-1)", _("Section before"), show=False, id="plan.previous"),
        Binding("t", "language", _("Language"), show=False, id="plan.language"),
    ]

    def body(self) -> Iterable[Widget]:
        """The table, the sections above it, and the pane."""
        self._lines: dict[str, PlanLine] = {}
        self._rows: dict[str, SectionRow] = {}
        self._opened: str | None = None
        self._phase = plans.PHASES[0]
        self._language = plans.languages()[0]
        yield Panes(
            Panel(
                Static(id="sections", markup=False),
                QueueTable(lines.MATRIX, header=True, id="plans"),
                title=_("Service plans"),
                id="main",
            ),
            Panel(DetailPane(), id="detail"),
        )

    @property
    def opened(self) -> PlanLine | None:
        """The customer that is open, if one is."""
        return self._lines.get(self._opened or "")

    def reload(self) -> None:
        """Reads the matrix, and the section that is open."""
        found = self.desk.ask(plans.matrix, everywhere=self.everywhere)
        self._lines = {line.customer: line for line in found}
        opened = self.opened
        self.query_one("#sections", Static).display = opened is not None
        panel, table = self.query_one("#main", Panel), self.main_table()
        if opened is not None and opened.plan is not None:
            rows = self.desk.ask(plans.section, opened.plan, self._phase)
            self._rows = {one.row.id: one for one in rows}
            self.query_one("#sections", Static).update(content(lines.section_tabs(opened, self._phase)))
            panel.title, panel.count = lines.sections_line(opened, self._phase, self._language), None
            panel.note = _("← → section · Esc all customers")
            table.reload(ListSource(lines.section_row(one, self._language) for one in rows))
        else:
            shown = [line for line in found if self._fits(line)]
            panel.title, panel.count, panel.note = _("Service plans"), len(shown), ""
            table.reload(ListSource(lines.matrix_row(line) for line in shown))

    def _fits(self, line: PlanLine) -> bool:
        words = "" if self.everywhere else self.filter.casefold()
        return line.overdue > 0 if words == _("overdue") else words in line.name.casefold()

    def main_table(self) -> QueueTable:
        """The matrix or the section's rows."""
        return self.query_one("#plans", QueueTable)

    def target(self, decision: Decision) -> Target | None:
        """The row under the cursor; for a new plan the customer."""
        key = self.main_table().cursor_key
        if key is None:
            return None
        if decision.on is None:
            line = self._lines.get(self._opened or key)
            return Target("customers", line.customer) if line and line.plan is None else None
        return Target("rows", key) if self.opened else None

    def contact_target(self) -> Target | None:
        """The customer that is open or under the cursor."""
        key = self._opened or self.main_table().cursor_key
        return Target("customers", key) if key else None

    def show_detail(self) -> None:
        """The row's points to think about, or the customer's phases."""
        key = self.main_table().cursor_key or ""
        blocks: list[Block] = []
        if self.opened and key in self._rows:
            blocks = self.desk.ask(lines.row_blocks, self._rows[key], self._language)
            self.query_one("#detail", Panel).title = _("Think about")
        elif key in self._lines:
            blocks = lines.customer_blocks(self._lines[key])
            self.query_one("#detail", Panel).title = _("Phases")
        self.query_one(DetailPane).show(tuple(Section(heading, said) for heading, said in blocks))

    def first_hints(self) -> Iterable[KeyHint]:
        """What Enter and the arrows do."""
        if self.opened:
            yield KeyHint("← →", _("section"))
        else:
            yield KeyHint("Enter", _("open"))

    def last_hints(self) -> Iterable[KeyHint]:
        """The language."""
        yield KeyHint("t", _("language"))

    @on(QueueTable.Selected, "#plans")
    def _enter(self, event: QueueTable.Selected) -> None:
        line = self._lines.get(event.key or "")
        if self.opened or line is None:
            return
        if line.plan is None:
            self.decide("plan.start", Target("customers", line.customer))
            return
        self._open(line.customer, self._first_open(line))

    def _first_open(self, line: PlanLine) -> str:
        known = [(phase, line.phases[phase]) for phase in plans.PHASES if phase in line.phases]
        late = [phase for phase, progress in known if progress.overdue]
        undone = [phase for phase, progress in known if progress.done < progress.total]
        return (late or undone or [plans.PHASES[0]])[0]

    def _open(self, customer: str | None, phase: str) -> None:
        self._opened, self._phase = customer, phase
        self.main_table().set_columns(lines.ROWS if customer else lines.MATRIX)
        self.reload()
        self.refresh_detail()

    def action_section(self, step: int) -> None:
        """The section to the right or to the left."""
        if self.opened:
            place = (plans.PHASES.index(self._phase) + step) % len(plans.PHASES)
            self._open(self._opened, plans.PHASES[place])

    def action_language(self) -> None:
        """The titles in the next language."""
        known = plans.languages()
        self._language = known[(known.index(self._language) + 1) % len(known)]
        self.reload()
        self.refresh_detail()

    def action_back(self) -> None:
        """From a customer back to all of them, then as everywhere."""
        if not self._opened:
            super().action_back()
            return
        customer = self._opened
        self._open(None, self._phase)
        self.main_table().move_to(customer)

    def seek(self, id_: str) -> None:
        """Opens the section that a row stands in, at the row."""
        if found := self.desk.ask(plans.section_of, id_):
            self._open(*found)
            super().seek(id_)
