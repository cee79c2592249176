"""A program in a terminal of its own, seen from outside: what it wrote and when, as an emulated screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

_SYNC = b"\x1b[?2026h"
_ASKS_FOR_SYNC = b"\x1b[?2026$p"
_QUERIES = (_ASKS_FOR_SYNC, b"\x1b[?2048$p", b"\x1b[>25u", b"\x1b[<u")


class Terminal:
    """Starts a program on a pseudo terminal; a frame stands after a synchronized update or a pause."""

    def __init__(
        self, argv: Sequence[str], size: tuple[int, int], environ: Mapping[str, str] | None = None
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        self._unseen = b""
        self.frames: list[list[str]] = []
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            kept = {
                key: value
                for key, value in os.environ.items()
                if key not in ("NO_COLOR", "TERM_PROGRAM", "COLUMNS", "LINES")
            }
            kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(environ or {})}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(argv[0], list(argv), kept)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            os.close(self.fd)
            os.waitpid(self.pid, 0)

    def press(self, keys: bytes) -> None:
        """Types."""
        os.write(self.fd, keys)

    def until(self, met: Callable[[Terminal], bool], limit: float = 20) -> None:
        """Reads until something is met on the screen; an AssertionError with the screen when it never is."""
        end = time.monotonic() + limit
        while not met(self):
            assert time.monotonic() < end, "\n".join(self.screen.display)
            if select.select([self.fd], [], [], 0.05)[0]:
                self._read()
            elif self._unseen and _SYNC not in self._unseen:
                self._feed(self._unseen)
                self._unseen = b""
                self.frames.append(list(self.screen.display))

    def _read(self) -> None:
        try:
            data = os.read(self.fd, 65536)
        except OSError as error:
            raise AssertionError("the program has ended\n" + "\n".join(self.screen.display)) from error
        asked = self.written.count(_ASKS_FOR_SYNC)
        self.written += data
        # counted over all that was written: a read may end in the middle of the question
        self.press(b"\x1b[?2026;2$y" * (self.written.count(_ASKS_FOR_SYNC) - asked))
        self._unseen += data
        *whole, self._unseen = self._unseen.split(b"\x1b[?2026l")
        for frame in whole:
            self._feed(frame)
            self.frames.append(list(self.screen.display))

    def _feed(self, data: bytes) -> None:
        for query in _QUERIES:
            data = data.replace(query, b"")
        self._stream.feed(data)

    def shows(self, text: str) -> bool:
        """Whether a text stands on the screen."""
        return any(text in line for line in self.screen.display)
