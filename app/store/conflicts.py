"""Reading conflicts: each with its sides, as the contending changes left the fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row

from app.domain.change import Change, Heads
from app.domain.conflicts import Contest, Side
from app.domain.fields import BadInput
from app.domain.kinds import KINDS
from app.domain.merge import values_as_left
from app.domain.projection import said_at
from app.store import reading
from app.store.log import changes_of, incomplete_groups
from app.text import _

_COLUMNS = "id, record, kind, register, fields, heads, contested"
_PREFIX = re.compile(r"[0-9a-f-]{4,36}\Z")


def contests(conn: Connection) -> Iterator[Contest]:
    """Every conflict, in order of their ids; only valid within the transaction."""
    for row in conn.exec_driver_sql(f"SELECT {_COLUMNS} FROM conflicts ORDER BY id").all():
        yield _contest(conn, row, None)


def contest(conn: Connection, id_: str) -> Contest | None:
    """The conflict of an id; None where nothing contends (any more)."""
    row = conn.exec_driver_sql(f"SELECT {_COLUMNS} FROM conflicts WHERE id = ?", (id_,)).first()
    return None if row is None else _contest(conn, row, None)


def find_contest(conn: Connection, text: str, seen: Heads | None = None) -> Contest:
    """The one conflict that an id means: its own or the contested record's, or a unique beginning of either.

    ``seen`` are the heads of the record as the person saw it: those are the sides then. BadInput where none
    or several fit.
    """
    low = text.strip().lower()
    where = "(id >= ? AND id < ?) OR (record >= ? AND record < ?)"
    rows = (
        conn.exec_driver_sql(
            f"SELECT {_COLUMNS} FROM conflicts WHERE {where} LIMIT 2", (low, low + "~") * 2
        ).all()
        if _PREFIX.match(low)
        else []
    )
    if not rows:
        raise BadInput(_("nothing contends at %(text)s: it may have been settled") % {"text": text})
    if len(rows) > 1:
        raise BadInput(_("%(text)s means more than one conflict: give the conflict's id") % {"text": text})
    return _contest(conn, rows[0], seen)


def _contest(conn: Connection, row: Row[Any], seen: Heads | None) -> Contest:
    kind = KINDS[row.kind]
    changes = [one for one in changes_of(conn, row.record) if one.header.on[0] == row.kind]
    values = values_as_left(kind, row.register, changes, incomplete_groups(conn, changes))
    record = reading.get(conn, kind.record, row.record)
    heads = seen if seen is not None else record.heads if record else {}
    contending = heads.get(row.register) or tuple(json.loads(row.heads))
    blank = dict.fromkeys(kind.registers[row.register].fields)
    known = {one.id: one for one in changes}
    return Contest(
        id=row.id,
        contested=tuple(json.loads(row.heads)),
        heads=heads,
        record=row.record,
        kind=row.kind,
        register=row.register,
        fields=tuple(json.loads(row.fields)),
        decided=bool(row.contested),
        sides=tuple(_side(known[one], {**blank, **values[one]}) for one in contending if one in values),
    )


def _side(change: Change, values: dict[str, Any]) -> Side:
    header = change.header
    return Side(change.id, change.name, header.do, header.by, said_at(change), values)
