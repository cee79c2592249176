"""Taking a decision: read its fields, check it against the record, make its changes, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.decisions.registry import DECISIONS, Decision, Instead, Set
from app.domain.change import Change, Heads
from app.domain.conflicts import Contest
from app.domain.fields import BadInput
from app.domain.kinds import Kind, Record
from app.store import reading
from app.store.as_seen import columns_as_seen
from app.store.conflicts import find_contest
from app.store.door import Write, Writer, heads_for
from app.store.view import StoreView
from app.text import _


class Refused(Exception):
    """A rule of the business stands against it; the text says why in one line. Nothing was changed.

    ``on`` is the record that it stands against, where a decision was taken on several; ``instead`` is the way on.
    """

    def __init__(self, why: str, on: str | None = None, instead: Instead | None = None) -> None:
        super().__init__(why)
        self.on = on
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision that was taken: the name of its change (or group), and the record it was about.

    ``records`` are all that it set; ``about`` those that it was taken on, one each. ``undone``: of an undo or a redo
    the decision that it takes back or lets count again.
    """

    change: str
    decision: str
    kind: str
    id: str
    records: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    undone: str = ""

    def after(self, word: str) -> str:
        """A word for what became of a decision, and the decision: ``Undone: Approved``."""
        declared = DECISIONS.get(self.undone)
        return f"{word} {declared.done}" if declared else word


def decision_named(name: str) -> Decision:
    """The declared decision of a name. BadInput for an unknown one."""
    found = DECISIONS.get(name)
    if found is None:
        raise BadInput(_("there is no decision %(name)s") % {"name": name})
    return found


def take(
    conn: Connection,
    view: StoreView,
    name: str,
    on: str | None,
    given: Mapping[str, Any],
    seen: Heads | None = None,
) -> Outcome:
    """Takes one decision on a record (None: it creates one). Refused or BadInput where it cannot be.

    ``seen`` is what the person saw when the form was opened: the record as it was then is what the rules are
    checked against, and the change's base. So what came in between is neither overwritten nor a reason to lose
    what was typed: it becomes a listed conflict.
    """
    return _commit(
        conn, view, decision_named(name), [_prepare(conn, view, decision_named(name), on, given, seen)]
    )


def take_each(
    conn: Connection,
    view: StoreView,
    name: str,
    marked: Iterable[tuple[str, Heads | None]],
    given: Mapping[str, Any],
) -> Outcome:
    """Takes one decision on several records as one group, undone as one. All are taken, or none."""
    decision = decision_named(name)
    prepared = []
    for on, seen in marked:
        try:
            prepared.append(_prepare(conn, view, decision, on, given, seen))
        except Refused as why:
            raise Refused(str(why), on) from why
    if not prepared:
        raise Refused(_("none of them can be decided so"))
    return _commit(conn, view, decision, prepared)


@dataclass(frozen=True, slots=True)
class _Prepared:
    sets: tuple[Set, ...]
    seen: Heads | None
    warning: str | None


def _prepare(
    conn: Connection,
    view: StoreView,
    decision: Decision,
    on: str | None,
    given: Mapping[str, Any],
    seen: Heads | None,
) -> _Prepared:
    if reason := decision.wrong_role(view):
        raise Refused(reason)
    record = _record(conn, decision, on, seen)
    taken = decision.read(given, view)
    if reason := decision.refusal(taken, record, view):
        raise Refused(reason, instead=decision.instead(taken, record, view))
    return _Prepared(tuple(taken.changes(record, view)), seen, decision.warning(record, view))


def _record(conn: Connection, decision: Decision, on: str | None, seen: Heads | None) -> Record | None:
    if decision.on is None:
        if on is not None:
            raise BadInput(_("%(decision)s creates a record: give no id") % {"decision": decision.name})
        return None
    if not on:
        if decision.creates:
            return None
        raise BadInput(_("%(decision)s needs the id of one of the %(kind)s") % _names(decision.on, decision))
    if decision.on.record is Contest:
        contest = find_contest(conn, on, seen)
        check_readable(conn, contest.record)
        return contest
    id_ = reading.resolve(conn, decision.on.name, on)
    check_readable(conn, id_)
    record = reading.get(conn, decision.on.record, id_)
    assert record is not None
    if seen is None or seen == record.heads:
        return record
    columns = columns_as_seen(conn, decision.on, id_, seen)
    return record if columns is None else reading.to_record(decision.on.record, {**columns, "id": id_})


def check_readable(conn: Connection, id_: str) -> None:
    """Refused where a newer program has written to the record."""
    if conn.exec_driver_sql("SELECT 1 FROM readonly WHERE record = ?", (id_,)).first():
        raise Refused(_("a newer Tavle has written to this record: update this one to decide on it"))


def _names(kind: Kind, decision: Decision) -> dict[str, str]:
    return {"kind": kind.name, "decision": decision.name}


def _commit(conn: Connection, view: StoreView, decision: Decision, prepared: list[_Prepared]) -> Outcome:
    writes = [
        Write(one.kind, one.id, one.fields, _base(one, item.seen, seen=number == 0 and _is_on(decision, one)))
        for item in prepared
        for number, one in enumerate(item.sets)
    ]
    for write in writes:
        check_readable(conn, write.record)
    try:
        changes: list[Change] = Writer(conn, view.actor.id, view.now).write(decision.name, writes)
    except ValueError as error:
        raise BadInput(str(error)) from error
    first = changes[0]
    kind, id_ = first.header.on
    warnings = tuple(dict.fromkeys(item.warning for item in prepared if item.warning))
    about = tuple(item.sets[0].id for item in prepared if item.sets)
    return Outcome(
        first.name, decision.name, kind, id_, tuple(one.header.on[1] for one in changes), warnings, about
    )


def _is_on(decision: Decision, one: Set) -> bool:
    """Whether what is set may be the record that was seen, and not one beside it."""
    return decision.on is None or decision.on.record is Contest or one.kind == decision.on.name


def _base(one: Set, heads: Heads | None, *, seen: bool) -> tuple[str, ...] | None:
    if one.new:
        return ()
    return heads_for(one.kind, one.fields, heads) if heads is not None and seen else None
