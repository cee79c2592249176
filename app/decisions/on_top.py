"""What stands on a change: where someone has decided on top of it, it is neither undone nor redone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from app.decisions.registry import DECISIONS
from app.domain.change import Change
from app.domain.history import IMPORT, UNDO, History, voids_of
from app.domain.instants import from_text
from app.domain.kinds import KINDS, Kind, Rule
from app.domain.projection import instant_of
from app.domain.records import Person
from app.store.log import changes_of, incomplete_groups
from app.store.schema import Base
from app.store.view import StoreView
from app.text import _


def history_of(conn: Connection, record: str) -> History:
    """A record's changes with what is voided among them."""
    changes = changes_of(conn, record)
    return History(changes, incomplete_groups(conn, changes))


def decided_on_top(
    conn: Connection, change: Change, history: History, together: Collection[str]
) -> Change | None:
    """The latest decision that builds on the change. ``together`` are the ids of its group's records."""
    kind = KINDS[change.header.on[0]]
    others = [one for one in reversed(history.live) if one.id != change.id]
    if later := next((one for one in others if _stands_on(one, change, kind)), None):
        return later
    if not creates(change):
        return None
    return others[0] if others else _refers_to(conn, kind, change.header.on[1], together)


def written_since(history: History, undos: Collection[Change]) -> Change | None:
    """A decision, since the undone changes were made, on what those had decided.

    What they had seen themselves may stand again: the clocks of undos tell nothing about that.
    """
    targets = {one for undo in undos for one in voids_of(undo)}
    undone = [one for one in history.ordered if one.id in targets and one.header.do != UNDO]
    seen = targets.union(*(history.named(one) for one in undone))
    heads = (head for one in undone for head in _heads_beside(one, history))
    return next((head for head in heads if head.id not in seen), None)


def _heads_beside(change: Change, history: History) -> Iterator[Change]:
    """The decisions that stand now on the registers that a change wrote."""
    kind = KINDS[change.header.on[0]]
    for name in _registers(change, kind):
        writers = [one for one in history.live if one.header.do != IMPORT and name in _registers(one, kind)]
        named = {base for one in writers for base in history.named(one)}
        yield from (one for one in writers if one.id not in named)


def _stands_on(later: Change, change: Change, kind: Kind) -> bool:
    """True for a later write of the same register, or an outcome decided with what the change had entered."""
    if later.key < change.key:
        return False
    written = _registers(later, kind)
    decides = any(kind.registers[name].rule is Rule.DECISION for name in written)
    entered = not kind.sets.isdisjoint(change.body)
    return not written.isdisjoint(_registers(change, kind)) or (entered and decides)


def _registers(change: Change, kind: Kind) -> set[str]:
    return {kind.register_of[name] for name in change.body if name in kind.register_of}


def creates(change: Change) -> bool:
    """True for a decision that made its record."""
    declared = DECISIONS.get(change.header.do)
    if declared is None or declared.several:
        return False
    return (declared.on is None or declared.creates) and not change.header.base


def _refers_to(conn: Connection, kind: Kind, record: str, together: Collection[str]) -> Change | None:
    """By what another record came to name this one; rows of a plan count once something was decided on them."""
    for other in KINDS.values():
        columns = Base.metadata.tables[other.name].columns
        for name, spec in other.specs.items():
            if spec.type.kind != kind.name or name not in columns:
                continue
            rows = conn.exec_driver_sql(
                f'SELECT id FROM "{other.name}" WHERE "{name}" = ? AND heads IS NOT NULL LIMIT ?',
                (record, len(together) + 2),
            )
            if other_one := next((row[0] for row in rows if row[0] not in together), None):
                live = history_of(conn, other_one).live
                return next((one for one in reversed(live) if name in one.body), live[-1])
    return None


def told(view: StoreView, change: Change) -> str:
    """A decision in a few words: what, by whom, and when."""
    header = change.header
    declared, who = DECISIONS.get(header.do), view.get(Person, header.by)
    what = {
        "what": declared.title if declared else _("an import") if header.do == IMPORT else header.do,
        "who": who.name if who else "–",
        "when": f"{from_text(instant_of(change)).astimezone(view.zone):%d %b %H:%M}",
    }
    return _("%(what)s, %(who)s, %(when)s") % what
