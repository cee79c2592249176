"""The rules that stand against a person taking a shift. One function asks them all, for a choice and for a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from app.domain.cover.places import Travel
from app.domain.instants import day_bounds, start_of_day
from app.domain.records import Person
from app.text import _

_DAY = timedelta(hours=24)
_HOUR = timedelta(hours=1)
_NOTHING = timedelta()


class Visit(Protocol):
    """A shift, or as much of one as the rules look at."""

    @property
    def id(self) -> str:
        """Which one it is."""

    @property
    def customer(self) -> str:
        """Where it is."""

    @property
    def start(self) -> datetime:
        """When it begins."""

    @property
    def end(self) -> datetime:
        """When it ends."""


class Needed(Visit, Protocol):
    """A shift that someone is sought for."""

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that it needs."""


class Duty(NamedTuple):
    """A planned shift of a candidate."""

    id: str
    customer: str
    start: datetime
    end: datetime


class Away(Protocol):
    """An absence of a candidate, open-ended without ``until``."""

    @property
    def from_(self) -> datetime:
        """From when."""

    @property
    def until(self) -> datetime | None:
        """Until when."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A country's law of working time: hours of rest a day, hours a week, and where they are written."""

    daily_rest: timedelta = timedelta(hours=11)
    weekly: timedelta = timedelta(hours=48)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What a customer's shifts ask of whoever takes them. ``modules``: id → title of the onboarding required."""

    area: str | None = None
    location: str | None = None
    modules: Mapping[str, str] = field(default_factory=dict)


NOWHERE = Site()
Span = tuple[datetime, datetime]
"""From one instant up to another."""


@lru_cache(maxsize=16_384)
def _day(moment: datetime, zone: tzinfo) -> Span:
    return day_bounds(moment, zone)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is the same for every candidate. Days and weeks are those of the zone."""

    limits: Limits = Limits()
    zone: tzinfo = UTC
    travel: Travel = Travel()
    sites: Mapping[str, Site] = field(default_factory=dict)

    def site(self, customer: str) -> Site:
        """What is known of a customer's site."""
        return self.sites.get(customer, NOWHERE)

    def way(self, one: Visit, other: Visit) -> timedelta:
        """The time on the way between two shifts; none within a site."""
        if one.customer == other.customer:
            return _NOTHING
        return self.travel.time(self.site(one.customer).location, self.site(other.customer).location)

    def day(self, moment: datetime) -> Span:
        """The local day of an instant: its first moment and the next day's."""
        return _day(moment, self.zone)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a candidate.

    ``shifts`` are their planned ones in the weeks around, ``absences`` those that touch them, ``visits`` how often
    they have been at the site, ``km`` the distance to it where both places are known. ``valid`` are the modules that
    they hold as they are now, ``held`` those that they must repeat (FI-48). ``stepped_in``: when they took over
    someone's shift in the last weeks. ``answer``: what they said when they were offered the shift.
    """

    person: Person
    shifts: Sequence[Visit] = ()
    absences: Sequence[Away] = ()
    visits: int = 0
    km: float | None = None
    valid: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    stepped_in: Sequence[datetime] = ()
    answer: str = ""


class Obstacle(NamedTuple):
    """A rule that would be broken, by its name, and in a few words for people."""

    rule: str
    said: str

    def __str__(self) -> str:
        """The words."""
        return self.said


def obstacles(shift: Needed, facts: Facts, rules: Rules = Rules()) -> tuple[Obstacle, ...]:
    """The rules that the person would break by taking the shift, the gravest first."""
    return tuple(_broken(shift, facts, rules))


def allowed(shift: Needed, facts: Facts, rules: Rules) -> bool:
    """True where no rule stands against it: the same question, which ends at the first that does."""
    return next(_broken(shift, facts, rules), None) is None


def _broken(shift: Needed, facts: Facts, rules: Rules) -> Iterator[Obstacle]:
    if not facts.person.active:
        yield Obstacle("left", _("no longer with us"))
    if any(overlaps(shift, one) for one in facts.absences):
        yield Obstacle("absent", _("absent then"))
    yield from time_obstacles(shift, duties(shift, facts), rules)
    if missing := sorted(set(shift.skills) - set(facts.person.skills)):
        yield Obstacle("skills", _("lacks: %(skills)s") % {"skills": ", ".join(missing)})
    for module, title in sorted(rules.site(shift.customer).modules.items(), key=lambda one: one[1]):
        if module not in facts.valid:
            what = _("must repeat: %(module)s") if module in facts.held else _("no onboarding: %(module)s")
            yield Obstacle("onboarding", what % {"module": title})


def overlaps(shift: Visit, absence: Away) -> bool:
    """True where an absence takes a person from a shift, or from a part of it."""
    return absence.from_ < shift.end and (absence.until is None or absence.until > shift.start)


def duties(shift: Visit, facts: Facts) -> list[Visit]:
    """The candidate's other shifts that they will be at: not those that an absence takes them from."""
    if not facts.absences:
        return [one for one in facts.shifts if one.id != shift.id]
    return [
        one
        for one in facts.shifts
        if one.id != shift.id and not any(overlaps(one, absence) for absence in facts.absences)
    ]


