"""A record as someone saw it when they opened a form: what came in since is left out (fault 39)."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.change import Change, Heads
from app.domain.history import IMPORT, UNDO, voids_of
from app.domain.kinds import Kind
from app.domain.merge import fold
from app.domain.projection import Columns
from app.store.folding import columns_of_record
from app.store.log import changes_of, incomplete_groups


def columns_as_seen(conn: Connection, kind: Kind, record: str, seen: Heads) -> Columns | None:
    """The columns of a record whose row had those heads; None where nothing of it was there."""
    changes = [one for one in changes_of(conn, record) if one.header.on[0] == kind.name]
    kept = _seen_of(kind, changes, seen)
    return columns_of_record(conn, kind, record, fold(kind, kept, incomplete_groups(conn, kept)))


def _seen_of(kind: Kind, changes: list[Change], seen: Heads) -> list[Change]:
    known = {change.id: change for change in changes}
    shown = {head for heads in seen.values() for head in heads}
    built_on = _built_on(shown, known)
    last = max((known[head].key for head in shown if head in known), default=("", ""))

    def was_seen(change: Change) -> bool:
        if change.header.do == UNDO:
            return change.key <= _last(seen.get(UNDO), known) and shown.isdisjoint(voids_of(change))
        if change.header.do == IMPORT:
            return change.key <= last
        entered = [name for name in change.body if name in kind.sets]
        if any(change.key <= _last(seen.get(name), known) for name in entered):
            return not any(name in kind.register_of for name in change.body) or change.id in built_on
        return change.id in built_on

    return [change for change in changes if was_seen(change)]


def _last(heads: tuple[str, ...] | None, known: dict[str, Change]) -> tuple[str, str]:
    return max((known[one].key for one in heads or () if one in known), default=("", ""))


def _built_on(shown: set[str], known: dict[str, Change]) -> set[str]:
    """What was shown, and all that its writers had seen of it in turn."""
    found: set[str] = set()
    todo = [one for one in shown if one in known]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo.extend(base for base in known[one].header.base if base in known)
    return found
