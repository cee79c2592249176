"""Writes the demo's team file. The same file name, options, seed and now give the same bytes."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.demo.absences import absences
from app.demo.acts import Act, size
from app.demo.building import Team, build, found_team
from app.demo.complaints import complaints
from app.demo.contacts import contacts
from app.demo.courses import courses
from app.demo.founding import OFFICE, founding
from app.demo.lanes import LaneFiles
from app.demo.past import Past
from app.demo.plans import plans
from app.demo.roster import exports, roster
from app.demo.scribe import Scribe
from app.demo.times import Times
from app.demo.world import (
    DEMO_PERSON,
    LEAST_CUSTOMERS,
    LEAST_PEOPLE,
    MOST_CUSTOMERS,
    MOST_DAYS,
    MOST_PEOPLE,
    Size,
    World,
    enough,
)
from app.domain.ids import Entropy
from app.domain.instants import to_text
from app.store.demo_content import demo_content
from app.sync.files import Files
from app.sync.layout import TEMPORARY, Anchor, TeamExists, TeamPaths, write_anchor
from app.text import _

__all__ = ["DEMO_NOW", "DEMO_PERSON", "DemoError", "DemoReport", "write_demo"]

DEMO_NOW = datetime.fromisoformat("2026-11-23T06:40+01:00")
MOST_CHANGES = 10_000_000
_LADDER = (Size(40, 25, 14), Size(32, 18, 10, 2), Size(28, 14, 7, 1), Size(24, 11, 2, 1))
_SMALLEST = Size(LEAST_PEOPLE, LEAST_CUSTOMERS, 2, 0)


class DemoError(Exception):
    """The demo cannot be written so, or not there; the text says why. Nothing was left behind."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """The team file that was written, how many changes it holds, and how large the area in it is."""

    team: str
    changes: int
    size: Size


def write_demo(
    path: Path,
    *,
    people: int = 40,
    customers: int = 25,
    days: int = 14,
    changes: int | None = None,
    seed: int = 1,
    now: datetime = DEMO_NOW,
) -> DemoReport:
    """Writes a team file with a believable working area around ``now``.

    With ``changes`` it holds exactly so many: earlier years are added, or there are fewer people, customers and
    days than asked for. The open work of the morning is the same in all, and there are never fewer people,
    customers and days than it takes. DemoError where it cannot be.
    """
    asked = Size(people, customers, days)
    _check(asked, changes)
    wanted = enough(asked)
    options = (path.name, people, customers, days, changes, seed, to_text(now))
    draft = _fitting("\x00".join(map(str, options)), str(seed), wanted, changes, Times(now))
    return _publish(path, draft, changes)


def _check(asked: Size, changes: int | None) -> None:
    for count, least, most, what in (
        (asked.people, 1, MOST_PEOPLE, _("people")),
        (asked.customers, 1, MOST_CUSTOMERS, _("customers")),
        (asked.days, 1, MOST_DAYS, _("days")),
        (changes, 0, MOST_CHANGES, _("changes")),
    ):
        if count is not None and not least <= count <= most:
            limits = {"what": what, "least": least, "most": most}
            raise DemoError(_("%(what)s: the demo takes from %(least)d to %(most)d") % limits)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is to be written, before any of it is sealed."""

    team: Team
    world: World
    entropy: Entropy
    recent: list[Act]

    def founding(self, past: Past) -> list[Act]:
        """The team's first day, before its past."""
        return _by_time(founding(self.world, self.world.times.office(past.founded, "09:00")))

    @property
    def least(self) -> int:
        """How many changes there are without a past."""
        return size(self.recent) + size(self.founding(Past((), 0)))


def _fitting(secret: str, seed: str, wanted: Size, changes: int | None, times: Times) -> _Draft:
    """The largest draft that is not above the number of changes asked for."""
    draft = _draft(secret, seed, wanted, times)
    for one in (*_LADDER, _SMALLEST):
        if changes is None or draft.least <= changes:
            return draft
        draft = _draft(secret, seed, _within(one, wanted), times)
    if changes is None or draft.least <= changes:
        return draft
    raise DemoError(_("the demo takes at least %(least)d changes") % {"least": draft.least})


def _within(one: Size, wanted: Size) -> Size:
    return Size(
        min(one.people, wanted.people),
        min(one.customers, wanted.customers),
        min(one.days, wanted.days),
        one.depth,
    )


def _draft(secret: str, seed: str, wanted: Size, times: Times) -> _Draft:
    entropy = random.Random(secret).randbytes
    team = found_team(demo_content().firms[0], entropy)
    world = build(wanted, times, team, seed, entropy)
    return _Draft(team, world, entropy, _by_time(_recent(world)))


def _recent(world: World) -> Iterator[Act]:
    visits = roster(world)
    yield from exports(world, visits)
    yield from absences(world, visits)
    yield from complaints(world)
    yield from contacts(world)
    yield from plans(world)
    yield from courses(world)


def _by_time(acts: Iterable[Act]) -> list[Act]:
    return sorted(acts, key=lambda one: one.at)


def _publish(path: Path, draft: _Draft, changes: int | None) -> DemoReport:
    """The lanes under a temporary name first, then in their place, the anchor last."""
    paths = TeamPaths(path)
    if path.exists() or paths.folder.exists():
        raise DemoError(_("there is a team file %(path)s already") % {"path": path})
    past = Past.of(changes - draft.least if changes else 0, draft.world.times)
    made = paths.folder.with_name(f"{TEMPORARY}{secrets.token_hex(4)}-{paths.folder.name}")
    try:
        made.mkdir()
        count, founder = _write_lanes(made, draft, past)
        made = made.rename(paths.folder)
        write_anchor(Files(), paths, _anchor(draft, past, founder))
    except BaseException as error:
        shutil.rmtree(made, ignore_errors=True)
        if not isinstance(error, OSError | TeamExists):
            raise
        why = error.strerror if isinstance(error, OSError) else error
        raise DemoError(_("%(path)s cannot be written: %(why)s") % {"path": path, "why": why}) from error
    return DemoReport(str(path), count, draft.world.size)


def _write_lanes(folder: Path, draft: _Draft, past: Past) -> tuple[int, str]:
    """(number of changes, the founder's lane)."""
    with LaneFiles(folder) as files:
        world = draft.world
        scribe = Scribe(draft.team.id, draft.team.id_key, world.times.zone, draft.entropy, files.write)
        founder = scribe.lane_of(world.who(OFFICE).id)
        scribe.write(draft.founding(past))
        for day in past.happened(world):
            scribe.write(day.acts)
            scribe.forget(day.records)
        scribe.write(draft.recent)
    return scribe.count, founder


def _anchor(draft: _Draft, past: Past, founder: str) -> Anchor:
    created = draft.world.times.office(past.founded, "08:55")
    return Anchor(
        team=draft.team.id,
        name=draft.team.name,
        country="DK",
        created=to_text(created),
        founder=founder,
        id_key=draft.team.id_key,
    )
