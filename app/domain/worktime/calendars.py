"""When it is open: weekly hours, public holidays and closed days, seen in one time zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.worktime.hours import WeekHours
from app.text import _

Span = tuple[datetime, datetime]
"""From one instant up to another, both in UTC."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_REACH = 60 * 366
"""How many days a search goes on: a calendar that hardly ever opens must not be searched for ever."""


def _no_holiday(_day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A place's working time.

    ``holidays`` says of a date whether it is one; of a frozenset of dates, hand in its ``__contains__``.
    """

    timezone: ZoneInfo
    hours: WeekHours
    holidays: Callable[[date], bool] = _no_holiday
    closed: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether there are hours on that date and nothing closes it."""
        return bool(self.hours.days[day.weekday()]) and day not in self.closed and not self.holidays(day)

    def working_day(self, day: date, count: int) -> date:
        """The date ``count`` working days after ``day``, or before it where ``count`` is negative."""
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        for _step in range(_REACH):
            if not left:
                return day
            day += step
            left -= self.is_working_day(day)
        raise _never_open()

    def local(self, instant: datetime) -> datetime:
        """The instant with this calendar's time zone."""
        return instant.astimezone(self.timezone)

    def instant(self, wall: datetime) -> datetime:
        """The instant, in UTC, at which the wall clock shows a naive date and time."""
        return wall.replace(tzinfo=self.timezone, fold=0).astimezone(UTC)

    def openings(self, day: date) -> list[Span]:
        """The spans of a local date in which it is open, in order.

        On a day on which the clock changes, each stretch of one offset is looked at on its own.
        """
        if not self.is_working_day(day):
            return []
        midnight = datetime.combine(day, time.min)
        before = self._offset(midnight, 0)
        after = self._offset(midnight + _DAY, 1)
        if before == after:
            return self._at_offset(midnight, before)
        change = self._change(_utc(midnight, before), _utc(midnight + _DAY, after), after)
        early = [(start, min(end, change)) for start, end in self._at_offset(midnight, before)]
        late = [(max(start, change), end) for start, end in self._at_offset(midnight, after)]
        return [(start, end) for start, end in early + late if start < end]

    def openings_after(self, instant: datetime) -> Iterator[Span]:
        """The spans of opening from an instant on, without end. ValueError where it opens no more."""
        day = self.local(instant).date()
        for ahead in range(_REACH):
            for start, end in self.openings(day + ahead * _DAY):
                if end > instant:
                    yield max(start, instant), end
        raise _never_open()

    def openings_before(self, instant: datetime) -> Iterator[Span]:
        """The spans of opening up to an instant, the latest first. ValueError where none came before.

        The first is empty where it opens at that very instant.
        """
        day = self.local(instant).date()
        for back in range(_REACH):
            for start, end in reversed(self.openings(day - back * _DAY)):
                if start <= instant:
                    yield start, min(end, instant)
        raise _never_open()

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself where it is open then, else the next opening."""
        return next(self.openings_after(instant))[0]

    def previous_closing(self, instant: datetime) -> datetime:
        """The instant itself where it is open then, opens or closes, else the closing before."""
        return next(self.openings_before(instant))[1]

    def _at_offset(self, midnight: datetime, offset: timedelta) -> list[Span]:
        """The date's hours, as if one offset held all day."""
        return [
            (_utc(midnight, offset - opening * _MINUTE), _utc(midnight, offset - closing * _MINUTE))
            for opening, closing in self.hours.days[midnight.weekday()]
        ]

    def _offset(self, wall: datetime, fold: int) -> timedelta:
        return wall.replace(tzinfo=self.timezone, fold=fold).utcoffset() or timedelta()

    def _change(self, early: datetime, late: datetime, after: timedelta) -> datetime:
        """The first whole second between the two at which the offset ``after`` holds."""
        while late - early > timedelta(seconds=1):
            middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
            if self.local(middle).utcoffset() == after:
                late = middle
            else:
                early = middle
        return late


def _utc(wall: datetime, offset: timedelta) -> datetime:
    return (wall - offset).replace(tzinfo=UTC)


def _never_open() -> ValueError:
    return ValueError(_("the calendar has too few opening hours for that"))
