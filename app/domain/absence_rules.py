"""The rules of an absence that need more than its own fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.records import Absence, Shift

OPEN = ("reported", "approved")
"""The states in which an absence can still be decided on."""

LONGEST_SHIFT = timedelta(days=31)
"""No visit lasts longer: one that began before cannot go on now, so an index on starts finds what overlaps."""

SAME_MORNING = timedelta(hours=12)
"""Reports of different kinds that begin within so long can be of one absence: a whole day's and the morning's."""


class Reported(NamedTuple):
    """What is told of an absence: of what kind it is and from when."""

    kind: str | None
    start: datetime


def reported(absence: Absence) -> Reported:
    """What a report that is there tells."""
    return Reported(absence.kind, absence.from_)


def is_acute(absence: Absence, shifts: Sequence[Shift], minutes: int) -> bool:
    """Reported so close to the start of a shift that the person must call the supervisor (DK-09).

    ``shifts`` are those that the absence takes the person from, whoever has them now.
    """
    if absence.reported_at is None or absence.kind == "holiday":
        return False
    starts = [shift.start for shift in shifts if shift.end > absence.reported_at]
    return bool(starts) and min(starts) - absence.reported_at < timedelta(minutes=minutes)


def ends_before_it_begins(start: datetime, end: datetime | None) -> bool:
    """True for a period that no one could be away in."""
    return end is not None and end <= start


def joined(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of two ends; open-ended where one of them is."""
    return None if one is None or other is None else max(one, other)


def first_reported(one: Absence, other: Absence) -> tuple[Absence, Absence]:
    """Of two reports the one that was there first, then the other: everyone who makes one of them keeps the same."""

    def age(absence: Absence) -> tuple[datetime, str]:
        return absence.reported_at or absence.from_, absence.id

    return (one, other) if age(one) <= age(other) else (other, one)


def same_absence(one: Reported, other: Reported) -> bool:
    """True where two reports that overlap can be of the same absence, however each came in.

    Of different kinds they are only where they begin together: who falls ill after their child, or before a leave
    that is planned, is away twice, and so is who falls ill on holiday.
    """
    if one.kind == other.kind:
        return True
    if "holiday" in (one.kind, other.kind):
        return False
    return abs(one.start - other.start) < SAME_MORNING


def other_reports(absence: Absence, found: Sequence[Absence]) -> list[Absence]:
    """Of a person's absences in its time, the other open reports of the same."""
    this = reported(absence)
    return [
        one
        for one in found
        if one.id != absence.id and one.status in OPEN and same_absence(this, reported(one))
    ]
