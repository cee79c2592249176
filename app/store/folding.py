"""The one fold: from the log to the tables. Own decisions, colleagues' changes and a rebuild go through it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Connection

from app.domain.change import Change
from app.domain.complaint_life import complaint_columns
from app.domain.ids import derived_id
from app.domain.kinds import KINDS, Kind
from app.domain.merge import Conflict, Folded, fold
from app.domain.projection import Columns, RowText, columns, defaults, row_columns, shift_columns
from app.store import local
from app.store.clocks import Clocks
from app.store.heads import pack
from app.store.log import CHUNK, Touched, changes_by_record, incomplete_groups
from app.store.plan_rows import plan_row_id, rows_to_fold
from app.store.schema import Base
from app.store.shipped import KINDS_SHIPPED, edition, shipped, shipped_ids
from app.store.statements import all_rows, run, run_each
from app.store.tables import FOLD_VERSION
from app.store.versions import stamp_versions

__all__ = ["columns_of_record", "folded_tables", "plan_row_id", "rebuild", "refold", "refresh"]

_CLOCKS = ("areas", "customers", "promises")
"""Kinds on which the clocks of complaints hang."""
_FIRST = (*_CLOCKS, "people", "plans")
"""Kinds on which the columns of others hang are folded before them."""
_PAGE = 5_000
_HANGING = (*_FIRST, "complaints", "rows", "modules", "questions", *KINDS_SHIPPED)
"""Kinds whose columns hang on other records, or on which the columns of others hang."""
STANDING = frozenset(KINDS) - {*_HANGING}
"""Kinds whose columns come from their own changes alone."""
BEGINNING = "first"
"""The place of ``fold_on`` before anything is folded: the stage, and where it is there, a record's id and kind."""

_Held = dict[str, list[Change]]
"""Record id → its changes, of those that the caller of a refold has at hand."""
Project = Callable[[str, Folded | None], Columns | None]
"""(record id, its state) → its columns; None where there is no such record."""


@dataclass(slots=True)
class _Batch:
    """What one statement per table will write."""

    rows: list[Columns] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    conflicts: list[tuple[str, Conflict]] = field(default_factory=list)
    readonly: list[str] = field(default_factory=list)


def refold(conn: Connection, touched: Touched, known: Iterable[Change] = ()) -> None:
    """Folds the records that changes touched, and those whose columns hang on them, in this transaction.

    ``known`` are changes that the caller holds: they need not be read from the log again.
    """
    held: _Held = {}
    for one in {one.hash: one for one in known}.values():
        held.setdefault(one.header.on[1], []).append(one)
    by_kind: dict[str, set[str]] = {}
    for name, record in touched:
        if name in KINDS:
            by_kind.setdefault(name, set()).add(record)
    before = Clocks.read(conn) if by_kind.keys() & set(_CLOCKS) else None
    for name in sorted(by_kind, key=lambda one: (one not in _FIRST, one)):
        if name not in ("rows", "complaints"):
            _fold_kind(conn, KINDS[name], sorted(by_kind[name]), _plainly(KINDS[name]), held)
    clocks = Clocks.read(conn) if before or "complaints" in by_kind else None
    if before and clocks and (moved := clocks.complaints_since(conn, before)):
        by_kind.setdefault("complaints", set()).update(moved)
        conn.exec_driver_sql(
            "DELETE FROM last_seen"
        )  # what the next start would show by the clocks from before
    if clocks and by_kind.get("complaints"):
        _fold_kind(conn, KINDS["complaints"], sorted(by_kind["complaints"]), _complaining(clocks), held)
    if rows := rows_to_fold(conn, by_kind):
        _fold_kind(conn, KINDS["rows"], sorted(rows), _lining(rows), held)
    if by_kind.keys() & {"modules", "questions", "promises"}:
        stamp_versions(conn)


def rebuild(conn: Connection) -> None:
    """Empties the folded tables and folds the whole log anew."""
    for table in folded_tables():
        conn.exec_driver_sql(f'DELETE FROM "{table}"')
    place = BEGINNING
    while place:
        place = fold_on(conn, place, _PAGE)
    local.put(conn, fold=str(FOLD_VERSION))


def fold_on(conn: Connection, place: str, limit: int) -> str:
    """Folds the next so many records that are not as the log has them; where to go on, empty at the end."""
    stage, record, kind = (*place.split(" "), "", "")[:3]
    first = stage == BEGINNING
    kinds = _FIRST if first else tuple(name for name in KINDS if name not in _FIRST)
    page = all_rows(conn, _unfolded(kinds), (record, kind, *kinds, limit))
    refold(conn, {(row[0], row[1]) for row in page})
    if page:
        return f"{stage} {page[-1][1]} {page[-1][0]}"
    if first:
        return "rest"
    stamp_versions(conn)
    _fold_shipped(conn)
    return ""


def _fold_shipped(conn: Connection) -> None:
    """Gives the team all that is shipped, as this edition of it has it."""
    refold(conn, set(shipped_ids(conn)))
    local.put(conn, shipped=edition())


@cache
def _unfolded(kinds: tuple[str, ...]) -> str:
    """The query of what is to be folded: a record of one change that stands for itself is right if it is there."""
    there = " ".join(
        f"""WHEN '{one}' THEN EXISTS (SELECT 1 FROM "{one}" WHERE id = record)"""
        for one in kinds
        if one in STANDING
    )
    is_right = f"CASE kind {there} ELSE FALSE END" if there else "FALSE"
    return (
        f"SELECT kind, record FROM log WHERE (record, kind) > (?, ?) AND kind IN ({','.join('?' * len(kinds))}) "
        f"GROUP BY record, kind HAVING count(*) > 1 OR NOT {is_right} ORDER BY record, kind LIMIT ?"
    )


