"""The merge: a record's state as a pure function of the set of its changes (docs/TEAM-FILE.md, "Clock and merge").

It does not depend on the order, the repetition or the grouping in which changes arrive. Nothing here knows
a decision: a change's body names fields, the kind says which register each belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.domain.change import Change, Heads
from app.domain.history import IMPORT, UNDO, History, counts, voided
from app.domain.kinds import KINDS, Kind, Register, Rule

__all__ = ["IMPORT", "UNDO", "Conflict", "Folded", "fold", "shape", "values_as_left", "voided"]


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


def fold(kind: Kind, changes: Collection[Change], incomplete: frozenset[str] = frozenset()) -> Folded | None:
    """The state of a record. None where nothing of it counts (voided, or parts of a group are missing).

    ``incomplete`` names the groups of which not every part has arrived.
    """
    if len(changes) == 1:
        (only,) = changes
        return _alone(kind, only) if counts(only, incomplete) else None
    history = History(changes, incomplete)
    if not history.live:
        return None
    writers, entries = _sorted_out(kind, history.live)
    values: dict[str, Any] = {}
    heads: dict[str, tuple[str, ...]] = {name: (found[-1].id,) for name, found in entries.items()}
    if undos := history.undos():
        heads[UNDO] = (undos[-1].id,)
    conflicts: list[Conflict] = []
    for name in sorted(writers):
        merged = _merge(kind.registers[name], writers[name], history)
        values.update(merged.values)
        heads[name] = merged.heads
        if merged.conflict is not None:
            conflicts.append(merged.conflict)
    return Folded(values, heads, tuple(conflicts), entries, history.live[0], tuple(history.live))


def _alone(kind: Kind, change: Change) -> Folded:
    """The state of a record of one change, as most are."""
    fields, sets, heads = shape(kind.name, tuple(change.body))
    values = {name: change.body[name] for name in fields}
    return Folded(
        values, dict.fromkeys(heads, (change.id,)), (), {name: [change] for name in sets}, change, (change,)
    )


@lru_cache(maxsize=1024)
def shape(kind_name: str, members: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Of a body's members: the fields, the entries of growing sets, and all that it is then a head of."""
    kind = KINDS[kind_name]
    fields = tuple(name for name in members if name in kind.register_of)
    sets = tuple(name for name in members if name in kind.sets)
    return fields, sets, (*sets, *sorted({kind.register_of[name] for name in fields}))


_Lists = dict[str, list[Change]]


def _sorted_out(kind: Kind, live: Iterable[Change]) -> tuple[_Lists, _Lists]:
    """Who writes which register, and who adds to which growing set."""
    writers: _Lists = {}
    entries: _Lists = {}
    for change in live:
        for name in change.body:
            if (register := kind.register_of.get(name)) is not None:
                found = writers.setdefault(register, [])
                if not found or found[-1] is not change:
                    found.append(change)
            elif name in kind.sets:
                entries.setdefault(name, []).append(change)
    return writers, entries


def values_as_left(
    kind: Kind, register_name: str, changes: Iterable[Change], incomplete: frozenset[str] = frozenset()
) -> dict[str, dict[str, Any]]:
    """Change id → a register's fields as its writer left them; an export's as all exports until then made them."""
    register = kind.registers[register_name]
    history = History(changes, incomplete)
    imports, decided = _apart(_sorted_out(kind, history.live)[0].get(register_name, []))
    exported = {
        one.id: dict(_merge_imports(register, imports[:number]).values)
        for number, one in enumerate(imports, start=1)
    }
    ground = exported[imports[-1].id] if imports else {}
    return exported | _Decided(register, decided, history, ground).states


