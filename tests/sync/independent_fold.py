"""What a team file says, folded as docs/TEAM-FILE.md tells ("Clock and merge", "Records"), and nothing of Tavle.

Kinds, registers and first values come from docs/COMMANDS.md, Records. Standard library only; plain before fast.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Change = dict[str, Any]
"""A header's members, with its hash under "hash" and its body under "body"."""


@dataclass
class Kind:
    """A kind of record as COMMANDS.md has it; ``registers`` are those of more than one field, or contested."""

    fields: dict[str, str] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)
    registers: dict[str, str] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)
    stamps: set[str] = field(default_factory=set)
    sets: set[str] = field(default_factory=set)

    def register(self, name: str) -> str | None:
        return self.registers.get(name, name) if name in (*self.fields, "external") else None


def kinds(commands: str) -> dict[str, Kind]:
    """The kinds of a COMMANDS.md, by name."""
    return {
        part.partition("\n")[0]: _kind(part) for part in commands.split("\n## Records")[1].split("\n### ")[1:]
    }


def _kind(part: str) -> Kind:
    kind = Kind()
    for name, type_ in re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.MULTILINE):
        if type_.endswith(" (computed)"):
            continue
        says, _, first = type_.partition("; not set: ")
        kind.fields[name] = says
        word = first.strip("`")
        kind.first[name] = [] if says == "list" else {"": None, "true": True}.get(word, word)
    merged = re.search(r"^Merged: (.*)\.$", part, re.MULTILINE)
    for item in merged[1].split("; ") if merged else ():
        if grown := re.fullmatch(r"`(\w+)` grows", item):
            kind.sets.add(grown[1])
            continue
        name = item.split("*")[1]
        if item.startswith("decision "):
            kind.decisions.add(name)
        for member, stamp in re.findall(r"`(\w+)`( \(a stamp\))?", item):
            kind.registers[member] = name
            kind.stamps |= {member} if stamp else set()
    return kind


@dataclass
class State:
    """A record: its values, its heads, what is listed as ``(register, heads)``, what contends, and what counts."""

    values: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[tuple[str, list[str]]] = field(default_factory=list)
    contested: list[str] = field(default_factory=list)
    counting: list[Change] = field(default_factory=list)

    def entries(self, name: str) -> list[Change]:
        """The changes with an entry of a set that grows, in order."""
        return [one for one in self.counting if name in one["body"]]

    def standing(self, name: str, ended_by: str) -> list[Change]:
        """Those entries that none of the other set names."""
        ended = {named for one in self.entries(ended_by) for named in one["body"][ended_by]}
        return [one for one in self.entries(name) if one["id"] not in ended]


def incomplete(changes: Iterable[Change]) -> set[str]:
    """The groups of which parts lack."""
    parts: dict[str, set[int]] = {}
    wanted = {}
    for one in changes:
        if one["grp"]:
            parts.setdefault(one["grp"][0], set()).add(one["grp"][1])
            wanted[one["grp"][0]] = one["grp"][2]
    return {group for group, there in parts.items() if len(there) < wanted[group]}


def fold(kind: Kind, changes: Iterable[Change], lacking: Iterable[str] = ()) -> State | None:
    """A record's state from the changes on it; None where none of them counts."""
    by_id: dict[str, Change] = {}
    for one in sorted(changes, key=lambda one: str(one["hash"]), reverse=True):
        by_id[one["id"]] = one
    history = _History(by_id, set(lacking))
    if not history.counting:
        return None
    state = State(counting=history.counting)
    names = {name: kind.register(name) for one in history.counting for name in one["body"]}
    for register in sorted({name for name in names.values() if name}):
        _Register(kind, register, history).settle(state)
    return state


class _History:
    """The changes on one record, in order: which count, and what each one saw."""

    def __init__(self, by_id: dict[str, Change], lacking: set[str]) -> None:
        self.by_id = by_id
        ordered = sorted(by_id.values(), key=_later)
        legible = [
            one
            for one in ordered
            if one["v"] == 1 and not one["crit"] and (one["grp"] or [None])[0] not in lacking
        ]
        void: set[str] = set()
        for one in reversed(legible):
            if one["do"] == "undo" and one["id"] not in void:
                earlier = (named for named in one["body"]["voids"] if named in by_id)
                void |= {named for named in earlier if by_id[named]["hlc"] < one["hlc"]}
        self.counting = [
            one
            for one in legible
            if one["do"] not in ("ack", "undo") and (one["id"] not in void or _is_receipt(one))
        ]
        self._counts = {one["id"] for one in self.counting}
        self.saw = cache(self._saw)

    def _saw(self, id_: str) -> frozenset[str]:
        seen: set[str] = set()
        for base in self.by_id[id_]["base"]:
            if base not in self.by_id:
                seen.add(base)
            elif self.by_id[base]["hlc"] < self.by_id[id_]["hlc"]:
                seen |= {base} if base in self._counts else {base, *self.saw(base)}
        return frozenset(seen)


