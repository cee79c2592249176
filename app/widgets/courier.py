"""The courier: exchanges with the team file in the background, so that no key ever waits for the network.

A daemon thread: a share that hangs hangs neither the board nor its exit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.desk import DatabaseUnavailable, Desk, SyncReport, TeamMismatch

POLL_SECONDS = 3.0
Deliver = Callable[[SyncReport], None]


class Courier:
    """Syncs every few seconds, and at once when asked; hands every report to ``deliver`` on its own thread."""

    def __init__(self, desk: Desk, deliver: Deliver, *, poll_seconds: float = POLL_SECONDS) -> None:
        self._desk = desk
        self._deliver = deliver
        self._poll_seconds = poll_seconds
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begins the rounds."""
        self._thread.start()

    def hurry(self) -> None:
        """The next round begins now."""
        self._wanted.set()

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
        try:
            return self._desk.sync(should_stop=self._stopping.is_set)
        except (TeamMismatch, DatabaseUnavailable) as why:
            return SyncReport(offline=True, problem=str(why))
