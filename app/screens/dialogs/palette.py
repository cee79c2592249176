"""The palette: everything that can be done here, found by typing part of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from app.decisions.registry import DECISIONS, Decision
from app.frame.rows import Cell, Column, ListSource, TableRow
from app.text import _
from app.widgets.ink import content
from app.widgets.keymap import shown_key
from app.widgets.panel import Panel
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace

_COLUMNS = (
    Column("title", _("What"), width=26),
    Column("about", _("What it means"), least=40, drop=1),
    Column("key", _("Key"), width=6, align="right"),
)
_LEFT_OUT = ("palette", "back", "detail.down", "detail.up")
Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be done: what it is called and means, its key, and how it is done.

    ``called``: other words that it is found by.
    """

    title: str
    about: str
    key: str
    run: Run
    works: bool = True
    called: str = ""

    @property
    def row(self) -> TableRow:
        """The entry in the list."""
        cells = (Cell(self.title, "strong"), Cell(self.about, "muted"), Cell(self.key, "key"))
        return TableRow(self.title, cells, dimmed=not self.works)


def entries(screen: Workspace, always: Iterable[str]) -> list[Entry]:
    """What a screen offers, and the decisions that may be taken anywhere; each with its key, if it has one."""
    found: dict[str, Entry] = {}
    for one in _with_keys(screen):
        found.setdefault(one.title, one)
    for name in (*screen.DECIDES, *always):
        decision = DECISIONS[name]
        why = screen.why_not(name)
        run = partial(screen.action_decide, name)
        entry = Entry(decision.title, why or decision.summary, "", run, why is None, _called(decision))
        if decision.title not in found:
            found[decision.title] = entry
    return sorted(found.values(), key=lambda one: (not one.works, one.title))


def _with_keys(screen: Workspace) -> Iterable[Entry]:
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if not binding.description or not binding.id or binding.id in _LEFT_OUT:
            continue
        if isinstance(active.node, QueueTable):
            continue
        decision = DECISIONS.get(binding.id)
        why = screen.why_not(binding.id) if decision else None
        run = partial(screen.app.run_action, binding.action, active.node)
        about = decision.summary if decision else ""
        called = _called(decision) if decision else ""
        yield Entry(binding.description, why or about, shown_key(key), run, why is None, called)


def _called(decision: Decision) -> str:
    """What a decision is found by beside its title: its name, its fields, and what they ask for."""
    return " ".join((decision.name, decision.summary, *(f"{one.name} {one.help}" for one in decision.fields)))


class PaletteDialog(ModalScreen["Entry | None"]):
    """A line to type in and what fits; the result is what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", _("Close"), show=False),
        Binding("down,ctrl+n", "move(1)", _("Down"), show=False),
        Binding("up,ctrl+p", "move(-1)", _("Up"), show=False),
    ]

    def __init__(self, found: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = tuple(found)

    def compose(self) -> ComposeResult:
        """The line, the list, and what the entry that is lit means, whole."""
        table = QueueTable(_COLUMNS, self._fitting(""), empty=(_("Nothing is called that"),))
        table.can_focus, table.typed_into = False, True
        line = Input(compact=True, placeholder=_("What would you like to do?"))
        about = Static(id="about", markup=False)
        yield Panel(line, table, about, title=_("Do"), note=_("Enter does it · Esc gives up"))

    def _fitting(self, typed: str) -> ListSource:
        words = typed.casefold().split()
        fits = [
            one
            for one in self._entries
            if all(word in f"{one.title} {one.about} {one.called}".casefold() for word in words)
        ]
        begin = " ".join(words)
        fits.sort(
            key=lambda one: (
                not one.title.casefold().startswith(begin),
                begin not in one.title.casefold(),
                begin not in one.about.casefold(),
            )
        )
        return ListSource(one.row for one in fits)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        table = self.query_one(QueueTable)
        table.reload(self._fitting(event.value))
        table.action_first()

    @property
    def _lit(self) -> Entry | None:
        key = self.query_one(QueueTable).cursor_key
        return next((one for one in self._entries if one.title == key), None)

    @on(QueueTable.Highlighted)
    def _tell(self) -> None:
        lit = self._lit
        self.query_one("#about", Static).update(content((Cell(lit.about if lit else "", "muted"),)))

    @on(Input.Submitted)
    @on(QueueTable.Selected)
    def _chosen(self) -> None:
        self.dismiss(self._lit)

    def action_move(self, step: int) -> None:
        """Moves in the list."""
        self.query_one(QueueTable).action_cursor(step)

    def action_close(self) -> None:
        """Nothing shall be done."""
        self.dismiss(None)
