"""A first load: lines are logged before anything is folded, and the indexes are made last.

How far it came is kept with every step, so that whoever ends in the middle goes on from there. The fold is the
one fold; what is folded later is only handed to it in the order of the records.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.kinds import KINDS
from app.store import local
from app.store.folding import BEGINNING, fold_on
from app.store.schema import Base
from app.store.statements import one_number

_UNFOLDED = "unfolded"
LOG = ("log",)
FOLDED = tuple(KINDS)
"""The tables that a first load fills while they have no indexes."""


def unfolded(conn: Connection) -> str:
    """The place from which on the log is not folded; empty where all of it is."""
    return local.get(conn, _UNFOLDED) or ""


def put_off(conn: Connection) -> None:
    """Notes, in the transaction that logs them, that changes are not folded."""
    local.put(conn, **{_UNFOLDED: BEGINNING})


def fold_next(conn: Connection, limit: int) -> bool:
    """Folds the next so many records. False when there were none left: then the tables have their indexes again."""
    place = fold_on(conn, unfolded(conn), limit)
    if not place:
        make_indexes(conn, FOLDED)
    local.put(conn, **{_UNFOLDED: place})
    return bool(place)


def records(conn: Connection) -> int:
    """How many records the log speaks of."""
    return one_number(conn, "SELECT count(DISTINCT record) FROM log")


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
