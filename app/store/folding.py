"""The one fold: from the log to the tables. Own decisions, colleagues' changes and a rebuild go through it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.change import Change, Heads
from app.domain.ids import derived_id
from app.domain.kinds import KINDS, Kind
from app.domain.merge import Conflict, Folded, fold
from app.domain.projection import Columns, RowText, columns, complaint_columns, row_columns
from app.store import local
from app.store.clocks import Clocks
from app.store.content import plan_template
from app.store.log import CHUNK, Touched, changes_by_record, every_record, incomplete_groups
from app.store.schema import Base
from app.store.tables import FOLD_VERSION
from app.store.versions import stamp_versions

_OPEN = ("waiting", "acknowledged", "accepted", "extra_work")
_FIRST = ("areas", "people", "customers", "promises", "plans")
"""Kinds on which the columns of others hang are folded before them."""


@dataclass(slots=True)
class _Batch:
    """What one statement per table will write."""

    rows: list[Columns]
    gone: list[str]
    conflicts: list[tuple[str, str, str, Conflict]]
    readonly: list[str]


def refold(conn: Connection, touched: Touched) -> None:
    """Folds the records that changes touched, and those whose columns hang on them, in this transaction."""
    by_kind: dict[str, set[str]] = {}
    for kind, record in touched:
        if kind in KINDS:
            by_kind.setdefault(kind, set()).add(record)
    for kind in sorted(
        by_kind, key=lambda name: (name not in _FIRST, _FIRST.index(name) if name in _FIRST else 0, name)
    ):
        if kind not in ("rows", "complaints"):
            _fold_kind(conn, KINDS[kind], sorted(by_kind[kind]), columns)
    if by_kind.keys() & {"areas", "promises"}:
        by_kind.setdefault("complaints", set()).update(_open_complaints(conn))
    if complaints := by_kind.get("complaints"):
        clocks = Clocks.read(conn)
        _fold_kind(
            conn,
            KINDS["complaints"],
            sorted(complaints),
            lambda kind, one: complaint_columns(kind, one, clocks.deadline),
        )
    if rows := _rows_of(conn, by_kind):
        _fold_rows(conn, rows)
    if by_kind.keys() & {"modules", "questions", "promises"}:
        stamp_versions(conn)


def rebuild(conn: Connection) -> None:
    """Empties the folded tables and folds the whole log anew."""
    for table in folded_tables():
        conn.exec_driver_sql(f'DELETE FROM "{table}"')
    refold(conn, set(every_record(conn)))
    local.put(conn, fold=str(FOLD_VERSION))


def refresh(conn: Connection) -> None:
    """Gives the folded tables the shape and content of this program's version, where another wrote them."""
    if local.get(conn, "fold") == str(FOLD_VERSION):
        return
    tables = [Base.metadata.tables[name] for name in folded_tables()]
    Base.metadata.drop_all(conn, tables)
    Base.metadata.create_all(conn, tables)
    rebuild(conn)


def folded_tables() -> tuple[str, ...]:
    """The names of the tables that are folded from the log."""
    return (*KINDS, "conflicts", "readonly")


def _open_complaints(conn: Connection) -> set[str]:
    marks = ",".join("?" * len(_OPEN))
    return {
        row[0] for row in conn.exec_driver_sql(f"SELECT id FROM complaints WHERE status IN ({marks})", _OPEN)
    }


def _fold_kind(
    conn: Connection, kind: Kind, records: Sequence[str], project: Callable[[Kind, Folded], Columns]
) -> None:
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        batch = _Batch([], [], [], [])
        for record, changes in changes_by_record(conn, some).items():
            folded = _folded(conn, kind, changes, batch, record)
            if folded is None:
                batch.gone.append(record)
            else:
                batch.rows.append(_complete(record, folded, project(kind, folded)))
        _write(conn, kind, batch, some)


def _folded(conn: Connection, kind: Kind, changes: list[Change], batch: _Batch, record: str) -> Folded | None:
    if any(not change.readable for change in changes):
        batch.readonly.append(record)
    folded = fold(kind, changes, incomplete_groups(conn, changes))
    if folded is not None:
        batch.conflicts.extend(
            (derived_id(record, one.register), record, kind.name, one) for one in folded.conflicts
        )
    return folded


