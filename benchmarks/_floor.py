"""What any reader of a team file must do at the least: decode, check, and upsert plainly with ``sqlite3``.

No merge, no groups, no bookkeeping: into the same tables with the same indexes as Tavle's, the last that comes wins.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from app.store.database import Database
from app.store.folding import folded_tables

_LOG = ("id", "kind", "record", "hlc", "lane", "seq", "hash", "raw")
_SETTINGS = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 16000"


class _Head(msgspec.Struct):
    id: str
    hlc: str
    lane: str
    seq: int
    on: tuple[str, str]


class _Line(msgspec.Struct):
    h: _Head
    b: dict[str, Any]
    c: str


_decode = msgspec.json.Decoder(_Line).decode


def read(data: bytes) -> Iterator[tuple[_Line, bytes]]:
    """The lines of a file, each decoded and its checksum compared."""
    for raw in data.split(b"\n"):
        if raw:
            line = _decode(raw)
            if sha256(raw.rpartition(b',"c":')[0]).hexdigest()[:16] != line.c:
                raise SystemExit("the checksum does not fit")
            yield line, raw


class Floor:
    """A database that is filled plainly. ``tables`` False: with the lines alone, one upsert a change."""

    def __init__(self, path: Path, *, tables: bool) -> None:
        if not path.exists():
            Database(path).close()
        self.db = sqlite3.connect(path, isolation_level=None)
        self.tables = tables
        self._columns = {
            name: [row[1] for row in self.db.execute(f'PRAGMA table_info("{name}")')]
            for name in folded_tables()
        }

    def load(self, files: Iterable[Path]) -> int:
        """Reads all the files, one transaction each, and makes the indexes at the end; how many lines there were."""
        indexes = self._without_indexes()
        for pragma in _SETTINGS.split(";"):
            self.db.execute(pragma)
        count = sum(self.put(path.read_bytes()) for path in files)
        self._all("BEGIN", *indexes, "COMMIT")
        return count

    def _without_indexes(self) -> list[str]:
        filled = ("log", *self._columns) if self.tables else ("log",)
        marks = ",".join("?" * len(filled))
        found = self.db.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
            filled,
        ).fetchall()
        self._all("BEGIN", *(f'DROP INDEX "{name}"' for name, _sql in found), "COMMIT")
        return [sql for _name, sql in found]

    def _all(self, *statements: str) -> None:
        for statement in statements:
            self.db.execute(statement)

    def put(self, data: bytes) -> int:
        """Some lines in one transaction."""
        lines = list(read(data))
        rows = [(one.h.id, *one.h.on, one.h.hlc, one.h.lane, one.h.seq, one.c, raw) for one, raw in lines]
        self.db.execute("BEGIN")
        self.db.executemany(
            f"INSERT INTO log ({','.join(_LOG)}) VALUES (?,?,?,?,?,?,?,?) "
            "ON CONFLICT (lane, seq, hash) DO UPDATE SET raw = excluded.raw",
            rows,
        )
        if self.tables:
            self._upsert(one for one, _raw in lines)
        self.db.execute("COMMIT")
        return len(rows)

    def _upsert(self, lines: Iterable[_Line]) -> None:
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for one in lines:
            by_kind.setdefault(one.h.on[0], []).append({**one.b, "id": one.h.on[1], "heads": one.h.id})
        for kind in by_kind.keys() & self._columns.keys():
            columns = self._columns[kind]
            named = ",".join(f'"{name}"' for name in columns)
            newer = ",".join(f'"{name}" = coalesce(excluded."{name}", "{name}")' for name in columns)
            self.db.executemany(
                f'INSERT INTO "{kind}" ({named}) VALUES ({",".join("?" * len(columns))}) '
                f"ON CONFLICT (id) DO UPDATE SET {newer}",
                [[_plain(body.get(name)) for name in columns] for body in by_kind[kind]],
            )

    def follow(self, path: Path, offset: int) -> int:
        """What was added to a file: stat, seek, decode, one transaction. Where it ends now."""
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(offset)
            self.put(file.read(size - offset))
        return size


def _plain(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, list | dict) else value
