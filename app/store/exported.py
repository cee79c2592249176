"""Which office export last spoke of a record.

So an older export that is read late does not count against it, and a row that is gone from the newest can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from app.store.log import CHUNK


def last_told(conn: Connection, records: Sequence[str]) -> dict[str, str]:
    """Record → the time (UTC text) of the newest export read here that held it."""
    found: dict[str, str] = {}
    for start in range(0, len(records), CHUNK):
        some = tuple(records[start : start + CHUNK])
        marks = ",".join("?" * len(some))
        rows = conn.exec_driver_sql(f"SELECT record, as_of FROM exported WHERE record IN ({marks})", some)
        found.update({row[0]: row[1] for row in rows})
    return found


def note_told(conn: Connection, source: str, kind: str, as_of: str, records: Iterable[str]) -> None:
    """An export of a source, of that time, held these records."""
    rows = [(record, source, kind, as_of) for record in records]
    if rows:
        conn.exec_driver_sql(
            "INSERT INTO exported (record, source, kind, as_of) VALUES (?, ?, ?, ?) ON CONFLICT (record) "
            "DO UPDATE SET source = excluded.source, kind = excluded.kind, as_of = max(as_of, excluded.as_of)",
            rows,
        )