def _apart(writers: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """What offices export, and what people decide."""
    imports: list[Change] = []
    decided: list[Change] = []
    for change in writers:
        (imports if change.header.do == IMPORT else decided).append(change)
    return imports, decided


@dataclass(frozen=True, slots=True)
class _Merged:
    values: Mapping[str, Any]
    heads: tuple[str, ...]
    conflict: Conflict | None = None


def _merge(register: Register, writers: list[Change], history: History) -> _Merged:
    if len(writers) == 1:
        return _Merged(_own(register, writers[0]), (writers[0].id,))
    imports, decided = _apart(writers)
    exported = _merge_imports(register, imports)
    if not decided:
        return exported
    merged = _chained(register, decided, history, exported.values)
    if merged is None:
        merged = _Decided(register, decided, history, exported.values).merged()
    return _against_export(register, merged, imports, history) if imports else merged


def _own(register: Register, change: Change) -> dict[str, Any]:
    return {name: change.body[name] for name in register.fields if name in change.body}


def _merge_imports(register: Register, imports: list[Change]) -> _Merged:
    values: dict[str, Any] = {}
    for change in imports:
        values.update(_own(register, change))
    return _Merged(values, (imports[-1].id,) if imports else ())


def _chained(
    register: Register, decided: list[Change], history: History, ground: Mapping[str, Any]
) -> _Merged | None:
    """The merge where each writer saw the one before, as nearly always; None where it is not so."""
    values = dict(ground)
    last: Change | None = None
    for change in decided:
        if last is not None and last.id not in history.named(change):
            return None
        values.update(_own(register, change))
        last = change
    return _Merged(values, (last.id,) if last else ())


class _Decided:
    """What people decided on one register: the state as each of them left it, and what stands now.

    A state is what its writer saw, with their own fields laid over. ``ground`` is what exports say.
    """

    def __init__(
        self, register: Register, decided: list[Change], history: History, ground: Mapping[str, Any]
    ) -> None:
        self._register = register
        self._history = history
        self._ground = ground
        self._writers = {change.id: change for change in decided}
        self.states: dict[str, dict[str, Any]] = {}
        for change in decided:
            seen = [self._writers[one] for one in history.named(change) if one in self.states]
            self.states[change.id] = {**self._standing(seen), **_own(register, change)}

    def merged(self) -> _Merged:
        """What stands now, and what contends."""
        named = {base for one in self._writers.values() for base in self._history.named(one)}
        heads = [one for one in self._writers.values() if one.id not in named]
        ids = tuple(one.id for one in heads)
        fields = self._differing(heads)
        if not fields or any(map(self._history.waits, self._writers.values())):
            return _Merged(self.states[ids[-1]], ids)
        conflict = Conflict(self._register.name, fields, ids, self._register.rule is Rule.DECISION)
        return _Merged(self._standing(heads), ids, conflict)

    def _standing(self, seen: list[Change]) -> Mapping[str, Any]:
        """What stands for someone who sees these: the latest; of a contested decision what stood before it."""
        while tips := self._tips(seen):
            if self._register.rule is not Rule.DECISION or not self._differing(tips):
                return self.states[max(tips, key=lambda one: one.key).id]
            common = set.intersection(*(self._history.ancestors([tip], self._writers) for tip in tips))
            seen = [self._writers[one] for one in common]
        return self._ground

    def _tips(self, seen: list[Change]) -> list[Change]:
        """Those of the changes that no other of them builds on."""
        if len(seen) < 2:
            return seen
        older = self._history.ancestors(seen, self._writers, since=min(one.header.hlc for one in seen))
        return [one for one in seen if one.id not in older]

    def _differing(self, heads: list[Change]) -> tuple[str, ...]:
        first, *others = (self.states[one.id] for one in heads)
        return tuple(
            name
            for name in self._register.deciding
            if any(not _same(one.get(name), first.get(name)) for one in others)
        )


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON is: 1 is not true."""
    return type(one) is type(other) and bool(one == other)


def _against_export(register: Register, merged: _Merged, imports: list[Change], history: History) -> _Merged:
    """A person's value stays; where the exported one has changed since, the two are a listed conflict."""
    winner = history.by_id[merged.heads[-1]]
    latest = imports[-1]
    seen = [one for one in imports if one.header.hlc < winner.header.hlc]
    if latest in seen:
        return merged
    heads = (*merged.heads, latest.id)
    offered = _own(register, latest)
    before = _merge_imports(register, seen).values
    fields = tuple(
        name
        for name in register.deciding
        if name in offered
        and not _same(offered[name], before.get(name))
        and not _same(offered[name], merged.values.get(name))
    )
    if not fields:
        return _Merged(merged.values, heads, merged.conflict)
    among = merged.conflict
    both = tuple(dict.fromkeys((*among.fields, *fields))) if among else fields
    return _Merged(
        merged.values, heads, Conflict(register.name, both, heads, bool(among and among.contested))
    )
