"""When a limit runs out, forwards from what happened or backwards from what is to come; and time worked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.worktime.calendars import Calendar, Span
from app.domain.worktime.limit import Limit, Unit
from app.text import _

Pause = tuple[datetime, datetime | None]
"""From when until when a clock stands still; None while it still does."""

_FOREVER = datetime.max.replace(tzinfo=UTC)
_LENGTH = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.WORKING_HOURS: timedelta(hours=1),
}
_WORKING = (Unit.WORKING_HOURS, Unit.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock starts and runs out, in UTC, where instants compare and subtract rightly on every night.

    ``due`` and ``earliest`` (of a window) are None where a clock that still stands paused has not run out.
    What is left then: the same question with that pause ending now, less now.
    """

    starts: datetime
    due: datetime | None
    earliest: datetime | None = None


def due(
    limit: Limit, start: datetime, calendar: Calendar, *, backward: bool = False, pauses: Iterable[Pause] = ()
) -> Due:
    """When the limit runs out that starts at an aware instant; backward, by when at the latest before it.

    A window before an event is open from the longer amount to the shorter. ValueError for a naive instant, a
    pause that ends before it begins, a pause of a backward limit (what is to come does not wait), and where
    the calendar is too empty or the years run out.
    """
    still = _in_order(pauses)
    if backward and still:
        raise ValueError(_("a limit before an event cannot be paused"))
    try:
        if backward:
            return _backward(limit, _aware(start), calendar)
        return _forward(limit, _aware(start), calendar, still)
    except OverflowError:
        raise ValueError(_("%(limit)s from there leaves the calendar") % {"limit": limit}) from None


def postponed(
    agreed: datetime, since: datetime, calendar: Calendar, pauses: Iterable[Pause]
) -> datetime | None:
    """A moment agreed on, later by the working time that pauses took from ``since`` on; None while one stands.

    ValueError as of `due`.
    """
    try:
        return _delayed(_aware(since), _aware(agreed), Unit.WORKING_DAYS, calendar, _in_order(pauses))
    except OverflowError:
        raise ValueError(_("the pauses leave the calendar")) from None


