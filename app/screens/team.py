"""Team: conflicts to settle, people, customers and agreements, contacts, and the exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from app.decisions.registry import Decision
from app.desk import View
from app.domain.conflicts import Contest, Side
from app.domain.instants import from_text
from app.domain.records import Person
from app.frame.lines import KeyHint
from app.frame.rows import Cell, ListSource, TableRow
from app.panes import team as lines
from app.panes.common import Block, moment_words
from app.queries import team
from app.queries.subjects import name_of
from app.screens.dialogs.choosing import ChoosingDialog
from app.text import _
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.ink import content
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace

Shown = dict[str, Any]


class TeamScreen(Workspace):
    """Five lists side by side as tabs; conflicts first, since they wait for someone."""

    TAB = "6"
    DECIDES = (
        "conflict.settle",
        "person.add",
        "person.change",
        "customer.add",
        "customer.change",
        "agreement.set",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,tab", "section(1)", _("Next list"), show=False, id="team.next"),
        Binding("left,h,shift+tab", "section(-1)", _("List before"), show=False, id="team.previous"),
    ]

    def body(self) -> Iterable[Widget]:
        """The list and the pane."""
        self._section = lines.SECTIONS[0] if self.office.counts.conflicts else "people"
        self._shown: Shown = {}
        self._state: team.ExchangeState | None = None
        yield Panes(
            Panel(
                Static(id="sections", markup=False),
                QueueTable(lines.COLUMNS[self._section], header=True, id="list"),
                id="main",
            ),
            Panel(DetailPane(), id="detail"),
        )

    def main_table(self) -> QueueTable:
        """The list."""
        return self.query_one("#list", QueueTable)

    def reload(self) -> None:
        """Reads the list that is up."""
        rows = self.desk.ask(getattr(self, f"_read_{self._section}"))
        words = "" if self.everywhere else self.filter.casefold()
        shown = [row for row in rows if words in " ".join(_plain(row)).casefold()]
        panel = self.query_one("#main", Panel)
        panel.title, panel.count = lines.section_words(self._section), len(shown)
        panel.note = _("← → list")
        self.query_one("#sections", Static).update(content(self._sections()))
        self.main_table().set_empty(_("Nothing here"))
        self.main_table().reload(ListSource(shown))

    def _sections(self) -> Iterable[Cell]:
        for section in lines.SECTIONS:
            yield Cell(
                f" {lines.section_words(section)} ", "current" if section == self._section else "muted"
            )

    def _read_conflicts(self, view: View) -> list[TableRow]:
        found = team.conflicts(view)
        self._shown = {one.id: one for one in found}
        return [lines.conflict_row(view, one) for one in found]

    def _read_people(self, view: View) -> list[TableRow]:
        found = team.people(view, everywhere=self.everywhere)
        self._shown = {one.id: one for one in found}
        return [lines.person_row(one) for one in found]

    def _read_customers(self, view: View) -> list[TableRow]:
        found = team.customers(view, everywhere=self.everywhere)
        self._shown = {one.id: one for one, _items in found}
        return [lines.customer_row(one, items) for one, items in found]

    def _read_contacts(self, view: View) -> list[TableRow]:
        found = team.contacts(view, everywhere=self.everywhere)
        self._shown = {one.id: one for one in found}
        return [lines.contact_row(view, one) for one in found]

    def _read_exchange(self, view: View) -> list[TableRow]:
        self._state = team.exchange_state(view)
        self._shown = {one.lane: one for one in self._state.lanes}
        return [lines.lane_row(view, one) for one in self._state.lanes]

    def show_detail(self) -> None:
        """The item under the cursor; of the exchange how it stands."""
        one = self._shown.get(self.main_table().cursor_key or "")
        blocks = self.desk.ask(self._blocks, one)
        self.query_one("#detail", Panel).title = lines.section_words(self._section)
        self.query_one(DetailPane).show(tuple(Section(heading, said) for heading, said in blocks))

    def _blocks(self, view: View, one: Any) -> list[Block]:
        if self._section == "exchange" and self._state is not None:
            return lines.exchange_blocks(
                self._state, str(self.desk.team_file or "–"), self.office.exchange.trouble
            )
        tell: Callable[[View, Any], list[Block]] | None = _TELL.get(self._section)
        return tell(view, one) if tell and one is not None else []

    def target(self, decision: Decision) -> Target | None:
        """The record under the cursor, where the decision is about such a one."""
        key = self.main_table().cursor_key
        if key is None or decision.on is None or decision.on.name != self._section:
            return None
        return Target(decision.on.name, key)

    def contact_target(self) -> Target | None:
        """The customer under the cursor."""
        key = self.main_table().cursor_key
        return Target("customers", key) if key and self._section == "customers" else None

    def first_hints(self) -> Iterable[KeyHint]:
        """The lists, and choosing a side."""
        if self._section == "conflicts":
            yield KeyHint("Enter", _("choose a side"), bool(self._shown))
        yield KeyHint("← →", _("list"))

    @on(QueueTable.Selected, "#list")
    def _enter(self, event: QueueTable.Selected) -> None:
        one = self._shown.get(event.key or "")
        if isinstance(one, Contest):
            choices = self.desk.ask(_sides, one)
            self.app.push_screen(
                ChoosingDialog(_("Which side holds?"), _("Side"), choices),
                lambda side: self._settle(one, side),
            )

    def _settle(self, one: Contest, side: str | None) -> None:
        if side is not None:
            self.decide("conflict.settle", Target("conflicts", one.id), {"keep": side})

    def action_section(self, step: int) -> None:
        """The list to the right or to the left."""
        place = (lines.SECTIONS.index(self._section) + step) % len(lines.SECTIONS)
        self._go_to(lines.SECTIONS[place])

    def _go_to(self, section: str) -> None:
        self._section = section
        self.main_table().set_columns(lines.COLUMNS[section])
        self.reload()
        self.refresh_detail()

    def seek(self, id_: str) -> None:
        """Shows the list that holds the record."""
        for section in ("conflicts", "contacts"):
            self._go_to(section)
            if id_ in self._shown:
                break
        super().seek(id_)


def _plain(row: TableRow) -> Iterable[str]:
    return (cell if isinstance(cell, str) else str(cell[0]) for cell in row.cells)


def _sides(view: View, one: Contest) -> tuple[tuple[str, str], ...]:
    return tuple((side.change, _side_label(view, one, side)) for side in one.sides)


def _side_label(view: View, one: Contest, side: Side) -> str:
    values = ", ".join(str(side.set.get(name) or "–") for name in one.fields)
    return f"{name_of(view, Person, side.by)} {moment_words(view, from_text(side.at))}: {values}"


_TELL: dict[str, Callable[[View, Any], list[Block]]] = {
    "conflicts": lines.conflict_blocks,
    "people": lines.person_blocks,
    "customers": lines.customer_blocks,
    "contacts": lines.contact_blocks,
}
