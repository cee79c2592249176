"""The visits around the demo's now: the script's own, and a week's pattern for the rest of the people."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.demo.acts import Act, Part, imported
from app.demo.founding import OFFICE
from app.demo.world import Site, Worker, World, exported_id
from app.domain.instants import to_text

BACK, AHEAD = 7, 6
"""The script's visits lie from a week back to six days ahead, whatever number of days is asked for."""
_REST, _GAP, _DAY, _WORK = 11 * 60, 5 * 60, 24 * 60, 8 * 60
_WAY = 15


@dataclass(frozen=True, slots=True)
class Visit:
    """A shift as the roster has it."""

    id: str
    number: str
    site: Site
    start: datetime
    end: datetime
    person: Worker | None
    skills: tuple[str, ...]
    days: int
    clock: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A visit that recurs: who goes, and who goes instead on some days (None: nobody)."""

    site: str
    clock: str
    who: str | None
    skills: tuple[str, ...] = ()
    instead: tuple[tuple[int, str | None], ...] = ()
    only: tuple[int, ...] | None = None


_SCRIPT = (
    _Line(
        "Nordhavn School", "07:10-11:10", "Ana Ruiz", ("kitchen",),
        ((-6, "Sara Lind"), (-5, "Sara Lind"), (-3, "Emil Dahl"), (2, "Sara Lind"), (4, "Emil Dahl")),
    ),
    _Line(
        "City Library", "07:30-10:00", "Jonas Berg", ("key holder",), ((-4, "Sara Lind"), (-3, "key floater"))
    ),
    _Line(
        "Strandgaard Kitchen", "13:30-16:30", "away later today", ("kitchen",)
    ),
    _Line("Lund & Co", "17:00-20:00", "away later today", (), ((0, "key floater"),)),
    _Line("Harbour Hotel", "07:00-11:00", "on holiday soon", ("guest rooms",)),
    _Line("Harbour Hotel", "09:00-14:00", "away tomorrow", ("guest rooms",), ((-4, "hotel stand-in"),)),
    _Line("Harbour Hotel", "18:30-21:30", "Per Sten", (), (), (-4, -1)),
    _Line("Møllebo School", "14:30-18:30", "ill since last week"),
    _Line("Søparken Clinic", "05:30-07:30", "Laila Haddad", ("clinic",)),
    _Line("Søparken Clinic", "12:00-13:00", "Laila Haddad", ("clinic",), ((0, None),)),
    _Line("Cykelværket", "07:00-09:30", "Laine Kask", (), ((-4, "harbour stand-in"),)),
    _Line("Vestvind Energi", "06:00-09:00", "Lin Ekström"),
)  # fmt: skip


def roster(world: World) -> tuple[Visit, ...]:
    """Every visit, by start."""
    lines = [*_script(world), *_pattern(world)]
    ordered = sorted(lines, key=lambda one: (one.start, one.site.number, one.clock))
    return tuple(ordered)


def exports(world: World, visits: Iterable[Visit]) -> Iterator[Act]:
    """The roster as the office's exports brought it, before anyone decided on it: last week's, then what is ahead."""
    found = list(visits)
    for days, some in (
        (-18, [one for one in found if one.days < 0]),
        (-11, [one for one in found if one.days >= 0]),
    ):
        yield imported(world.times.office(days, "15:00"), world.who(OFFICE).id, map(_part, some))


def _part(visit: Visit) -> Part:
    fields = {
        "external": visit.number,
        "customer": visit.site.id,
        "start": to_text(visit.start),
        "end": to_text(visit.end),
        "skills": list(visit.skills),
    }
    if visit.person is not None:
        fields["person"] = visit.person.id
    return Part("shifts", visit.id, fields)


def _script(world: World) -> Iterator[Visit]:
    ahead = max(AHEAD, world.size.days - BACK - 1)
    for line in _SCRIPT:
        instead = dict(line.instead)
        for days in range(-BACK, ahead + 1):
            if line.only is not None and days not in line.only:
                continue
            if line.only is None and days not in instead and not world.times.works(days):
                continue
            who = instead.get(days, line.who)
            person = world.who(who) if who else None
            yield _visit(world, world.site(line.site), days, line.clock, person, line.skills, scripted=True)


def _visit(
    world: World,
    site: Site,
    days: int,
    clock: str,
    person: Worker | None,
    skills: tuple[str, ...],
    *,
    scripted: bool = False,
) -> Visit:
    start, end = clock.split("-")
    at = world.times.at if scripted else world.times.office
    number = f"{site.number}-{world.times.day(days):%y%m%d}-{start.replace(':', '')}"
    id_ = exported_id(world.id_key, "shifts", number)
    return Visit(id_, number, site, at(days, start), at(days, end), person, skills, days, clock)


def _pattern(world: World) -> Iterator[Visit]:
    """Each of the others keeps the same visits every day, so that hours and rest fit on all of them."""
    choose = world.choices("roster")
    hours: dict[str, list[tuple[int, int]]] = {}
    back = min(BACK, world.size.days // 2)
    rarest_first = sorted(_slots(world), key=lambda slot: (not slot[3], not slot[2]))
    for site, clock, skills, weekends in rarest_first:
        person = _free(world, site, clock, skills, hours, choose)
        if person is None:
            continue
        hours.setdefault(person.id, []).append(_minutes(clock))
        for days in range(-back, world.size.days - back):
            if weekends or world.times.day(days).weekday() < 5:
                yield _visit(world, site, days, clock, person, skills)


def _slots(world: World) -> Iterator[tuple[Site, str, tuple[str, ...], bool]]:
    """The visits that sites have and the script leaves: site, clock, skills, weekends too."""
    kinds = {one.id: one for one in world.content.kinds}
    scripted = {(line.site, line.clock) for line in _SCRIPT}
    for site in world.sites:
        kind = kinds[site.kind]
        if site.status == "starting":
            continue
        for number, clock in enumerate(kind.visits):
            if (site.name, clock) not in scripted:
                yield site, clock, kind.skills, site.kind == "hotel" and number == 0


def _free(
    world: World,
    site: Site,
    clock: str,
    skills: tuple[str, ...],
    hours: dict[str, list[tuple[int, int]]],
    choose: random.Random,
) -> Worker | None:
    fillers = world.fillers()
    choose.shuffle(fillers)
    able = [one for one in fillers if set(skills) <= set(one.skills)]
    able.sort(key=lambda one: (one.area != site.area, len(hours.get(one.id, ()))))
    slot = _minutes(clock)
    return next((one for one in able if _fits(slot, hours.get(one.id, []))), None)


def _minutes(clock: str) -> tuple[int, int]:
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in clock.split("-"))
    return start, end


def _fits(slot: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Hours, ways and gaps fit in a day, and the night between two such days is a rest."""
    day = sorted([*others, slot])
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(day)]
    night = _DAY - day[-1][1] + day[0][0]
    work = sum(end - start for start, end in day)
    return all(_WAY <= gap <= _GAP for gap in gaps) and night >= _REST and work <= _WORK
