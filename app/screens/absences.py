"""Absences: who is away, what it leaves uncovered, and who steps in (DK-08 … DK-12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from app.decisions.registry import Decision
from app.desk import Outcome, View
from app.frame.lines import KeyHint
from app.frame.rows import ListSource
from app.frame.shape import USUAL, Shape
from app.panes import absence_month, lookahead
from app.panes import absences as lines
from app.panes.common import Block
from app.queries import absence_statistics, absences
from app.queries import lookahead as ahead
from app.queries.wanted import Wanted
from app.screens.dialogs.covering import Covering
from app.text import _
from app.widgets.asked import AskedRows
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.ink_block import InkBlock
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable

Shown = Literal["list", "week", "month"]
_NEXT: dict[Shown, Shown] = {"list": "week", "week": "month", "month": "list"}
_SHAPES = {"list": USUAL, "week": Shape(two=(5, 3)), "month": Shape(two=(5, 3))}


class AbsencesScreen(Covering):
    """The list, and behind an absence its visits with who covers them, and who could; the week; the month."""

    TAB = "2"
    DECIDES = (
        "absence.approve",
        "absence.end",
        "absence.withdraw",
        "absence.change",
        "absence.merge",
        "absence.report",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "view", _("List, week or month"), show=False, id="absences.view"),
        Binding("right,l", "move(1)", _("Next week or month"), show=False, id="absences.next"),
        Binding("left,h", "move(-1)", _("Week or month before"), show=False, id="absences.previous"),
    ]

    def body(self) -> Iterable[Widget]:
        """The list, the week or the month, and the detail."""
        self._shown: Shown = "list"
        self._moved = 0
        yield Panes(
            Panel(
                QueueTable(lines.COLUMNS, header=True, id="absences"),
                InkBlock(id="days"),
                QueueTable(lookahead.columns(0), id="week"),
                InkBlock(id="month"),
                title=_("Absences"),
                id="main",
            ),
            Panel(DetailPane(), title=_("Absence"), id="detail"),
        )

    def main_table(self) -> QueueTable:
        """The list, or the week's people."""
        return self.query_one("#week" if self._shown == "week" else "#absences", QueueTable)

    def on_mount(self) -> None:
        """Begins with the list."""
        self._lay_out()

    def on_resize(self) -> None:
        """Another width leaves room for longer days."""
        if self._shown != "list":
            self._read(self.reload)

    # the list, the week, the month

    def action_view(self) -> None:
        """From the list to the week, to the month, and back."""
        self._show(_NEXT[self._shown])

    def action_move(self, step: int) -> None:
        """To the next week or month, or the one before."""
        if self._shown != "list":
            self._moved += step
            self._read(self.reload, self.refresh_detail)

    def action_back(self) -> None:
        """From the week or the month back to the list, then as everywhere."""
        if self._shown == "list" or self.filter or self.query_one("#filter").display:
            super().action_back()
        else:
            self._show("list")

    def _show(self, shown: Shown) -> None:
        key = self._key()
        self.main_table().clear_marks()
        self._shown, self._moved = shown, 0
        self._lay_out()
        self._read(self.reload)
        if key is not None:
            self.main_table().move_to(key)
        self._read(self.refresh_detail)

    def _lay_out(self) -> None:
        for name, views in (("absences", "list"), ("days", "week"), ("week", "week"), ("month", "month")):
            self.query_one(f"#{name}").display = self._shown == views
        self.query_one(Panes).shape = _SHAPES[self._shown]
        if self._shown != "month":
            self.main_table().focus()

    def _room(self) -> tuple[int, int]:
        """The cells and lines that the main pane has inside of its border, beside the scroll bar."""
        panes = self.query_one(Panes)
        main = panes.boxes(panes.size, "main")[0]
        return (main.width - 3, main.height - 2) if main else (0, 0)

    def _reload_week(self, wanted: Wanted) -> None:
        found = self.desk.ask(self._read_week, wanted)
        panel, table = self.query_one("#main", Panel), self.query_one("#week", QueueTable)
        room = self._room()[0]
        panel.title, panel.count = self.desk.ask(lambda view: lookahead.title(found, view)), None
        panel.note = lookahead.uncovered_words(found)
        self.query_one("#days", InkBlock).show(self.desk.ask(lambda view: lookahead.head(found, view, room)))
        table.set_columns(lookahead.columns(room))
        table.set_empty(_("Nobody is away"), lookahead.uncovered_words(found))
        rows = self.desk.ask(lambda view: [lookahead.row(view, found, line, room) for line in found.lines])
        table.reload(ListSource(rows))

    def _read_week(self, view: View, wanted: Wanted) -> ahead.Week:
        return ahead.week(view, wanted, ahead.monday_of(view, self._moved))

    def _reload_month(self) -> None:
        found = self.desk.ask(self._read_month, 0)
        panel = self.query_one("#main", Panel)
        panel.title, panel.count, panel.note = absence_month.title(found.first), None, ""
        plot = self.desk.ask(lambda view: absence_month.lines(view, found, *self._room()))
        self.query_one("#month", InkBlock).show(plot)

    def _read_month(self, view: View, months: int) -> absence_statistics.Month:
        first = absence_statistics.month_from(view, self._moved + months)
        return absence_statistics.month(view, first, everywhere=self.everywhere)

    def reload(self) -> None:
        """Reads what is shown again."""
        wanted = Wanted(self.everywhere, self.words)
        if self._shown == "week":
            self._reload_week(wanted)
        elif self._shown == "month":
            self._reload_month()
        else:
            self._reload_list(wanted)

    def _reload_list(self, wanted: Wanted) -> None:
        panel = self.query_one("#main", Panel)
        panel.title, panel.note = _("Absences"), ""
        panel.count = self.desk.ask(absences.count_open, wanted)
        nothing = _("No absence fits") if self.filter else _("Nobody is away")
        self.main_table().set_empty(
            nothing, _("Esc lifts the filter") if self.filter else _("A reports an absence")
        )
        self.main_table().reload(AskedRows(self.desk, wanted, absences.count, lines.page))

    def show_detail(self) -> None:
        """Shows the absence under the cursor; beside a month its areas."""
        title, blocks = self._detail()
        self.query_one("#detail", Panel).title = title
        sections = [Section(heading, said) for heading, said in blocks]
        self.query_one(DetailPane).show((*sections, *self.not_now()))

    def _detail(self) -> tuple[str, list[Block]]:
        if self._shown == "month":
            this, before = (self.desk.ask(self._read_month, step) for step in (0, -1))
            return _("For planning"), absence_month.detail(this, before)
        key = self.main_table().cursor_key
        return _("Absence"), self.desk.ask(lookahead.detail, key) if key else []

    def _key(self) -> str | None:
        """The id of the absence under the cursor, if one is."""
        key = self.main_table().cursor_key if self._shown != "month" else None
        return None if key is None or lookahead.visit_of(key) else key

    def target(self, decision: Decision) -> Target | None:
        """The absence under the cursor."""
        key = self._key()
        return Target("absences", key) if key and decision.on is not None else None

    def offered(self, decision: Decision) -> bool:
        """Two reports are made one where there are two."""
        key = self._key()
        return decision.name != "absence.merge" or bool(key and self.desk.ask(absences.is_twice, key))

    def visit(self) -> str | None:
        """The first visit that the absence leaves uncovered; in the week also one that nobody is assigned to."""
        if key := self._key():
            return self.desk.ask(absences.first_open_visit, key)
        return lookahead.visit_of(self.main_table().cursor_key or "") if self._shown == "week" else None

    def contact_target(self) -> Target | None:
        """The first uncovered visit: its customer is the one to call."""
        visit = self.visit()
        return Target("shifts", visit) if visit else None

    def first_hints(self) -> Iterable[KeyHint]:
        """Whom Enter would take; in the week and the month how to move, before all else."""
        if self._shown != "list":
            yield KeyHint("← →", self._shown_word(self._shown))
        visit = self.visit()
        if visit is not None:
            take, *others = self.cover_hints(visit)
            yield take
            # what is approved is covered next (DK-10)
            yield from (
                one.hint for one in self._offers if one.decision.name == "absence.approve" and not one.why_not
            )
            yield from others

    def last_hints(self) -> Iterable[KeyHint]:
        """What else this screen shows."""
        yield KeyHint("v", self._shown_word(_NEXT[self._shown]))

    @staticmethod
    def _shown_word(shown: Shown) -> str:
        return {"list": _("list"), "week": _("week"), "month": _("month")}[shown]

    @on(QueueTable.Selected, "#absences, #week")
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
                self._go_on_to_open()
        else:
            super().decided(decision, outcome)

    def _go_on_to_open(self) -> None:
        """To the next that needs someone; where none follows, to the first of the list, which begins with them."""
        self.go_on()
        key = self._key()
        if key is None or not self.desk.ask(absences.is_open, key):
            self.main_table().action_first()
