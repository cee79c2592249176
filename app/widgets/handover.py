"""How the board takes the terminal over from the first frame without a flash.

Textual enters the alternate screen again when it starts, which clears it on many terminals. The driver here leaves
that one sequence out while a first frame stands there, so the first paint of the board simply replaces it.
"""

from __future__ import annotations

import gc
import select
import sys
from typing import TYPE_CHECKING

from app.first_frame import ENTER_SCREEN, Held

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_for(terminal: Held) -> type[Driver] | None:
    """The driver for a board that follows a first frame; None (Textual's own choice) on Windows."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class HandoverDriver(LinuxDriver):
        """Keeps what stands on the alternate screen until the first paint."""

        def write(self, data: str) -> None:
            """Writes, but does not enter a screen that has been entered."""
            if data != ENTER_SCREEN or not terminal.take_over():
                super().write(data)

        @property
        def busy(self) -> bool:
            """Whether the terminal has not yet taken what was written, as over a slow link."""
            if self._writer_thread is not None and not self._writer_thread._queue.empty():
                return True
            return sys.__stderr__ is not None and not select.select((), (sys.__stderr__,), (), 0)[1]

    return HandoverDriver


def collect_again() -> None:
    """For the board to call once it has painted: garbage is collected again, what was loaded stays out of it."""
    gc.freeze()
    gc.enable()
