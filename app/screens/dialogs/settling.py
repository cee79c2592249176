"""What contends, its sides beside each other: one key keeps a side, another takes a third way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from app.decisions.conflicts import third_ways
from app.decisions.registry import DECISIONS
from app.desk import Desk, Outcome
from app.domain.conflicts import Contest
from app.frame.lines import KeyHint
from app.frame.rows import Cell
from app.panes.contested import SideCard, contest_words, filled_in, side_cards
from app.screens.dialogs.choosing import ChoosingDialog
from app.text import _
from app.widgets.bars import KeyFooter
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane, Section
from app.widgets.ink import content
from app.widgets.keymap import pressed_key
from app.widgets.panel import Panel
from app.widgets.workspace import TROUBLE, Workspace

SETTLE = "conflict.settle"
_LEAST = 44
"""Columns that a side needs to stand beside another."""
_KEYS = 9


@dataclass(frozen=True, slots=True)
class ThirdWay:
    """Neither side: something else is to be decided."""


Settled = Outcome | ThirdWay | None


class SettlingDialog(ModalScreen[Settled]):
    """The sides of a conflict as it stood when this opened; the result is what was taken, or that none of them is.

    What comes in meanwhile is not settled unseen: it goes on contending.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(one), f"keep({one - 1})", _("Keep that side"), show=False)
            for one in range(1, _KEYS + 1)
        ),
        Binding("enter", "keep_lit", _("Keep the side that is lit"), show=False),
        Binding("right,down,l,j,tab", "move(1)", _("The next side"), show=False),
        Binding("left,up,h,k,shift+tab", "move(-1)", _("The side before"), show=False),
        Binding("t", "third", _("A third way"), show=False),
        Binding("escape,q", "give_up", _("Back"), show=False),
    ]

    def __init__(self, desk: Desk, contest: Contest) -> None:
        super().__init__()
        self._desk, self._contest = desk, contest
        self._about, self._says = desk.ask(contest_words, contest)
        self._cards = desk.ask(side_cards, contest)
        self._lit = next((at for at, card in enumerate(self._cards) if card.shown), 0)

    def compose(self) -> ComposeResult:
        """What it is about, the sides, and the keys."""
        with Panel(title=_("Conflict · %(about)s") % {"about": self._about}):
            yield Static(content((Cell(self._says, "amber"),)), classes="dialog-help", markup=False)
            with VerticalScroll(id="sides", can_focus=False):
                for number, card in enumerate(self._cards, start=1):
                    yield _side(number, card)
            yield Static("", classes="dialog-warning", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Lights what is shown now, else the first side."""
        self.query_one(".dialog-warning", Static).display = False
        self.query_one(KeyFooter).show(tuple(self._hints()))
        self._light(self._lit)

    def on_resize(self) -> None:
        """Beside each other where there is room, else under each other."""
        beside = self.size.width >= _LEAST * len(self._cards)
        self.query_one("#sides").set_class(beside, "-beside")

    def _hints(self) -> Iterable[KeyHint]:
        numbers = " ".join(str(one) for one in range(1, min(len(self._cards), _KEYS) + 1))
        yield KeyHint(numbers, _("keep that side"))
        yield KeyHint("Enter", _("keep the lit one"))
        yield KeyHint("t", _("a third way"), bool(self._desk.ask(third_ways, self._contest)))
        yield KeyHint("← →", _("light another"))
        yield KeyHint("Esc", _("back"))

    @on(KeyFooter.Pressed)
    def _pressed(self, event: KeyFooter.Pressed) -> None:
        event.stop()
        if len(event.key) == 1 or event.key.isalpha():
            self.app.simulate_key(pressed_key(event.key))

    def _light(self, at: int) -> None:
        self._lit = at
        for number, panel in enumerate(self.query(".side")):
            panel.set_class(number == at, "-lit")
            if number == at:
                panel.scroll_visible(animate=False)

    def action_move(self, step: int) -> None:
        """Lights another side."""
        self._light((self._lit + step) % len(self._cards))

    def action_keep_lit(self) -> None:
        """The side that is lit holds."""
        self.action_keep(self._lit)

    def action_keep(self, at: int) -> None:
        """That side holds."""
        if at >= len(self._cards):
            return
        self._light(at)
        given = {"keep": self._cards[at].change}
        try:
            outcome = self._desk.take(SETTLE, self._contest.id, given, seen=self._contest.heads)
        except TROUBLE as why:
            line = self.query_one(".dialog-warning", Static)
            line.display = True
            line.update(content((Cell(f"● {why}", "red"),)))
        else:
            self.dismiss(outcome)

    def action_third(self) -> None:
        """Neither: something else."""
        if self._desk.ask(third_ways, self._contest):
            self.dismiss(ThirdWay())

    def action_give_up(self) -> None:
        """It goes on contending."""
        self.dismiss(None)


def _side(number: int, card: SideCard) -> Panel:
    sections = [Section("", (Cell(card.when, "muted"),)), Section("", card.lines)]
    panel = Panel(DetailPane(sections), title=f"{number} {card.who}")
    panel.note = _("shown now") if card.shown else ""
    panel.add_class("side")
    return panel


class Settling(Workspace):
    """A screen whose item may be a conflict."""

    def settle(self, id_: str) -> None:
        """Opens the sides of a conflict."""
        contest = self.desk.record("conflicts", id_)
        if not isinstance(contest, Contest):
            self.office.refuse(_("nothing contends here any more: it has been settled"))
            self.office.news()
        elif why := self.desk.blocked(SETTLE, contest):
            self.office.refuse(why)
        else:
            self._keep_place()
            self.app.push_screen(
                SettlingDialog(self.desk, contest), lambda settled: self._settled(contest, settled)
            )

    def _settled(self, contest: Contest, settled: Settled) -> None:
        if isinstance(settled, Outcome):
            self._announce(DECISIONS[SETTLE], settled)
        elif settled is not None:
            ways = self.desk.ask(third_ways, contest)
            if len(ways) == 1:
                self._third(contest, ways[0])
                return
            choices = [(way, DECISIONS[way].title) for way in ways]
            self.app.push_screen(
                ChoosingDialog(_("Which way?"), _("Way"), choices, save=_("Go on")),
                lambda way: self._third(contest, way) if way else None,
            )

    def _third(self, contest: Contest, way: str) -> None:
        """Opens the form of a third way: that of the decision itself, or the fields that contend."""
        if way == SETTLE:
            given = self.desk.ask(filled_in, contest)
            self.ask_for(SETTLE, Target("conflicts", contest.id), given)
        else:
            self.decide(way, Target(contest.kind, contest.record))
