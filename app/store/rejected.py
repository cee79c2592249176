"""Rows of imported files that could not be taken: set aside on this computer, to be seen and mended.

They may hold personal data, so they never travel, and go after 30 days or with the next import of the same file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.domain.instants import to_text

_KEPT = timedelta(days=30)
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A row that was set aside: the file's name, what it was read as, its number, why, its named cells, when."""

    file: str
    kind: str
    row: int
    why: str
    cells: Mapping[str, str]
    at: str


def forget(conn: Connection, file: str, kind: str, now: datetime) -> None:
    """Drops what was set aside of a file before it is read again, and whatever is too old."""
    conn.exec_driver_sql(
        "DELETE FROM rejected WHERE (file = ? AND kind = ?) OR at < ?", (file, kind, to_text(now - _KEPT))
    )


def set_aside(conn: Connection, lines: Sequence[RejectedLine]) -> None:
    """Keeps rejected rows. Beyond 1,000 only their file still has them: garbage must not fill the local disk."""
    room = _MOST - int(conn.exec_driver_sql("SELECT count(*) FROM rejected").scalar_one())
    rows = [
        (one.file, one.kind, one.row, one.why, json.dumps(dict(one.cells)), one.at)
        for one in lines[: max(room, 0)]
    ]
    if rows:
        conn.exec_driver_sql(
            "INSERT OR REPLACE INTO rejected (file, kind, row, why, cells, at) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )


def rejected_lines(conn: Connection) -> list[RejectedLine]:
    """Every row that is set aside, by file and number."""
    rows = conn.exec_driver_sql(
        "SELECT file, kind, row, why, cells, at FROM rejected ORDER BY file, kind, row"
    )
    return [
        RejectedLine(file, kind, row, why, json.loads(cells), at) for file, kind, row, why, cells, at in rows
    ]
