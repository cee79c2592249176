"""How far each file of the team file has been read, what it holds, and the lines in it that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.change import LARGEST
from app.store.statements import all_rows, one_number, run, run_each

_COLUMNS = "path, offset, fingerprint, size, mtime_ns, covers, dirty, looked_at"
_MAX_QUARANTINED = 1_000


class Source(NamedTuple):
    """A file as it was last read. ``offset`` rests after a valid change; ``fingerprint`` is of the 64 bytes before.

    ``covers`` is JSON: lane → ranges of sequence numbers that were read in it. ``dirty``: something after
    ``offset`` could not be read. ``looked_at`` is when it was last read to its end, as UTC text.
    """

    path: str
    offset: int = 0
    fingerprint: str = ""
    size: int = 0
    mtime_ns: int = 0
    covers: str = "{}"
    dirty: bool = False
    looked_at: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A line that could not be read: the file, the offset in it, why, when, and its first bytes."""

    path: str
    offset: int
    why: str
    line: bytes
    at: str


def known_sources(conn: Connection) -> dict[str, Source]:
    """Every file ever read and not found gone since, by its path below the team file's folder."""
    rows = all_rows(conn, f"SELECT {_COLUMNS} FROM sources")
    return {row[0]: Source(*row) for row in rows}


def sources_below(conn: Connection, folder: str) -> dict[str, Source]:
    """As known_sources, of one folder ("lanes/…/")."""
    rows = all_rows(
        conn, f"SELECT {_COLUMNS} FROM sources WHERE path >= ? AND path < ?", (folder, folder + "\U0010ffff")
    )
    return {row[0]: Source(*row) for row in rows}


def save_source(conn: Connection, one: Source) -> None:
    """Keeps how far a file has been read: in the transaction that applies what was read."""
    run(
        conn,
        f"INSERT OR REPLACE INTO sources ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        tuple(one),
    )


def drop_sources(conn: Connection, paths: Iterable[str]) -> None:
    """Forgets files that are gone, and their bad lines. What was read from them stays in the log."""
    rows = [(path,) for path in paths]
    run_each(conn, "DELETE FROM sources WHERE path = ?", rows)
    run_each(conn, "DELETE FROM quarantine WHERE path = ?", rows)


def set_aside(conn: Connection, path: str, start: int, end: int | None, bad: Sequence[Quarantined]) -> None:
    """Quarantines what could not be read between two offsets of a file, in place of what stood there before.

    ``end`` None: to the end of the file, which may have been longer. Beyond 1,000 lines only the file still has
    them: garbage must not fill the local disk.
    """
    run(
        conn,
        "DELETE FROM quarantine WHERE path = ? AND offset >= ? AND offset < ?",
        (path, start, LARGEST if end is None else end),
    )
    room = _MAX_QUARANTINED - quarantined_count(conn) if bad else 0
    rows = [(one.path, one.offset, one.why, one.line, one.at) for one in bad[: max(room, 0)]]
    run_each(
        conn, "INSERT OR REPLACE INTO quarantine (path, offset, why, line, at) VALUES (?, ?, ?, ?, ?)", rows
    )


def quarantined(conn: Connection) -> list[Quarantined]:
    """The lines that could not be read."""
    rows = all_rows(conn, "SELECT path, offset, why, line, at FROM quarantine ORDER BY path, offset")
    return [Quarantined(*row) for row in rows]


def quarantined_count(conn: Connection, why: str | None = None) -> int:
    """How many lines could not be read, for that reason where one is given."""
    if why is None:
        return one_number(conn, "SELECT count(*) FROM quarantine")
    return one_number(conn, "SELECT count(*) FROM quarantine WHERE why = ?", (why,))
