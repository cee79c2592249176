"""Leaving while something is open: asked once, naming it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from app.frame.rows import Cell
from app.queries.counts import Counts
from app.text import _, ngettext
from app.widgets.ink import content
from app.widgets.panel import Panel


def still_open_words(counts: Counts) -> str:
    """What keeps the day from being clear (DK-12); empty where nothing does."""
    said = []
    if counts.uncovered:
        words = ngettext("%(n)d shift uncovered", "%(n)d shifts uncovered", counts.uncovered)
        said.append(words % {"n": counts.uncovered})
    if counts.unread:
        words = ngettext("%(n)d complaint unread", "%(n)d complaints unread", counts.unread)
        said.append(words % {"n": counts.unread})
    return ", ".join(said)


class LeavingDialog(ModalScreen[bool]):
    """Says what is still open; the result is whether to leave all the same."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter,y", "leave(True)", _("Leave")),
        Binding("escape,n", "leave(False)", _("Stay")),
    ]

    def __init__(self, still_open: str) -> None:
        super().__init__()
        self._still_open = still_open

    def compose(self) -> ComposeResult:
        """What is open, and the two keys."""
        keys = (
            Cell("q", "key"),
            Cell(f" {_('leave all the same')}   ", "muted"),
            Cell("Esc", "key"),
            Cell(f" {_('stay')}", "muted"),
        )
        yield Panel(
            Static(content((Cell(f"● {self._still_open}", "red"),)), markup=False),
            Static(content(keys), markup=False),
            title=_("The day is not clear"),
        )

    def action_leave(self, leave: bool) -> None:
        """Leaves, or not."""
        self.dismiss(leave)
