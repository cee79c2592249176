"""What the screens share: the open desk, the news that something changed, and what was decided last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from textual.app import App
from textual.signal import Signal

from app.desk import DatabaseUnavailable, Desk
from app.frame.format import day_and_time
from app.frame.lines import Status
from app.frame.rows import Runs
from app.panes.common import own_area
from app.panes.handovers import notice
from app.queries import counts, exchange, handovers
from app.text import _, ngettext
from app.widgets.keymap import Keymap


@dataclass(frozen=True, slots=True)
class Exchange:
    """How the exchange with the team file stands: when it last worked, or since when it does not.

    ``reads``: what colleagues wrote comes in, what is decided here cannot go out. ``share``: how many hundredths of a
    long one are done that is under way. ``silent_since``: one is under way, and the share has not answered since.
    """

    synced_at: datetime | None = None
    offline_since: datetime | None = None
    trouble: str = ""
    reads: bool = False
    share: int | None = None
    silent_since: datetime | None = None

    @property
    def told(self) -> str:
        """What stands against it now, for people; empty where nothing does."""
        return _("the team's folder does not answer") if self.silent_since else self.trouble


@dataclass(frozen=True, slots=True)
class Said:
    """The line under the screen: what was decided last with the key that undoes it, or why it was refused.

    ``answered``: the complaint whose answer was written by it, until the person moves on.
    """

    text: str = ""
    refused: bool = False
    key: str = ""
    answered: str = ""


class Office:
    """One person's board at work. The app owns it and hands it to every screen."""

    def __init__(self, app: App[Any], desk: Desk, keymap: Keymap) -> None:
        self.desk = desk
        self.keymap = keymap
        self.changed: Signal[None] = Signal(app, "changed")
        """Something was decided here or by a colleague, or a minute has passed: read again."""
        self.told: Signal[None] = Signal(app, "told")
        """The status or the last decision changed: draw the lines again."""
        self.exchange = Exchange()
        self.said = Said()
        self.counts = desk.ask(counts.counts)
        self.handovers = desk.ask(handovers.waiting)
        self.clocks = desk.ask(exchange.clocks)
        self.area = desk.ask(own_area)

    def tell(self, text: str, key: str = "", answered: str = "") -> None:
        """Shows what was decided, and by which key it is taken back: ``u``, ``U`` for an undo, none for the rest."""
        self.said = Said(text, key=key, answered=answered)
        self.told.publish(None)

    def refuse(self, why: str) -> None:
        """Shows why something cannot be done; what was decided before stays undoable."""
        self.said = Said(why, refused=True)
        self.told.publish(None)

    def moved_on(self) -> None:
        """The person went elsewhere: why something was refused there is no longer said, nor that Y copies."""
        if self.said.refused or self.said.answered:
            self.said = Said() if self.said.refused else replace(self.said, answered="")
            self.told.publish(None)

    def news(self) -> None:
        """Something changed: every screen reads again when it is next seen."""
        try:
            with self.desk.looking():
                self.counts = self.desk.ask(counts.counts)
                self.handovers = self.desk.ask(handovers.waiting)
                self.clocks = self.desk.ask(exchange.clocks)
        except DatabaseUnavailable as why:
            self.refuse(str(why))
            return
        self.changed.publish(None)
        self.told.publish(None)

    def exchanged(self, exchange: Exchange) -> None:
        """The exchange with the team file went well, or did not."""
        before, self.exchange = self.exchange, exchange
        first = before.synced_at is None and exchange.synced_at is not None
        if first or replace(exchange, synced_at=None) != replace(before, synced_at=None):
            self.told.publish(None)

    def notice(self, key: str) -> Runs:
        """Whose clock is off; what the first colleague who hands over says, and the key that takes it over."""
        if not (self.clocks or self.handovers):
            return ()
        return self.desk.ask(notice, self.clocks, self.handovers, key)

    def status(self, area: str) -> Status:
        """The top line as it stands."""
        zone = self.desk.zone
        age, ink = self._age()
        return Status(area, day_and_time(self.desk.clock().astimezone(zone)), self.desk.actor.name, age, ink)

    def _age(self) -> tuple[str, str]:
        zone, now = self.desk.zone, self.exchange
        if now.silent_since is not None:
            return self._since(_("no answer since %(time)s"), now.silent_since)
        if now.share is not None:
            return _("reading the team file: %(share)d %%") % {"share": now.share}, "muted"
        if now.offline_since is not None:
            words = _("not sent since %(time)s") if now.reads else _("offline since %(time)s")
            return self._since(words, now.offline_since)
        if now.synced_at is None:
            return _("not synced yet"), "muted"
        return _("synced %(time)s") % {"time": f"{now.synced_at.astimezone(zone):%H:%M}"}, "muted"

    def _since(self, words: str, moment: datetime) -> tuple[str, str]:
        """Since when the team file is out of reach, and what waits because of it."""
        since = words % {"time": f"{moment.astimezone(self.desk.zone):%H:%M}"}
        if not (waiting := self.counts.to_send):
            return since, "amber"
        to_send = ngettext("%(count)d to send", "%(count)d to send", waiting) % {"count": waiting}
        return f"{since} · {to_send}", "amber"
