"""Everyone who could take a visit, ranked; the impossible greyed, with the rule that they would break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from app.domain.cover import Candidate
from app.frame.rows import Cell, ListSource, Runs
from app.panes.substitutes import CANDIDATES, candidate_row
from app.text import _
from app.widgets.ink import content
from app.widgets.panel import Panel
from app.widgets.queue_table import QueueTable


@dataclass(frozen=True, slots=True)
class Pick:
    """Who was chosen, and whether a note is to be written."""

    candidate: Candidate
    note: bool = False


class CandidatesDialog(ModalScreen[Pick | None]):
    """A list to choose from; the result is who goes, or None when it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "give_up", _("Back"), id="candidates.back"),
        Binding("n", "note", _("Take, with a note"), id="candidates.note"),
    ]

    def __init__(self, visit: str, found: Sequence[Candidate], said: dict[str, str]) -> None:
        super().__init__()
        self._visit, self._said = visit, said
        self._found = {one.person: one for one in found}

    def compose(self) -> ComposeResult:
        """The list, and its keys."""
        free = sum(one.willing for one in self._found.values())
        source = ListSource(candidate_row(one, self._said) for one in self._found.values())
        empty = (_("Nobody in the team could go"), _("cancel the visit with the customer: x on Today"))
        title = _("Who takes %(visit)s · %(free)d free") % {"visit": self._visit, "free": free}
        yield Panel(
            QueueTable(CANDIDATES, source, header=True, empty=empty),
            Static(_keys(), markup=False),
            title=title,
        )

    @on(QueueTable.Selected)
    def _selected(self) -> None:
        self._pick(note=False)

    def action_note(self) -> None:
        """The one who is lit goes, with a note."""
        self._pick(note=True)

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


def _keys() -> Content:
    keys: Runs = (
        Cell("Enter", "key"),
        Cell(f" {_('goes')}   ", "muted"),
        Cell("n", "key"),
        Cell(f" {_('goes, with a note')}   ", "muted"),
        Cell("Esc", "key"),
        Cell(f" {_('back')}", "muted"),
    )
    return content(keys)
