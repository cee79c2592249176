"""Today: what needs you, in the order in which it stops operations (DK-03 … DK-12)."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from app.decisions.registry import Decision
from app.desk import Outcome, View
from app.frame.lines import KeyHint
from app.frame.rows import ListSource, TableRow
from app.frame.shape import TODAY
from app.panes import details
from app.panes import today as lines
from app.queries import absences, glance, today
from app.queries.standing import GREEN
from app.queries.today import TodayItem
from app.screens.dialogs.covering import Covering
from app.screens.dialogs.settling import Settling
from app.text import _
from app.widgets.answering import Answering
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.reading import read_complaint

_KINDS = {
    "shift": "shifts",
    "absence": "absences",
    "complaint": "complaints",
    "row": "rows",
    "follow_up": "contacts",
    "conflict": "conflicts",
    "action": "actions",
    "import": "rejected",
}
_SCREENS = {"complaint": "3", "row": "4", "follow_up": "6", "absence": "2"}


class TodayScreen(Answering, Settling, Covering):
    """The triage queue, what is behind the item under the cursor, and the area at a glance."""

    TAB = "1"
    DECIDES = (
        "absence.approve",
        "shift.cancel",
        "complaint.acknowledge",
        "complaint.accept",
        "complaint.reject",
        "complaint.extra_work",
        "complaint.solve",
        "complaint.close",
        "complaint.escalate",
        "complaint.deescalate",
        "action.add",
        "action.done",
    )

    def body(self) -> Iterable[Widget]:
        """The queue, the detail, and two small panels."""
        self._items: dict[str, TodayItem] = {}
        self._clear_since = ""
        yield Panes(
            Panel(QueueTable(lines.QUEUE, id="queue"), title=_("Needs you"), id="main"),
            Panel(DetailPane(), id="detail"),
            Panel(QueueTable(lines.AREA, cursor=False, id="area"), title=_("Area")),
            Panel(QueueTable(lines.COUNTS, cursor=False, id="complaints"), title=_("Complaints")),
            shape=TODAY,
        )

    def main_table(self) -> QueueTable:
        """The queue."""
        return self.query_one("#queue", QueueTable)

    def reload(self) -> None:
        """Reads the queue and the two panels in one view of the database."""
        items, rows, area, complaints = self.desk.ask(_read, self.words, everywhere=self.everywhere)
        self._items = {row.key: item for row, item in zip(rows, items, strict=True)}
        self._say_clear(clear=not self.filter and today.is_clear(tuple(items)), new=not (items or area))
        self.main_table().reload(ListSource(rows))
        self.query_one("#area", QueueTable).reload(ListSource(area))
        self.query_one("#complaints", QueueTable).reload(ListSource(complaints))

    def _say_clear(self, *, clear: bool, new: bool) -> None:
        """Day clear, with the time since when: no shift unmanned, no complaint unread or waiting (DK-12).

        A team that is ``new`` has neither customers nor anything to do: how it begins is said instead.
        """
        now = f"{self.desk.clock().astimezone(self.desk.zone):%H:%M}"
        self._clear_since = (self._clear_since or now) if clear else ""
        day_clear = _("Day clear %(time)s") % {"time": self._clear_since}
        panel = self.query_one("#main", Panel)
        panel.title = day_clear if clear and not new else _("Needs you")
        panel.count = None if clear and not new else sum(item.state != GREEN for item in self._items.values())
        if self.filter:
            self.main_table().set_empty(_("Nothing fits"), _("Esc lifts the filter"))
        elif new:
            self.main_table().set_empty(
                _("Nobody and nothing is on file yet"),
                "",
                _("6 Team: l to the customers and people, A adds them"),
                _("or from the office's tables: tavle import customers FILE"),
            )
        else:
            self.main_table().set_empty(day_clear, _("no shift unmanned, no complaint unread"))

    @property
    def item(self) -> TodayItem | None:
        """The item under the cursor."""
        return self._items.get(self.main_table().cursor_key or "")

    def show_detail(self) -> None:
        """Shows what is behind the item."""
        item = self.item
        title, blocks = self.desk.ask(details.detail, item) if item else ("", [])
        self.query_one("#detail", Panel).title = title
        sections = [Section(heading, said) for heading, said in blocks]
        self.query_one(DetailPane).show((*sections, *self.not_now()))

    def offered(self, decision: Decision) -> bool:
        """What management does is offered to managers."""
        return decision.name != "complaint.deescalate" or self.desk.actor.role in decision.roles

    def target(self, decision: Decision) -> Target | None:
        """The item itself; behind an uncovered shift the absence that left it so, behind an action its complaint."""
        item, on = self.item, decision.on
        if item is None or on is None:
            return None
        if _KINDS[item.kind] == on.name:
            return Target(on.name, item.id)
        behind = {"shift": "absences", "action": "complaints"}.get(item.kind)
        return Target(on.name, item.cause) if item.cause and on.name == behind else None

    def visit(self) -> str | None:
        """The uncovered visit; of an absence the first that it leaves uncovered."""
        item = self.item
        if item is None or item.kind not in ("shift", "absence"):
            return None
        return item.id if item.kind == "shift" else self.desk.ask(absences.first_open_visit, item.id)

    def contact_target(self) -> Target | None:
        """The complaint, what is to be come back to, or the visit that someone must be told of."""
        item, visit = self.item, self.visit()
        if visit is not None:
            return Target("shifts", visit)
        about = item.kind in ("complaint", "follow_up") if item else False
        return Target(_KINDS[item.kind], item.id) if item and about else None

    def marked(self) -> tuple[str, ...]:
        """The ids of the marked items."""
        return tuple(self._items[key].id for key in sorted(self.main_table().marks) if key in self._items)

    def key_of(self, id_: str) -> str:
        """A row's key tells the kind of its item too."""
        return next((key for key, item in self._items.items() if item.id == id_), id_)

    def first_hints(self) -> Iterable[KeyHint]:
        """What Enter would do."""
        item = self.item
        if item is None:
            return
        if item.kind == "shift":
            yield from self.cover_hints(item.id)
        elif item.kind == "conflict":
            yield KeyHint("Enter", _("the sides, to choose"))
        elif item.kind in _SCREENS or (item.kind == "action" and item.cause):
            yield KeyHint("Enter", _("open"))

    @on(QueueTable.Selected, "#queue")
    def _enter(self) -> None:
        item = self.item
        if item is None:
            return
        if item.kind == "shift":
            self.take_first(item.id)
        elif item.kind == "conflict":
            self.settle(item.id)
        elif item.kind == "action":
            if item.cause:
                self.open_elsewhere("3", item.cause)
        elif item.kind in _SCREENS:
            self.open_elsewhere(_SCREENS[item.kind], item.id)

    def opening(self, target: Target | None) -> None:
        """Who writes about a complaint has opened it."""
        if target is not None and target.kind == "complaints":
            read_complaint(self.office, target.id)

    def decided(self, decision: Decision, outcome: Outcome) -> None:
        """After an approved absence comes its first uncovered visit; after all else the next item."""
        if decision.name != "absence.approve":
            super().decided(decision, outcome)
            return
        left = [
            key for key, item in self._items.items() if item.kind == "shift" and item.cause in outcome.records
        ]
        if left:
            self.main_table().move_to(left[0])
        else:
            super().decided(decision, outcome)


Read = tuple[list[TodayItem], list[TableRow], list[TableRow], list[TableRow]]


def _read(view: View, words: tuple[str, ...], *, everywhere: bool) -> Read:
    items = today.queue(view, everywhere=everywhere)
    shown = [item for item in items if _holds(item, words)]
    rows = [lines.row(view, item) for item in shown]
    return shown, rows, lines.area_rows(view), lines.complaint_rows(items, glance.solved_today(view))


def _holds(item: TodayItem, words: tuple[str, ...]) -> bool:
    said = f"{item.title} {item.what} {item.reason} {item.wrote}".casefold()
    return all(word.casefold() in said for word in words)
