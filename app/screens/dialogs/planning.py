"""The best plan for all that is uncovered: worked out beside the board, looked at, taken by one key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from app.desk import BadInput, DatabaseUnavailable, Desk, Outcome, Refused, View
from app.domain.cover.plan import CoverPlan
from app.domain.records import Shift
from app.frame.lines import KeyHint
from app.frame.rows import Cell, ListSource
from app.panes.cover_plan import PLAN, plan_blocks, plan_note, plan_rows, plan_title
from app.queries.cover import question
from app.text import _, ngettext
from app.widgets.bars import KeyFooter
from app.widgets.detail import DetailPane, Section
from app.widgets.keymap import pressed_key
from app.widgets.panel import Panel
from app.widgets.queue_table import QueueTable

_LEAST = 4
"""Lines of the list, its heading among them, while there is little or nothing in it."""
Wanted = Callable[[View], Sequence[Shift]]
"""Which shifts the plan is for, as they stand now."""


class Choose(NamedTuple):
    """Someone is to be chosen by hand for a visit."""

    visit: str


class PlanDialog(ModalScreen[Outcome | Choose | None]):
    """The plan, shift by shift; the result is what was taken, a visit to choose for, or None when it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "give_up", _("Back"), id="plan.back"),
        Binding("c", "choose", _("Choose for this visit by hand"), id="plan.choose"),
        Binding("J,shift+down", "scroll(2)", _("Read on"), show=False, id="plan.down"),
        Binding("K,shift+up", "scroll(-2)", _("Read back"), show=False, id="plan.up"),
    ]

    def __init__(self, desk: Desk, wanted: Wanted) -> None:
        super().__init__()
        self._desk, self._wanted = desk, wanted
        self._plan: CoverPlan | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """The list, what is behind the line under the cursor, and the keys."""
        empty = (_("Working out the best plan …"), _("the board goes on meanwhile"))
        yield Panel(
            QueueTable(PLAN, header=True, empty=empty),
            DetailPane(),
            KeyFooter(),
            title=_("Cover plan"),
        )

    def on_mount(self) -> None:
        """Begins to work it out."""
        self._say_keys()
        self._work_out()

    @work(exclusive=True)
    async def _work_out(self) -> None:
        try:
            asked = await asyncio.to_thread(self._desk.ask, lambda view: question(view, self._wanted(view)))
            plan = await asyncio.to_thread(asked.answered, perf_counter)
        except DatabaseUnavailable as why:
            self._refuse(str(why))
            return
        self._show(plan)

    def _show(self, plan: CoverPlan) -> None:
        self._plan = plan
        table, panel = self.query_one(QueueTable), self.query_one(Panel)
        panel.title, panel.note = plan_title(plan), plan_note(plan)
        table.set_empty(_("Nothing is uncovered"), _("Esc goes back"))
        rows = self._desk.ask(plan_rows, plan)
        table.styles.height = max(_LEAST, len(rows) + 1)
        table.reload(ListSource(rows))
        self._say_keys()
        self._show_detail()

    def _say_keys(self) -> None:
        count = len(self._plan.given) if self._plan else 0
        taken = (
            ngettext("take it", "take all %(count)d", count) % {"count": count}
            if count
            else _("nothing to take")
        )
        by_hand = KeyHint("c", _("choose by hand"), bool(self._plan and (count or self._plan.left)))
        self.query_one(KeyFooter).show(
            (KeyHint("Enter", taken, count > 0), by_hand, KeyHint("Esc", _("back")))
        )

    @on(QueueTable.Highlighted)
    def _show_detail(self) -> None:
        if self._plan is not None:
            key = self.query_one(QueueTable).cursor_key
            blocks = self._desk.ask(plan_blocks, self._plan, key)
            trouble = [Section("", (Cell(f"● {self._trouble}", "red"),))] if self._trouble else []
            self.query_one(DetailPane).show([*trouble, *(Section(heading, said) for heading, said in blocks)])

    @on(QueueTable.Selected)
    def _take(self) -> None:
        """Takes it whole; what has come in meanwhile and stands against it is said, and it is worked out anew."""
        if self._plan is None or not self._plan.given:
            return
        try:
            outcome = self._desk.take("shift.cover", None, {"plan": self._plan.choices})
        except (Refused, BadInput) as why:
            self._trouble = _("%(why)s: here is the plan as it stands now") % {"why": why}
            self._work_out()
        except DatabaseUnavailable as why:
            self._refuse(str(why))
        else:
            self.dismiss(outcome)

    def _refuse(self, why: str) -> None:
        self.query_one(DetailPane).show([Section("", (Cell(f"● {why}", "red"),))])

    @on(KeyFooter.Pressed)
    def _pressed(self, event: KeyFooter.Pressed) -> None:
        event.stop()
        self.app.simulate_key(pressed_key(event.key))

    def action_scroll(self, lines: int) -> None:
        """Scrolls what is told about the line."""
        self.query_one(DetailPane).scroll_relative(y=lines, animate=False)

    def action_choose(self) -> None:
        """The plan is left for all candidates of the visit under the cursor."""
        if visit := self.query_one(QueueTable).cursor_key:
            self.dismiss(Choose(visit))

    def action_give_up(self) -> None:
        """Back to the list below; nothing is taken."""
        self.dismiss(None)
