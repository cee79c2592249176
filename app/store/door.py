"""The write door: the only place where this installation adds changes to the log.

One decision is one call inside one transaction: sealed, logged, put in the outbox, folded. Either all of it
is committed or nothing happened.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.change import Body, Change, Header, Heads, seal
from app.domain.hlc import at_instant, milliseconds, tick
from app.domain.ids import Entropy, change_id, random_id
from app.domain.instants import local_iso
from app.domain.kinds import KINDS
from app.store import local
from app.store.folding import refold
from app.store.heads import unpack
from app.store.log import append, lane_state, put_in_outbox, touched_by


@dataclass(frozen=True, slots=True)
class Write:
    """One change to be made. ``base`` None: the heads as they are now of the registers that it writes."""

    kind: str
    record: str
    body: Body
    base: tuple[str, ...] | None = None
    id: str | None = None
    as_of: datetime | None = None


class Writer:
    """Makes changes as one person, at one instant, within a transaction that the caller holds."""

    def __init__(
        self, conn: Connection, by: str, now: datetime, entropy: Entropy = secrets.token_bytes
    ) -> None:
        found = local.membership(conn)
        if found is None:
            raise LookupError("no team joined")
        self._conn = conn
        self._by = by
        self._now = now
        self._entropy = entropy
        self._member = found

    def write(self, decision: str, writes: Sequence[Write], *, grouped: bool = True) -> list[Change]:
        """Seals, logs and folds; several writes become one group. ValueError for a body that is too long.

        The rows of an import are no group: each counts as it arrives, whoever read the file.
        """
        state = lane_state(self._conn, self._member.lane)
        group = random_id(self._entropy) if grouped and len(writes) > 1 else None
        seq, prev, last = state.top, state.top_hash, state.hlc
        changes: list[Change] = []
        for number, write in enumerate(writes, start=1):
            seq += 1
            grp = (group, number, len(writes)) if group else None
            change = seal(self._header(decision, write, seq, prev, last, grp), write.body)
            prev, last = change.hash, change.header.hlc
            changes.append(change)
        append(self._conn, changes)
        put_in_outbox(self._conn, self._member.lane, state.top)
        refold(self._conn, touched_by(self._conn, changes), changes)
        return changes

    def _header(
        self, decision: str, write: Write, seq: int, prev: str, last: str, grp: tuple[str, int, int] | None
    ) -> Header:
        base = heads_of(self._conn, write) if write.base is None else write.base
        wall = milliseconds(self._now)
        clocks = _clocks(self._conn, write.record, base)
        return Header(
            grp=grp,
            team=self._member.team,
            lane=self._member.lane,
            seq=seq,
            prev=prev,
            id=write.id or change_id(wall, self._entropy),
            hlc=at_instant(write.as_of) if write.as_of else tick(wall, clocks, last),
            at=local_iso(self._now, self._member.zone),
            by=self._by,
            on=(write.kind, write.record),
            do=decision,
            base=base,
            bh="",
        )


def _clocks(conn: Connection, record: str, base: tuple[str, ...]) -> list[str]:
    if not base:
        return []
    rows = conn.exec_driver_sql("SELECT id, hlc FROM log WHERE record = ?", (record,))
    return [hlc for id_, hlc in rows if id_ in base]


def heads_of(conn: Connection, write: Write) -> tuple[str, ...]:
    """The present heads of the registers that a body writes."""
    return heads_for(write.kind, write.body, _current_heads(conn, write.kind, write.record))


def heads_for(kind: str, body: Mapping[str, object], heads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The heads, among those seen, of the registers that a body writes."""
    register_of = KINDS[kind].register_of
    written = sorted({register_of[name] for name in body if name in register_of})
    return tuple(dict.fromkeys(head for register in written for head in heads.get(register, ())))


def _current_heads(conn: Connection, kind: str, record: str) -> Heads:
    row = conn.exec_driver_sql(f'SELECT heads FROM "{kind}" WHERE id = ?', (record,)).first()
    return unpack(row[0]) if row else {}
