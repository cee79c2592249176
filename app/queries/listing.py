"""What can be listed and shown: the records of every kind, beside them conflicts, changes and rejected rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any

from app.domain.change import Body, Change, decode
from app.domain.conflicts import Contest
from app.domain.fields import BadInput, blank
from app.domain.history import UNDO, voids_of
from app.domain.instants import from_text
from app.domain.kinds import KINDS, Record
from app.domain.projection import said_at
from app.queries.contested import contests_of
from app.queries.exchange import WAITING, LaneLine, QuarantineLine, lanes, quarantine
from app.queries.records import HistoryLine, history, record, rows
from app.store import local
from app.store.conflicts import contests, find_contest
from app.store.exchange_log import LANE_KIND, in_outbox, states_of
from app.store.log import find_changes
from app.store.reading import resolve_any
from app.store.rejected import RejectedLine, rejected_lines
from app.store.view import StoreView
from app.text import _

CHANGES, CONFLICTS, REJECTED, LANES, QUARANTINE = "changes", "conflicts", "rejected", "lanes", "quarantine"
BESIDES = (CONFLICTS, CHANGES, REJECTED, LANES, QUARANTINE)
"""What can be listed beside the kinds of records."""
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """Concurrent values of a record's fields; ``heads``: of each change its name, who, when, and what it set.

    ``decided``: two decisions, of which none wins until someone settles it. ``contested``: their ids.
    """

    id: str
    external: None = None
    contested: tuple[str, ...]
    record: str
    fields: tuple[str, ...]
    heads: tuple[Body, ...]
    kind: str
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change as the log has it; ``on`` is (kind, id), ``change`` its name: its group's where it has one."""

    id: str
    external: None = None
    contested: tuple[str, ...] = ()
    at: str
    by: str
    on: tuple[str, str]
    decision: str
    set: Body
    state: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row of an office's file that was set aside: the file, its number there, why, and its named cells.

    It is known to this computer alone; ``id`` is its place.
    """

    id: str
    external: None = None
    contested: tuple[str, ...] = ()
    file: str
    kind: str
    row: int
    why: str
    cells: Mapping[str, str]
    at: datetime


def listed(
    view: StoreView, kind: str, where: Mapping[str, str], *, limit: int | None = None, mine: bool = False
) -> Iterator[Any]:
    """The records of a kind, or what can be listed besides; only valid within the transaction.

    They are in the order of their ids, rejected rows and quarantined lines of their files; the own lane comes first.
    ``where`` as for ``rows``; what is no record belongs to no area. BadInput for what there is not.
    """
    if kind == CONFLICTS:
        found: Iterator[Any] = (_conflict(one) for one in contests(view.conn))
        return islice(_fitting(found, ConflictLine, kind, where), limit)
    if kind == CHANGES:
        wanted = _by_id(view, "by", where)
        return islice(_fitting(_changes(view, where.get("state")), ChangeLine, kind, wanted), limit)
    if kind == REJECTED:
        found = (_rejected(one) for one in rejected_lines(view.conn))
        return islice(_fitting(found, RejectedRow, kind, where), limit)
    if kind == LANES:
        return islice(_fitting(lanes(view), LaneLine, kind, _by_id(view, "person", where)), limit)
    if kind == QUARANTINE:
        return islice(_fitting(quarantine(view), QuarantineLine, kind, where), limit)
    if kind not in KINDS:
        there = ", ".join((*KINDS, *BESIDES))
        raise BadInput(_("there is no kind %(kind)s; there are: %(kinds)s") % {"kind": kind, "kinds": there})
    return rows(view, kind, where, limit=limit, mine=mine)


def _by_id(view: StoreView, field: str, where: Mapping[str, str]) -> Mapping[str, str]:
    """The conditions with a person who is named by id."""
    who = where.get(field)
    return {**where, field: view.resolve("people", who)} if who and not blank(who) else where


def shown(view: StoreView, text: str) -> tuple[Any, tuple[HistoryLine, ...]]:
    """What an id or a unique beginning of it means, with the history of its record. BadInput for none or several."""
    try:
        kind, id_ = resolve_any(view.conn, text)
        return record(view, kind, id_), history(view, id_)
    except BadInput as no_record:
        with suppress(BadInput):
            conflict = find_contest(view.conn, text)
            return _conflict(conflict), history(view, conflict.record)
        found = find_changes(view.conn, text.lower()) if len(text) >= 4 else []
        if not found or found[0].header.on[0] == LANE_KIND:
            raise
        if len(found) > 1:
            raise BadInput(_("%(text)s is a decision on several records") % {"text": text}) from no_record
        return _lines(view, found)[0], ()


def conflicts_of(view: StoreView, found: Any) -> tuple[ConflictLine, ...]:
    """What contends about a record that was shown: of a conflict, itself."""
    if isinstance(found, ConflictLine):
        return (found,)
    return tuple(map(_conflict, contests_of(view, found.id))) if isinstance(found, Record) else ()


def _rejected(line: RejectedLine) -> RejectedRow:
    return RejectedRow(
        id=f"{line.file}:{line.row}",
        file=line.file,
        kind=line.kind,
        row=line.row,
        why=line.why,
        cells=line.cells,
        at=from_text(line.at),
    )


def _conflict(contest: Contest) -> ConflictLine:
    return ConflictLine(
        id=contest.id,
        contested=contest.contested,
        record=contest.record,
        fields=contest.fields,
        heads=tuple(
            {"change": side.name, "by": side.by, "at": side.at, "set": side.set, "decision": side.decision}
            for side in contest.sides
        ),
        kind=contest.kind,
        decided=contest.decided,
    )


def _changes(view: StoreView, state: str | None) -> Iterator[ChangeLine]:
    """Every decision in the log, page by page; what lanes say to each other is none.

    One that several made alike, as importers of one export do, stands there once. Of those that wait, which are
    few, the log is not gone through.
    """
    if state == WAITING:
        yield from _lines(view, sorted(in_outbox(view.conn, -1), key=lambda one: one.id))
        return
    after = ""
    while True:
        page = view.conn.exec_driver_sql(
            "SELECT id, raw FROM log AS one WHERE id > ? AND kind != ? AND NOT EXISTS "
            "(SELECT 1 FROM log WHERE id = one.id AND hash < one.hash) ORDER BY id LIMIT ?",
            (after, LANE_KIND, _PAGE),
        ).all()
        if not page:
            return
        yield from _lines(view, [decode(row[1]) for row in page])
        after = page[-1][0]


def _lines(view: StoreView, changes: list[Change]) -> list[ChangeLine]:
    member = local.membership(view.conn)
    states = states_of(view.conn, member.lane if member else "", changes)
    return [
        ChangeLine(
            id=one.id,
            at=said_at(one),
            by=one.header.by,
            on=one.header.on,
            decision="redo" if _is_redo(view, one) else one.header.do,
            set=one.body,
            state=states[one.id],
            change=one.name,
        )
        for one in changes
    ]


def _is_redo(view: StoreView, change: Change) -> bool:
    """True for an undo of an undo."""
    if change.header.do != UNDO:
        return False
    voided = (find_changes(view.conn, id_) for id_ in voids_of(change))
    return any(one.header.do == UNDO for found in voided for one in found)


def _fitting(found: Iterator[Any], line: type[Any], kind: str, where: Mapping[str, str]) -> Iterator[Any]:
    known = {one.name for one in fields(line)}
    for name in where:
        if name not in known:
            raise BadInput(_("%(kind)s have no field %(field)s") % {"kind": kind, "field": name})
    return (one for one in found if all(_fits(getattr(one, name), text) for name, text in where.items()))


def _fits(value: Any, text: str) -> bool:
    """As people would say it: lists have it among them, blank is what is not there."""
    if blank(text):
        return value is None or value in ((), {})
    if isinstance(value, bool):
        return text.strip().lower() in (("true", "yes", "1") if value else ("false", "no", "0"))
    if isinstance(value, tuple):
        return text in value
    return value is not None and text == str(value)
