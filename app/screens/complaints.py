"""Complaints: the clock that runs out first, the customer's words, and the evidence beside them (DK-18 … DK-35)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from app.decisions.registry import Decision
from app.desk import Outcome
from app.domain.records import Complaint
from app.frame.lines import KeyHint
from app.frame.shape import TALL, WIDE, Shape
from app.panes import complaints as lines
from app.panes.common import Block
from app.queries import complaints
from app.queries.again import onboarding_again
from app.queries.wanted import Wanted
from app.screens.dialogs.report import ReportDialog
from app.text import _
from app.widgets.answering import Answering
from app.widgets.asked import AskedRows
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.reading import read_complaint

_UNDECIDED = (
    "complaint.acknowledge",
    "complaint.talk",
    "complaint.urgent",
    "complaint.follow_up",
    "complaint.quality_check",
    "complaint.pause",
    "complaint.resume",
    "complaint.escalate",
)
"""After these the same complaint is still to be decided: the cursor stays."""
_TEACH, _ACT = "synonym.add", "action.add"


class ComplaintsScreen(Answering):
    """The list, the complaint under the cursor, and the evidence."""

    TAB = "3"
    DECIDES = (
        "complaint.acknowledge",
        "complaint.accept",
        "complaint.reject",
        "complaint.extra_work",
        "complaint.assign",
        "complaint.talk",
        "complaint.urgent",
        "complaint.solve",
        "complaint.close",
        "complaint.reopen",
        "complaint.pause",
        "complaint.resume",
        "complaint.escalate",
        "complaint.deescalate",
        "action.add",
        "complaint.follow_up",
        "complaint.quality_check",
        "complaint.receive",
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("R", "report", _("The month"), show=False, id="complaints.report"),
        Binding("e", "management", _("With management"), show=False, id="complaints.management"),
        Binding("equals_sign", "teach", _("A word means the same"), show=False, id="complaints.teach"),
        Binding("O", "onboard", _("Onboarding again"), show=False, id="complaints.onboard"),
    ]

    def body(self) -> Iterable[Widget]:
        """The list, and the two panes."""
        yield Panes(
            Panel(QueueTable(lines.COLUMNS, header=True, id="list"), title=_("Complaints"), id="main"),
            Panel(DetailPane(id="said"), title=_("Complaint"), id="detail"),
            Panel(DetailPane(id="known"), title=_("Evidence"), id="evidence"),
            shape=Shape(three=(15, 11, 8), under="detail", down=(1, 1)),
        )

    def main_table(self) -> QueueTable:
        """The list."""
        return self.query_one("#list", QueueTable)

    def reload(self) -> None:
        """Reads the list again."""
        wanted = Wanted(self.everywhere, self.words)
        panel = self.query_one("#main", Panel)
        panel.count = self.desk.ask(complaints.count_open, wanted)
        panel.title = _("With management") if complaints.MANAGEMENT in self.words else _("Complaints")
        if self.filter:
            self.main_table().set_empty(_("No complaint fits"), _("Esc lifts the filter"))
        else:
            self.main_table().set_empty(_("No complaint is open"), _("N takes one down"))
        self.main_table().reload(AskedRows(self.desk, wanted, complaints.count, lines.page))

    def action_report(self) -> None:
        """The month's complaints."""
        self.app.push_screen(ReportDialog(self.desk, everywhere=self.everywhere))

    def action_management(self) -> None:
        """What management has: escalated, or a promise broken; and back to all (DE-20)."""
        shown = complaints.MANAGEMENT in self.words
        self.filter_by("" if shown else f"{'all ' if self.everywhere else ''}{complaints.MANAGEMENT}")

    def show_detail(self) -> None:
        """Shows the complaint under the cursor, and the evidence about it."""
        key = self.main_table().cursor_key
        said = self.desk.ask(lines.blocks, key) if key else []
        known = self.desk.ask(lines.evidence_blocks, key) if key else []
        self.query_one("#said", DetailPane).show((*_sections(said), *self.not_now()))
        self.query_one("#known", DetailPane).show(_sections(known))

    def offered(self, decision: Decision) -> bool:
        """Of pausing and letting run the one that there is to do; to managers what they do; the rest where it is."""
        key = self.main_table().cursor_key
        if decision.name == "complaint.assign":
            return key is not None and self.desk.ask(complaints.is_accepted, key)
        if decision.name in ("complaint.pause", "complaint.resume"):
            paused = key is not None and self.desk.ask(complaints.is_paused, key)
            return paused == (decision.name == "complaint.resume")
        return decision.name != "complaint.deescalate" or self.desk.actor.role in decision.roles

    def target(self, decision: Decision) -> Target | None:
        """The complaint under the cursor."""
        key = self.main_table().cursor_key
        return Target("complaints", key) if key and decision.on is not None else None

    def action_teach(self) -> None:
        """The item that is meant was not found: says which of the customer's words means it (DK-24)."""
        if (target := self.contact_target()) is None:
            self.office.refuse(_("no complaint is under the cursor"))
        elif why := self.desk.blocked(_TEACH, None):
            self.office.refuse(why)
        else:
            self.ask_for(_TEACH, target)

    def action_onboard(self) -> None:
        """It came again: onboarding once more as a corrective action, all filled in to be looked over (SE C-5)."""
        target = self.contact_target()
        found = self.desk.record(target.kind, target.id) if target else None
        if target is None or not isinstance(found, Complaint):
            self.office.refuse(_("no complaint is under the cursor"))
        elif why := self.desk.blocked(_ACT, found):
            self.office.refuse(why)
        elif (proposed := self.desk.ask(onboarding_again, found)) is None:
            self.office.refuse(_("nothing was complained of before about this item"))
        else:
            self.ask_for(_ACT, target, proposed)

    def contact_target(self) -> Target | None:
        """The complaint under the cursor."""
        key = self.main_table().cursor_key
        return Target("complaints", key) if key else None

    def first_hints(self) -> Iterable[KeyHint]:
        """Opening, where it makes a difference."""
        row = self.main_table().cursor_row
        listed = self._hidden and self.query_one(Panes).pane == "main"
        if row is not None and (listed or self._unread(row.key)):
            yield KeyHint("Enter", _("open"))

    def last_hints(self) -> Iterable[KeyHint]:
        """What a word means, the month, and what management has."""
        if self.main_table().cursor_key is not None:
            yield KeyHint("=", _("a word means…"), self.desk.blocked(_TEACH, None) is None, _("means"))
        shown = complaints.MANAGEMENT in self.words
        yield KeyHint(
            "e", _("all") if shown else _("with management"), brief="" if shown else _("management")
        )
        yield KeyHint("R", _("the month"), brief=_("month"))

    @property
    def _hidden(self) -> bool:
        """True where a pane is behind another."""
        return self.one_pane or (self.size.width < WIDE and self.query_one(Panes).size.height < TALL)

    def _unread(self, id_: str) -> bool:
        return self.desk.ask(complaints.is_unread, id_)

    @on(QueueTable.Selected, "#list")
    def _enter(self, event: QueueTable.Selected) -> None:
        if event.key is not None:
            read_complaint(self.office, event.key)
        if self._hidden:
            self.action_flip()

    def seek(self, id_: str) -> None:
        """Opens a complaint that another screen sent the person to."""
        super().seek(id_)
        if self.main_table().cursor_key == id_:
            read_complaint(self.office, id_)
            self.query_one(Panes).pane = "detail"

    def opening(self, target: Target | None) -> None:
        """Who writes about a complaint has opened it."""
        if target is not None and target.kind == "complaints":
            read_complaint(self.office, target.id)

    def decided(self, decision: Decision, outcome: Outcome) -> None:
        """The next complaint is up at once; one that was only answered is still to be decided."""
        if decision.name == "complaint.receive":
            self.point_at(outcome.id)
        elif decision.name not in _UNDECIDED:
            super().decided(decision, outcome)


def _sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    return tuple(Section(heading, said) for heading, said in blocks)
