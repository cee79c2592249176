"""Everyone who could take a visit, ranked; the impossible greyed, with the rule that they would break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from app.desk import Desk, Outcome, View
from app.domain.cover import Candidate
from app.domain.records import Shift
from app.frame.lines import KeyHint
from app.frame.rows import ListSource
from app.panes.substitutes import CANDIDATES, EVERYONE, candidate_row, offered, visit_words
from app.queries.cover import candidates
from app.queries.offers import offer
from app.screens.dialogs.offering import OfferDialog
from app.text import _, ngettext
from app.widgets.bars import KeyFooter
from app.widgets.keymap import pressed_key
from app.widgets.panel import Panel
from app.widgets.queue_table import QueueTable


@dataclass(frozen=True, slots=True)
class Pick:
    """Who was chosen, and whether a note is to be written."""

    candidate: Candidate
    note: bool = False


class CandidatesDialog(ModalScreen[Pick | None]):
    """A list to choose from; the result is who goes, or None when it was given up.

    ``noted`` is told of every offer that was noted meanwhile.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "give_up", _("Back"), id="candidates.back"),
        Binding("n", "note", _("Take, with a note"), id="candidates.note"),
        Binding("o", "offer", _("Offer it: a message, and what they say"), id="shift.offer"),
    ]

    def __init__(self, desk: Desk, visit: str, noted: Callable[[Outcome], None]) -> None:
        super().__init__()
        self._desk, self._visit, self._noted = desk, visit, noted
        self._found: dict[str, Candidate] = {}

    def compose(self) -> ComposeResult:
        """The list, and its keys."""
        empty = (_("Nobody in the team could go"), _("cancel the visit with the customer: x on Today"))
        yield Panel(QueueTable(CANDIDATES, header=True, empty=empty), KeyFooter())

    def on_mount(self) -> None:
        """Reads the list."""
        self._read()
        hints = (
            KeyHint("Enter", _("goes")),
            KeyHint("n", _("goes, with a note")),
            KeyHint("o", _("offer")),
            KeyHint("Esc", _("back")),
        )
        self.query_one(KeyFooter).show(hints)

    def _read(self) -> None:
        found, said = self._desk.ask(_everyone, self._visit)
        self._found = {one.person: one for one in found}
        free = sum(one.willing for one in found)
        count = ngettext("%(count)d free", "%(count)d free", free) % {"count": free}
        where = self._desk.ask(visit_words, self._visit)
        self.query_one(Panel).title = _("Who takes %(visit)s · %(free)s") % {"visit": where, "free": count}
        self.query_one(QueueTable).reload(ListSource(candidate_row(one, said) for one in found))

    @on(QueueTable.Selected)
    def _selected(self) -> None:
        self._pick(note=False)

    @on(KeyFooter.Pressed)
    def _pressed(self, event: KeyFooter.Pressed) -> None:
        event.stop()
        self.app.simulate_key(pressed_key(event.key))

    def action_note(self) -> None:
        """The one who is lit goes, with a note."""
        self._pick(note=True)

    def action_offer(self) -> None:
        """The one who is lit is asked."""
        made = self._desk.ask(offer, self._visit, self.query_one(QueueTable).cursor_key or "")
        if made is not None:
            self.app.push_screen(OfferDialog(self._desk, made), self._offered)
        else:
            self.query_one(Panel).note = _("no offer is worded: see Templates on Team")

    def _offered(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._noted(outcome)
            self._read()

    def _pick(self, *, note: bool) -> None:
        one = self._found.get(self.query_one(QueueTable).cursor_key or "")
        if one is None:
            return
        if one.absent:
            self.query_one(Panel).note = _("%(name)s is absent then: choose another") % {"name": one.name}
        else:
            self.dismiss(Pick(one, note))

    def action_give_up(self) -> None:
        """Back to the list below."""
        self.dismiss(None)


def _everyone(view: View, visit: str) -> tuple[tuple[Candidate, ...], dict[str, str]]:
    shift = view.get(Shift, visit)
    return candidates(view, visit, EVERYONE), offered(view, shift) if shift else {}
