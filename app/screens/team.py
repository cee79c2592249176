"""Team: conflicts, people, customers, agreements, contacts, hand-overs, promises, areas, wording, the exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from app.decisions.registry import DECISIONS, Decision
from app.desk import Outcome
from app.domain.conflicts import Contest
from app.domain.records import Agreement, Customer
from app.frame.lines import KeyHint
from app.frame.rows import ListSource
from app.frame.shape import Shape
from app.panes import team as lines
from app.panes import team_lists as lists
from app.queries.wanted import Wanted
from app.screens.dialogs.settling import Settling
from app.settings import FILE
from app.text import _
from app.widgets.bars import SectionTabs
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable

_ADDS = {
    "people": "person.add",
    "customers": "customer.add",
    "agreements": "agreement.set",
    "contacts": "contact.log",
    "handovers": "handover.give",
    "promises": "promise.set",
    "areas": "area.add",
    "templates": "template.set",
    "synonyms": "synonym.add",
}
_EDITS = {
    "people": "person.change",
    "customers": "customer.change",
    "agreements": "agreement.set",
    "promises": "promise.set",
    "areas": "area.change",
    "templates": "template.set",
    "cards": "card.set",
}
_TAKES_BACK = {
    "agreements": "agreement.withdraw",
    "templates": "template.reset",
    "cards": "card.reset",
    "synonyms": "synonym.remove",
}
_AGREE = "agreement.set"
_ENTER = {"conflicts": "conflict.settle", "handovers": "handover.acknowledge"}


class TeamScreen(Settling):
    """Lists side by side as tabs; conflicts first, since they wait for someone."""

    TAB = "6"
    DECIDES = (
        "conflict.settle",
        "person.add",
        "person.change",
        "customer.add",
        "customer.change",
        "agreement.set",
        "agreement.withdraw",
        "promise.set",
        "area.add",
        "area.change",
        "template.set",
        "template.reset",
        "card.set",
        "card.reset",
        "synonym.add",
        "synonym.remove",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "section(1)", _("Next list"), show=False, id="team.next"),
        Binding("left,h", "section(-1)", _("List before"), show=False, id="team.previous"),
        Binding("A", "add", _("Add to the list"), show=False, id="team.add"),
        Binding("e", "edit", _("Change what is under the cursor"), show=False, id="team.edit"),
        Binding("W", "take_back", _("Take out what is under the cursor"), show=False, id="team.take_back"),
        Binding("I", "items", _("What is agreed with the customer"), show=False, id="team.items"),
        Binding("i", "agree", _("Agree on an item with the customer"), show=False, id="team.agree"),
    ]

    def body(self) -> Iterable[Widget]:
        """The list and the pane."""
        self._section = lines.SECTIONS[0] if self.office.counts.conflicts else "people"
        self._behind: Mapping[str, Any] = {}
        self._trouble = ""
        yield Panes(
            Panel(
                SectionTabs(id="sections"),
                QueueTable(lines.COLUMNS[self._section], header=True, id="list"),
                id="main",
            ),
            Panel(DetailPane(), id="detail"),
            shape=Shape(two=(3, 2)),
        )

    def main_table(self) -> QueueTable:
        """The list."""
        return self.query_one("#list", QueueTable)

    # reading

    def reload(self) -> None:
        """Reads the list that is up."""
        self._trouble = self.office.exchange.told
        place = lists.Place(self.desk.team_file, self.desk.settings.home / FILE, self._trouble)
        listed = self.desk.ask(lists.read, self._section, Wanted(self.everywhere, self.words), place)
        self._behind = listed.behind
        panel, known = self.query_one("#main", Panel), len(listed.rows)
        panel.title, panel.count = lines.section_words(self._section), listed.count
        some = _("the first %(n)d; / finds the others") % {"n": known}
        panel.note = some if known < listed.count else ""
        self._draw_tabs()
        self.main_table().set_empty(*self._nothing())
        self.main_table().reload(ListSource(listed.rows))

    def _on_told(self, news: None) -> None:
        """What keeps the team file away stands in a row of the exchange."""
        super()._on_told(news)
        if self._trouble != self.office.exchange.told:
            self._on_changed(news)

    def _nothing(self) -> tuple[str, str]:
        """What an empty list says, and how it is filled."""
        if self.filter:
            return _("Nothing fits"), _("Esc lifts the filter")
        adds = _("%(key)s adds to it") % {"key": self.key("A")} if self._section in _ADDS else ""
        return _NOTHING.get(self._section, _("Nothing here yet")), adds

    def _draw_tabs(self) -> None:
        waiting = len(self.office.handovers)
        tabs = lines.section_tabs(self._section, self.office.counts.conflicts, waiting)
        self.query_one(SectionTabs).show(tuple(tabs))

    def show_detail(self) -> None:
        """The item under the cursor."""
        one = self._behind.get(self.main_table().cursor_key or "")
        blocks = self.desk.ask(lists.blocks, self._section, one) if one else []
        self.query_one("#detail", Panel).title = lines.one_words(self._section)
        sections = [Section(heading, said) for heading, said in blocks]
        self.query_one(DetailPane).show((*sections, *self.not_now()))

    # deciding

    def target(self, decision: Decision) -> Target | None:
        """The record under the cursor, where the decision is about such a one."""
        key = self.main_table().cursor_key
        if key is None or decision.on is None or decision.on.name != self._section:
            return None
        return Target(decision.on.name, key)

    def contact_target(self) -> Target | None:
        """The customer under the cursor, or with whom the item there is agreed."""
        key = self.main_table().cursor_key
        one = self._behind.get(key or "")
        if isinstance(one, Agreement):
            return Target("customers", one.customer)
        return Target("customers", key) if key and self._section == "customers" else None

    def first_hints(self) -> Iterable[KeyHint]:
        """What Enter does, what can be added and changed, and the lists."""
        here = self.main_table().cursor_key is not None
        if name := _ENTER.get(self._section):
            label = _("the sides, to choose") if self._section == "conflicts" else _("take over")
            yield KeyHint("Enter", label, here and self._why_not(name) is None)
        if name := _ADDS.get(self._section):
            yield KeyHint("A", DECISIONS[name].title.lower(), self._why_not(name) is None)
        if name := _EDITS.get(self._section):
            yield KeyHint("e", _("change"), here and self._why_not(name) is None)
        if name := _TAKES_BACK.get(self._section):
            yield KeyHint("W", DECISIONS[name].title.lower(), here and self._why_not(name) is None)
        if self._section == "customers":
            yield KeyHint("i", _("agree on an item"), here and self.desk.blocked(_AGREE, None) is None)
            yield KeyHint("I", _("its items"), here)
        yield KeyHint("← →", _("list"))

    def _why_not(self, name: str) -> str | None:
        target = self.target(DECISIONS[name])
        return self.desk.blocked(name, self.desk.record(target.kind, target.id) if target else None)

    def action_add(self) -> None:
        """Something new for the list that is up."""
        if self._section == "agreements" and self.contact_target():
            self.action_agree()
        elif name := _ADDS.get(self._section):
            self.decide(name, None)

    def action_edit(self) -> None:
        """Other particulars for the one under the cursor."""
        name = _EDITS.get(self._section)
        if name and (target := self.target(DECISIONS[name])):
            if why := self._why_not(name):
                self.office.refuse(why)
            else:
                self.ask_for(name, target)

    def action_take_back(self) -> None:
        """What is under the cursor no longer counts, or is as it was shipped."""
        name = _TAKES_BACK.get(self._section)
        if name and (target := self.target(DECISIONS[name])):
            self.decide(name, target)

    def action_agree(self) -> None:
        """Something new that is agreed with the customer under the cursor (DK-25)."""
        if (customer := self.contact_target()) is None:
            self.office.refuse(_("no customer is under the cursor"))
        elif why := self.desk.blocked(_AGREE, None):
            self.office.refuse(why)
        else:
            self.ask_for(_AGREE, customer)

    def action_items(self) -> None:
        """All that is agreed with the customer under the cursor, to be looked at and changed."""
        one = self._behind.get(self.main_table().cursor_key or "")
        if isinstance(one, Customer):
            self._go_to("agreements")
            self.filter_by(f"{'all ' if self.everywhere else ''}{one.name}")

    @on(QueueTable.Selected, "#list")
    def _enter(self, event: QueueTable.Selected) -> None:
        one = self._behind.get(event.key or "")
        if isinstance(one, Contest):
            self.settle(one.id)
        elif self._section == "handovers" and event.key:
            target = Target("handovers", event.key)
            if why := self._why_not("handover.acknowledge"):
                self.office.refuse(why)
            else:
                self.ask_for("handover.acknowledge", target)
        elif self._section in _EDITS:
            self.action_edit()

    def decided(self, decision: Decision, outcome: Outcome) -> None:
        """What was added or changed keeps the cursor; from what is settled it goes on."""
        if decision.name in (*_ADDS.values(), *_EDITS.values()):
            self.point_at(outcome.id)
        else:
            super().decided(decision, outcome)

    # going about

    def action_section(self, step: int) -> None:
        """The list to the right or to the left."""
        place = (lines.SECTIONS.index(self._section) + step) % len(lines.SECTIONS)
        self._go_to(lines.SECTIONS[place])

    @on(SectionTabs.Chosen)
    def _chosen(self, event: SectionTabs.Chosen) -> None:
        self._go_to(event.key)

    def _go_to(self, section: str) -> None:
        self._section = section
        self.main_table().clear_marks()
        self.main_table().set_columns(lines.COLUMNS[section])
        self.reload()
        self.main_table().action_first()
        self.refresh_detail()

    def seek(self, id_: str) -> None:
        """Shows the list that holds the record."""
        for section in ("conflicts", "contacts"):
            self._go_to(section)
            if id_ in self._behind:
                break
        super().seek(id_)


_NOTHING = {"conflicts": _("Nothing contends"), "handovers": _("Nothing was handed over")}