def columns_as_seen(conn: Connection, kind: Kind, changes: list[Change], seen: Heads) -> Columns | None:
    """A record as someone saw it whose row had those heads: what came in since is left out."""
    known = {change.id: change for change in changes}
    todo = [head for heads in seen.values() for head in heads if head in known]
    latest = max((known[head].header.hlc for head in todo), default="")
    ours: set[str] = set()
    while todo:
        one = todo.pop()
        if one not in ours:
            ours.add(one)
            todo.extend(base for base in known[one].header.base if base in known)
    kept = [one for one in changes if one.id in ours or (one.header.hlc <= latest and _enters(kind, one))]
    folded = fold(kind, kept, incomplete_groups(conn, kept))
    if folded is None:
        return None
    record = folded.created.header.on[1]
    if kind.name == "complaints":
        return _complete(record, folded, complaint_columns(kind, folded, Clocks.read(conn).deadline))
    if kind.name == "rows":
        text = _rows_of(conn, {"rows": {record}})[record]
        return _complete(record, folded, row_columns(kind, folded, text)) if text else None
    return _complete(record, folded, columns(kind, folded))


def _enters(kind: Kind, change: Change) -> bool:
    """True for a change that only adds to growing sets, or voids: no head tells whether it was seen."""
    return not any(name in kind.register_of for name in change.body)


def _complete(record: str, folded: Folded | None, found: Columns) -> Columns:
    contested = folded.contested if folded else ()
    heads = folded.heads if folded else {}
    return {
        **found,
        "id": record,
        "contested": json.dumps(contested) if contested else None,
        "heads": json.dumps(heads) if heads else None,
    }


def _columns_of(kind: Kind) -> tuple[str, ...]:
    return tuple(column.name for column in Base.metadata.tables[kind.name].columns)


def _write(conn: Connection, kind: Kind, batch: _Batch, records: Sequence[str]) -> None:
    names = _columns_of(kind)
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    keys = [(record,) for record in records]
    conn.exec_driver_sql("DELETE FROM conflicts WHERE record = ?", keys)
    conn.exec_driver_sql("DELETE FROM readonly WHERE record = ?", keys)
    if batch.rows:
        conn.exec_driver_sql(
            f'INSERT OR REPLACE INTO "{kind.name}" ({listed}) VALUES ({marks})',
            [tuple(row.get(name) for name in names) for row in batch.rows],
        )
    if batch.gone:
        conn.exec_driver_sql(f'DELETE FROM "{kind.name}" WHERE id = ?', [(record,) for record in batch.gone])
    if batch.readonly:
        conn.exec_driver_sql(
            "INSERT OR IGNORE INTO readonly (record) VALUES (?)", [(one,) for one in batch.readonly]
        )
    _write_conflicts(conn, batch)


def _write_conflicts(conn: Connection, batch: _Batch) -> None:
    rows = [
        (id_, record, kind, one.register, json.dumps(one.fields), json.dumps(one.heads), one.contested)
        for id_, record, kind, one in batch.conflicts
    ]
    if rows:
        conn.exec_driver_sql(
            "INSERT OR REPLACE INTO conflicts (id, record, kind, register, fields, heads, contested) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def plan_row_id(plan: str, code: str) -> str:
    """The id of a plan's row: everyone derives the same."""
    return derived_id(plan, code)


def _rows_of(conn: Connection, by_kind: dict[str, set[str]]) -> dict[str, RowText | None]:
    """Row id → its template text for every row to fold; None where its plan is gone or not here yet."""
    rows: dict[str, RowText | None] = dict.fromkeys(by_kind.get("rows", ()))
    plans = set(by_kind.get("plans", ()))
    for record in rows:
        known = conn.exec_driver_sql('SELECT plan FROM "rows" WHERE id = ?', (record,)).first()
        if known:
            plans.add(known[0])
    for plan in plans:
        known = conn.exec_driver_sql("SELECT template FROM plans WHERE id = ?", (plan,)).first()
        for text in _texts(plan, known[0] if known else "service-plan"):
            rows[plan_row_id(plan, text.code)] = text if known else None
    return rows


def _texts(plan: str, template_id: str) -> Iterable[RowText]:
    try:
        template = plan_template(template_id)
    except KeyError:
        return
    for row in template.rows:
        titles = tuple(title.text("en") for title in row.titles)
        yield RowText(plan, row.code, row.phase, template.id, titles, row.think_about)


def _fold_rows(conn: Connection, rows: dict[str, RowText | None]) -> None:
    kind = KINDS["rows"]
    records = sorted(rows)
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        batch = _Batch([], [], [], [])
        for record, changes in changes_by_record(conn, some).items():
            text = rows[record]
            folded = _folded(conn, kind, changes, batch, record) if changes and text else None
            if text is None:
                batch.gone.append(record)
            else:
                batch.rows.append(_complete(record, folded, row_columns(kind, folded, text)))
        _write(conn, kind, batch, some)