def worked(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time between two aware instants; negative where the second is the earlier."""
    start, end = _aware(start), _aware(end)
    if end < start:
        return -worked(calendar, end, start)
    day, last = calendar.local(start).date(), calendar.local(end).date()
    total = timedelta()
    while day <= last:
        total += sum((_shared(span, (start, end)) for span in calendar.openings(day)), timedelta())
        day += timedelta(days=1)
    return total


def _forward(limit: Limit, start: datetime, calendar: Calendar, still: Sequence[Span]) -> Due:
    starts = calendar.next_opening(start) if limit.unit in _WORKING else start
    ends = [
        None if amount is None else _run(amount, limit.unit, starts, calendar, still)
        for amount in (limit.amount, limit.earliest)
    ]
    return Due(starts, *ends)


def _backward(limit: Limit, event: datetime, calendar: Calendar) -> Due:
    starts = calendar.previous_closing(event) if limit.unit in _WORKING else event
    furthest = _back(limit.amount, limit.unit, starts, calendar)
    if limit.earliest is None:
        return Due(starts, furthest)
    return Due(starts, _back(limit.earliest, limit.unit, starts, calendar), furthest)


def _run(
    amount: int, unit: Unit, starts: datetime, calendar: Calendar, still: Sequence[Span]
) -> datetime | None:
    """The end of a clock that runs forwards from its start, or None where it stands for ever."""
    if not amount:
        return starts
    if unit in _LENGTH:
        return _spend(amount * _LENGTH[unit], _time_from(starts, unit, calendar), still)
    end = _on_the_wall(amount, unit, starts, calendar)
    return _delayed(starts, end, unit, calendar, still)


def _back(amount: int, unit: Unit, starts: datetime, calendar: Calendar) -> datetime:
    """The latest moment that lies an amount before an event."""
    if not amount:
        return starts
    if unit not in _LENGTH:
        return _on_the_wall(-amount, unit, starts, calendar)
    left = amount * _LENGTH[unit]
    if unit is not Unit.WORKING_HOURS:
        return starts - left
    for opening, closing in calendar.openings_before(starts):
        if closing - opening >= left:
            return closing - left
        left -= closing - opening
    raise AssertionError("the spans before an instant have no end")


def _on_the_wall(amount: int, unit: Unit, starts: datetime, calendar: Calendar) -> datetime:
    """So many working days, days, weeks or months from there, at the same time of day."""
    wall = calendar.local(starts).replace(tzinfo=None)
    if unit is Unit.WORKING_DAYS:
        return calendar.instant(datetime.combine(calendar.working_day(wall.date(), amount), wall.time()))
    if unit is Unit.MONTHS:
        years, month = divmod(wall.year * 12 + wall.month - 1 + amount, 12)
        if not 0 < years < 10_000:
            raise OverflowError
        last = monthrange(years, month + 1)[1]
        return calendar.instant(wall.replace(year=years, month=month + 1, day=min(wall.day, last)))
    return calendar.instant(wall + timedelta(days=amount * (7 if unit is Unit.WEEKS else 1)))


def _delayed(
    starts: datetime, end: datetime, unit: Unit, calendar: Calendar, still: Sequence[Span]
) -> datetime | None:
    """The end as pauses move it: later by the clock's own time that fell into them.

    A clock of working days that pauses let run out while closed, or while paused, does so at the next
    opening, just as it starts: a day lost to a pause is a day, from 08:00 to 08:00.
    """
    working = unit in _WORKING
    lost = timedelta()
    for span in still:
        a, b = max(span[0], starts), min(span[1], end)
        if a < b:
            lost += worked(calendar, a, b) if working else b - a
    if lost:
        later = _spend(lost, _time_from(end, unit, calendar), still)
        if later is None:
            return None
        end = calendar.next_opening(later) if working else later
    for a, b in still:
        if a < end < b:
            if b == _FOREVER:
                return None
            end = calendar.next_opening(b)
    return end


def _time_from(instant: datetime, unit: Unit, calendar: Calendar) -> Iterator[Span]:
    """The spans in which a clock of that unit runs."""
    return calendar.openings_after(instant) if unit in _WORKING else iter([(instant, _FOREVER)])


def _spend(left: timedelta, spans: Iterator[Span], still: Sequence[Span]) -> datetime | None:
    """The first moment by which so much time has run in the spans outside the pauses; None: one has no end."""
    for start, end in _running(spans, still):
        if end - start >= left:
            return start + left
        left -= end - start
    if not still or still[-1][1] != _FOREVER:
        raise OverflowError
    return None


def _running(spans: Iterator[Span], still: Sequence[Span]) -> Iterator[Span]:
    """The spans without the pauses; they end where a pause has no end."""
    stop = still[-1][0] if still and still[-1][1] == _FOREVER else _FOREVER
    for start, end in spans:
        if start >= stop:
            return
        for a, b in still:
            if start < a < end:
                yield start, a
            if a < end and start < b:
                start = b  # noqa: PLW2901 - what is left of the span
        if start < end:
            yield start, end


def _in_order(pauses: Iterable[Pause]) -> list[Span]:
    """The pauses in UTC, in order, those that touch made one."""
    spans = sorted((_aware(a), _FOREVER if b is None else _aware(b)) for a, b in pauses)
    joined: list[Span] = []
    for start, end in spans:
        if end < start:
            raise ValueError(_("a pause ends before it begins"))
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _shared(one: Span, other: Span) -> timedelta:
    return max(min(one[1], other[1]) - max(one[0], other[0]), timedelta())


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(_("the time %(time)s has no offset") % {"time": instant.isoformat()})
    return instant.astimezone(UTC)
