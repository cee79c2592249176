"""The engine against an oracle that walks minute by minute and looks at the wall clock.

Random instants, calendars, pauses and promises in five countries, 2024–2030, with a liking for the nights
on which the clock changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.worktime import Calendar, Limit, Pause, Unit, WeekHours, due, worked
from app.store.holidays import country_holidays

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ZONES = {
    "DK": "Europe/Copenhagen",
    "SE": "Europe/Stockholm",
    "NO": "Europe/Oslo",
    "FI": "Europe/Helsinki",
    "DE": "Europe/Berlin",
}


@cache
def national_holidays(country: str) -> frozenset[date]:
    return country_holidays(country, range(2023, 2033))


@dataclass(frozen=True)
class Oracle:
    """Answers by walking. A None for a moment means never."""

    calendar: Calendar
    pauses: tuple[Pause, ...] = ()

    def wall(self, t: datetime) -> datetime:
        return t.astimezone(self.calendar.timezone).replace(tzinfo=None)

    def working(self, day: date) -> bool:
        c = self.calendar
        return bool(c.hours.days[day.weekday()]) and not c.holidays(day) and day not in c.closed

    def open(self, t: datetime) -> bool:
        now = self.wall(t)
        minute = now.hour * 60 + now.minute
        hours = self.calendar.hours.days[now.weekday()]
        return any(first <= minute < last for first, last in hours) and self.working(now.date())

    def paused(self, t: datetime) -> bool:
        return any(a <= t and (b is None or t < b) for a, b in self.pauses)

    def never_again(self, t: datetime) -> bool:
        return any(a <= t and b is None for a, b in self.pauses)

    def walk(self, t: datetime, step: timedelta, stop: Callable[[datetime], bool]) -> datetime:
        while not stop(t):
            t += step
        return t

    def opening(self, t: datetime) -> datetime:
        return self.walk(t, MINUTE, self.open)

    def closing(self, t: datetime) -> datetime:
        return self.walk(t, -MINUTE, lambda now: self.open(now) or self.open(now - MINUTE))

    def spend(self, t: datetime, minutes: int, runs: Callable[[datetime], bool]) -> datetime | None:
        while minutes:
            if self.never_again(t):
                return None
            minutes -= runs(t) and not self.paused(t)
            t += MINUTE
        return t

    def on_day(self, day: date, like: datetime) -> datetime:
        """The first moment with that time of day; a skipped one as the clock before would show it."""
        target = datetime.combine(day, like.time())
        t = datetime.combine(day, like.time(), tzinfo=UTC) - timedelta(hours=5)
        while self.wall(t + MINUTE) <= target:
            t += MINUTE
            if self.wall(t) == target:
                return t
        return t + (target - self.wall(t))

    def nth_working_day(self, t: datetime, count: int, step: timedelta) -> datetime:
        wall, day = self.wall(t), self.wall(t).date()
        while count:
            t += step
            if self.wall(t).date() != day:
                day = self.wall(t).date()
                count -= self.working(day)
        return self.on_day(day, wall)

    def on_the_calendar(self, t: datetime, amount: int, unit: Unit) -> datetime:
        wall = self.wall(t)
        day, step = wall.date(), DAY if amount > 0 else -DAY
        if unit is not Unit.MONTHS:
            for _each in range(abs(amount) * (7 if unit is Unit.WEEKS else 1)):
                day += step
            return self.on_day(day, wall)
        for _each in range(abs(amount)):
            month = day.month
            while day.month == month:
                day += step
        while day.day > wall.day:
            day -= DAY
        while day.day < wall.day and (day + DAY).month == day.month:
            day += DAY
        return self.on_day(day, wall)


def forward(limit: Limit, start: datetime, oracle: Oracle) -> tuple[datetime, datetime | None]:
    working = limit.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
    starts = oracle.opening(start) if working else start
    if not limit.amount:
        return starts, starts
    if limit.unit in (Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS):
        minutes = limit.amount * (1 if limit.unit is Unit.MINUTES else 60)
        return starts, oracle.spend(starts, minutes, oracle.open if working else lambda _t: True)
    if limit.unit is Unit.WORKING_DAYS:
        return starts, delayed_working_day(
            starts, oracle.nth_working_day(starts, limit.amount, MINUTE), oracle
        )
    end = oracle.on_the_calendar(starts, limit.amount, limit.unit)
    if any(a < end and b is None for a, b in oracle.pauses):
        return starts, None
    still = {
        a + n * MINUTE
        for a, b in oracle.pauses
        if b
        for n in range((b - a) // MINUTE)
        if starts <= a + n * MINUTE < end
    }
    return starts, oracle.spend(end, len(still), lambda _t: True)


def delayed_working_day(starts: datetime, end: datetime, oracle: Oracle) -> datetime | None:
    lost, t = 0, starts
    while t < end:
        lost += oracle.paused(t) and oracle.open(t)
        t += MINUTE
    moved = bool(lost)
    later = oracle.spend(end, lost, oracle.open)
    while later and (
        (moved and not oracle.open(later)) or (oracle.paused(later - MINUTE) and oracle.paused(later))
    ):
        if oracle.never_again(later):
            return None
        later, moved = later + MINUTE, True
    return later


def backward(limit: Limit, event: datetime, oracle: Oracle) -> tuple[datetime, datetime]:
    if limit.unit in (Unit.MINUTES, Unit.HOURS):
        return event, event - limit.amount * (MINUTE if limit.unit is Unit.MINUTES else 60 * MINUTE)
    if limit.unit not in (Unit.WORKING_DAYS, Unit.WORKING_HOURS):
        return event, oracle.on_the_calendar(event, -limit.amount, limit.unit) if limit.amount else event
    starts = t = oracle.closing(event)
    if limit.unit is Unit.WORKING_DAYS:
        return starts, oracle.nth_working_day(starts, limit.amount, -MINUTE) if limit.amount else starts
    minutes = limit.amount * 60
    while minutes:
        t -= MINUTE
        minutes -= oracle.open(t)
    return starts, t


def days_hours() -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    """One or two stretches of at least three hours, at any time of day or night."""
    one = st.integers(0, 1260).flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 180, 1440)))
    two = st.tuples(
        st.integers(0, 300), st.integers(480, 700), st.integers(720, 900), st.integers(1080, 1440)
    )
    return st.one_of(
        st.sampled_from([((480, 1020),), ((420, 720), (780, 960)), ((0, 1440),), ((150, 420),)]),
        one.map(lambda hours: (hours,)),
        two.map(lambda at: ((at[0], at[1]), (at[2], at[3]))),
    )


@st.composite
def weeks(draw: st.DrawFn) -> WeekHours:
    if draw(st.booleans()):
        return WeekHours.parse(
            draw(st.sampled_from(["mon-fri 08:00-17:00", "mon-fri 08:00-17:00; sat 10:00-14:00"]))
        )
    weekdays = draw(st.sets(st.integers(0, 6), min_size=3))
    return WeekHours(tuple(draw(days_hours()) if day in weekdays else () for day in range(7)))


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Whole minutes of 2024–2030, every other one within four days of a change of the clock."""
    if draw(st.booleans()):
        return datetime(2024, 1, 1, tzinfo=UTC) + draw(st.integers(0, 7 * 365 * 1440)) * MINUTE
    last = date(draw(st.integers(2024, 2030)), draw(st.sampled_from([3, 10])), 31)
    change = datetime.combine(last - (last.weekday() + 1) % 7 * DAY, datetime.min.time(), tzinfo=UTC)
    return change + timedelta(hours=1) + draw(st.integers(-4 * 1440, 4 * 1440)) * MINUTE


