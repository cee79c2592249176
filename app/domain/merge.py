"""The merge: a record's state as a pure function of the set of its changes (docs/TEAM-FILE.md, "Clock and merge").

It does not depend on the order, the repetition or the grouping in which changes arrive. Nothing here knows
a decision: a change's body names fields, the kind says which register each belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.change import Change, Heads
from app.domain.kinds import Kind, Register, Rule

UNDO = "undo"
IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Concurrent values of a register: a question that a person settles."""

    register: str
    fields: tuple[str, ...]
    heads: tuple[str, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """A record's state: field values, what contends, the growing sets, and which change last wrote a register."""

    values: dict[str, Any]
    heads: Heads
    conflicts: tuple[Conflict, ...]
    entries: dict[str, list[Change]]
    created: Change
    live: tuple[Change, ...] = field(repr=False)

    @property
    def contested(self) -> tuple[str, ...]:
        """The ids of the changes that contend in a decision, in order of their clocks."""
        return tuple(head for conflict in self.conflicts if conflict.contested for head in conflict.heads)


class _History:
    """A record's changes in the order of their clocks, with what is voided or not whole left out."""

    def __init__(self, changes: Iterable[Change], incomplete: frozenset[str]) -> None:
        unique: dict[str, Change] = {}
        for change in changes:
            known = unique.get(change.id)
            if known is None or change.hash < known.hash:
                unique[change.id] = change
        self.by_id = unique
        ordered = sorted(unique.values(), key=lambda change: change.key)
        self.voided = voided(ordered, incomplete)
        self.live = [one for one in ordered if self._counts(one, incomplete)]
        self._names: dict[str, frozenset[str]] = {}
        self._alive = {change.id for change in self.live}

    def _counts(self, change: Change, incomplete: frozenset[str]) -> bool:
        header = change.header
        whole = header.grp is None or header.grp[0] not in incomplete
        return whole and header.do != UNDO and change.id not in self.voided and change.readable

    def named(self, change: Change) -> frozenset[str]:
        """What a change saw: its base, and through a base that no longer counts, what that one saw.

        A base with a later clock than the change itself is ignored.
        """
        known = self._names.get(change.id)
        if known is None:
            seen: set[str] = set()
            for base in change.header.base:
                other = self.by_id.get(base)
                if other is None:
                    seen.add(base)
                elif other.header.hlc < change.header.hlc:
                    seen.add(base)
                    if base not in self._alive:
                        seen |= self.named(other)
            known = self._names[change.id] = frozenset(seen)
        return known

    def waits(self, change: Change) -> bool:
        """True while something that the change names has not arrived."""
        return any(base not in self.by_id for base in change.header.base)


def voided(ordered: list[Change], incomplete: frozenset[str] = frozenset()) -> frozenset[str]:
    """The ids that undos void; an undo of an undo is the redo. ``ordered`` is by clock."""
    clocks = {change.id: change.header.hlc for change in ordered}
    void: set[str] = set()
    for change in reversed(ordered):
        header = change.header
        if header.do != UNDO or change.id in void or (header.grp and header.grp[0] in incomplete):
            continue
        void.update(one for one in change.body.get("voids", ()) if clocks.get(one, "g") < header.hlc)
    return frozenset(void)


def fold(kind: Kind, changes: Iterable[Change], incomplete: frozenset[str] = frozenset()) -> Folded | None:
    """The state of a record. None where nothing of it counts (voided, or parts of a group are missing).

    ``incomplete`` names the groups of which not every part has arrived.
    """
    history = _History(changes, incomplete)
    if not history.live:
        return None
    writers: dict[str, list[Change]] = {}
    entries: dict[str, list[Change]] = {}
    for change in history.live:
        for name in {kind.register_of[one] for one in change.body if one in kind.register_of}:
            writers.setdefault(name, []).append(change)
        for name in kind.sets.intersection(change.body):
            entries.setdefault(name, []).append(change)
    values: dict[str, Any] = {}
    heads: dict[str, tuple[str, ...]] = {}
    conflicts: list[Conflict] = []
    for name in sorted(writers):
        register = kind.registers[name]
        merged = _merge(register, writers[name], history)
        values.update(merged.values)
        heads[name] = merged.heads
        if merged.conflict is not None:
            conflicts.append(merged.conflict)
    return Folded(values, heads, tuple(conflicts), entries, history.live[0], tuple(history.live))


def values_as_left(
    kind: Kind, register_name: str, changes: Iterable[Change], incomplete: frozenset[str] = frozenset()
) -> dict[str, dict[str, Any]]:
    """Change id → a register's fields as its writer left them; an export's as all exports until then made them."""
    register = kind.registers[register_name]
    history = _History(changes, incomplete)
    writers = [one for one in history.live if any(name in one.body for name in register.fields)]
    imports = [one for one in writers if one.header.do == IMPORT]
    decided = [one for one in writers if one.header.do != IMPORT]
    exported = {
        one.id: dict(_merge_imports(register, imports[:number]).values)
        for number, one in enumerate(imports, start=1)
    }
    ground = exported[imports[-1].id] if imports else {}
    return exported | _states(register, decided, history, ground)


@dataclass(frozen=True, slots=True)
class _Merged:
    values: Mapping[str, Any]
    heads: tuple[str, ...]
    conflict: Conflict | None = None


def _merge(register: Register, writers: list[Change], history: _History) -> _Merged:
    if len(writers) == 1:
        only = writers[0]
        return _Merged(_own(register, only), (only.id,))
    imports = [change for change in writers if change.header.do == IMPORT]
    decided = [change for change in writers if change.header.do != IMPORT]
    exported = _merge_imports(register, imports)
    if not decided:
        return exported
    merged = _merge_decided(register, decided, history, exported.values)
    return _against_export(register, merged, imports, history) if imports else merged


def _own(register: Register, change: Change) -> dict[str, Any]:
    return {name: change.body[name] for name in register.fields if name in change.body}


def _merge_imports(register: Register, imports: list[Change]) -> _Merged:
    values: dict[str, Any] = {}
    for change in imports:
        values.update(_own(register, change))
    return _Merged(values, (imports[-1].id,) if imports else ())


def _merge_decided(
    register: Register, decided: list[Change], history: _History, ground: Mapping[str, Any]
) -> _Merged:
    named = {base for change in decided for base in history.named(change)}
    heads = [change for change in decided if change.id not in named]
    states = _states(register, decided, history, ground)
    winner = states[heads[-1].id]
    ids = tuple(change.id for change in heads)
    choices = [{name: states[one.id].get(name) for name in register.deciding} for one in heads]
    if all(one == choices[0] for one in choices) or any(history.waits(change) for change in decided):
        return _Merged(winner, ids)
    conflict = Conflict(register.name, _differing(choices), ids, register.rule is Rule.DECISION)
    if register.rule is Rule.PLAIN:
        return _Merged(winner, ids, conflict)
    return _Merged(_before(heads, decided, states, history, ground), ids, conflict)


def _differing(choices: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(name for name in choices[0] if any(one[name] != choices[0][name] for one in choices))


def _states(
    register: Register, writers: list[Change], history: _History, ground: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Change id → the register as its writer left it: what they saw, with their own fields laid over."""
    states: dict[str, dict[str, Any]] = {}
    for change in writers:
        seen = [base for base in history.named(change) if base in states]
        latest = max(seen, key=lambda base: history.by_id[base].key, default=None)
        states[change.id] = {**(states[latest] if latest else ground), **_own(register, change)}
    return states


def _before(
    heads: list[Change],
    writers: list[Change],
    states: Mapping[str, dict[str, Any]],
    history: _History,
    ground: Mapping[str, Any],
) -> Mapping[str, Any]:
    """The register as it stood before the contest: at the latest change that every head builds on."""
    ours = {change.id: change for change in writers}
    common = set.intersection(*(_ancestors(head, ours, history) for head in heads))
    latest = max(common, key=lambda one: ours[one].key, default=None)
    return states[latest] if latest else ground


def _ancestors(change: Change, ours: Mapping[str, Change], history: _History) -> set[str]:
    found: set[str] = set()
    todo = [change]
    while todo:
        for base in history.named(todo.pop()):
            if base in ours and base not in found:
                found.add(base)
                todo.append(ours[base])
    return found


def _against_export(register: Register, merged: _Merged, imports: list[Change], history: _History) -> _Merged:
    """A person's value stays; where the exported one has changed since, the two are a listed conflict."""
    winner = history.by_id[merged.heads[-1]]
    known = history.named(winner)
    latest = imports[-1]
    seen = [one for one in imports if one.id in known or one.header.hlc < winner.header.hlc]
    if latest in seen or merged.conflict is not None:
        return merged
    offered = _own(register, latest)
    before = _merge_imports(register, seen).values
    fields = tuple(
        name
        for name in register.deciding
        if name in offered and offered[name] != before.get(name) and offered[name] != merged.values.get(name)
    )
    if not fields:
        return merged
    heads = (*merged.heads, latest.id)
    return _Merged(merged.values, heads, Conflict(register.name, fields, heads, contested=False))
