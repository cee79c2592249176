"""The frame around every screen: status, tabs, body, filter, last decision, keys; and reading again when told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from app.desk import DatabaseUnavailable
from app.frame.lines import KeyHint
from app.frame.shape import MEDIUM
from app.panes.tabs import tabs, told
from app.text import _, ngettext
from app.widgets.banded import BandedCompositor
from app.widgets.bars import KeyFooter, LastDecision, Notice, StatusHeader, TabsLine
from app.widgets.detail import DetailPane
from app.widgets.office import Office
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable

ALL = "all"
"""Begins a filter that lifts the area."""
_TOLD_AT_FIRST = 2
"""So often Textual says of a new screen that it is up; it has just been dressed, and each would dress it anew."""
_FOLLOW_SECONDS = 0.02
"""How long after the cursor its detail follows: time for the thread that writes to the terminal."""


class Framed(Screen[None]):
    """A screen in the board's frame. What stands in its body, and how its rows are read, a subclass says."""

    TAB: ClassVar[str] = "1"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", _("Filter"), show=False, id="filter"),
        Binding("escape", "back", _("Back"), show=False, id="back"),
        Binding("tab", "flip", _("The other pane"), show=False, id="flip"),
        Binding("J,shift+down", "scroll_detail(3)", _("Read on"), show=False, id="detail.down"),
        Binding("K,shift+up", "scroll_detail(-3)", _("Read back"), show=False, id="detail.up"),
    ]

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._compositor = BandedCompositor()
        self.office = office
        self.desk = office.desk
        self.filter = ""
        self._stale = False
        self._lagging = False
        self._rebound = office.keymap.rebound(type(self))

    def body(self) -> Iterable[Widget]:
        """The panels between the tabs and the last decision."""
        raise NotImplementedError

    def reload(self) -> None:
        """Reads the rows again; the cursor stays on its item."""
        raise NotImplementedError

    def show_detail(self) -> None:
        """Shows the item under the cursor in the detail pane."""

    def main_table(self) -> QueueTable | None:
        """The table that the keys act on."""
        return next(iter(self.query(QueueTable)), None)

    def first_hints(self) -> Iterable[KeyHint]:
        """Keys that this screen puts before its decisions, such as what Enter does."""
        return ()

    def decision_hints(self) -> Iterable[KeyHint]:
        """The keys of what can be decided."""
        return ()

    def last_hints(self) -> Iterable[KeyHint]:
        """Keys that this screen puts after its decisions."""
        return ()

    def compose(self) -> ComposeResult:
        """The same frame around every screen."""
        yield StatusHeader()
        yield TabsLine(tabs(self.office.counts), self.TAB)
        yield from self.body()
        yield Input(placeholder=_("Filter; “all” lifts the area"), id="filter", compact=True)
        yield Notice()
        yield LastDecision()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Listens to the office, and reads for the first time."""
        self.query_one("#filter", Input).display = False
        self.office.changed.subscribe(self, self._on_changed)
        self.office.told.subscribe(self, self._on_told)
        self._read(self.reload)
        self._draw_lines()
        if (table := self.main_table()) is not None:
            table.focus()

    def on_resize(self) -> None:
        """Another width leaves room for other keys."""
        self._draw_keys()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Catches up on what changed while another screen was up."""
        if self.stack_updates < _TOLD_AT_FIRST:
            event.refresh_styles = False
        if self._stale:
            self._stale = False
            self._read(self.reload, self.refresh_detail)
        self._draw_lines()

    def _on_changed(self, _news: None) -> None:
        if self.is_current:
            self._read(self.reload, self.refresh_detail)
        else:
            self._stale = True

    def _read(self, *reads: Callable[[], None]) -> None:
        """Reads from the database; where that cannot be, what stood there stays, and the reason is said."""
        try:
            with self.desk.looking():
                for read in reads:
                    read()
        except DatabaseUnavailable as why:
            self.office.refuse(str(why))

    def _on_told(self, _news: None) -> None:
        if self.is_current:
            self._draw_lines()

    def _draw_lines(self) -> None:
        self.query_one(StatusHeader).show(self.office.status(self.area_name()))
        self.query_one(TabsLine).show(tabs(self.office.counts), self.TAB)
        for panel in self.query("#main").results(Panel):
            panel.told = self._counted()
        self.query_one(Notice).show(self.office.notice(self.key("H")))
        said, line = self.office.said, self.query_one(LastDecision)
        if said.refused:
            line.refuse(said.text)
        elif said.text:
            copies = _(" · %(key)s copies the answer") % {"key": self.key("Y")} if said.answered else ""
            line.show(said.text + copies, said.key)
        else:
            line.clear()

    def _counted(self) -> str:
        """What the count in the panel's title is of, the filter that it stands for, how many are marked."""
        said = told(self.office.counts, self.TAB)
        if self.filter:
            said = _("for “%(words)s” · Esc lifts the filter") % {"words": self.filter}
        table = self.main_table()
        marks = len(table.marks) if table is not None else 0
        marked = ngettext("%(n)d marked", "%(n)d marked", marks) % {"n": marks} if marks else ""
        return f"{said} · {marked}".lstrip() if marked else said

    @on(QueueTable.Marked)
    def _on_marked(self) -> None:
        self._draw_lines()

    def _draw_keys(self) -> None:
        self.query_one(KeyFooter).show([hint._replace(key=self.key(hint.key)) for hint in self._hints()])

    def key(self, declared: str) -> str:
        """The key that a person has put in a key's place, both as they are shown."""
        return self._rebound.get(declared, declared)

    def _hints(self) -> Iterable[KeyHint]:
        """What works now by importance, then what does not, and the way to all keys at the end."""
        hints = tuple(dict.fromkeys(self._all_hints()))
        yield from (one for one in hints if one.enabled)
        yield from (one for one in hints if not one.enabled)
        yield KeyHint("?", _("help"))

    def _all_hints(self) -> Iterable[KeyHint]:
        yield from self.first_hints()
        if self.one_pane and self.query(Panes):
            yield KeyHint("Tab", _("more"))
        yield from self.decision_hints()
        yield from self.last_hints()
        yield KeyHint("L", _("log contact"), brief=_("contact"))
        yield KeyHint("u", _("undo"))
        yield KeyHint("/", _("filter"))

    @on(QueueTable.Highlighted)
    def _on_highlighted(self, event: QueueTable.Highlighted) -> None:
        event.stop()
        if event.by_hand:
            self.office.moved_on()
        if event.table is self.main_table() and not self._lagging:
            self._lagging = True
            self.set_timer(_FOLLOW_SECONDS, self.catch_up)

    def catch_up(self) -> None:
        """Lets the detail follow the cursor: a key is answered, and that is on its way, before anything is read."""
        if self._lagging:
            self._read(self.refresh_detail)

    def refresh_detail(self) -> None:
        """Shows the item under the cursor and what can be done with it."""
        self._lagging = False
        self.show_detail()
        self._draw_keys()

    # one pane at a time

    @property
    def one_pane(self) -> bool:
        """True on a terminal that has room for one pane alone."""
        return self.size.width < MEDIUM

    def action_flip(self) -> None:
        """To the next list in sight; where panes take turns, to the next pane; out of the filter line."""
        line = self.query_one("#filter", Input)
        if line.has_focus:
            self.filter_by(line.value.strip())
            return
        if len(self._lists_in_sight()) > 1:
            self.focus_next(QueueTable)
            return
        for panes in self.query(Panes):
            panes.flip()
        self.call_after_refresh(self._focus_what_is_seen)

    def _lists_in_sight(self) -> list[QueueTable]:
        panes = self.query(Panes)
        lists = (one for one in self.query(QueueTable) if one.can_focus and one.display)
        return [one for one in lists if not panes or any(pane.shows(one) for pane in panes)]

    def _focus_what_is_seen(self) -> None:
        lists = self._lists_in_sight()
        if lists and self.focused not in lists:
            lists[0].focus()

    def action_scroll_detail(self, lines: int) -> None:
        """Scrolls what is told about the item."""
        for pane in self.query(DetailPane):
            pane.scroll_relative(y=lines, animate=False)

    # filter and back

    def area_name(self) -> str:
        """Where the list stands: the acting person's area, or everywhere."""
        return _("all areas") if self.everywhere else self.office.area

    @property
    def everywhere(self) -> bool:
        """True while the filter begins with ``all``, which lifts the area."""
        return self.filter.lower().split()[:1] == [ALL]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that the filter looks for."""
        return tuple(self.filter.split()[self.everywhere :])

    def action_filter(self) -> None:
        """Opens the filter line."""
        line = self.query_one("#filter", Input)
        line.display = True
        line.value = self.filter
        line.focus()

    @on(Input.Submitted, "#filter")
    def _filtered(self, event: Input.Submitted) -> None:
        self.filter_by(event.value.strip())

    def filter_by(self, text: str) -> None:
        """Shows what holds the words; of all areas where the first is ``all``."""
        self.query_one("#filter", Input).display = False
        self.filter = text
        if (table := self.main_table()) is not None:
            table.focus()
        self._read(self.reload, self.refresh_detail)
        self._draw_lines()

    def action_back(self) -> None:
        """Closes the filter line, then lifts the filter, then shows the list again."""
        if self.query_one("#filter", Input).display or self.filter:
            self.filter_by("")
            return
        for panes in self.query(Panes):
            panes.pane = "main"
