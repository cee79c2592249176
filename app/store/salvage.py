"""Takes out of a damaged database what is whole: every change that its checksum vouches for, and the membership."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.change import BadLine, Change, decode
from app.store import local, log
from app.store.database import Database, DatabaseUnavailable
from app.store.folding import refresh
from app.text import _

_ENDS = ("", "-wal", "-shm")
_BATCH = 1_000
_NEEDED = {"team", "lane", "id_key"}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many changes were saved, how many could not be, and where the damaged database lies now."""

    changes: int
    lost: int
    damaged: Path


def damage_of(path: Path) -> str | None:
    """What is wrong with a database; None where it is whole, or cannot be looked at now."""
    try:
        with closing(sqlite3.connect(path)) as conn:
            found = str(conn.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else found


def salvage(path: Path) -> Salvaged | None:
    """Puts a sound database in a damaged one's place and keeps that beside it; None where it tells no team.

    All that was decided here counts as waiting: the next exchange finds what of it was written. Whoever calls it
    takes a new lane: numbers that were used may be among what is lost.
    """
    fresh = path.with_name(f"{path.stem}-salvaged{path.suffix}")
    _remove(fresh)
    with closing(sqlite3.connect(path)) as conn:
        known = dict(_rows(conn, "SELECT key, value FROM local"))
        if not known.keys() >= _NEEDED:
            return None
        places = _places(conn)
        saved = _copy(conn, places, known, fresh)
    return Salvaged(saved, len(places) - saved, _swap(path, fresh))


def _copy(conn: sqlite3.Connection, places: list[int], known: dict[str, str], fresh: Path) -> int:
    database = Database(fresh)
    try:
        for start in range(0, len(places), _BATCH):
            changes = [one for place in places[start : start + _BATCH] for one in _change(conn, place)]
            with database.write() as target:
                log.append(target, changes)
        with database.write() as target:
            local.put(target, **{key: value for key, value in known.items() if not key.startswith("sync_")})
            local.put(target, fold="")
            for lane in (known["lane"], *known.get("former_lanes", "").split()):
                log.put_in_outbox(target, lane, 0)
            refresh(target)
            return log.count(target)
    finally:
        database.close()


def _places(conn: sqlite3.Connection) -> list[int]:
    """The places in the log that can be told, by the table itself or by one of its indexes."""
    found: set[int] = set()
    for column in ("raw", "id", "record, kind", "lane, seq, hash"):
        found.update(row[0] for row in _rows(conn, f"SELECT pos, {column} FROM log"))
    return sorted(found)


def _change(conn: sqlite3.Connection, place: int) -> Iterator[Change]:
    for (raw,) in _rows(conn, f"SELECT raw FROM log WHERE pos = {place:d}"):
        try:
            yield decode(bytes(raw))
        except (BadLine, TypeError):
            continue


def _rows(conn: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query up to where the damage is."""
    try:
        yield from conn.execute(query)
    except sqlite3.DatabaseError:
        return


def _swap(path: Path, fresh: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        for end in _ENDS:
            if (part := path.with_name(path.name + end)).exists():
                part.rename(kept.with_name(kept.name + end))
        os.replace(fresh, path)  # noqa: PTH105 - says what is meant
    except OSError as error:
        raise DatabaseUnavailable(
            _("the local database cannot be put in place: %(why)s") % {"why": error.strerror}
        ) from error
    return kept


def _remove(path: Path) -> None:
    for end in _ENDS:
        path.with_name(path.name + end).unlink(missing_ok=True)
