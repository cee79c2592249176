"""Splits bytes into lines as they come; memory stays bounded whatever a file holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.change import MAX_LINE

HEAD = 4096
"""How much is kept of a line that cannot be read."""
_SLACK = 1024
_BOM = b"\xef\xbb\xbf"
_BLANK = b"\x00 \t\r"


class Line(NamedTuple):
    """A line of a file: from ``start`` up to and with its line end at ``end``.

    ``text`` is without line end, byte order mark, NULs and blanks around it; ``raw`` has what stood around it.
    ``too_long``: both are only its first bytes.
    """

    start: int
    end: int
    text: bytes
    raw: bytes
    too_long: bool


class Lines:
    """Feed it chunks; it gives whole lines with their offsets. A run of NULs (a hole) takes no memory."""

    def __init__(self, offset: int) -> None:
        self._start = offset
        self._end = offset
        self._pending = b""
        self._head = b""

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """The lines that end in the chunk."""
        pieces = chunk.split(b"\n")
        for piece in pieces[:-1]:
            self._end += len(piece) + 1
            if self._pending or self._head or len(piece) > MAX_LINE:
                self._take(piece)
                yield self._finish(b"\n")
            else:
                yield Line(self._start, self._end, clean(piece), piece + b"\n", False)
                self._start = self._end
        self._take(pieces[-1])
        self._end += len(pieces[-1])

    def rest(self) -> Line | None:
        """What stands after the last line end, or None."""
        return None if self._end == self._start else self._finish(b"")

    def _take(self, piece: bytes) -> None:
        if self._head:
            return
        self._pending = (self._pending + piece if self._pending else piece).lstrip(b"\x00")
        if len(self._pending) > MAX_LINE + _SLACK:
            self._head, self._pending = self._pending[:HEAD], b""

    def _finish(self, end: bytes) -> Line:
        text = self._head or self._pending
        line = Line(self._start, self._end, clean(text), text + end, bool(self._head))
        self._start, self._pending, self._head = self._end, b"", b""
        return line


def clean(text: bytes) -> bytes:
    """A line without what drives and editors put around it: byte order mark, CR, NUL, blanks."""
    return text.strip(_BLANK).removeprefix(_BOM).strip(_BLANK)
