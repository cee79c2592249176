"""The hours of a week as a company writes them: ``mon-fri 08:00-17:00; sat 10:00-14:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from app.text import _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_ENTRY = re.compile(r"([a-z, -]+?)\s+([0-9].*)")
_TIMES = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})")
_DASHES = str.maketrans("–—", "--")

Hours = tuple[tuple[int, int], ...]
"""One day's hours, in order and apart: (opening, closing) in minutes from 0 to 1440."""


@dataclass(frozen=True, slots=True)
class WeekHours:
    """When it is open, weekday by weekday, Monday first; an empty tuple is a day off."""

    days: tuple[Hours, ...]

    @classmethod
    def parse(cls, text: str) -> WeekHours:
        """The week written as ``DAYS TIMES; DAYS TIMES``, each a list with commas if need be.

        Days are ``mon`` to ``sun`` or ranges of them, times ``HH:MM-HH:MM`` up to 24:00. Hours over midnight
        are written as two days, so that it is plain whose holiday counts. ValueError with one clear line.
        """
        week: list[list[tuple[int, int]]] = [[] for _day in WEEKDAYS]
        for entry in filter(None, (part.strip() for part in text.lower().translate(_DASHES).split(";"))):
            match = _ENTRY.fullmatch(entry)
            if not match:
                raise _not_hours(entry)
            times = [_times(part.strip()) for part in match[2].split(",")]
            for day in _days(match[1]):
                week[day] += times
        if not any(week):
            raise ValueError(_("the hours name no day: write mon-fri 08:00-17:00"))
        return cls(tuple(_apart(day, hours) for day, hours in enumerate(week)))

    def __str__(self) -> str:
        """The hours as `parse` reads them, one day at a time."""
        return "; ".join(
            f"{name} " + ", ".join(f"{_clock(opening)}-{_clock(closing)}" for opening, closing in hours)
            for name, hours in zip(WEEKDAYS, self.days, strict=True)
            if hours
        )


def _days(text: str) -> list[int]:
    """The weekdays of a list such as ``mon, wed-fri``; a range may run over the weekend."""
    days: list[int] = []
    for part in text.split(","):
        first, *last = (_weekday(name.strip()) for name in part.split("-"))
        if len(last) > 1:
            raise _not_hours(part.strip())
        length = (last[0] - first) % 7 if last else 0
        days += [(first + step) % 7 for step in range(length + 1)]
    return days


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise ValueError(
            _("%(name)r is not a weekday: write mon, tue, wed, thu, fri, sat, sun") % {"name": name}
        )
    return WEEKDAYS.index(name)


def _times(text: str) -> tuple[int, int]:
    match = _TIMES.fullmatch(text)
    if not match:
        raise _not_hours(text)
    hour, minute, last_hour, last_minute = map(int, match.groups())
    opening, closing = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or closing > 24 * 60:
        raise ValueError(_("%(text)r is not a time of day: hours go from 00:00 to 24:00") % {"text": text})
    if opening >= closing:
        raise ValueError(
            _("%(text)r closes before it opens: write hours over midnight as two days") % {"text": text}
        )
    return opening, closing


def _apart(day: int, hours: list[tuple[int, int]]) -> Hours:
    """The day's hours in order; hours that overlap are an error, since which of them is meant is a guess."""
    ordered = sorted(hours)
    for earlier, later in pairwise(ordered):
        if later[0] < earlier[1]:
            raise ValueError(_("the hours of %(day)s overlap") % {"day": WEEKDAYS[day]})
    return tuple(ordered)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _not_hours(text: str) -> ValueError:
    return ValueError(
        _("%(text)r are not hours: write mon-fri 08:00-17:00; sat 10:00-14:00") % {"text": text}
    )
