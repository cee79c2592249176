"""The transactions of a pull; when it only logs and folds later (app/store/loading.py), and the folding then."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter

from sqlalchemy import Connection

from app.store import loading
from app.store.database import Database
from app.store.exchange_log import position
from app.store.folding import BEGINNING
from app.sync.exchange import Exchange, Pace
from app.sync.report import ShouldStop

MUCH = 4 * 1024 * 1024
"""Bytes that take seconds to read and fold."""
_LINE = 600
"""Bytes of a usual change."""
_MANY = 50_000
"""So many changes a transaction where nobody waits: what a power cut has read once more."""


class Transactions:
    """A short one a step for a home at work; where nobody waits, one for many steps.

    What hangs on ids is all over the tables: pages are written once a transaction, so many changes in one write less.
    """

    def __init__(self, db: Database, alone: bool) -> None:
        self._db = db
        self._alone = alone
        self._open = ExitStack()
        self._conn: Connection | None = None
        self._changes = 0

    @contextmanager
    def step(self, changes: int) -> Iterator[Connection]:
        """For what is done to so many changes as one: all of it is kept or, where it raises, nothing."""
        if not self._alone:
            with self._db.write() as conn:
                yield conn
            return
        with self._open.pop_all() as ending:
            held, self._conn = self._conn, None
            if held is None:
                held, self._changes = ending.enter_context(self._db.load()), 0
            yield held
            self._changes += changes
            if self._changes < _MANY:
                self._conn, self._open = held, ending.pop_all()

    def end(self) -> None:
        """All that was done is kept from here on."""
        self._conn = None
        self._open.close()


def puts_off(exchange: Exchange, unread: int) -> bool:
    """True where changes are folded after all are read: much is to come, little is here, and nobody waits."""
    if not exchange.alone:
        return False
    with exchange.db.read() as conn:
        place, here = loading.unfolded(conn), position(conn) * _LINE
    if place != BEGINNING and unread < max(MUCH, here):
        return False
    with exchange.db.write() as conn:
        loading.drop_indexes(conn, loading.LOG)
        loading.put_off(conn)
    return True


@contextmanager
def uncollected() -> Iterator[None]:
    """While much passes through, none of it in cycles, nothing is looked for in them: it took a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def fold_rest(db: Database, alone: bool, should_stop: ShouldStop, show: Callable[[float], None]) -> bool:
    """Folds what was put off, if anything was. False when stopped; another call goes on from there.

    ``show`` is told the share that is done. When alone, the tables have no indexes in the meantime.
    """
    with db.read() as conn:
        if not loading.unfolded(conn):
            return True
    with db.load() as conn:
        loading.make_indexes(conn, loading.LOG)
        (loading.drop_indexes if alone else loading.make_indexes)(conn, loading.FOLDED)
    pace = Pace.of(alone)
    more = True
    while more and not should_stop():
        started, limit = perf_counter(), pace.limit()
        with db.load() if alone else db.write() as conn:
            more, share = loading.fold_next(conn, limit), loading.share_folded(conn)
        pace.measured(limit, perf_counter() - started)
        show(share)
    return not more
