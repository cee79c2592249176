"""Whether the folded tables say what the log says: their shape, and some of their records folded anew."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from app.domain.kinds import KINDS, Kind
from app.domain.merge import fold
from app.store.folding import columns_of_record, folded_tables
from app.store.log import changes_by_record, incomplete_groups
from app.store.schema import Base
from app.store.statements import all_rows

_SOME = 2_000
"""So many of the latest changes' records are folded anew: all of a million would take minutes."""
_STAMPED = {"modules": {"version"}}
"""Columns that are derived from other records after the fold (app/store/versions.py)."""


def damaged_tables(conn: Connection) -> list[str]:
    """The folded tables that are missing, of another shape, or in which a record is not as the log has it."""
    misshapen = [name for name in folded_tables() if _columns(conn, name) != _expected(name)]
    if misshapen:
        return misshapen
    rows = all_rows(
        conn, "SELECT DISTINCT kind, record FROM (SELECT kind, record FROM log ORDER BY pos DESC LIMIT ?)", (_SOME,)
    )  # fmt: skip
    touched: dict[str, list[str]] = {}
    for name, record in rows:
        touched.setdefault(name, []).append(record)
    return [name for name in sorted(touched.keys() & KINDS.keys()) if _differs(conn, name, touched[name])]


def _columns(conn: Connection, table: str) -> set[str]:
    return {row[1] for row in all_rows(conn, f'PRAGMA table_info("{table}")')}


def _expected(table: str) -> set[str]:
    return {column.name for column in Base.metadata.tables[table].columns}


def _differs(conn: Connection, name: str, records: list[str]) -> bool:
    kind = KINDS[name]
    found = changes_by_record(conn, records)
    incomplete = incomplete_groups(conn, (one for changes in found.values() for one in changes))
    for record, changes in found.items():
        own = [one for one in changes if one.header.on[0] == name]
        folded = fold(kind, own, incomplete) if own else None
        if _compared(kind, columns_of_record(conn, kind, record, folded)) != _compared(
            kind, _row(conn, kind, record)
        ):
            return True
    return False


def _compared(kind: Kind, row: Mapping[str, object] | None) -> dict[str, object] | None:
    """What a table keeps of a record; what is computed when it is read is in no column."""
    if row is None:
        return None
    return {name: row[name] for name in _expected(kind.name) - _STAMPED.get(kind.name, set())}


def _row(conn: Connection, kind: Kind, record: str) -> dict[str, object] | None:
    row = conn.exec_driver_sql(f'SELECT * FROM "{kind.name}" WHERE id = ?', (record,)).mappings().first()
    return None if row is None else dict(row)
