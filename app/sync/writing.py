"""Writes to the team file: only at the end of the own segment or under a fresh name, and reads it back."""

from __future__ import annotations

import errno
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.sync.files import Files, NotAFile, Stat, read_span, write_all
from app.sync.layout import TeamPaths, pack_path, write_fresh
from app.sync.reading import fingerprint
from app.text import _

_PACK_NAMES = 100


class SegmentChanged(Exception):
    """The own segment is no longer as the last pull found it: pull again before writing."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was read back: the file, its size and time, and the fingerprint of its end."""

    path: str
    stat: Stat
    fingerprint: str


def append(files: Files, paths: TeamPaths, path: str, expected_size: int, lines: Sequence[bytes]) -> Written:
    """Adds lines at the end of the own segment and reads them back.

    A file that does not end in a line end gets one first, as a fence: a torn line before it stays as it is.
    SegmentChanged when the file is not of the expected size. OSError: what was written is unknown.
    """
    target = paths.file(path)
    try:
        handle = files.open_to_append(target)
    except FileNotFoundError as error:
        raise SegmentChanged from error
    try:
        if files.size(handle) != expected_size:
            raise SegmentChanged
        ends_well = expected_size == 0 or read_span(files, handle, expected_size - 1, 1) == b"\n"
        data = (b"" if ends_well else b"\n") + b"".join(line + b"\n" for line in lines)
        write_all(files, handle, data)
        files.sync(handle)
    finally:
        files.close(handle)
    return _read_back(files, target, path, expected_size, data)


def write_segment(files: Files, paths: TeamPaths, path: str, lines: Sequence[bytes]) -> Written:
    """Makes a new segment appear whole, and reads it back. FileExistsError when the name is taken."""
    data = b"".join(line + b"\n" for line in lines)
    write_fresh(files, paths, path, data)
    return _read_back(files, paths.file(path), path, 0, data)


def write_pack(files: Files, paths: TeamPaths, lines: Sequence[bytes]) -> Written:
    """Writes lines as a pack. Two who write the same lines write one file of the same name.

    Where that name is taken by what does not hold them, as by a pack that was damaged, it goes under the next one.
    """
    text = b"".join(line + b"\n" for line in lines)
    sha, data = sha256(text).hexdigest(), gzip.compress(text, mtime=0)
    for number in range(1, _PACK_NAMES):
        path = pack_path(sha, number)
        try:
            write_fresh(files, paths, path, data)
        except FileExistsError:
            if _holds(files, paths.file(path), text):
                return _read_back(files, paths.file(path), path, 0, None)
        else:
            return _read_back(files, paths.file(path), path, 0, data)
    raise FileExistsError(pack_path(sha))


def _holds(files: Files, target: Path, text: bytes) -> bool:
    """True for a whole pack of that text, whoever packed it. OSError where it cannot be told now."""
    try:
        handle = files.open_to_read(target)
    except (FileNotFoundError, NotAFile):  # a link that leads nowhere, a folder
        return False
    try:
        return gzip.decompress(read_span(files, handle, 0, files.size(handle))) == text
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False
    finally:
        files.close(handle)


def _read_back(files: Files, target: Path, path: str, start: int, data: bytes | None) -> Written:
    handle = files.open_to_read(target)
    try:
        found = read_span(files, handle, start, files.size(handle) - start)
    finally:
        files.close(handle)
    if data is not None and found != data:
        raise OSError(errno.EIO, _("what was written reads back differently"), str(target))
    return Written(path, files.stat(target), fingerprint(found))
