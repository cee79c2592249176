"""Moves a home of the later of two foundings under the earlier: what it decided keeps its ids and its clocks."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from app.domain.change import GENESIS, Change, restore, seal
from app.domain.ids import Entropy, random_id
from app.store import local
from app.store.database import Database, DatabaseUnavailable
from app.store.exchange_log import LANE_KIND
from app.store.folding import rebuild
from app.store.log import append, put_in_outbox
from app.store.statements import all_rows
from app.sync.exchange import ACKED_AT, GENERATION, LISTED_AT, LISTING, OWN_READ_AT, RECHECK
from app.sync.home import own_lanes, remember_home
from app.sync.layout import Anchor
from app.sync.teams import membership_in
from app.text import _

_OF_THE_TEAM = (
    "outbox", "log", "parts", "lanes", "forks", "missed", "sources", "quarantine",
    "exported", "feed_states", "feed_records",
)  # fmt: skip
"""What is known of a team and its file. All of it is in the copy; it is read anew from the other's."""


def move_under(db: Database, earlier: Anchor, entropy: Entropy) -> tuple[int, Path]:
    """Makes this home a member of the earlier founding; how many changes it brought, and the copy of what was.

    Colleagues' changes stay where they are until each of them moves too. DatabaseUnavailable: nothing was changed.
    """
    copy = _copied(db)
    with db.write() as conn:
        own = _own_changes(conn)
        for table in _OF_THE_TEAM:
            conn.exec_driver_sql(f"DELETE FROM {table}")
        lane = random_id(entropy)
        local.join(conn, membership_in(earlier, lane))
        remember_home(conn, db.path)
        forgotten = dict.fromkeys((LISTING, LISTED_AT, OWN_READ_AT, ACKED_AT, RECHECK), "")
        local.put(conn, **forgotten, **{GENERATION: "1"})
        append(conn, _under(own, earlier.team, lane))
        put_in_outbox(conn, lane, 0)
        rebuild(conn)
    return len(own), copy


def _own_changes(conn: Connection) -> list[Change]:
    lanes = own_lanes(conn)
    rows = all_rows(
        conn,
        f"SELECT raw, hash FROM log WHERE kind != ? AND (lane IN ({','.join('?' * len(lanes))}) "
        "OR pos IN (SELECT pos FROM outbox)) ORDER BY pos",
        (LANE_KIND, *lanes),
    )
    return [restore(*row) for row in rows]


def _under(changes: list[Change], team: str, lane: str) -> list[Change]:
    """The same decisions as changes of another team, one after the other in a new lane."""
    moved: list[Change] = []
    for seq, change in enumerate(changes, start=1):
        prev = moved[-1].hash if moved else GENESIS
        header = msgspec.structs.replace(change.header, team=team, lane=lane, seq=seq, prev=prev)
        moved.append(seal(header, change.body))
    return moved


def _copied(db: Database) -> Path:
    """A copy of the database beside it, readable by its owner alone."""
    number = 1
    while (copy := db.path.with_name(f"{db.path.stem}-before-{number}{db.path.suffix}")).exists():
        number += 1
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with db.read() as conn, closing(sqlite3.connect(copy)) as target:
            source = conn.connection.driver_connection
            assert source is not None
            source.backup(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnavailable(
            _("the local database cannot be copied: %(why)s") % {"why": error}
        ) from error
    return copy