def time_obstacles(shift: Visit, others: Sequence[Visit], rules: Rules) -> Iterator[Obstacle]:
    """What other shifts of a person forbid, whoever they are: too little room, rest, time for the way or hours."""
    limits = rules.limits
    near = [one for one in others if one.start < shift.end + _DAY and one.end > shift.start - _DAY]
    if any(one.start < shift.end and one.end > shift.start for one in near):
        yield Obstacle("busy", _("has a shift then"))
    else:
        if minutes := _late(shift, near, rules):
            yield Obstacle("travel", _("%(minutes)d min short for the way") % {"minutes": minutes})
        if _rests_too_little(shift, near, limits.daily_rest, rules):
            hours = limits.daily_rest // _HOUR
            yield Obstacle("rest", _("%(hours)d h rest would be broken") % {"hours": hours})
    planned = week_hours(shift, [*others, shift], rules)
    if planned > limits.weekly:
        what = {"hours": hours_words(planned), "limit": hours_words(limits.weekly)}
        yield Obstacle("hours", _("%(hours)s h that week, %(limit)s allowed") % what)


def _late(shift: Visit, others: Sequence[Visit], rules: Rules) -> int:
    """How many minutes are missing for the way from the shift before, or to the next; 0 where it can be done."""
    short = _NOTHING
    for one in others:
        gap = shift.start - one.end if one.start < shift.start else one.start - shift.end
        short = max(short, rules.way(one, shift) - gap)
    return -(-short // timedelta(minutes=1))


def _rests_too_little(shift: Visit, others: Sequence[Visit], rest: timedelta, rules: Rules) -> bool:
    """A rest must lie between one day's shifts and the next's, and in any 24 hours.

    Several shifts of one day, such as an early and a late one, are one working day: it may span what the rest
    leaves of 24 hours.
    """
    around = sorted([*others, shift], key=lambda one: one.start)
    days = [around[:1]]
    for before, one in pairwise(around):
        if one.start - before.end < rest:
            days[-1].append(one)
        else:
            days.append([one])
    ours = next(day for day in days if shift in day)
    if max(one.end for one in ours) - ours[0].start > _DAY - rest:
        return True
    return any(
        shift in pair and rules.day(pair[0].start) != rules.day(pair[1].start) for pair in pairwise(ours)
    )


def week_hours(shift: Visit, all_: Sequence[Visit], rules: Rules) -> timedelta:
    """The hours of these shifts in the ISO week of a shift; of two weeks that it touches, the fuller one."""
    hours = (sum((_within(one, *week) for one in all_), _NOTHING) for week in weeks(shift, rules))
    return max(hours, default=_NOTHING)


def weeks(shift: Visit, rules: Rules) -> tuple[Span, ...]:
    """The ISO weeks that a shift touches, from Monday's first moment to the next Monday's."""
    return _weeks(shift.start, shift.end, rules.zone)


@lru_cache(maxsize=1_024)
def _weeks(start: datetime, end: datetime, zone: tzinfo) -> tuple[Span, ...]:
    day = start.astimezone(zone).date()
    monday, found = day - timedelta(days=day.weekday()), []
    while (first := start_of_day(monday, zone)) < end:
        monday += timedelta(days=7)
        found.append((first, start_of_day(monday, zone)))
    return tuple(found)


def _within(one: Visit, first: datetime, last: datetime) -> timedelta:
    if first <= one.start and one.end <= last:
        return one.end - one.start
    return max(_NOTHING, min(one.end, last) - max(one.start, first))


def hours_words(length: timedelta) -> str:
    """Hours as people write them: ``37``, ``37.5``."""
    return f"{length / _HOUR:.1f}".removesuffix(".0")
