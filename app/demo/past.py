"""Earlier years of the demo, for measuring: as many changes as are asked for, day by day, never all in memory.

Everything in it has ended: shifts are over, absences approved and covered, complaints closed. So the morning is
the same after a thousand changes and after a million.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.demo.acts import Act, Part, act, imported, size
from app.demo.cases import Case
from app.demo.founding import OFFICE
from app.demo.times import Times
from app.demo.world import Site, Worker, World, exported_id
from app.domain.change import Body
from app.domain.ids import random_id
from app.domain.instants import to_text
from app.domain.merge import IMPORT
from app.store.demo_content import DemoComplaint

RECENT = -190
"""The day on which the recent history begins, and the earlier one has ended."""
_BUSY_DAY, _MOST_DAYS = 150, 3900
_BLOCKS = (6, 9, 12)
_LENGTH = timedelta(hours=2, minutes=30)


@dataclass(slots=True)
class Day:
    """What happened on a day, by time, and the records that are done with after it."""

    acts: list[Act] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    def take(self, one: Act) -> None:
        """Adds an act; its records are not spoken of on another day."""
        self.acts.append(one)
        if not one.fleeting:
            self.records.extend(part.id for part in one.parts)


@dataclass(frozen=True, slots=True)
class Past:
    """So many changes on so many working days before the recent history."""

    days: tuple[int, ...]
    changes: int

    @classmethod
    def of(cls, changes: int, times: Times) -> Past:
        """The days that a number of changes takes: busier ones rather than more than fifteen years."""
        count = min(-(-changes // _BUSY_DAY), _MOST_DAYS)
        found: list[int] = []
        days = RECENT
        while len(found) < count:
            days -= 1
            if times.day(days).weekday() < 5:
                found.append(days)
        return cls(tuple(reversed(found)), changes)

    @property
    def founded(self) -> int:
        """The day on which the team begins."""
        return self.days[0] - 1 if self.days else RECENT

    def happened(self, world: World) -> Iterator[Day]:
        """Every day, the oldest first."""
        maker = _Maker(world)
        for number, days in enumerate(self.days):
            done = self.changes * number // len(self.days)
            yield maker.day(days, self.changes * (number + 1) // len(self.days) - done)


class _Maker:
    """Makes days of history out of the world's people and sites."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._choose: random.Random = world.choices("past")
        self._office = world.who(OFFICE).id
        self._sites = [one for one in world.sites if one.status != "starting"]
        self._leads = {one.name: world.supervisor(one.name) for one in world.areas}
        self._words = {one.id: _possible(world, one) for one in self._sites}
        helpers = world.helpers()
        self._reserve, self._workers = helpers[:4], helpers[4:]

    def day(self, days: int, count: int) -> Day:
        """A day of exactly so many changes."""
        midnight = self._world.times.office(days, "00:00")
        found = Day()
        self._visits(found, midnight, days, min(count // 2, len(self._workers) * len(_BLOCKS)), count // 60)
        for _number in range(count // 25):
            self._complaint(found, midnight)
        for number in range(count - size(found.acts)):
            found.take(self._contact(midnight + timedelta(minutes=480 + number * 7 % 540)))
        found.acts.sort(key=lambda one: one.at)
        return found

    def _visits(self, day: Day, midnight: datetime, days: int, count: int, ill: int) -> None:
        """The day's roster, and the absences of the first in it, approved and covered."""
        date = f"{self._world.times.day(days):%y%m%d}"
        rounds: dict[int, list[Part]] = {}
        starts = [midnight + timedelta(hours=hour) for hour in _BLOCKS]
        spans = [(to_text(start), to_text(start + _LENGTH)) for start in starts]
        for number in range(count):
            turn, block = divmod(number, len(_BLOCKS))
            person = self._workers[(turn + days) % len(self._workers)]
            rounds.setdefault(turn, []).append(self._visit(spans[block], date, person, turn, block))
        away = list(rounds)[: min(ill, len(self._reserve))]
        night = midnight + timedelta(hours=3)
        others = [part for turn, parts in rounds.items() if turn not in away for part in parts]
        day.take(Act(night, self._office, IMPORT, tuple(others), fleeting=True))
        for turn in away:
            day.take(imported(night, self._office, rounds[turn]))
            self._absence(day, midnight, (turn + days) % len(self._workers), turn, rounds[turn])

    def _visit(self, span: tuple[str, str], date: str, person: Worker, turn: int, block: int) -> Part:
        site = self._sites[(turn * len(_BLOCKS) + block) % len(self._sites)]
        number = f"{site.number}-{date}-{turn}{block}"
        fields = {
            "external": number,
            "customer": site.id,
            "start": span[0],
            "end": span[1],
            "person": person.id,
        }
        return Part("shifts", exported_id(self._world.id_key, "shifts", number), fields)

    def _absence(self, day: Day, midnight: datetime, worker: int, turn: int, visits: list[Part]) -> None:
        person, substitute = self._workers[worker], self._reserve[turn]
        lead = self._leads[person.area]
        at = midnight + timedelta(hours=4, minutes=40 + 5 * turn)
        id_ = random_id(self._world.entropy)
        fields = {
            "person": person.id,
            "kind": "sick",
            "from": to_text(at),
            "until": to_text(midnight + timedelta(hours=18)),
            "reported_by": "phone",
            "reported_at": to_text(at),
        }
        day.take(act(at, self._office, "absence.report", "absences", id_, fields))
        seen = at + timedelta(minutes=12)
        approved = {"status": "approved", "approved_by": lead.id, "approved_at": to_text(seen)}
        day.take(act(seen, lead.id, "absence.approve", "absences", id_, approved))
        cover = {"person": substitute.id, "covers_for": person.id, "note": None, "override": None}
        parts = tuple(Part("shifts", one.id, cover) for one in visits)
        day.take(Act(seen + timedelta(minutes=6), lead.id, "shift.assign", parts))

    def _complaint(self, day: Day, midnight: datetime) -> None:
        site = self._choose.choice(self._sites)
        case = Case(self._world, site, self._choose.choice(self._words[site.id]))
        at = midnight + timedelta(minutes=self._choose.randint(480, 840))
        assignee = self._choose.choice(self._workers)
        noted = at + timedelta(minutes=20)
        for one in (
            case.received(at, "phone"),
            case.read(at + timedelta(minutes=15)),
            case.acknowledged(noted),
            case.accepted(noted + timedelta(minutes=30), at + timedelta(hours=6), assignee, at.minute),
            case.solved(at + timedelta(minutes=170), assignee),
            case.closed(at + timedelta(minutes=220)),
        ):
            day.take(one)

    def _contact(self, at: datetime) -> Act:
        site = self._choose.choice(self._sites)
        words = self._choose.choice(self._world.content.contacts)
        lead = self._leads[site.area]
        fields: Body = {
            "customer": site.id,
            "person": lead.id,
            "at": to_text(at),
            "channel": words.channel,
            "keywords": list(words.keywords),
            "text": words.text,
        }
        part = Part("contacts", random_id(self._world.entropy), fields)
        return Act(at, lead.id, "contact.log", (part,), fleeting=True)


def _possible(world: World, site: Site) -> list[DemoComplaint]:
    """What the site can complain of and is entitled to."""
    tasks = {one.spec.task for one in site.items}
    return [one for one in world.content.complaints_for(site.kind) if one.covered and one.task in tasks]
