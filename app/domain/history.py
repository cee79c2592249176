"""A record's changes in the order of their clocks: which of them count, and what each one saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.change import Body, Change

ACK = "ack"
IMPORT = "import"
UNDO = "undo"
_SILENT = (ACK, UNDO)
_SAID = ("complaint.receive", IMPORT)


def voids_of(change: Change) -> tuple[str, ...]:
    """The ids that an undo names."""
    return voids_in(change.body)


def voids_in(body: Body) -> tuple[str, ...]:
    """The ids that an undo's body names; none where it is not of that shape."""
    named = body.get("voids")
    return tuple(one for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def voided(ordered: Sequence[Change], incomplete: frozenset[str] = frozenset()) -> frozenset[str]:
    """The ids that undos void; an undo of an undo is the redo. ``ordered`` is by clock."""
    undos = [change for change in ordered if change.header.do == UNDO]
    if not undos:
        return frozenset()
    clocks = {change.id: change.header.hlc for change in ordered}
    void: set[str] = set()
    for change in reversed(undos):
        if change.id in void or not change.readable or not _whole(change, incomplete):
            continue
        void.update(one for one in voids_of(change) if clocks.get(one, "g") < change.header.hlc)
    return frozenset(void.difference(one.id for one in ordered if _is_fact(one)))


def _is_fact(change: Change) -> bool:
    """True for what a customer said: no undo, whoever wrote it, makes a complaint unsaid (DK-33)."""
    return change.header.on[0] == "complaints" and change.header.do in _SAID


def counts(change: Change, incomplete: frozenset[str]) -> bool:
    """True for a change that says something about its record, and of which nothing is missing."""
    return change.header.do not in _SILENT and _whole(change, incomplete) and change.readable


def _whole(change: Change, incomplete: frozenset[str]) -> bool:
    return change.header.grp is None or change.header.grp[0] not in incomplete


class History:
    """A record's changes by clock; ``live`` leaves out what is voided, not whole, or not to be interpreted.

    Of one id under two headers, the one with the smaller hash counts, everywhere alike.
    """

    def __init__(self, changes: Iterable[Change], incomplete: frozenset[str] = frozenset()) -> None:
        self.by_id: dict[str, Change] = {}
        for change in changes:
            known = self.by_id.setdefault(change.id, change)
            if known is not change and change.hash < known.hash:
                self.by_id[change.id] = change
        self.ordered = sorted(self.by_id.values(), key=lambda one: (one.header.hlc, one.header.id))
        self.voided = voided(self.ordered, incomplete)
        self.live = [one for one in self.ordered if one.id not in self.voided and counts(one, incomplete)]
        self._alive = {one.id for one in self.live}
        self._names: dict[str, frozenset[str]] = {}

    def undos(self) -> list[Change]:
        """The undos and redos among the changes."""
        return [one for one in self.ordered if one.header.do == UNDO]

    def named(self, change: Change) -> frozenset[str]:
        """What a change saw: its base, and through a base that does not count, what that one saw.

        A base with a clock that is not earlier is ignored: nobody sees what comes later.
        """
        if (known := self._names.get(change.id)) is not None:
            return known
        seen: set[str] = set()
        todo = [change]
        while todo:
            one = todo.pop()
            for base in one.header.base:
                other = self.by_id.get(base)
                if other is None:
                    seen.add(base)
                elif base not in seen and other.header.hlc < one.header.hlc:
                    seen.add(base)
                    if base not in self._alive:
                        todo.append(other)
        found = self._names[change.id] = frozenset(seen)
        return found

    def waits(self, change: Change) -> bool:
        """True while something that the change names has not arrived."""
        return any(base not in self.by_id for base in self.named(change))

    def ancestors(
        self, changes: Iterable[Change], among: Mapping[str, Change], *, since: str = ""
    ) -> set[str]:
        """Of the changes in ``among``, those that one of the given ones builds on, directly or not.

        What is earlier than ``since`` is not looked for.
        """
        found: set[str] = set()
        todo = list(changes)
        while todo:
            for base in self.named(todo.pop()):
                if base in among and base not in found and among[base].header.hlc >= since:
                    found.add(base)
                    todo.append(among[base])
        return found
