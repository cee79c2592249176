"""The app under the board: it owns the desk's office and the courier, hands over and takes decisions back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from time import monotonic

from textual.driver import Driver
from textual.events import Event, Key, Paste

from app.desk import BadInput, DatabaseUnavailable, Desk, Outcome, Progress, Refused, SyncReport
from app.panes.last_seen import remember
from app.queries import subjects
from app.text import _, ngettext, unforeseen
from app.widgets.bars import KeyFooter
from app.widgets.courier import SILENT_SECONDS, Courier
from app.widgets.deciding import Target
from app.widgets.keymap import Keymap, pressed_key
from app.widgets.office import Exchange, Office
from app.widgets.repaint import SparingApp
from app.widgets.theme import PLAIN, register_themes
from app.widgets.typed_ahead import TypedAhead
from app.widgets.workspace import Workspace

FIRST_THEME = "tavle-dark"
_LISTEN_SECONDS = 5.0


class OfficeApp(SparingApp):
    """An app around one person's open desk; the exchange runs in the background."""

    def __init__(
        self, desk: Desk, keymap: Keymap, *, driver_class: type[Driver] | None, courier: bool
    ) -> None:
        super().__init__(driver_class=driver_class, ansi_color=PLAIN or None)
        register_themes(self)
        self.theme = desk.settings.theme if desk.settings.theme in self.available_themes else FIRST_THEME
        self.office = Office(self, desk, keymap)
        self.courier = Courier(desk, self._delivered, self._progressed) if courier else None
        self.set_keymap(keymap.good)
        self._typed = TypedAhead(self, super().on_event)
        self._touched_at = monotonic()

    @property
    def untouched_seconds(self) -> float:
        """For how long nobody has typed; before the first key, since the start."""
        return monotonic() - self._touched_at

    @property
    def failed(self) -> Exception | None:
        """What nobody foresaw and ended the board."""
        return self._exception

    def _fatal_error(self) -> None:
        """Ends the board without Textual's traceback: its locals may hold what people wrote."""
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        """Lets the courier go; what is decided here goes out at once."""
        self.office.changed.subscribe(self, self._send)
        self.set_timer(1, self._remember)
        self.set_interval(60, self.office.news)
        if self.courier is not None:
            self.courier.start()
            self.set_interval(_LISTEN_SECONDS, self._listen)

    def on_unmount(self) -> None:
        """Keeps what Today shows for the next start."""
        if self.courier is not None:
            self.courier.stop()
        self._remember()

    def _remember(self) -> None:
        """A terminal that is killed leaves a first frame too."""
        remember(self.office.desk, self.theme)

    def _send(self, _news: None) -> None:
        if self.office.counts.to_send:
            self._hurry()

    async def on_event(self, event: Event) -> None:
        """Every event, before anything else sees it: keys in turn, and the courier makes room for them."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._touched_at = monotonic()
        if self.courier is not None:
            self.courier.give_way()
        await self._typed.take(event)

    def on_key_footer_pressed(self, event: KeyFooter.Pressed) -> None:
        """A click on a key is that key."""
        self.simulate_key(pressed_key(event.key))

    def action_undo(self) -> None:
        """Takes this installation's last decision back."""
        self._again(self.office.desk.undo, _("Undone:"), "U")

    def action_redo(self) -> None:
        """Takes the last undo back."""
        self._again(self.office.desk.redo, _("Redone:"), "u")

    def _again(self, what: Callable[[], Outcome], word: str, key: str) -> None:
        try:
            outcome = what()
        except (Refused, BadInput, DatabaseUnavailable) as why:
            self.office.refuse(str(why))
            return
        about = self.office.desk.ask(subjects.those, outcome.kind, outcome.about)
        self.office.tell(f"{outcome.after(word)} {about}".strip(), key)
        self.office.news()
        if isinstance(self.screen, Workspace):
            self.screen.point_at(outcome.id)
        self._hurry()

    def action_handover(self) -> None:
        """Takes over what a colleague left; where nothing waits, leaves word to one."""
        if not isinstance(self.screen, Workspace):
            return
        if waiting := self.office.handovers:
            self.screen.ask_for("handover.acknowledge", Target("handovers", waiting[0].id))
        else:
            self.screen.decide("handover.give", None)

    def action_flip_theme(self) -> None:
        """Light or dark."""
        self.theme = "tavle-light" if self.theme == "tavle-dark" else "tavle-dark"
        self.office.desk.set_theme(self.theme)

    def action_sync(self) -> None:
        """Exchanges with the team file now."""
        self.office.tell(_("Syncing …"))
        self._hurry()

    def _hurry(self) -> None:
        if self.courier is not None:
            self.courier.hurry()

    def _delivered(self, report: SyncReport) -> None:
        """On the courier's thread: takes its report to the board's. What goes wrong there does not end the rounds."""
        try:
            with suppress(RuntimeError):
                self.call_from_thread(self._received, report)
        except DatabaseUnavailable as why:
            self._say(str(why))
        except Exception as error:  # noqa: BLE001 - a thread that ends says nothing to anyone
            self._say(unforeseen(error))

    def _say(self, trouble: str) -> None:
        with suppress(RuntimeError):
            self.call_from_thread(self.office.refuse, trouble)

    def _progressed(self, progress: Progress) -> None:
        """On the courier's thread: shows on the board's how far a long exchange is."""
        share = progress.done * 100 // max(progress.total, 1)
        with suppress(RuntimeError):
            self.call_from_thread(lambda: self.office.exchanged(replace(self.office.exchange, share=share)))

    def _listen(self) -> None:
        """Says so where the share does not answer: an exchange that hangs reports nothing itself."""
        told, silence = self.office.exchange, self.courier.silence if self.courier else 0.0
        if silence < SILENT_SECONDS:
            self.office.exchanged(replace(told, silent_since=None))
        elif told.silent_since is None:
            since = self.office.desk.clock() - timedelta(seconds=silence)
            self.office.exchanged(replace(told, silent_since=since))

    def _received(self, report: SyncReport) -> None:
        now = self.office.desk.clock()
        if report.offline or report.problem:
            since = self.office.exchange.offline_since or now
            synced_at, reads = self.office.exchange.synced_at, not report.offline
            self.office.exchanged(Exchange(synced_at, since, report.problem, reads))
        else:
            self.office.exchanged(Exchange(now))
        if report.pulled or report.pushed or self.office.said.text == _("Syncing …"):
            self._tell_of(report)
            self.office.news()

    def _tell_of(self, report: SyncReport) -> None:
        if self.office.said.text == _("Syncing …"):
            what = {"pulled": report.pulled, "pushed": report.pushed}
            said = _("Synced: %(pulled)d from colleagues, %(pushed)d sent") % what
            if count := report.conflicts:
                said += ngettext(" · %(n)d conflict", " · %(n)d conflicts", count) % {"n": count}
            self.office.tell(report.problem or said)
