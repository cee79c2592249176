"""Every key that works on a screen, with what it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen

from app.decisions.registry import DECISIONS
from app.frame.cells import cell_len, fit
from app.frame.rows import Cell, Runs
from app.text import _
from app.widgets.detail import DetailPane, Section
from app.widgets.keymap import shown_key
from app.widgets.panel import Panel
from app.widgets.queue_table import QueueTable


class HelpDialog(ModalScreen[None]):
    """The decisions of the screen below, its own keys, those of lists, and those of the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "close", _("Close"), show=False),
        Binding("down,j", "scroll(1)", _("Down"), show=False),
        Binding("up,k", "scroll(-1)", _("Up"), show=False),
        Binding("pagedown,space", "scroll(15)", _("Page down"), show=False),
        Binding("pageup", "scroll(-15)", _("Page up"), show=False),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._below = below

    def compose(self) -> ComposeResult:
        """The keys in sections."""
        note = _("Space further · Esc closes")
        yield Panel(DetailPane(self._sections()), title=_("Keys"), note=note)

    def _sections(self) -> list[Section]:
        groups: dict[str, dict[str, list[ActiveBinding]]] = {
            _("Decide"): {},
            _("Here"): {},
            _("In lists"): {},
            _("Everywhere"): {},
        }
        decide, here, lists, everywhere = groups.values()
        for active in self._below.active_bindings.values():
            binding = active.binding
            if not binding.description or not binding.id:
                continue
            group = everywhere if active.node is self.app else here
            if isinstance(active.node, QueueTable):
                group = lists
            elif binding.id in DECISIONS:
                group = decide
            group.setdefault(binding.id, []).append(active)
        own = getattr(self._below, "DECIDES", ())
        groups[_("Decide")] = {name: decide[name] for name in sorted(decide, key=lambda one: one not in own)}
        return [Section(heading, tuple(_lines(found))) for heading, found in groups.items() if found]

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scrolls by lines."""
        self.query_one(DetailPane).scroll_relative(y=lines, animate=False)


def _lines(found: dict[str, list[ActiveBinding]]) -> Iterable[Runs]:
    """A line for each name: its keys, what it is called, and what a decision means beside both."""
    told = [
        (" ".join(shown_key(one.binding.key) for one in actives), actives[0].binding.description, name)
        for name, actives in found.items()
    ]
    keys, titles = (max(cell_len(line[at]) for line in told) + 2 for at in (0, 1))
    for key, title, name in told:
        about = DECISIONS[name].summary if name in DECISIONS else ""
        yield (Cell(fit(key, keys), "key"), Cell(fit(title, titles)), Cell(about, "muted"))
