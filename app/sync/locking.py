"""One exchange a home at a time: a lock on the local disk, given back by the system if the program dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from filelock import lock_descriptor, unlock_descriptor

from app.store.database import Database, DatabaseUnavailable
from app.text import _

_PAUSE = 0.05
"""Seconds between two tries."""


class Busy(Exception):
    """Another program is in the middle of an exchange for this home."""


@contextmanager
def one_at_a_time(db: Database, seconds: float) -> Iterator[None]:
    """One publisher a home. Busy: another was at it for so long; DatabaseUnavailable: it cannot be told."""
    try:
        handle = os.open(f"{db.path}.sync", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _unusable(error) from error
    try:
        _lock(handle, seconds)
        try:
            yield
        finally:
            unlock_descriptor(handle)
    finally:
        os.close(handle)


def _lock(handle: int, seconds: float) -> None:
    """On the descriptor: ``FileLock`` on the path takes the same lock and twenty times as long."""
    latest = monotonic() + seconds
    try:
        while not lock_descriptor(handle, blocking=False):
            if monotonic() >= latest:
                raise Busy(_("another Tavle is exchanging with the team file just now"))
            sleep(_PAUSE)
    except OSError as error:
        raise _unusable(error) from error


def _unusable(error: OSError) -> DatabaseUnavailable:
    why = error.strerror or str(error)
    return DatabaseUnavailable(_("the folder of the local database cannot be used: %(why)s") % {"why": why})
