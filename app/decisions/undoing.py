"""Undo and redo: changes that name what they void. Nothing is ever taken out of the log."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.decisions.registry import DECISIONS
from app.decisions.taking import Outcome, Refused, take
from app.domain.change import Change
from app.domain.fields import BadInput
from app.domain.kinds import KINDS, Kind, Rule
from app.domain.history import IMPORT, UNDO, voided
from app.store import local
from app.store.door import Write, Writer
from app.store.log import changes_of, find_changes, incomplete_groups, latest_of_lane
from app.store.view import StoreView
from app.text import _

REACH = 400
"""So far back among this installation's changes an undo without a name looks for what to undo."""
_UNNOTICED = ("complaint.read", "ack")


def undo(conn: Connection, view: StoreView, name: str | None, reason: str | None = None) -> Outcome:
    """Voids a decision (all parts of its group), or this installation's last one.

    Refused where it is never undone, is undone already, or someone has decided on top. A signature is taken
    back with a reason, as ``plan.unsign``.
    """
    parts = _named(conn, name) if name else _last_decision(conn)
    for change in parts:
        if change.header.do == UNDO:
            raise BadInput(_("%(name)s is an undo: use redo to take it back") % {"name": change.name})
        _check_undoable(conn, change)
    if parts[0].header.do == "plan.sign":
        return _take_back(conn, view, parts, reason)
    return _void(conn, view, [(one, (one.id,)) for one in parts])


def redo(conn: Connection, view: StoreView, name: str | None) -> Outcome:
    """Takes an undo back: the one named, the undo of the change named, or this installation's last."""
    parts = _named(conn, name) if name else _last_undo(conn)
    pairs = []
    for change in parts:
        history = changes_of(conn, change.header.on[1])
        undos = _standing_undos(history, change)
        if not undos:
            raise Refused(_("there is nothing to redo"))
        latest = max(undos, key=lambda one: one.key)
        if _written_after(history, undos, latest):
            raise Refused(_("someone has decided on top of it: it cannot be redone"))
        pairs.append((latest, tuple(one.id for one in undos)))
    return _void(conn, view, pairs)


def _named(conn: Connection, name: str) -> list[Change]:
    parts = find_changes(conn, name.lower()) if len(name) >= 4 else []
    if not parts:
        raise BadInput(_("there is no one change %(name)s") % {"name": name})
    return parts


def _last_decision(conn: Connection) -> list[Change]:
    for change in _own(conn):
        if change.header.do == UNDO or change.header.do in _UNNOTICED:
            continue
        if change.id in _voided_with(conn, change):
            continue
        return _named(conn, change.name)
    raise Refused(_("there is nothing to undo"))


def _last_undo(conn: Connection) -> list[Change]:
    for change in _own(conn):
        if change.header.do in _UNNOTICED or change.id in _voided_with(conn, change):
            continue
        if change.header.do != UNDO:
            break
        if _is_redo(changes_of(conn, change.header.on[1]), change):
            continue
        return _named(conn, change.name)
    raise Refused(_("there is nothing to redo"))


def _own(conn: Connection) -> list[Change]:
    member = local.membership(conn)
    return latest_of_lane(conn, member.lane, REACH) if member else []


def _voided_with(conn: Connection, change: Change) -> frozenset[str]:
    history = changes_of(conn, change.header.on[1])
    return voided(history, incomplete_groups(conn, history))


def _is_redo(history: Sequence[Change], change: Change) -> bool:
    undos = {one.id for one in history if one.header.do == UNDO}
    return bool(undos.intersection(change.body.get("voids", ())))


def _standing_undos(history: list[Change], change: Change) -> list[Change]:
    """The undos that keep the change void; of an undo given itself, those of what it voids."""
    target = set(change.body.get("voids", ())) if change.header.do == UNDO else {change.id}
    void = voided(history)
    return [
        one
        for one in history
        if one.header.do == UNDO and one.id not in void and target.intersection(one.body.get("voids", ()))
    ]


def _written_after(history: list[Change], undos: list[Change], latest: Change) -> bool:
    targets = {one for undo in undos for one in undo.body.get("voids", ())}
    void = voided(history)
    registers = {name for one in history if one.id in targets for name in _registers(one)}
    return any(
        one.key > latest.key
        and one.header.do != UNDO
        and one.id not in void
        and registers.intersection(_registers(one))
        for one in history
    )


def _registers(change: Change) -> set[str]:
    kind = KINDS.get(change.header.on[0])
    return {kind.register_of[name] for name in change.body if name in kind.register_of} if kind else set()


def _check_undoable(conn: Connection, change: Change) -> None:
    declared = DECISIONS.get(change.header.do)
    title = declared.title if declared else change.header.do
    if change.header.do in (IMPORT, "ack") or (declared is not None and not declared.undoable):
        raise Refused(_("%(title)s is never undone: it happened") % {"title": title})
    kind = KINDS.get(change.header.on[0])
    if kind is None:
        raise Refused(_("this Tavle does not know %(kind)s: update it") % {"kind": change.header.on[0]})
    history = changes_of(conn, change.header.on[1])
    void = voided(history, incomplete_groups(conn, history))
    if change.id in void:
        raise Refused(_("it is undone already"))
    if any(_stands_on(one, change, kind) for one in history if one.id not in void and one.header.do != UNDO):
        raise Refused(_("someone has decided on top of it: it cannot be undone"))


def _stands_on(later: Change, change: Change, kind: Kind) -> bool:
    if later.id == change.id or later.key < change.key:
        return False
    shared = _registers(later) & _registers(change)
    decides = any(kind.registers[name].rule is Rule.DECISION for name in _registers(later))
    entered = kind.sets.intersection(change.body)
    return bool(shared) or (bool(entered) and decides)


def _take_back(conn: Connection, view: StoreView, parts: list[Change], reason: str | None) -> Outcome:
    if not reason or not reason.strip():
        raise Refused(_("a signature is taken back with a reason: plan.unsign"))
    if len(parts) > 1:
        raise Refused(_("several rows were signed together: take each signature back with its reason"))
    return take(conn, view, "plan.unsign", parts[0].header.on[1], {"reason": reason})


def _void(conn: Connection, view: StoreView, pairs: Sequence[tuple[Change, tuple[str, ...]]]) -> Outcome:
    """Writes the undos: for each change, on its record, the ids that are voided."""
    writes = [Write(one.header.on[0], one.header.on[1], {"voids": list(ids)}, ids) for one, ids in pairs]
    changes = Writer(conn, view.actor.id, view.now).write(UNDO, writes)
    kind, id_ = changes[0].header.on
    return Outcome(changes[0].name, UNDO, kind, id_, tuple(one.header.on[1] for one in changes))
