"""What other programs do to files, and what a home made of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

from app.store.sources import quarantined
from tests.sync.team import Home


def rewrite(path: Path, change: Callable[[bytes], bytes], *, keep_time: bool = False) -> None:
    """Another program puts other bytes in a file's place, with its old time or a later one."""
    before = path.stat()
    path.write_bytes(change(path.read_bytes()))
    later = before.st_mtime_ns + (0 if keep_time else 1_000_000_000)
    os.utime(path, ns=(later, later))


def at_the_third_question() -> Callable[[], bool]:
    asked = count(1)
    return lambda: next(asked) > 2


def put_aside(home: Home) -> list[tuple[int, str]]:
    with home.db.read() as conn:
        return [(one.offset, one.why) for one in quarantined(conn)]
