"""Who can step in for a shift: the rules that stand against a person, and the order of those who can (DK-11).

Pure: the facts about each candidate are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from app.domain.records import Absence, Person, Shift
from app.text import _

DAILY_REST = timedelta(hours=11)
_DAY = timedelta(hours=24)
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a candidate for a shift.

    ``shifts`` are their planned ones within a day of it, ``absences`` those that overlap it, ``visits`` how
    often they have been at the site, ``km`` the distance to it where both places are known.
    """

    person: Person
    shifts: Sequence[Shift]
    absences: Sequence[Absence]
    visits: int = 0
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person for a shift: what speaks for them, and the rules that would be broken (empty: free to go).

    Who is ``absent`` cannot go for any reason.
    """

    person: str
    name: str
    reasons: tuple[str, ...]
    obstacles: tuple[str, ...]
    absent: bool = False

    @property
    def free(self) -> bool:
        """True where no rule stands against it."""
        return not self.obstacles


def obstacles(
    shift: Shift, facts: Facts, rest: timedelta = DAILY_REST, *, zone: tzinfo = UTC
) -> tuple[str, ...]:
    """The rules that the person would break by taking the shift, each in a few words; days are the zone's."""
    found = []
    if not facts.person.active:
        found.append(_("no longer with us"))
    if facts.absences:
        found.append(_("absent then"))
    others = [one for one in facts.shifts if one.id != shift.id]
    if any(one.start < shift.end and one.end > shift.start for one in others):
        found.append(_("has a shift then"))
    elif _rests_too_little(shift, others, rest, zone):
        found.append(_("%(hours)d h rest would be broken") % {"hours": rest // timedelta(hours=1)})
    if missing := sorted(set(shift.skills) - set(facts.person.skills)):
        found.append(_("lacks: %(skills)s") % {"skills": ", ".join(missing)})
    return tuple(found)


def _rests_too_little(shift: Shift, others: Sequence[Shift], rest: timedelta, zone: tzinfo) -> bool:
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
        shift in pair and len({one.start.astimezone(zone).date() for one in pair}) > 1
        for pair in pairwise(ours)
    )


def candidate(shift: Shift, facts: Facts, area: str | None, *, zone: tzinfo = UTC) -> Candidate:
    """The person as a candidate, with what speaks for and against."""
    against = obstacles(shift, facts, zone=zone)
    person, absent = facts.person, bool(facts.absences)
    return Candidate(person.id, person.name, _reasons(shift, facts, area), against, absent)


def _reasons(shift: Shift, facts: Facts, area: str | None) -> tuple[str, ...]:
    said = [_("free")] if not facts.absences and not facts.shifts else []
    if facts.visits:
        said.append(_("knows the site"))
    said.extend(sorted(set(shift.skills) & set(facts.person.skills)))
    if area is not None and facts.person.area != area:
        said.append(_("other area"))
    if facts.km is not None:
        said.append(_("%(km)d km") % {"km": round(facts.km)})
    return tuple(said)


def ranked(
    shift: Shift, everyone: Sequence[Facts], area: str | None, *, zone: tzinfo = UTC
) -> list[Candidate]:
    """Best first: those no rule stands against, in the same area, who know the site, near, with a free day."""

    def order(pair: tuple[Facts, Candidate]) -> tuple[object, ...]:
        facts, found = pair
        return (
            len(found.obstacles),
            facts.person.role not in ("service_assistant", "first_assistant"),
            facts.person.area != area,
            -min(facts.visits, 5),
            len(facts.shifts),
            facts.km if facts.km is not None else 999.0,
            facts.person.name,
            facts.person.id,
        )

    pairs = [(facts, candidate(shift, facts, area, zone=zone)) for facts in everyone]
    return [found for _facts, found in sorted(pairs, key=order)]


def distance_km(one: str | None, other: str | None) -> float | None:
    """The distance as the crow flies between two "lat,lon" places, in km; None where either is unknown."""
    places = [_place(one), _place(other)]
    if places[0] is None or places[1] is None:
        return None
    (lat1, lon1), (lat2, lon2) = places[0], places[1]
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _place(text: str | None) -> tuple[float, float] | None:
    try:
        lat, lon = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    return (radians(lat), radians(lon)) if abs(lat) <= 90 and abs(lon) <= 180 else None
