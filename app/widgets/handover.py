"""How the board takes the terminal over from the first frame without a flash.

Textual enters the alternate screen again when it starts, which clears it on many terminals. The driver here leaves
that one sequence out while a first frame stands there, so the first paint of the board simply replaces it.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from app.first_frame import Held

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_for(terminal: Held) -> type[Driver] | None:
    """The driver for a board that follows a first frame; None (Textual's own choice) on Windows."""
    if sys.platform == "win32":
        return None
    from app.widgets.posix_driver import PosixDriver

    class HandoverDriver(PosixDriver):
        """The driver for this terminal."""

        held = terminal

    return HandoverDriver


def collect_again() -> None:
    """For the board to call once it has painted: garbage is collected again, what was loaded stays out of it.

    Where it never was suspended nothing is kept out: a board among others would not go when it is closed.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
