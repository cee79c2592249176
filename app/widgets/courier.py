"""The courier: exchanges with the team file in the background, so that no key ever waits for the network.

A daemon thread: a share that hangs hangs neither the board nor its exit.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from time import monotonic

from app.desk import DatabaseUnavailable, Desk, Glance, Progress, SyncReport, TeamMismatch
from app.text import unforeseen

POLL_SECONDS = 3.0
FULL_SECONDS = 60.0
"""How long glances do for an exchange while nothing comes: what no glance sees, such as exports, waits so long."""
SILENT_SECONDS = 15.0
"""A share that says nothing for so long does not answer; one that is slow says something with every file."""
_SHOWN_SECONDS = 1.0
"""A round that takes longer says how far it is, as often as this."""
_REST_SECONDS = 0.15
"""After a key no step of an exchange is begun for so long: it is answered by then, and the next one may come."""
_TURN_SECONDS = 0.001
"""How soon the thread that draws gets its turn from one that exchanges, and the other way: Python's own is 0.005."""
_REST_AT_MOST = 0.5
"""Whoever types on and on does not hold up the exchange for longer than this a step."""
Deliver = Callable[[SyncReport], None]
Show = Callable[[Progress], None]


class Courier:
    """Looks every few seconds whether something came, syncs where it did, and at once when asked.

    Hands every report to ``deliver``, and to ``show`` how far a long round is, on its own thread.
    """

    def __init__(
        self, desk: Desk, deliver: Deliver, show: Show, *, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._desk = desk
        self._deliver = deliver
        self._show = show
        self._show_next = 0.0
        self._seen: Glance | None = None
        self._full_at = 0.0
        self._poll_seconds = poll_seconds
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._rest_until = 0.0
        self._heard: float | None = None
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begins the rounds."""
        sys.setswitchinterval(_TURN_SECONDS)
        self._thread.start()

    def hurry(self) -> None:
        """The next round begins now."""
        self._wanted.set()

    def give_way(self) -> None:
        """A key was pressed: for a moment the computer is the board's alone."""
        self._rest_until = monotonic() + _REST_SECONDS

    @property
    def silence(self) -> float:
        """For how many seconds what is asked of the share has had no answer; 0 while nothing is asked."""
        heard = self._heard
        return 0.0 if heard is None else monotonic() - heard

    def stop(self, wait_seconds: float = 0.5) -> None:
        """No more rounds; what is under way may finish within the time, and is not waited for after it."""
        self._stopping.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(wait_seconds)

    def _run(self) -> None:
        asked = True
        while not self._stopping.is_set():
            self._heard = monotonic()
            seen = self._desk.glance()
            if asked or seen is None or seen != self._seen or monotonic() >= self._full_at:
                self._exchange(seen)
            self._heard = None
            asked = self._wanted.wait(self._poll_seconds)
            self._wanted.clear()

    def _exchange(self, seen: Glance | None) -> None:
        self._heard = monotonic()
        report = self._round()
        settled = not (report.offline or report.problem or report.busy or report.stopped or report.waiting)
        self._seen = seen if settled else None
        self._full_at = monotonic() + FULL_SECONDS
        if not self._stopping.is_set():
            self._deliver(report)

    def _round(self) -> SyncReport:
        self._show_next = monotonic() + _SHOWN_SECONDS
        try:
            return self._desk.sync(progress=self._progress, should_stop=self._should_stop, aside=True)
        except (TeamMismatch, DatabaseUnavailable) as why:
            return SyncReport(offline=True, problem=str(why))
        except Exception as error:  # noqa: BLE001 - the next round may do; a thread that ends says nothing to anyone
            return SyncReport(offline=True, problem=unforeseen(error))

    def _progress(self, progress: Progress) -> None:
        self._heard = monotonic()
        if self._heard >= self._show_next and not self._stopping.is_set():
            self._show(progress)
            self._show_next = monotonic() + _SHOWN_SECONDS

    def _should_stop(self) -> bool:
        """Asked between short steps: keys come before them."""
        latest = monotonic() + _REST_AT_MOST
        while (left := min(self._rest_until, latest) - monotonic()) > 0:
            if self._stopping.wait(left):
                break
        self._heard = monotonic()
        return self._stopping.is_set()