@st.composite
def calendars(draw: st.DrawFn, near: datetime) -> Calendar:
    country = draw(st.sampled_from(sorted(ZONES)))
    closed = draw(st.frozensets(st.integers(-20, 20).map(lambda n: (near + n * DAY).date()), max_size=4))
    holidays = national_holidays(country).__contains__
    return Calendar(ZoneInfo(ZONES[country]), draw(weeks()), holidays, closed)


@st.composite
def pauses(draw: st.DrawFn, start: datetime) -> tuple[Pause, ...]:
    """Up to three pauses, apart or not, one of them perhaps without an end."""
    found: list[Pause] = []
    for _each in range(draw(st.integers(0, 3))):
        begins = start + draw(st.integers(-600, 8_000)) * MINUTE
        length = draw(st.one_of(st.integers(0, 4_000), st.none() if draw(st.booleans()) else st.just(60)))
        found.append((begins, None if length is None else begins + length * MINUTE))
    return tuple(found)


LIMITS = st.one_of(
    st.builds(Limit, st.integers(0, 3_000), st.just(Unit.MINUTES)),
    st.builds(Limit, st.integers(0, 72), st.just(Unit.HOURS)),
    st.builds(Limit, st.integers(0, 14), st.just(Unit.WORKING_HOURS)),
    st.builds(Limit, st.integers(0, 6), st.just(Unit.WORKING_DAYS)),
    st.builds(Limit, st.integers(0, 12), st.just(Unit.DAYS)),
    st.builds(Limit, st.integers(0, 3), st.just(Unit.WEEKS)),
    st.builds(Limit, st.integers(0, 13), st.just(Unit.MONTHS)),
)


@st.composite
def cases(draw: st.DrawFn, paused: bool = False) -> tuple[Limit, datetime, Oracle]:
    start = draw(instants())
    return draw(LIMITS), start, Oracle(draw(calendars(start)), draw(pauses(start)) if paused else ())


def agrees_forward(case: tuple[Limit, datetime, Oracle]) -> None:
    limit, start, oracle = case
    found = due(limit, start, oracle.calendar, pauses=oracle.pauses)
    assert (found.starts, found.due) == forward(limit, start, oracle)


def agrees_backward(case: tuple[Limit, datetime, Oracle]) -> None:
    limit, start, oracle = case
    found = due(limit, start, oracle.calendar, backward=True)
    assert (found.starts, found.due) == backward(limit, start, oracle)


def agrees_on_time_worked(case: tuple[Limit, datetime, Oracle], minutes: int) -> None:
    _limit, start, oracle = case
    counted = sum(oracle.open(start + n * MINUTE) for n in range(minutes))
    assert worked(oracle.calendar, start, start + minutes * MINUTE) == counted * MINUTE


@given(cases())
def test_forward(case: tuple[Limit, datetime, Oracle]) -> None:
    agrees_forward(case)


@given(cases(paused=True))
def test_forward_with_pauses(case: tuple[Limit, datetime, Oracle]) -> None:
    agrees_forward(case)


@given(cases())
def test_backward(case: tuple[Limit, datetime, Oracle]) -> None:
    agrees_backward(case)


@given(cases(), st.integers(0, 10_000))
def test_time_worked(case: tuple[Limit, datetime, Oracle], minutes: int) -> None:
    agrees_on_time_worked(case, minutes)


@pytest.mark.soak
@settings(max_examples=1_500, derandomize=False)
@given(cases(), cases(paused=True), st.integers(0, 10_000))
def test_all_of_it_for_long(
    plain: tuple[Limit, datetime, Oracle], paused: tuple[Limit, datetime, Oracle], minutes: int
) -> None:
    agrees_forward(plain)
    agrees_backward(plain)
    agrees_forward(paused)
    agrees_on_time_worked(plain, minutes)
