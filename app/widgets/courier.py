"""The courier: exchanges with the team file in the background, so that no key ever waits for the network.

A daemon thread: a share that hangs hangs neither the board nor its exit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic

from app.desk import DatabaseUnavailable, Desk, Progress, SyncReport, TeamMismatch

POLL_SECONDS = 3.0
_SHOWN_SECONDS = 1.0
"""A round that takes longer says how far it is, as often as this."""
_AWAY_SECONDS = 0.1
"""No key takes longer to be answered: a board that forgets to say so does not hold up the exchange."""
Deliver = Callable[[SyncReport], None]
Show = Callable[[Progress], None]


class Courier:
    """Syncs every few seconds, and at once when asked.

    Hands every report to ``deliver``, and to ``show`` how far a long round is, on its own thread.
    """

    def __init__(
        self, desk: Desk, deliver: Deliver, show: Show, *, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._desk = desk
        self._deliver = deliver
        self._show = show
        self._show_next = 0.0
        self._poll_seconds = poll_seconds
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._free = threading.Event()
        self._free.set()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begins the rounds."""
        self._thread.start()

    def hurry(self) -> None:
        """The next round begins now."""
        self._wanted.set()

    def give_way(self) -> None:
        """A key was pressed: the computer is the board's until it is answered."""
        self._free.clear()

    def go_on(self) -> None:
        """The key was answered."""
        self._free.set()

    def stop(self, wait_seconds: float = 0.5) -> None:
        """No more rounds; what is under way may finish within the time, and is not waited for after it."""
        self._stopping.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(wait_seconds)

    def _run(self) -> None:
        while not self._stopping.is_set():
            report = self._round()
            if self._stopping.is_set():
                return
            self._deliver(report)
            self._wanted.wait(self._poll_seconds)
            self._wanted.clear()

    def _round(self) -> SyncReport:
        self._show_next = monotonic() + _SHOWN_SECONDS
        try:
            return self._desk.sync(progress=self._progress, should_stop=self._should_stop)
        except (TeamMismatch, DatabaseUnavailable) as why:
            return SyncReport(offline=True, problem=str(why))

    def _progress(self, progress: Progress) -> None:
        if monotonic() >= self._show_next and not self._stopping.is_set():
            self._show(progress)
            self._show_next = monotonic() + _SHOWN_SECONDS

    def _should_stop(self) -> bool:
        """Asked between short steps: no step is begun while a key is being answered."""
        self._free.wait(_AWAY_SECONDS)
        return self._stopping.is_set()
