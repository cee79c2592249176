"""Textual's driver for Linux and macOS, at rest until something is typed, and writing on the thread that draws.

Textual looks ten times a second whether it shall stop reading, which is most of what a board at rest would cost, and
has a thread write: on a busy computer a frame waits for that thread's turn. Here a pipe says when to stop, and a frame
goes out at once as far as the terminal takes it without waiting; the thread writes what is left, as over a slow link.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any, TextIO

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from app.first_frame import ENTER_SCREEN, Held

_AT_ONCE = 4096
"""Bytes that are read at once."""
_BYTES = "latin-1"
"""How bytes pass as text through Textual's thread, each as one character."""


class PosixDriver(LinuxDriver):
    """Drives the terminal; a first frame that stands on it stays until the first paint."""

    held: Held
    """The terminal as the first frame left it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._stop = self.exit_event = _Stop()
        self._terminal: TextIO = sys.__stderr__  # type: ignore[assignment]  # None on Windows without a console
        self._outlet = _Outlet(self._terminal)
        self._file = self._outlet  # type: ignore[assignment]  # all that Textual's thread calls
        self._writing = threading.Lock()
        self._handed = 0
        self._straight: int | None = None

    @property
    def busy(self) -> bool:
        """Whether the terminal has not yet taken what was written, as over a slow link."""
        return self._behind or not select.select((), (self._terminal,), (), 0)[1]

    @property
    def _behind(self) -> bool:
        """Whether the thread has still something to write."""
        return self._outlet.gone != self._handed

    def start_application_mode(self) -> None:
        """Takes the terminal, at the start and when the program comes back to it."""
        # a handle of our own: that of standard error must not be changed, the shell writes to the same one
        with suppress(OSError):
            way = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
            self._straight = os.open(os.ttyname(self._terminal.fileno()), way)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Gives it back."""
        super().close()
        if self._straight is not None:
            os.close(self._straight)
            self._straight = None

    def write(self, data: str) -> None:
        """Writes, but does not enter a screen that has been entered."""
        if data == ENTER_SCREEN and self.held.take_over():
            return
        left = data.encode(self._terminal.encoding, "backslashreplace")
        with self._writing:
            if self._straight is not None and not self._behind:
                with suppress(OSError):
                    left = left[os.write(self._straight, left) :]
            if left:
                self._handed += 1
                super().write(left.decode(_BYTES))

    def run_input_thread(self) -> None:
        """Reads what is typed, until it shall stop or the terminal has ended."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        while not self._stop.is_set():
            wait = None if parser._timeout_time is None else constants.ESCAPE_DELAY
            if self.fileno in select.select((self.fileno, self._stop.heard), (), (), wait)[0]:
                typed = os.read(self.fileno, _AT_ONCE)
                if not typed:
                    return
                for event in parser.feed(decode(typed)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)


class _Stop(threading.Event):
    """An event that a ``select`` hears of too."""

    def __init__(self) -> None:
        super().__init__()
        self.heard, self._say = os.pipe()

    def set(self) -> None:
        """Wakes whoever waits."""
        if not self.is_set():
            super().set()
            os.write(self._say, b".")

    def clear(self) -> None:
        """From here on it is waited for anew."""
        if self.is_set():
            os.read(self.heard, 1)
        super().clear()


class _Outlet:
    """What Textual's thread writes to; ``gone`` is how many of the texts that it was handed have gone out."""

    def __init__(self, terminal: TextIO) -> None:
        self._raw = terminal.buffer
        self._taken = self.gone = 0

    def write(self, text: str) -> None:
        """Takes a text."""
        self._raw.write(text.encode(_BYTES))
        self._taken += 1

    def flush(self) -> None:
        """Lets what was taken go out."""
        self._raw.flush()
        self.gone = self._taken
