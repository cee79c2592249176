"""Every key that works on a screen, with what it does."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from app.decisions.registry import DECISIONS
from app.frame.rows import Cell, Runs
from app.text import _
from app.widgets.detail import DetailPane, Line, Section
from app.widgets.panel import Panel

_SHOWN = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
}
_LEFT_OUT = {
    "tab",
    "shift+tab",
    "ctrl+c",
    "super+c",
    "ctrl+q",
    "f1",
    "down",
    "up",
    "home",
    "end",
    "pagedown",
    "pageup",
}
_WIDE = 7


class HelpDialog(ModalScreen[None]):
    """The keys of the screen below, those of lists, and those of the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "close", _("Close")),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._below = below

    def compose(self) -> ComposeResult:
        """The keys in sections."""
        yield Panel(DetailPane(self._sections()), title=_("Keys"), note=_("Esc closes"))

    def _sections(self) -> list[Section]:
        own: list[Line] = []
        board: list[Line] = []
        for key, active in sorted(
            self._below.active_bindings.items(), key=lambda item: item[1].binding.description
        ):
            binding = active.binding
            if not binding.description:
                continue
            decision = DECISIONS.get(binding.id or "")
            if key in _LEFT_OUT:
                continue
            line = _line(_SHOWN.get(key, key), binding.description, decision.summary if decision else "")
            (board if active.node is self.app else own).append(line)
        return [Section(_("Here"), tuple(own)), Section(_("Everywhere"), tuple(board))]

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scrolls by lines."""
        self.query_one(DetailPane).scroll_relative(y=lines, animate=False)


def _line(key: str, title: str, summary: str) -> Runs:
    return (Cell(key.ljust(_WIDE), "key"), Cell(f"{title}  "), Cell(summary, "muted"))
