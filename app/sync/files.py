"""The one layer under everything that touches the team file: tests break each call and each byte of it.

Only what every network drive can do is used: no locks, no truncating, nothing is replaced.
"""

from __future__ import annotations

import errno
import os
import stat as modes
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.text import _

T = TypeVar("T")

_BINARY = getattr(os, "O_BINARY", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
_SHARING = (32, 33)
"""Windows' codes for "someone else has it open just now"."""
_PAUSES = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.7)
"""Seconds between tries: 2.5 in all."""
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EISDIR, errno.EPERM)


class Entry(NamedTuple):
    """A name in a folder."""

    name: str
    is_folder: bool


class Stat(NamedTuple):
    """Size in bytes and time of the last change of a file."""

    size: int
    mtime_ns: int


class NotAFile(OSError):
    """Something else bears the name: a folder, a pipe, a link that leads in circles."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, _("it is not a file"), str(path))


class Files:
    """The real disk. Everything raises OSError."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    def listdir(self, folder: Path) -> list[Entry]:
        """The files and folders in a folder, in no order; no links to folders, no pipes, no sockets."""
        with os.scandir(folder) as found:
            return [
                Entry(one.name, is_folder)
                for one in found
                if (is_folder := one.is_dir(follow_symlinks=False)) or _is_file(one)
            ]

    def stat(self, path: Path) -> Stat:
        """Size and time of a file; NotAFile for a folder, a pipe, and what leads in circles."""
        try:
            found = os.stat(path)  # noqa: PTH116 - the layer speaks to the system in one way
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise NotAFile(path) from error
            raise
        if not modes.S_ISREG(found.st_mode):
            raise NotAFile(path)
        return Stat(found.st_size, found.st_mtime_ns)

    def open_to_read(self, path: Path) -> int:
        """A handle to read from; NotAFile for what is none: a pipe would have whoever opens it wait for ever."""
        return self._patiently(lambda: _opened(path, os.O_RDONLY))

    def fetch(self, path: Path) -> None:
        """Has the system bring a file into its memory meanwhile, where it can do that."""
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):
                handle = self.open_to_read(path)
                try:
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_WILLNEED)
                finally:
                    self.close(handle)

    def open_to_append(self, path: Path) -> int:
        """A handle to read from and to write at the end of a file that must be there."""
        return self._patiently(lambda: _opened(path, os.O_RDWR | os.O_APPEND))

    def open_new(self, path: Path) -> int:
        """A handle to write a file that must not be there yet."""
        return self._patiently(lambda: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666))

    def size(self, handle: int) -> int:
        """The size of an open file."""
        return os.fstat(handle).st_size

    def read(self, handle: int, offset: int, count: int) -> bytes:
        """Up to ``count`` bytes from an offset; none at the end."""
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, count)

    def write(self, handle: int, data: bytes) -> int:
        """Writes what it can; how many bytes that was."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Has the system bring an open file to the disk."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Gives the handle back: some shares tell only now that a write failed."""
        os.close(handle)

    def make_folder(self, path: Path) -> None:
        """Makes a folder if it is not there; the one above it must be. NotADirectoryError where it is none."""
        try:
            os.mkdir(path)  # noqa: PTH102 - as above
        except FileExistsError as error:
            if not os.path.isdir(path):  # noqa: PTH112 - as above
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path)) from error

    def is_link(self, path: Path) -> bool:
        """True for a link: what lies below one to a folder is read by nobody."""
        return os.path.islink(path)  # noqa: PTH114 - as above

    def rename(self, old: Path, new: Path) -> None:
        """Gives a file a name that must be free."""
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new))
        self._patiently(lambda: os.rename(old, new))  # noqa: PTH104 - as above

    def link(self, old: Path, new: Path) -> None:
        """Gives a file a second name, in one step with the test that it is free."""
        os.link(old, new)

    def remove(self, path: Path) -> None:
        """Removes a ``.tmp-`` file of our own; nothing else is ever removed."""
        self._patiently(lambda: os.unlink(path))  # noqa: PTH108 - as above

    def sync_folder(self, folder: Path) -> None:
        """Has the system keep the names in a folder, where it can do that for folders."""
        try:
            handle = os.open(folder, os.O_RDONLY)
        except PermissionError:  # Windows opens no folders
            return
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(handle)

    def _patiently(self, call: Callable[[], T]) -> T:
        for pause in _PAUSES:
            try:
                return call()
            except PermissionError as error:
                if getattr(error, "winerror", None) not in _SHARING:
                    raise
                self._sleep(pause)
        return call()


def _is_file(entry: os.DirEntry[str]) -> bool:
    """True for a file or a link to one, also where it cannot be told now."""
    try:
        return entry.is_file()
    except OSError as error:
        return error.errno != errno.ELOOP


def _opened(path: Path, how: int) -> int:
    try:
        handle = os.open(path, how | _BINARY | _NO_WAITING)
    except BlockingIOError:  # no pipe: a file server has a lease on the file, and gives way to whoever waits
        handle = os.open(path, how | _BINARY)
    if modes.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise NotAFile(path)


def write_all(files: Files, handle: int, data: bytes) -> None:
    """Writes all of the data, however small the pieces that a share takes."""
    rest = memoryview(data)
    while rest:
        written = files.write(handle, bytes(rest))
        if written <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


def read_whole(files: Files, path: Path, limit: int) -> bytes:
    """A small file's bytes. OSError when there are more than ``limit``."""
    handle = files.open_to_read(path)
    try:
        data = read_span(files, handle, 0, limit + 1)
    finally:
        files.close(handle)
    if len(data) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


def read_span(files: Files, handle: int, offset: int, count: int) -> bytes:
    """``count`` bytes from an offset, fewer only at the end of the file."""
    pieces: list[bytes] = []
    while count > 0:
        piece = files.read(handle, offset, count)
        if not piece:
            break
        pieces.append(piece)
        offset += len(piece)
        count -= len(piece)
    return b"".join(pieces)
