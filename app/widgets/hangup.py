"""A board whose terminal is gone ends at once, as a hang-up ends any program.

The signal for it does not always come: ``make run`` in a closed window gets it alone, and waits for the board.
Textual would then read the end of the input over and over. All that was decided is on the disk by then.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable

HUNG_UP = 129
"""The exit code of a program that a hang-up ended."""


def end_with_terminal() -> None:
    """Ends the program when the terminal that it reads from hangs up."""
    if sys.platform != "win32" and sys.stdin.isatty():
        when_hung_up(sys.stdin.fileno(), lambda: os._exit(HUNG_UP))


def when_hung_up(terminal: int, then: Callable[[], object]) -> None:
    """Calls something on a thread of its own when a terminal hangs up; until then the thread sleeps."""
    poll = select.poll()
    poll.register(terminal, 0)

    def wait() -> None:
        # where terminals cannot be polled it says so at once, which is no hang-up
        if any(event & select.POLLHUP for _terminal, event in poll.poll()):
            then()

    threading.Thread(target=wait, name="hang-up", daemon=True).start()
