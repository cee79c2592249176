"""Undo and redo: changes that name what they void. Nothing is ever taken out of the log."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.decisions.on_top import creates, decided_on_top, history_of, told, written_since
from app.decisions.registry import DECISIONS
from app.decisions.taking import Outcome, Refused, check_readable, take_each
from app.domain.change import Change
from app.domain.fields import BadInput
from app.domain.history import ACK, IMPORT, UNDO, History, voids_of
from app.domain.kinds import KINDS
from app.store import local
from app.store.door import Write, Writer
from app.store.log import begins_several, find_changes, latest_of_lane
from app.store.view import StoreView
from app.text import _

REACH = 400
"""So far back among this installation's changes an undo without a name looks for what to undo."""
_UNKNOWN = _("this Tavle does not know %(what)s: update it")
_SHORTEST = 4
_UNNOTICED = ("complaint.read", ACK)


def undo(conn: Connection, view: StoreView, name: str | None, reason: str | None = None) -> Outcome:
    """Voids a decision (all parts of its group), or this installation's last one.

    Refused where it is never undone, is undone already, or someone has decided on top. A signature is taken
    back with a reason, as ``plan.unsign``.
    """
    parts = _named(conn, name) if name else _last_decision(conn)
    if parts[0].header.do == UNDO:
        raise BadInput(_("%(name)s is an undo: use redo to take it back") % {"name": parts[0].name})
    _check_may_undo(view, parts[0])
    _check_whole(parts)
    together = {one.header.on[1] for one in parts}
    for change in parts:
        _check_known(change.header.on[0])
        check_readable(conn, change.header.on[1])
        history = history_of(conn, change.header.on[1])
        if change.id in history.voided:
            raise Refused(_("it is undone already"))
        if creates(change) and change.header.on[1] == view.actor.id:
            raise Refused(_("it registered you, who are acting: it cannot be undone"))
        if later := decided_on_top(conn, change, history, together):
            why = _("someone has decided on top of it (%(what)s): it cannot be undone")
            raise Refused(why % {"what": told(view, later)})
    if parts[0].header.do == "plan.sign":
        return _take_back(conn, view, parts, reason)
    return _void(conn, view, [(one, (one.id,)) for one in parts])


def redo(conn: Connection, view: StoreView, name: str | None) -> Outcome:
    """Takes an undo back: the one named, the undo of the change named, or this installation's last."""
    parts = _named(conn, name) if name else _last_undo(conn)
    _check_whole(parts)
    pairs = []
    for change in parts:
        _check_known(change.header.on[0])
        check_readable(conn, change.header.on[1])
        history = history_of(conn, change.header.on[1])
        undos = _standing_undos(history, change)
        if not undos:
            raise Refused(_("there is nothing to redo"))
        if later := written_since(history, undos):
            why = _("someone has decided on top of it (%(what)s): it cannot be redone")
            raise Refused(why % {"what": told(view, later)})
        pairs.append((undos[-1], tuple(one.id for one in undos)))
    return _void(conn, view, pairs)


def _named(conn: Connection, name: str) -> list[Change]:
    """The change of a name; where it is part of a group, all parts of it: they were one decision."""
    low = name.strip().lower()
    if len(low) < _SHORTEST:
        raise BadInput(
            _("%(name)s is too short: give at least the change's first 4 characters") % {"name": name}
        )
    parts = find_changes(conn, low)
    if not parts and begins_several(conn, low):
        raise BadInput(
            _("%(name)s is the beginning of more than one change: give more of it") % {"name": name}
        )
    if not parts:
        raise BadInput(_("there is no change %(name)s") % {"name": name})
    group = parts[0].header.grp
    return find_changes(conn, group[0]) if group else parts


def _check_whole(parts: Sequence[Change]) -> None:
    group = parts[0].header.grp
    if group is not None and len({one.header.grp for one in parts}) < group[2]:
        raise Refused(_("not all of it has arrived yet: sync first"))


def _stays(change: Change) -> bool:
    """True for what happened and is never undone: what was received, logged, read, imported, settled."""
    declared = DECISIONS.get(change.header.do)
    return change.header.do in (IMPORT, ACK) or (declared is not None and not declared.undoable)


def _check_may_undo(view: StoreView, change: Change) -> None:
    do = change.header.do
    declared = DECISIONS.get(do)
    if _stays(change):
        title = declared.title if declared else do
        raise Refused(_("it happened, and is never undone: %(title)s") % {"title": title.lower()})
    if declared is None:
        raise Refused(_UNKNOWN % {"what": do})
    if wrong := declared.wrong_role(view):
        raise Refused(wrong)


def _check_known(kind: str) -> None:
    if kind not in KINDS:
        raise Refused(_UNKNOWN % {"what": kind})


def _last_decision(conn: Connection) -> list[Change]:
    for change in _own(conn):
        if change.header.do in (UNDO, *_UNNOTICED) or _stays(change):
            continue
        if change.id in history_of(conn, change.header.on[1]).voided:
            continue
        return _named(conn, change.name)
    raise Refused(_("there is nothing to undo"))


def _last_undo(conn: Connection) -> list[Change]:
    for change in _own(conn):
        history = history_of(conn, change.header.on[1])
        if change.header.do in _UNNOTICED or _stays(change) or change.id in history.voided:
            continue
        if change.header.do != UNDO:
            break
        if _is_redo(history, change):
            continue
        return _named(conn, change.name)
    raise Refused(_("there is nothing to redo"))


def _own(conn: Connection) -> list[Change]:
    member = local.membership(conn)
    return latest_of_lane(conn, member.lane, REACH) if member else []


def _is_redo(history: History, change: Change) -> bool:
    return not {one.id for one in history.undos()}.isdisjoint(voids_of(change))


def _standing_undos(history: History, change: Change) -> list[Change]:
    """The undos that keep the change void, by clock; of an undo given itself, those of what it voids."""
    target = set(voids_of(change)) if change.header.do == UNDO else {change.id}
    return [
        one for one in history.undos() if one.id not in history.voided and target.intersection(voids_of(one))
    ]


def _take_back(conn: Connection, view: StoreView, parts: list[Change], reason: str | None) -> Outcome:
    if not reason or not reason.strip():
        raise Refused(_("a signature is taken back with a reason: plan.unsign"))
    return take_each(
        conn, view, "plan.unsign", [(one.header.on[1], None) for one in parts], {"reason": reason}
    )


def _void(conn: Connection, view: StoreView, pairs: Sequence[tuple[Change, tuple[str, ...]]]) -> Outcome:
    """Writes the undos: for each change, on its record, the ids that are voided."""
    writes = [Write(one.header.on[0], one.header.on[1], {"voids": list(ids)}, ids) for one, ids in pairs]
    try:
        changes = Writer(conn, view.actor.id, view.now).write(UNDO, writes)
    except ValueError as error:
        raise BadInput(str(error)) from error
    kind, id_ = changes[0].header.on
    records = tuple(one.header.on for one in changes)
    about = tuple(one for its, one in records if its == kind)
    decision = _decided(conn, pairs[0][0])
    return Outcome(
        changes[0].name, UNDO, kind, id_, tuple(one for _kind, one in records), about=about, undone=decision
    )


def _decided(conn: Connection, change: Change) -> str:
    """The decision that a change made; of an undo the one that it voids."""
    by_id = history_of(conn, change.header.on[1]).by_id
    while change.header.do == UNDO:
        voided = next((by_id[one] for one in voids_of(change) if one in by_id), None)
        if voided is None:
            break
        change = voided
    return change.header.do
