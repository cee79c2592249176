"""What is asked of the share is asked on a thread of its own: whoever waits is told so, and Ctrl+C ends it.

A share that hangs hangs the thread that asked, for as long as it likes. What that thread might still do is safe at any
point: it is what a crash would leave.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from queue import Empty, Queue
from threading import Thread
from time import monotonic, process_time
from typing import TYPE_CHECKING, TypeVar

from app.cli.output import note
from app.text import _

if TYPE_CHECKING:
    from app.clock import Clock
    from app.sync.report import Progress, ShowProgress

TOLD_SECONDS = 12.0
"""So long a silence is told. Another program that exchanges is waited for a little less long (app/sync/engine.py)."""
END_SECONDS = 90.0
"""After so long nobody waits any more: a disk that slept has woken by then, and a cron job is not left to hang."""
_LOOK_SECONDS = 0.1
_BUSY = 0.2
"""Whoever computes for so much of the time is not waiting for a share."""

T = TypeVar("T")


class Silent(Exception):
    """The team file has said nothing for longer than anyone waits for it; the text says so."""


class Waiting:
    """How long a silence is waited out: it is told once, with the time since when, and ends after a while."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told = False

    def __call__(self, seconds: float) -> None:
        """Asked while an answer lacks. Silent: it has lacked for too long."""
        if seconds >= END_SECONDS:
            raise Silent(
                _("the team file has not answered since %(since)s") % {"since": self._since(seconds)}
            )
        if seconds >= TOLD_SECONDS and not self._told:
            if sys.stderr.isatty():
                sys.stderr.write("\r\x1b[K")  # a bar that stands there has ended
            said = _("the team file has not answered since %(since)s; Ctrl+C stops waiting")
            note(said % {"since": self._since(seconds)})
        self._told = seconds >= TOLD_SECONDS

    def _since(self, seconds: float) -> str:
        return f"{(self._clock() - timedelta(seconds=seconds)).astimezone():%H:%M:%S}"


def ask(work: Callable[[ShowProgress], T], show: ShowProgress, silent: Callable[[float], None]) -> T:
    """What the work comes to, or raises. ``silent`` hears for how many seconds nothing has come, and may raise."""
    heard = monotonic()
    outcome: Queue[tuple[T, None] | tuple[None, Exception]] = Queue(1)

    def progress(found: Progress) -> None:
        nonlocal heard
        heard = monotonic()
        show(found)

    def run() -> None:
        try:
            outcome.put((work(progress), None))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            outcome.put((None, error))

    Thread(target=run, name="share", daemon=True).start()
    computed = process_time()
    while True:
        try:
            found = outcome.get(timeout=_LOOK_SECONDS)
        except Empty:
            computed, before = process_time(), computed
            if computed - before > _BUSY * _LOOK_SECONDS:
                heard = monotonic()
            silent(monotonic() - heard)
            continue
        if found[1] is not None:
            raise found[1]
        return found[0]