def refresh(conn: Connection) -> None:
    """Gives the folded tables the shape and content of this program's version, where another wrote them."""
    if local.get(conn, "fold") == str(FOLD_VERSION):
        if local.get(conn, "shipped") != edition():
            _fold_shipped(conn)
        return
    tables = [Base.metadata.tables[name] for name in folded_tables()]
    Base.metadata.drop_all(conn, tables)
    Base.metadata.create_all(conn, tables)
    rebuild(conn)


def folded_tables() -> tuple[str, ...]:
    """The names of the tables that are folded from the log."""
    return (*KINDS, "conflicts", "readonly")


def columns_of_record(conn: Connection, kind: Kind, record: str, folded: Folded | None) -> Columns | None:
    """The columns that a record would have in that state; None where there would be no such record."""
    if kind.name == "complaints":
        project = _complaining(Clocks.read(conn))
    elif kind.name == "rows":
        project = _lining(rows_to_fold(conn, {"rows": {record}}))
    else:
        project = _plainly(kind)
    found = project(record, folded)
    return None if found is None else complete(record, folded, found)


def _plainly(kind: Kind) -> Project:
    if kind.name in KINDS_SHIPPED:
        return _shipping(kind)
    columns_of = shift_columns if kind.name == "shifts" else columns
    return lambda _record, folded: columns_of(kind, folded) if folded else None


def _shipping(kind: Kind) -> Project:
    known = shipped(kind.name)

    def project(record: str, folded: Folded | None) -> Columns | None:
        ours = known.get(record, {})
        if folded is None:
            return defaults(kind) | ours if ours else None
        found = columns(kind, folded)
        return found | {name: value for name, value in ours.items() if found[name] is None}

    return project


def _complaining(clocks: Clocks) -> Project:
    kind = KINDS["complaints"]
    return lambda _record, folded: complaint_columns(kind, folded, clocks) if folded else None


def _lining(rows: dict[str, RowText | None]) -> Project:
    kind = KINDS["rows"]

    def project(record: str, folded: Folded | None) -> Columns | None:
        text = rows[record]
        return row_columns(kind, folded, text) if text else None

    return project


def _fold_kind(conn: Connection, kind: Kind, records: Sequence[str], project: Project, held: _Held) -> None:
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        batch = _Batch()
        for record, changes, incomplete in _histories(conn, kind, some, held):
            folded = fold(kind, changes, incomplete) if changes else None
            found = project(record, folded)
            if found is None:
                batch.gone.append(record)
            else:
                batch.rows.append(complete(record, folded, found))
                batch.conflicts.extend((record, one) for one in (folded.conflicts if folded else ()))
            if not all(change.readable for change in changes):
                batch.readonly.append(record)
        _write(conn, kind, batch, some)


def _histories(
    conn: Connection, kind: Kind, records: Sequence[str], held: _Held
) -> Iterator[tuple[str, list[Change], frozenset[str]]]:
    """Each record with its changes, and the groups of which not all have arrived.

    A change that has the record's id under another kind is none of its own.
    """
    found = changes_by_record(conn, records, held)
    incomplete = incomplete_groups(conn, (one for changes in found.values() for one in changes))
    for record, changes in found.items():
        yield record, [one for one in changes if one.header.on[0] == kind.name], incomplete


def complete(record: str, folded: Folded | None, found: Columns) -> Columns:
    """The columns with those that every folded table has."""
    contested = folded.contested if folded else ()
    return {
        **found,
        "id": record,
        "contested": json.dumps(contested) if contested else None,
        "heads": pack(folded.heads) if folded else None,
    }


@cache
def insert_into(table: str, instead: str) -> tuple[tuple[str, ...], str]:
    """The columns of a table, and the statement that inserts them or REPLACEs a row or IGNOREs the new one."""
    names = tuple(column.name for column in Base.metadata.tables[table].columns)
    listed = ", ".join(f'"{name}"' for name in names)
    return names, f'INSERT OR {instead} INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})'


def _write(conn: Connection, kind: Kind, batch: _Batch, records: Sequence[str]) -> None:
    marks = ",".join("?" * len(records))
    for table in ("conflicts", "readonly"):
        run(conn, f"DELETE FROM {table} WHERE record IN ({marks}) AND kind = ?", (*records, kind.name))
    names, insert = insert_into(kind.name, "REPLACE")
    run_each(conn, insert, [tuple(map(row.get, names)) for row in batch.rows])
    run_each(conn, f'DELETE FROM "{kind.name}" WHERE id = ?', [(record,) for record in batch.gone])
    closed = [(one, kind.name) for one in batch.readonly]
    run_each(conn, "INSERT OR IGNORE INTO readonly (record, kind) VALUES (?, ?)", closed)
    contests = [
        (derived_id(record, kind.name, one.register), record, kind.name, one.register,
         json.dumps(one.fields), json.dumps(one.heads), one.contested)
        for record, one in batch.conflicts
    ]  # fmt: skip
    run_each(
        conn,
        "INSERT OR REPLACE INTO conflicts (id, record, kind, register, fields, heads, contested) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        contests,
    )
