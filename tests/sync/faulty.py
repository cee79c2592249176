"""The file layer with a fault in it: the process dies, or the drive fails, at one call or one byte."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from app.sync.files import Entry, Files, Stat
from tests.sync.team import Home


class Killed(BaseException):
    """The process is gone: nothing after this call happens, no clean-up either."""


class Faulty(Files):
    """Counts every call, from the first one of the name ``since`` where that is given.

    At call ``at`` the process dies before it or after it, or in a write after the byte number ``byte``. With
    ``error`` the call fails with that number instead, and the process lives on: once, or ``for_good``.
    """

    def __init__(
        self,
        at: int = -1,
        *,
        after: bool = False,
        error: int = 0,
        byte: int | None = None,
        since: str = "",
        for_good: bool = False,
    ) -> None:
        super().__init__(sleep=lambda _seconds: None)
        self._since = since
        self.calls: list[str] = []
        self.written = 0
        self._at = at
        self._after = after
        self._error = error
        self._byte = byte
        self._for_good = for_good
        self._dead = False

    def _before(self, name: str) -> None:
        if self._dead:
            raise Killed
        if self.calls or name == self._since or not self._since:
            self.calls.append(name)
        if self.calls and not self._after and self._is_struck():
            self._strike()

    def _is_struck(self) -> bool:
        at = len(self.calls) - 1
        return at == self._at or (self._for_good and 0 <= self._at <= at)

    def _done(self) -> None:
        if self.calls and len(self.calls) - 1 == self._at and self._after:
            self._strike()

    def _strike(self) -> None:
        if self._error:
            raise OSError(self._error, os.strerror(self._error))
        self._dead = True
        raise Killed

    def listdir(self, folder: Path) -> list[Entry]:
        self._before("listdir")
        found = super().listdir(folder)
        self._done()
        return found

    def stat(self, path: Path) -> Stat:
        self._before("stat")
        found = super().stat(path)
        self._done()
        return found

    def open_to_read(self, path: Path) -> int:
        self._before("open_to_read")
        return super().open_to_read(path)

    def open_to_append(self, path: Path) -> int:
        self._before("open_to_append")
        return super().open_to_append(path)

    def open_new(self, path: Path) -> int:
        self._before("open_new")
        handle = super().open_new(path)
        if self.calls and len(self.calls) - 1 == self._at and self._after:
            os.close(handle)
        self._done()
        return handle

    def size(self, handle: int) -> int:
        self._before("size")
        return super().size(handle)

    def read(self, handle: int, offset: int, count: int) -> bytes:
        self._before("read")
        return super().read(handle, offset, count)

    def write(self, handle: int, data: bytes) -> int:
        self._before("write")
        if self._byte is not None and self.written + len(data) > self._byte:
            if self._byte > self.written:
                super().write(handle, data[: self._byte - self.written])
            self._byte = None
            self._strike()
        count = super().write(handle, data)
        self.written += count
        self._done()
        return count

    def sync(self, handle: int) -> None:
        self._before("sync")
        super().sync(handle)
        self._done()

    def close(self, handle: int) -> None:
        super().close(handle)  # the system closes what a dead process had open
        self._before("close")

    def make_folder(self, path: Path) -> None:
        self._before("make_folder")
        super().make_folder(path)
        self._done()

    def is_link(self, path: Path) -> bool:
        self._before("is_link")
        return super().is_link(path)

    def rename(self, old: Path, new: Path) -> None:
        self._before("rename")
        super().rename(old, new)
        self._done()

    def link(self, old: Path, new: Path) -> None:
        self._before("link")
        super().link(old, new)
        self._done()

    def remove(self, path: Path) -> None:
        self._before("remove")
        super().remove(path)
        self._done()

    def sync_folder(self, folder: Path) -> None:
        self._before("sync_folder")
        super().sync_folder(folder)
        self._done()


DRIVE_ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.ESTALE)


class Unmounted(Faulty):
    """At one call the share goes away; what is left is the empty folder that it was mounted on."""

    def __init__(self, at: int, share: Path, since: str) -> None:
        super().__init__(at, since=since)
        self.share = share
        self.aside = share.with_name("unmounted")

    def _strike(self) -> None:
        self.share.rename(self.aside)
        self.share.mkdir()

    def mount(self) -> None:
        """The share is back."""
        if self.aside.exists():
            shutil.rmtree(self.share)
            self.aside.rename(self.share)


def syncs_to_the_end(home: Home, files: Faulty) -> bool:
    """One exchange on faulty files; False when the process died in it."""
    home.files = files
    try:
        with suppress(Killed):
            home.sync()
            return True
        return False
    finally:
        home.files = Files()