class _Register:
    """One register of a record."""

    def __init__(self, kind: Kind, name: str, history: _History) -> None:
        self.kind, self.name, self.history = kind, name, history
        writers = [one for one in history.counting if self.own(one)]
        self.exports = [one for one in writers if one["do"] == "import"]
        self.ground = self.laid(self.exports)
        self.states: dict[str, dict[str, Any]] = {}
        self.decided = [one["id"] for one in writers if one["do"] != "import"]
        self.below = cache(self._below)
        for id_ in self.decided:
            seen = {one for one in history.saw(id_) if one in self.states}
            self.states[id_] = {**self.stood(seen), **self.own(history.by_id[id_])}

    def own(self, change: Change) -> dict[str, Any]:
        return {
            name: value for name, value in change["body"].items() if self.kind.register(name) == self.name
        }

    def laid(self, changes: Iterable[Change]) -> dict[str, Any]:
        return {name: value for one in changes for name, value in self.own(one).items()}

    def _below(self, id_: str) -> set[str]:
        """What a writer builds on, directly or over several."""
        direct = {one for one in self.history.saw(id_) if one in self.states}
        return direct.union(*map(self.below, direct))

    def stood(self, seen: set[str]) -> dict[str, Any]:
        tips = sorted(seen.difference(*map(self.below, seen)), key=self.decided.index)
        if not tips:
            return self.ground
        if self.name not in self.kind.decisions or not self.differ(tips):
            return self.states[tips[-1]]
        return self.stood(set.intersection(*map(self.below, tips)))

    def differ(self, ids: Sequence[str]) -> bool:
        names = {name for one in ids for name in self.states[one]} - self.kind.stamps
        said = [{name: _said(self.states[one].get(name)) for name in names} for one in ids]
        return any(one != said[0] for one in said)

    def settle(self, state: State) -> None:
        """Puts the register's part of a record's state there."""
        if not self.decided:
            state.values |= self.ground
            state.heads[self.name] = [self.exports[-1]["id"]]
            return
        seen = set().union(*(self.history.saw(one) for one in self.decided))
        heads = [one for one in self.decided if one not in seen]
        listed = self.differ(heads) and all(one in self.history.by_id for one in seen)
        value = self.stood(set(heads)) if listed else self.states[heads[-1]]
        contested = listed and self.name in self.kind.decisions
        contending = heads
        until = self.history.by_id[heads[-1]]["hlc"]
        if self.exports and self.exports[-1]["hlc"] >= until:
            heads = [*heads, self.exports[-1]["id"]]
            if self.offers(value, self.laid(one for one in self.exports if one["hlc"] < until)):
                listed, contending = True, heads
        state.values |= value
        state.heads[self.name] = heads
        if listed:
            state.conflicts.append((self.name, contending))
        if contested:
            state.contested += contending

    def offers(self, value: dict[str, Any], earlier: dict[str, Any]) -> bool:
        """True where the latest export says what neither the earlier ones say nor stands."""
        return any(
            _said(one) not in (_said(earlier.get(name)), _said(value.get(name)))
            for name, one in self.own(self.exports[-1]).items()
            if name not in self.kind.stamps
        )


def _later(change: Change) -> tuple[str, str]:
    return change["hlc"], change["id"]


def _is_receipt(change: Change) -> bool:
    return change["on"][0] == "complaints" and change["do"] in ("complaint.receive", "import")


def _said(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def derived(*parts: str) -> str:
    """The id that everyone derives alike from the same parts."""
    value = int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:16], "big")
    return str(uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 8 << 76 | 2 << 62))


def read_off(kind: str, state: State) -> dict[str, Any]:
    """The fields of complaints and rows that come from their sets that grow; times as their writers had them."""
    found: dict[str, Any] = {}
    if kind == "complaints":
        for one in state.entries("read")[:1]:
            found |= {"read_at": one["at"], "read_by": one["by"]}
        replies = state.entries("replies")
        for one in replies[:1]:
            found |= {"reply": one["body"]["replies"], "replied_at": one["at"]}
        for one in replies[1:]:
            found |= {"told": one["body"]["replies"], "told_at": one["at"]}
        status = state.values.get("status") or "waiting"
        if status == "waiting" and any("status" not in one["body"] for one in replies):
            status = "acknowledged"
        elif status == "closed" and not replies and not state.values.get("reason"):
            status = "waiting"
        found["status"] = status
        found["escalations"] = [one["id"] for one in state.standing("escalations", "deescalations")]
        found["pauses"] = [one["id"] for one in state.standing("pauses", "resumes")]
    if kind == "rows":
        found["notes"] = [one["body"]["notes"] for one in state.entries("notes")]
        for one in state.standing("signs", "unsigns"):
            found |= {
                "signed_by": one["by"],
                "signed_at": one["at"],
                "signed_text": one["body"]["signs"]["text"],
            }
    return found


def signed_text(template: str, row: dict[str, Any]) -> str:
    """What a signature on a row stands for."""
    said = [template, row["row"], row["titles"], row["think_about"], row["responsible"], row["done_on"]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]
