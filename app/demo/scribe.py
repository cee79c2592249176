"""Turns acts into sealed changes: clocks, bases, chains and groups as the write door makes them.

It keeps only what the door would look up: the heads of each record's registers, and the end of each lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from app.demo.acts import Act, Part
from app.domain.change import GENESIS, Body, Header, seal
from app.domain.hlc import at_instant, milliseconds, tick
from app.domain.ids import Entropy, change_id, keyed_id, random_id
from app.domain.instants import local_iso, to_text
from app.domain.kinds import KINDS
from app.domain.merge import IMPORT
from app.store.door import heads_for

TakeLine = Callable[[str, bytes], None]
"""Takes a lane and a line that goes into it."""
_Heads = dict[str, tuple[str, ...]]


@dataclass(slots=True)
class _Lane:
    id: str
    seq: int = 0
    prev: str = GENESIS
    hlc: str = ""


@dataclass(frozen=True, slots=True)
class _Moment:
    """When an act was: milliseconds for the clocks, its local time for people, UTC text."""

    wall: int
    local: str
    utc: str


@dataclass(frozen=True, slots=True)
class _Written:
    hlc: str
    at: datetime
    base: tuple[str, ...]


@dataclass(slots=True)
class _Memory:
    """What is known of a record: its registers' heads, and every change of it that may be named."""

    heads: _Heads = field(default_factory=dict)
    changes: dict[str, _Written] = field(default_factory=dict)

    def heads_at(self, moment: datetime) -> _Heads:
        """The heads that someone saw who had heard nothing since."""
        return {register: self._before(ids, moment) for register, ids in self.heads.items()}

    def _before(self, ids: tuple[str, ...], moment: datetime) -> tuple[str, ...]:
        seen: list[str] = []
        for one in ids:
            known = self.changes[one]
            seen.extend((one,) if known.at <= moment else self._before(known.base, moment))
        return tuple(dict.fromkeys(seen))


class Scribe:
    """Writes acts, handed in by time, into the lanes of those who took them: one lane a person."""

    def __init__(self, team: str, id_key: str, zone: ZoneInfo, entropy: Entropy, take: TakeLine) -> None:
        self._team = team
        self._id_key = id_key
        self._zone = zone
        self._entropy = entropy
        self._take = take
        self._lanes: dict[str, _Lane] = {}
        self._records: dict[str, _Memory] = {}
        self._labels: dict[str, str] = {}
        self.count = 0

    def lane_of(self, person: str) -> str:
        """The lane of a person's installation."""
        return self._lane(person).id

    def write(self, acts: Iterable[Act]) -> None:
        """Seals the acts' changes in their order."""
        for one in acts:
            grouped = len(one.parts) > 1 and one.do != IMPORT
            group = random_id(self._entropy) if grouped else None
            moment = _Moment(milliseconds(one.at), local_iso(one.at, self._zone), to_text(one.at))
            for number, part in enumerate(one.parts, start=1):
                self._change(one, part, moment, (group, number, len(one.parts)) if group else None)

    def forget(self, records: Iterable[str]) -> None:
        """Drops what is known of records that no later act is about."""
        for record in records:
            self._records.pop(record, None)

    def _lane(self, person: str) -> _Lane:
        if person not in self._lanes:
            self._lanes[person] = _Lane(random_id(self._entropy))
        return self._lanes[person]

    def _change(self, one: Act, part: Part, moment: _Moment, group: tuple[str, int, int] | None) -> None:
        body = part.fields(self._labels) if callable(part.fields) else part.fields
        lane = self._lane(one.by)
        header = self._header(one, part, body, lane, moment, group)
        change = seal(header, body)
        lane.seq, lane.prev, lane.hlc = header.seq, change.hash, header.hlc
        if not one.fleeting:
            self._remember(part, body, header, one.at)
        if one.label is not None:
            self._labels[one.label] = header.id
        self._take(lane.id, change.raw)
        self.count += 1

    def _header(
        self,
        one: Act,
        part: Part,
        body: Body,
        lane: _Lane,
        moment: _Moment,
        group: tuple[str, int, int] | None,
    ) -> Header:
        base, clocks = self._base(one, part, body)
        exported = one.do == IMPORT
        return Header(
            grp=group,
            team=self._team,
            lane=lane.id,
            seq=lane.seq + 1,
            prev=lane.prev,
            id=self._import_id(part, body, moment) if exported else change_id(moment.wall, self._entropy),
            hlc=at_instant(one.at) if exported else tick(moment.wall, clocks, lane.hlc),
            at=moment.local,
            by=one.by,
            on=(part.kind, part.id),
            do=one.do,
            base=base,
            bh="",
        )

    def _import_id(self, part: Part, body: Body, moment: _Moment) -> str:
        canonical = msgspec.json.encode(body, order="sorted").decode()
        return keyed_id(self._id_key, part.id, canonical, moment.utc)

    def _base(self, one: Act, part: Part, body: Body) -> tuple[tuple[str, ...], list[str]]:
        known = self._records.get(part.id)
        if known is None or one.do == IMPORT:
            return (), []
        heads = known.heads if one.saw is None else known.heads_at(one.saw)
        base = heads_for(part.kind, body, heads)
        return base, [known.changes[head].hlc for head in base]

    def _remember(self, part: Part, body: Body, header: Header, at: datetime) -> None:
        known = self._records.setdefault(part.id, _Memory())
        known.changes[header.id] = _Written(header.hlc, at, header.base)
        register_of = KINDS[part.kind].register_of
        for register in {register_of[name] for name in body if name in register_of}:
            standing = (head for head in known.heads.get(register, ()) if head not in header.base)
            known.heads[register] = (*standing, header.id)
