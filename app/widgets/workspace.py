"""The base of the six screens: frame, decisions as keys, the form where words are needed, filter, refresh.

A screen says which decisions it offers (``DECIDES``), what stands in its body, how it reads its rows
(``reload``), and which record a decision would be about (``target``). All else is here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from app.decisions.registry import DECISIONS, Decision
from app.desk import BadInput, DatabaseUnavailable, Outcome, Refused
from app.frame.lines import KeyHint
from app.panes.tabs import tabs
from app.queries import subjects
from app.text import _
from app.widgets.bars import KeyFooter, LastDecision, StatusHeader, TabsLine
from app.widgets.deciding import Offer, Target, decision_bindings, offers
from app.widgets.decision_dialog import DecisionDialog
from app.widgets.office import Office
from app.widgets.queue_table import QueueTable

TROUBLE = (Refused, BadInput, DatabaseUnavailable)


class Workspace(Screen[None]):
    """One of the six screens."""

    class Open(Message):
        """Another screen (by its key) shall show a record."""

        def __init__(self, tab: str, id_: str) -> None:
            super().__init__()
            self.tab, self.record = tab, id_

    TAB: ClassVar[str] = "1"
    DECIDES: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", _("Filter"), show=False, id="filter"),
        Binding("escape", "back", _("Back"), show=False, id="back"),
        Binding("L", "contact", _("Log a contact"), show=False, id="contact.log"),
    ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "DECIDES" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *decision_bindings(*cls.DECIDES)]
        super().__init_subclass__(**kwargs)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.desk = office.desk
        self.filter = ""
        self._stale = False
        self._offers: list[Offer] = []

    # what a screen fills in

    def body(self) -> Iterable[Widget]:
        """The panels between the tabs and the last decision."""
        raise NotImplementedError

    def reload(self) -> None:
        """Reads the rows again; the cursor stays on its item."""
        raise NotImplementedError

    def target(self, decision: Decision) -> Target | None:
        """The record under the cursor that the decision would be about."""
        raise NotImplementedError

    def show_detail(self) -> None:
        """Shows the item under the cursor in the detail pane."""

    def first_hints(self) -> Iterable[KeyHint]:
        """Keys that this screen puts before its decisions, such as what Enter does."""
        return ()

    def last_hints(self) -> Iterable[KeyHint]:
        """Keys that this screen puts after its decisions."""
        return ()

    def decided(self, _decision: Decision, outcome: Outcome) -> None:
        """After a decision: the cursor goes to the next item where the one decided is still under it."""
        table = self.main_table()
        if table is not None and table.cursor_key in outcome.records:
            table.action_cursor(1)

    def main_table(self) -> QueueTable | None:
        """The table that the keys act on."""
        return next(iter(self.query(QueueTable)), None)

    def marked(self) -> tuple[str, ...]:
        """The ids of the marked items."""
        table = self.main_table()
        return tuple(sorted(table.marks)) if table is not None else ()

    # the frame

    def compose(self) -> ComposeResult:
        """The same frame around every screen."""
        yield StatusHeader()
        yield TabsLine(tabs(self.office.counts), self.TAB)
        yield from self.body()
        yield Input(placeholder=_("Filter; “all” lifts the area"), id="filter", compact=True)
        yield LastDecision()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Listens to the office, and reads for the first time."""
        self.query_one("#filter", Input).display = False
        self.office.changed.subscribe(self, self._on_changed)
        self.office.told.subscribe(self, self._on_told)
        self.reload()
        self._draw_lines()
        if (table := self.main_table()) is not None:
            table.focus()

    def on_screen_resume(self) -> None:
        """Catches up on what changed while another screen was up."""
        if self._stale:
            self._stale = False
            self.reload()
            self.refresh_detail()
        self._draw_lines()

    def _on_changed(self, _news: None) -> None:
        if self.is_current:
            self.reload()
            self.refresh_detail()
        else:
            self._stale = True

    def _on_told(self, _news: None) -> None:
        if self.is_current:
            self._draw_lines()

    def _draw_lines(self) -> None:
        self.query_one(StatusHeader).show(self.office.status(self.area_name()))
        self.query_one(TabsLine).show(tabs(self.office.counts), self.TAB)
        said, line = self.office.said, self.query_one(LastDecision)
        if said.refused:
            line.refuse(said.text)
        elif said.text:
            line.show(said.text)
        else:
            line.clear()

    def open_elsewhere(self, tab: str, id_: str) -> None:
        """Goes to the screen where the record is at home."""
        self.post_message(self.Open(tab, id_))

    def seek(self, id_: str) -> None:
        """Puts the cursor on a record."""
        if (table := self.main_table()) is not None:
            table.move_to(id_)
            self.refresh_detail()

    def area_name(self) -> str:
        """Where the list stands: the acting person's area, or everywhere."""
        return _("all areas") if self.everywhere else self.office.area

    @property
    def everywhere(self) -> bool:
        """True while the filter ``all`` lifts the area."""
        return self.filter.strip().lower() == "all"

    # the item under the cursor

    @on(QueueTable.Highlighted)
    def _on_highlighted(self, event: QueueTable.Highlighted) -> None:
        if event.table is self.main_table():
            self.refresh_detail()

    def refresh_detail(self) -> None:
        """Shows the item under the cursor and what can be done with it."""
        self.show_detail()
        self._offers = offers(self.desk, self.DECIDES, self.target)
        self.query_one(KeyFooter).show(tuple(self._hints()))

    def _hints(self) -> Iterable[KeyHint]:
        yield from self.first_hints()
        for offer in sorted(self._offers, key=lambda one: one.why_not is not None):
            if offer.decision.key:
                yield offer.hint
        yield from self.last_hints()
        yield KeyHint("L", _("log contact"))
        yield KeyHint("u", _("undo"))
        yield KeyHint("/", _("filter"))
        yield KeyHint("?", _("help"))

    # deciding

    def action_decide(self, name: str) -> None:
        """Takes the decision on the item under the cursor or on the marked ones; asks for words where needed."""
        decision = DECISIONS[name]
        marks = self.marked()
        if len(marks) > 1 and not _asks(decision):
            self._take_each(decision, marks)
            return
        target = self.target(decision)
        if target is None and decision.on is not None:
            self.office.refuse(_("nothing here to decide on: %(title)s") % {"title": decision.title.lower()})
            return
        self.decide(name, target)

    def decide(self, name: str, target: Target | None, given: Mapping[str, Any] | None = None) -> None:
        """Takes a decision at once where all that it needs is given; otherwise its form opens."""
        decision = DECISIONS[name]
        record = self.desk.record(target.kind, target.id) if target else None
        if decision.on is not None and (why := self.desk.blocked(name, record)):
            self.office.refuse(f"{decision.title}: {why}")
        elif _asks(decision) and not _complete(decision, given or {}):
            self._ask(name, target, given or {})
        else:
            self._take(decision, target, given or {})

    def _take(self, decision: Decision, target: Target | None, given: Mapping[str, Any]) -> None:
        try:
            outcome = self.desk.take(decision.name, target.id if target else None, given)
        except Refused as why:
            if decision.fields:
                self._ask(decision.name, target, given, str(why))
            else:
                self.office.refuse(str(why))
        except TROUBLE as why:
            self.office.refuse(str(why))
        else:
            self._announce(decision, outcome)

    def _take_each(self, decision: Decision, ids: tuple[str, ...]) -> None:
        try:
            marked = [(one, record.heads) for one in ids if (record := self._record_of(decision, one))]
            outcome = self.desk.take_each(decision.name, marked, {})
        except TROUBLE as why:
            self.office.refuse(str(why))
            return
        if (table := self.main_table()) is not None:
            table.clear_marks()
        self._announce(decision, outcome)

    def _record_of(self, decision: Decision, id_: str) -> Any:
        return self.desk.record(decision.on.name, id_) if decision.on else None

    def _ask(self, name: str, target: Target | None, given: Mapping[str, Any], problem: str = "") -> None:
        def answered(outcome: Outcome | None) -> None:
            if outcome is not None:
                self._announce(DECISIONS[name], outcome)

        self.app.push_screen(DecisionDialog(self.desk, name, target, given, problem), answered)

    def _announce(self, decision: Decision, outcome: Outcome) -> None:
        self.office.tell(self.sentence(decision, outcome))
        self.office.news()
        self.decided(decision, outcome)
        self.refresh_detail()

    def sentence(self, decision: Decision, outcome: Outcome) -> str:
        """The decision in a line: ``Approved Jonas Berg``, or how many at once."""
        if len(set(outcome.records)) > 1:
            return f"{decision.done} {len(set(outcome.records))}"
        return f"{decision.done} {self.desk.ask(subjects.subject, outcome.kind, outcome.id)}".strip()

    def action_contact(self) -> None:
        """Logs a contact with the customer of the item under the cursor (DE-19)."""
        self._ask("contact.log", self.contact_target(), {})

    def contact_target(self) -> Target | None:
        """The record whose customer a contact would be with."""
        return next((offer.target for offer in self._offers if offer.target), None)

    # filter and back

    def action_filter(self) -> None:
        """Opens the filter line."""
        line = self.query_one("#filter", Input)
        line.display = True
        line.value = self.filter
        line.focus()

    @on(Input.Submitted, "#filter")
    def _filtered(self, event: Input.Submitted) -> None:
        self._filter_by(event.value.strip())

    def _filter_by(self, text: str) -> None:
        self.query_one("#filter", Input).display = False
        self.filter = text
        self.reload()
        if (table := self.main_table()) is not None:
            table.focus()
        self.refresh_detail()
        self._draw_lines()

    def action_back(self) -> None:
        """Closes the filter line, then lifts the filter."""
        if self.query_one("#filter", Input).display or self.filter:
            self._filter_by("")


def _asks(decision: Decision) -> bool:
    return any(field.required for field in decision.fields)


def _complete(decision: Decision, given: Mapping[str, Any]) -> bool:
    return all(given.get(field.name) for field in decision.fields if field.required)
