"""Today: what needs you, in the order in which it stops operations (DK-03 … DK-12)."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from app.decisions.registry import Decision
from app.desk import Outcome, View
from app.frame.lines import KeyHint
from app.frame.rows import ListSource, TableRow
from app.panes import details
from app.panes import today as lines
from app.panes.common import Block
from app.panes.substitutes import first_free
from app.queries import glance, today
from app.queries.standing import GREEN
from app.queries.today import TodayItem
from app.text import _
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace

_KINDS = {
    "shift": "shifts",
    "absence": "absences",
    "complaint": "complaints",
    "row": "rows",
    "follow_up": "contacts",
    "conflict": "conflicts",
}
_SCREENS = {"complaint": "3", "row": "4", "conflict": "6", "follow_up": "6", "absence": "2"}


class TodayScreen(Workspace):
    """The triage queue, what is behind the item under the cursor, and the area at a glance."""

    TAB = "1"
    DECIDES = (
        "absence.approve",
        "shift.assign",
        "shift.cancel",
        "complaint.acknowledge",
        "complaint.accept",
        "complaint.reject",
        "complaint.extra_work",
        "complaint.solve",
        "complaint.close",
    )

    def body(self) -> Iterable[Widget]:
        """The queue, the detail, and two small panels."""
        self._items: dict[str, TodayItem] = {}
        yield Panes(
            Panel(QueueTable(lines.QUEUE, id="queue"), title=_("Needs you"), id="main"),
            Panel(DetailPane(), id="detail"),
            Panel(QueueTable(lines.FEW, cursor=False, id="area"), title=_("Area")),
            Panel(QueueTable(lines.FEW, cursor=False, id="complaints"), title=_("Complaints")),
        )

    def main_table(self) -> QueueTable:
        """The queue."""
        return self.query_one("#queue", QueueTable)

    def reload(self) -> None:
        """Reads the queue and the two panels in one view of the database."""
        items, rows, area, complaints = self.desk.ask(_read, self.filter, everywhere=self.everywhere)
        self._items = {row.key: item for row, item in zip(rows, items, strict=True)}
        self.query_one("#main", Panel).count = sum(item.state != GREEN for item in items)
        clear = _("Day clear %(time)s") % {"time": f"{self.desk.clock().astimezone(self.desk.zone):%H:%M}"}
        self.main_table().set_empty(clear, _("no shift unmanned, no complaint unread"))
        self.main_table().reload(ListSource(rows))
        self.query_one("#area", QueueTable).reload(ListSource(area))
        self.query_one("#complaints", QueueTable).reload(ListSource(complaints))

    @property
    def item(self) -> TodayItem | None:
        """The item under the cursor."""
        return self._items.get(self.main_table().cursor_key or "")

    def show_detail(self) -> None:
        """Shows what is behind the item."""
        item = self.item
        title, blocks = self.desk.ask(details.detail, item) if item else ("", [])
        self.query_one("#detail", Panel).title = title
        self.query_one(DetailPane).show(tuple(_sections(blocks)))

    def target(self, decision: Decision) -> Target | None:
        """The item itself; behind an uncovered shift also the absence that left it so."""
        item, on = self.item, decision.on
        if item is None or on is None:
            return None
        if _KINDS[item.kind] == on.name:
            return Target(on.name, item.id)
        return Target("absences", item.cause) if item.cause and on.name == "absences" else None

    def contact_target(self) -> Target | None:
        """The complaint, shift or contact under the cursor."""
        item = self.item
        return Target(_KINDS[item.kind], item.id) if item and item.kind in ("shift", "complaint") else None

    def marked(self) -> tuple[str, ...]:
        """The ids of the marked items, by what they are about."""
        return tuple(self._items[key].id for key in sorted(self.main_table().marks) if key in self._items)

    def first_hints(self) -> Iterable[KeyHint]:
        """What Enter would do."""
        item = self.item
        if item is None:
            return
        if item.kind == "shift":
            best = self.desk.ask(first_free, item.id)
            yield KeyHint(
                "Enter",
                _("take %(name)s") % {"name": best.name} if best else _("nobody is free"),
                best is not None,
            )
        elif item.kind in _SCREENS:
            yield KeyHint("Enter", _("open"))

    @on(QueueTable.Selected, "#queue")
    def _enter(self) -> None:
        item = self.item
        if item is None:
            return
        if item.kind != "shift":
            self.open_elsewhere(_SCREENS[item.kind], item.id)
            return
        best = self.desk.ask(first_free, item.id)
        if best is None:
            self.office.refuse(_("nobody is free: c shows why, or cancel the visit with the customer"))
        else:
            self.decide("shift.assign", Target("shifts", item.id), {"person": best.person})

    def decided(self, _decision: Decision, outcome: Outcome) -> None:
        """An approved absence with uncovered shifts keeps the cursor: on the first of them."""
        if outcome.decision != "absence.approve":
            super().decided(_decision, outcome)
            return
        for key, item in self._items.items():
            if item.kind == "shift" and item.cause == outcome.id:
                self.main_table().move_to(key)
                return


Read = tuple[list[TodayItem], list[TableRow], list[TableRow], list[TableRow]]


def _read(view: View, filter_: str, *, everywhere: bool) -> Read:
    items = today.queue(view, everywhere=everywhere)
    wanted = "" if everywhere else filter_.casefold()
    shown = [item for item in items if wanted in f"{item.title} {item.what} {item.reason}".casefold()]
    rows = [lines.row(view, item) for item in shown]
    return shown, rows, lines.area_rows(view), lines.complaint_rows(items, glance.solved_today(view))


def _sections(blocks: Iterable[Block]) -> Iterable[Section]:
    return (Section(heading, said) for heading, said in blocks)
