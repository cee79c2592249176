"""A first load: lines are logged, with the rows that they create; what else came to those is folded after.

So most lines are decoded once and never looked up, and the indexes are made last. How far it came is kept with every
step, so that whoever ends in the middle goes on from there. The fold is the one fold.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.change import Change
from app.domain.kinds import KINDS
from app.store import local
from app.store.created import fold_created
from app.store.folding import BEGINNING, fold_on
from app.store.schema import Base

UNFOLDED = "unfolded"
"""The key of the place from which on the log is not folded."""
LOG = ("log",)
FOLDED = tuple(KINDS)
"""The tables that a first load fills while they have no indexes."""


def unfolded(conn: Connection) -> str:
    """The place from which on the log is not folded; empty where all of it is."""
    return local.get(conn, UNFOLDED) or ""


def put_off(conn: Connection, changes: Iterable[Change] = ()) -> None:
    """Notes, in the transaction that logs them, that changes are not folded, save for the rows that they create."""
    fold_created(conn, changes)
    local.put(conn, **{UNFOLDED: BEGINNING})


def fold_next(conn: Connection, limit: int) -> bool:
    """Folds the next so many records. False when there were none left: then the tables have their indexes again."""
    place = fold_on(conn, unfolded(conn), limit)
    if not place:
        make_indexes(conn, FOLDED)
    local.put(conn, **{UNFOLDED: place})
    return bool(place)


def share_folded(conn: Connection) -> float:
    """How far folding is, from 0 to 1: it goes by the records' ids, which are spread evenly."""
    place = unfolded(conn)
    stage, _blank, record = place.partition(" ")
    if not place or stage == BEGINNING:
        return 0.0 if place else 1.0
    return int(record[:4] or "0", 16) / 0x10000


def drop_indexes(conn: Connection, tables: Iterable[str]) -> None:
    """Drops those indexes of tables that only make reading faster."""
    for name in tables:
        for index in Base.metadata.tables[name].indexes:
            index.drop(conn, checkfirst=True)


def make_indexes(conn: Connection, tables: Iterable[str]) -> None:
    """Makes the indexes that the tables should have and have not."""
    for name in tables:
        for index in sorted(Base.metadata.tables[name].indexes, key=lambda one: str(one.name)):
            index.create(conn, checkfirst=True)
