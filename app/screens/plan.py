"""Service plan: customers by phases, then a customer's sections row by row (rules.md, "Service plan")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from app.decisions.registry import DECISIONS, Decision
from app.desk import Outcome, View
from app.frame.grid import BESIDE
from app.frame.lines import KeyHint
from app.frame.rows import ListSource, TableRow
from app.frame.shape import Box, Shape, panes
from app.panes import plan as lines
from app.panes.common import Block
from app.queries import plans
from app.queries.plans import PlanLine, SectionRow
from app.queries.words import language_word
from app.text import _
from app.widgets.bars import SectionTabs
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace

_SHAPE = Shape(two=(5, 2))


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
        Binding("right,l", "section(1)", _("Next section"), show=False, id="plan.next"),
        Binding("left,h", "section(-1)", _("Section before"), show=False, id="plan.previous"),
        Binding("t", "language", _("Language"), show=False, id="plan.language"),
    ]

    def body(self) -> Iterable[Widget]:
        """The table, the sections above it, and the pane."""
        self._lines: dict[str, PlanLine] = {}
        self._rows: dict[str, SectionRow] = {}
        self._opened: str | None = None
        self._phase = plans.PHASES[0]
        self._language = plans.languages()[0]
        self._laid_out = self._room()
        yield Panes(
            Panel(
                SectionTabs(id="sections"),
                QueueTable(lines.matrix_columns(self._laid_out), header=True, id="plans"),
                title=_("Service plans"),
                id="main",
            ),
            Panel(DetailPane(), id="detail"),
            shape=_SHAPE,
        )

    @property
    def opened(self) -> PlanLine | None:
        """The customer that is open, if one is."""
        return self._lines.get(self._opened or "")

    def main_table(self) -> QueueTable:
        """The matrix or the section's rows."""
        return self.query_one("#plans", QueueTable)

    # reading

    def on_resize(self) -> None:
        """Another width leaves room for other bars."""
        if self._laid_out != self._room():
            self._read(self._reshape)

    def _reshape(self) -> None:
        self._laid_out = self._room()
        self.main_table().set_columns(lines.ROWS if self.opened else lines.matrix_columns(self._room()))
        self.reload()

    def _room(self) -> int:
        """The cells that the matrix has inside of its border, beside the scroll bar."""
        main = panes(Box(0, 0, *self.app.size), 0, "main", _SHAPE)[0]
        return main.width - 2 - BESIDE if main else 0

    def reload(self) -> None:
        """Reads the matrix, and the section that is open."""
        self._lines = {
            line.customer: line for line in self.desk.ask(plans.matrix, everywhere=self.everywhere)
        }
        opened = self.opened
        self.query_one(SectionTabs).display = opened is not None
        if opened is None or opened.plan is None:
            self._show_matrix()
        else:
            self._show_section(opened, opened.plan)

    def _show_matrix(self) -> None:
        shown = [line for line in self._lines.values() if self._fits(line)]
        panel, table = self.query_one("#main", Panel), self.main_table()
        panel.title, panel.count, panel.note = _("Service plans"), len(shown), ""
        nothing = _("No plan fits") if self.filter else _("No customer here yet")
        table.set_empty(nothing, _("Esc lifts the filter") if self.filter else "")
        table.reload(ListSource(self.desk.ask(self._matrix_rows, shown)))

    def _matrix_rows(self, view: View, shown: list[PlanLine]) -> list[TableRow]:
        bar = lines.bar_width(self._room())
        return [lines.matrix_row(view, line, bar) for line in shown]

    def _fits(self, line: PlanLine) -> bool:
        """Every word of the filter stands in the name; ``overdue`` is a word for what is late."""
        late = _("overdue") if line.overdue else ""
        return all(word.casefold() in f"{line.name} {late}".casefold() for word in self.words)

    def _show_section(self, opened: PlanLine, plan: str) -> None:
        rows = self.desk.ask(plans.section, plan, self._phase)
        self._rows = {one.row.id: one for one in rows}
        self.query_one(SectionTabs).show(tuple(lines.section_tabs(opened, self._phase)))
        panel = self.query_one("#main", Panel)
        panel.title, panel.count = lines.sections_line(opened, self._phase, self._language), None
        panel.note = _("Esc all customers")
        self.main_table().reload(ListSource(self.desk.ask(lines.section_rows, rows, self._language)))

    def show_detail(self) -> None:
        """The row's points to think about, or the customer's phases."""
        key = self.main_table().cursor_key or ""
        blocks: list[Block] = []
        title = ""
        if self.opened and key in self._rows:
            blocks = self.desk.ask(lines.row_blocks, self._rows[key], self._language)
            title = self._rows[key].row.row
        elif key in self._lines:
            blocks = self.desk.ask(lines.customer_blocks, self._lines[key], self._language)
            title = _("Plan")
        self.query_one("#detail", Panel).title = title
        sections = [Section(heading, said) for heading, said in blocks]
        self.query_one(DetailPane).show((*sections, *self.not_now()))

    # deciding

    def target(self, decision: Decision) -> Target | None:
        """The row under the cursor; for a new plan the customer."""
        key = self.main_table().cursor_key
        if key is None:
            return None
        if decision.on is None:
            line = self._lines.get(self._opened or key)
            return Target("customers", line.customer) if line and line.plan is None else None
        return Target("rows", key) if self.opened else None

    def offered(self, decision: Decision) -> bool:
        """A plan is started where there is none."""
        return decision.on is not None or self.target(decision) is not None

    def contact_target(self) -> Target | None:
        """The customer that is open or under the cursor."""
        key = self._opened or self.main_table().cursor_key
        return Target("customers", key) if key else None

    def decided(self, decision: Decision, outcome: Outcome) -> None:
        """A row keeps the cursor until it is signed: responsible, done and sign follow each other."""
        if decision.name == "plan.start":
            self._open_plan(outcome.id)
        elif decision.name == "plan.sign":
            super().decided(decision, outcome)

    def undo_key(self, decision: Decision) -> str:
        """A signature is not undone: it is taken back with a reason."""
        return "" if decision.name == "plan.sign" else super().undo_key(decision)

    def _open_plan(self, plan: str) -> None:
        self.reload()
        found = next((line for line in self._lines.values() if line.plan == plan), None)
        if found is not None:
            self._open(found.customer, plans.PHASES[0])

    def first_hints(self) -> Iterable[KeyHint]:
        """What Enter does."""
        row = self._rows.get(self.main_table().cursor_key or "")
        if self.opened is None:
            line = self._lines.get(self.main_table().cursor_key or "")
            yield KeyHint("Enter", _("open") if line and line.plan else _("start a plan"), line is not None)
        elif row is not None and (step := lines.next_step(row.row)):
            yield KeyHint("Enter", DECISIONS[step].title.lower(), self.desk.blocked(step, row.row) is None)

    def last_hints(self) -> Iterable[KeyHint]:
        """The sections, and the language."""
        if self.opened:
            yield KeyHint("← →", _("section"))
        yield KeyHint("t", language_word(self._next_language))

    @on(QueueTable.Selected, "#plans")
    def _enter(self, event: QueueTable.Selected) -> None:
        if self.opened:
            row = self._rows.get(event.key or "")
            if row is not None and (step := lines.next_step(row.row)):
                self.decide(step, Target("rows", row.row.id))
            return
        line = self._lines.get(event.key or "")
        if line is not None and line.plan is None:
            self.decide("plan.start", Target("customers", line.customer))
        elif line is not None:
            self._open(line.customer, self._first_open(line))

    # going about

    def _first_open(self, line: PlanLine) -> str:
        known = [(phase, line.phases[phase]) for phase in plans.PHASES if phase in line.phases]
        late = [phase for phase, progress in known if progress.overdue]
        undone = [phase for phase, progress in known if progress.done < progress.total]
        return (late or undone or [plans.PHASES[0]])[0]

    def _open(self, customer: str | None, phase: str) -> None:
        """Opens a customer's section at its first open row; with None goes back to the matrix."""
        self.main_table().clear_marks()
        self._opened, self._phase = customer, phase
        self._reshape()
        if self.opened:
            undone = [key for key, one in self._rows.items() if one.row.done_on is None]
            self.main_table().move_to((undone or list(self._rows) or [""])[0])
        self.refresh_detail()

    @on(SectionTabs.Chosen)
    def _chosen(self, event: SectionTabs.Chosen) -> None:
        self._open(self._opened, event.key)

    def action_section(self, step: int) -> None:
        """The section to the right or to the left."""
        if self.opened:
            place = (plans.PHASES.index(self._phase) + step) % len(plans.PHASES)
            self._open(self._opened, plans.PHASES[place])

    @property
    def _next_language(self) -> str:
        known = plans.languages()
        return known[(known.index(self._language) + 1) % len(known)]

    def action_language(self) -> None:
        """The titles in the next language."""
        self._language = self._next_language
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
