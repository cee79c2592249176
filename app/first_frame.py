"""What Today looked like when it was last seen, painted before anything heavy is loaded.

The board writes it (``encode(FirstFrame(...))``) into the one row of ``last_seen`` in the home's database, which only
its owner may read; the command line paints it as its very first act and then loads the board:

    with Held() as terminal:
        terminal.paint(database, now)              # False where there is nothing to paint
        from app.board import BoardApp
        BoardApp(…, driver_class=handover.driver_for(terminal)).run()

Keys pressed meanwhile stay in the terminal's buffer until the board reads them. Standard library only.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from app.frame.ansi import Painter, depth
from app.frame.compose import screen
from app.frame.palette import DARK, LIGHT
from app.frame.payload import FirstFrame, FrameTable, decode, encode

if sys.platform != "win32":
    import termios

__all__ = ["ENTER_SCREEN", "FirstFrame", "FrameTable", "Held", "decode", "encode", "paint", "read"]

ENTER_SCREEN = "\x1b[?1049h"
_HIDE_CURSOR, _LEAVE_SCREEN = "\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
_SYNC, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_INPUT, _OUTPUT = 0, 2
"""Textual reads from standard input and writes to standard error."""


def read(database: Path) -> FirstFrame | None:
    """The frame that a home's database holds, read without touching it."""
    try:
        connection = sqlite3.connect(database.absolute().as_uri() + "?mode=ro", uri=True, timeout=0.05)
        try:
            found = connection.execute("SELECT frame FROM last_seen WHERE id = 1").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return decode(found[0]) if found else None


def picture(frame: FirstFrame, width: int, height: int, now: datetime) -> str:
    """The escape sequences that paint a frame on a terminal of this size."""
    painter = Painter(LIGHT if frame.theme == LIGHT.name else DARK, depth(os.environ))
    lines = screen(frame, width, height, now, plain=painter.plain)
    shown = (f"\x1b[{y};1H{painter.line(runs, ground)}" for y, (runs, ground) in enumerate(lines, 1))
    return _SYNC + ENTER_SCREEN + _HIDE_CURSOR + "".join(shown) + _SYNC_END


def paint(database: Path, size: tuple[int, int], now: datetime) -> bool:
    """Paints what was last seen; false, and nothing written, where there is nothing or no terminal."""
    frame = read(database) if os.isatty(_INPUT) and os.isatty(_OUTPUT) else None
    if frame is None:
        return False
    left = picture(frame, *size, now).encode()
    while left:
        left = left[os.write(_OUTPUT, left) :]
    return True


class Held:
    """The terminal from the first frame until the board has it: no echo, whole key presses, nothing lost."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None
        self._painted = False

    def __enter__(self) -> Held:
        gc.disable()
        if sys.platform != "win32" and os.isatty(_INPUT):
            self._before = termios.tcgetattr(_INPUT)
            quiet = termios.tcgetattr(_INPUT)
            quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            termios.tcsetattr(_INPUT, termios.TCSANOW, quiet)
        return self

    def paint(self, database: Path, now: datetime) -> bool:
        """Paints what was last seen, as wide and high as the terminal is; see ``paint``."""
        if self._before is not None:
            self._painted = paint(database, shutil.get_terminal_size(), now)
        return self._painted

    def take_over(self) -> bool:
        """The board has the terminal now; whether a frame stands on its alternate screen."""
        painted, self._painted = self._painted, False
        return painted

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gc.enable()
        if self.take_over():
            os.write(_OUTPUT, _LEAVE_SCREEN.encode())
        if self._before is not None:
            termios.tcsetattr(_INPUT, termios.TCSANOW, self._before)
