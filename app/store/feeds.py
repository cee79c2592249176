"""How this home last found the file of each feed, and which records it held: what is known here alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

READ, WAITING, MISSING, CHANGING, UNREADABLE = "read", "waiting", "missing", "changing", "unreadable"
"""States of a feed's file: read; never looked for yet; not there; being written; there and of no use."""

_REFERRED_TO = ("areas", "people", "customers", "agreements")


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed's file was found, why in words, and what its last reading did.

    ``size`` and ``mtime_ns`` are of the file that was last looked into, at ``looked_at`` (UTC text); -1: it must be
    looked into. ``as_of`` is the time of the newest export read. ``accepted`` and ``rejected`` count rows,
    ``dropped`` names private columns, ``referred_to`` is how many records rows could refer to.
    """

    feed: str
    state: str = WAITING
    why: str = ""
    size: int = -1
    mtime_ns: int = -1
    as_of: str = ""
    looked_at: str = ""
    accepted: int = 0
    rejected: int = 0
    dropped: tuple[str, ...] = ()
    referred_to: int = 0


def feed_states(conn: Connection) -> dict[str, FeedState]:
    """The state of every feed that was ever looked for here, by its id."""
    rows = conn.exec_driver_sql("SELECT * FROM feed_states").mappings()
    return {row["feed"]: FeedState(**{**row, "dropped": tuple(json.loads(row["dropped"]))}) for row in rows}


def save_feed_state(conn: Connection, state: FeedState) -> None:
    """Keeps how a feed's file was found."""
    values = {**asdict(state), "dropped": json.dumps(state.dropped)}
    conn.exec_driver_sql(
        f"INSERT OR REPLACE INTO feed_states ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
        tuple(values.values()),
    )


def note_held(conn: Connection, feed: str, as_of: str, records: Iterable[str]) -> None:
    """A feed's file of that time held these records."""
    rows = [(feed, record, as_of) for record in records]
    if rows:
        conn.exec_driver_sql(
            "INSERT INTO feed_records (feed, record, as_of) VALUES (?, ?, ?) ON CONFLICT (feed, record) "
            "DO UPDATE SET as_of = max(as_of, excluded.as_of)",
            rows,
        )


def referred_to(conn: Connection) -> int:
    """How many records there are that an export's rows can refer to."""
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in _REFERRED_TO)
    return int(conn.exec_driver_sql(f"SELECT {counts}").scalar_one())
