"""When a pull only logs and leaves folding for later (app/store/loading.py), and the folding then."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from app.store import loading
from app.store.database import Database
from app.store.exchange_log import position
from app.store.folding import BEGINNING
from app.sync.exchange import Exchange, Pace
from app.sync.report import ShouldStop

_MUCH = 4 * 1024 * 1024
_LINE = 600
"""Bytes of a usual change."""


def puts_off(exchange: Exchange, unread: int) -> bool:
    """True where changes are folded after all are read: much is to come, little is here, and nobody waits."""
    if not exchange.alone:
        return False
    with exchange.db.read() as conn:
        place, here = loading.unfolded(conn), position(conn) * _LINE
    if place != BEGINNING and unread < max(_MUCH, here):
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
