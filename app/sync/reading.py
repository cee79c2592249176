"""Reads one file of a team file from an offset on: changes, what cannot be read, and where to go on next time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from app.domain.change import BadLine, Change, decode
from app.sync.files import Files, read_span
from app.sync.lines import HEAD, Line, Lines
from app.text import _

CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_PRINT = 64
"""An offset's fingerprint is of this many bytes before it."""
_MAX_BAD = 200


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that could not be read: where it starts, why, and its first bytes."""

    offset: int
    why: str
    line: bytes


@dataclass(slots=True)
class Part:
    """What was read of a file in one go; ``offset`` and ``fingerprint`` are where to go on after applying it.

    ``start`` to ``end`` is what was looked at. ``dirty``: something after ``offset`` could not be read, zeros among it.
    ``final``: the file was read to its end. ``packed``: there is nowhere to go on but at its end.
    """

    start: int
    end: int
    offset: int
    fingerprint: str
    changes: list[Change] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    dirty: bool = False
    final: bool = False
    packed: bool = False


def fingerprint(data: bytes) -> str:
    """The fingerprint of the bytes before an offset."""
    return sha256(data[-_PRINT:]).hexdigest()[:32]


@contextmanager
def opened(files: Files, path: Path) -> Iterator[int]:
    """A handle to read a file by."""
    handle = files.open_to_read(path)
    try:
        yield handle
    finally:
        files.close(handle)


def fits(files: Files, handle: int, offset: int, expected: str) -> bool:
    """True when a file still has, before an offset, the bytes that were read there."""
    start = max(offset - _PRINT, 0)
    found = read_span(files, handle, start, offset - start)
    return len(found) == offset - start and fingerprint(found) == expected


def read_parts(
    files: Files,
    handle: int,
    team: str,
    offset: int,
    print_: str,
    limit: Callable[[], int],
    should_stop: Callable[[], bool],
) -> Iterator[Part]:
    """A file of a team from an offset to its end, in parts of at most ``limit()`` changes.

    When stopped, no part is the final one. OSError when it cannot be read.
    """
    packed = offset == 0 and read_span(files, handle, 0, len(_GZIP)) == _GZIP
    reader = _Reader(team, Part(offset, offset, offset, print_, packed=packed), limit)
    for chunk in _unpacked(files, handle, reader) if packed else _plain(files, handle, offset):
        for part in reader.take(chunk):
            yield part
            if should_stop():
                return
    yield _end_of_pack(files, handle, reader) if packed else reader.finish()


def _plain(files: Files, handle: int, offset: int) -> Iterator[bytes]:
    while chunk := files.read(handle, offset, CHUNK):
        offset += len(chunk)
        yield chunk


def _unpacked(files: Files, handle: int, reader: _Reader) -> Iterator[bytes]:
    """The lines of a packed file, or of several joined in one.

    Where it is not whole or damaged, what came before counts all the same.
    """
    machine = zlib.decompressobj(wbits=31)
    try:
        for packed in _plain(files, handle, 0):
            data = packed
            while data:
                if machine.eof:
                    if not (data := data.lstrip(b"\x00")):
                        break
                    machine = zlib.decompressobj(wbits=31)
                yield machine.decompress(data, CHUNK)
                data = machine.unconsumed_tail or machine.unused_data
        yield machine.flush()
    except zlib.error:
        reader.broken = True
    else:
        reader.broken = not machine.eof


def _end_of_pack(files: Files, handle: int, reader: _Reader) -> Part:
    """The last part of a pack: it is read whole or again, so it has no offset in between."""
    part = reader.finish()
    size = files.size(handle)
    if reader.broken:
        part.offset, part.fingerprint, part.dirty = 0, "", True
        part.bad.append(Bad(part.end, _("the pack is not whole"), b""))
        part.end += 1
    else:
        part.offset, part.dirty = size, False
        part.fingerprint = fingerprint(read_span(files, handle, max(size - _PRINT, 0), _PRINT))
    return part


class _Reader:
    """Collects changes and bad lines; remembers the end of the last valid change."""

    def __init__(self, team: str, part: Part, limit: Callable[[], int]) -> None:
        self._team = team
        self._lines = Lines(part.offset)
        self._limit = limit
        self._part = part
        self._last = b""
        self.broken = False

    def take(self, chunk: bytes) -> Iterator[Part]:
        """The parts that are full after a chunk."""
        limit = self._limit()
        for line in self._lines.feed(chunk):
            self._add(line)
            if len(self._part.changes) >= limit or len(self._part.bad) >= _MAX_BAD:
                yield self._cut()
                limit = self._limit()

    def finish(self) -> Part:
        """The last part. A last line without line end counts if it is whole; if not, it is waited for."""
        rest = self._lines.rest()
        if rest is not None:
            change = _whole(rest)
            if change is not None:
                self._add_change(rest, change)
            else:
                self._part.dirty |= bool(rest.text) or _is_hole(rest)
        part = self._cut()
        part.final = True
        return part

    def _cut(self) -> Part:
        full = self._part
        if self._last:
            full.fingerprint, self._last = fingerprint(self._last), b""
        self._part = Part(
            full.end, full.end, full.offset, full.fingerprint, dirty=full.dirty, packed=full.packed
        )
        return full

    def _add(self, line: Line) -> None:
        self._part.end = line.end
        if not line.text:
            self._part.dirty |= _is_hole(line)
            return
        if line.too_long:
            self._set_aside(line, _("longer than 256 KiB"))
            return
        try:
            change = decode(line.text)
        except BadLine as error:
            self._set_aside(line, str(error))
        else:
            self._add_change(line, change)

    def _add_change(self, line: Line, change: Change) -> None:
        part = self._part
        if change.header.team == self._team:
            part.changes.append(change)
        else:
            part.bad.append(Bad(line.start, other_teams(), line.text))
        part.end = part.offset = line.end
        part.dirty = False
        self._last = line.raw

    def _set_aside(self, line: Line, why: str) -> None:
        self._part.bad.append(Bad(line.start, why, line.text[:HEAD]))
        self._part.dirty = True


def other_teams() -> str:
    """Why a valid line was set aside that belongs to another team."""
    return _("a change of another team")


def _is_hole(line: Line) -> bool:
    """True for a blank line with zeros in it: a drive may yet fill them, and leave size and time as they are."""
    return b"\x00" in line.raw or len(line.raw) < line.end - line.start


def _whole(line: Line) -> Change | None:
    if not line.text or line.too_long:
        return None
    try:
        return decode(line.text)
    except BadLine:
        return None
