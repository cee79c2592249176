"""The board: its six screens and the keys that work on all of them. No business here."""

from __future__ import annotations

from functools import partial
from inspect import isawaitable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.driver import Driver

from app.assets import styles_dir
from app.clock import Clock, system_clock
from app.desk import Desk
from app.first_frame import Held
from app.frame.shape import TALL
from app.panes.tabs import NAMES
from app.screens.absences import AbsencesScreen
from app.screens.complaints import ComplaintsScreen
from app.screens.dialogs.help import HelpDialog
from app.screens.dialogs.leaving import LeavingDialog, still_open_words
from app.screens.dialogs.palette import Entry, PaletteDialog, entries
from app.screens.onboarding import OnboardingScreen
from app.screens.plan import PlanScreen
from app.screens.team import TeamScreen
from app.screens.today import TodayScreen
from app.settings import Settings
from app.text import _
from app.widgets.bars import TabsLine
from app.widgets.handover import collect_again, driver_for
from app.widgets.hangup import end_with_terminal
from app.widgets.keymap import Keymap
from app.widgets.office_app import OfficeApp
from app.widgets.queue_table import QueueTable
from app.widgets.warm_up import warm_up_soon
from app.widgets.workspace import Workspace

SCREENS = {
    "1": ("today", TodayScreen),
    "2": ("absences", AbsencesScreen),
    "3": ("complaints", ComplaintsScreen),
    "4": ("plan", PlanScreen),
    "5": ("onboarding", OnboardingScreen),
    "6": ("team", TeamScreen),
}

ALWAYS = ("contact.log", "complaint.receive", "absence.report", "shift.add")
"""Decisions that the palette offers everywhere."""


class BoardApp(OfficeApp):
    """One person's board on one open desk."""

    TITLE = "Tavle"
    CSS_PATH: ClassVar = sorted(styles_dir().glob("*.tcss"))
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"go('{key}')", NAMES[key], show=False, id=f"go.{name}")
            for key, (name, _screen) in SCREENS.items()
        ),
        Binding("u", "undo", _("Undo"), show=False, id="undo"),
        Binding("U", "redo", _("Redo"), show=False, id="redo"),
        Binding("S", "sync", _("Sync now"), show=False, id="sync"),
        Binding("H", "handover", _("Hand over"), show=False, id="handover.give"),
        Binding("question_mark,f1", "help", _("Help"), show=False, id="help"),
        Binding("colon,ctrl+p", "palette", _("Palette"), show=False, id="palette"),
        Binding("T", "flip_theme", _("Light or dark"), show=False, id="theme"),
        Binding("ctrl+l", "redraw", _("Paint the screen anew"), show=False, id="redraw"),
        Binding("q", "leave", _("Quit"), show=False, id="quit"),
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, *, driver_class: type[Driver] | None = None, courier: bool = True) -> None:
        scopes = [(type(self), screen, QueueTable) for _name, screen in SCREENS.values()]
        super().__init__(
            desk, Keymap(desk.settings.keymap, scopes), driver_class=driver_class, courier=courier
        )
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-high")]
        for name, screen in SCREENS.values():
            self.add_mode(name, partial(self._opened, screen))

    def _opened(self, screen: type[Workspace]) -> Workspace:
        """A screen that is seen for the first time."""
        opened = screen(self.office)
        # it is dressed in what was parsed at the start; Textual would parse all styles twice for it
        opened._css_update_count = self._css_update_count
        # and knows from the first how high it is: told after its first layout, it would be dressed and painted again
        opened.add_class("-high" if self.size.height >= TALL else "-low")
        return opened

    def on_mount(self) -> None:
        """Opens Today."""
        self.switch_mode("today")
        if wrong := self.office.keymap.problems:
            self.office.refuse(_("settings.toml, [keys] %(wrong)s") % {"wrong": "; ".join(wrong)})
        self.call_after_refresh(collect_again)
        warm_up_soon(self, self.office.desk)

    def action_go(self, key: str) -> None:
        """Goes to one of the six screens."""
        self.office.moved_on()
        self.switch_mode(SCREENS[key][0])

    async def on_workspace_open(self, event: Workspace.Open) -> None:
        """Shows a record on the screen where it is at home."""
        await self.switch_mode(SCREENS[event.tab][0])
        if isinstance(self.screen, Workspace):
            self.screen.call_after_refresh(self.screen.seek, event.record)

    def on_tabs_line_chosen(self, event: TabsLine.Chosen) -> None:
        """A click on a tab."""
        self.action_go(event.key)

    def action_help(self) -> None:
        """Every key of this screen."""
        if isinstance(self.screen, Workspace):
            self.push_screen(HelpDialog(self.screen))

    def action_palette(self) -> None:
        """Everything that can be done here, by name."""
        if isinstance(self.screen, Workspace):
            self.push_screen(PaletteDialog(entries(self.screen, ALWAYS)), self._do)

    async def _do(self, entry: Entry | None) -> None:
        if entry is not None and isawaitable(done := entry.run()):
            await done

    def action_leave(self) -> None:
        """Leaves; asks once while something is open, naming it."""
        still_open = still_open_words(self.office.counts)
        if not still_open or isinstance(self.screen, LeavingDialog):
            self.exit()
            return
        self.push_screen(LeavingDialog(still_open), lambda leave: self.exit() if leave else None)


def run_board(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    acting: str | None = None,
    team: Path | None = None,
    terminal: Held | None = None,
    offline: bool = False,
) -> int:
    """Opens a home's desk and its board, and closes the desk behind it; the program's exit code.

    ``offline``: the team file is left alone.
    """
    desk = Desk(settings, clock=clock, acting=acting, team=team)
    try:
        end_with_terminal()
        app = BoardApp(desk, driver_class=driver_for(terminal) if terminal else None, courier=not offline)
        app.run()
        if app.failed is not None:
            raise app.failed
        return app.return_code or 0
    finally:
        desk.close()
