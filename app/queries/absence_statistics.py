"""How many are away in a month, by day, week, kind and area, for planning. It names nobody and ranks nobody (DK-13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from app.domain.instants import from_text, start_of_day, to_text
from app.domain.records import Area
from app.queries.manning import FAR
from app.queries.scope import my_areas, person_in
from app.queries.subjects import names
from app.store.tables import AbsenceRow, PersonRow
from app.store.view import StoreView

KINDS = ("sick", "child_sick", "other", "holiday")
"""In the order in which they stand upon each other."""
FEWEST = 3
"""An area of fewer people is told together with the others: one person's days are nobody's statistics."""
_AT_WORK = ("service_assistant", "first_assistant")

Days = Mapping[str, int]
"""Kind of absence → days away, one for each person and day; a part of a day counts as one."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's absences. ``weeks`` are (number of the week, days); an area is None where several are put together.

    ``staff`` is how many people the figures are about.
    """

    first: date
    days: tuple[Days, ...]
    weeks: tuple[tuple[int, Days], ...]
    areas: tuple[tuple[str | None, int, Days], ...]
    staff: int

    @property
    def total(self) -> Days:
        """The whole month."""
        return _sum(self.days)


def month_from(view: StoreView, months: int = 0) -> date:
    """The first day of the present month, or of so many months from it."""
    today = view.now.astimezone(view.zone).date()
    place = today.year * 12 + today.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def month(view: StoreView, first: date, *, everywhere: bool = False) -> Month:
    """The figures of a month. An absence without a known end counts until today: nobody knows the days after."""
    after = (first + timedelta(days=31)).replace(day=1)
    days = [first + timedelta(days=number) for number in range((after - first).days)]
    of_day: dict[date, Counter[str]] = {day: Counter() for day in days}
    of_area: dict[str | None, Counter[str]] = {}
    for _person, area, kind, day in _away(view, days, everywhere=everywhere):
        of_day[day][kind] += 1
        of_area.setdefault(area, Counter())[kind] += 1
    weeks: dict[int, list[Days]] = {}
    for day in days:
        weeks.setdefault(day.isocalendar().week, []).append(of_day[day])
    staff = _staff(view, everywhere=everywhere)
    return Month(
        first,
        tuple(of_day[day] for day in days),
        tuple((number, _sum(found)) for number, found in weeks.items()),
        tuple(_areas(view, of_area, staff)),
        sum(staff.values()),
    )


def _away(
    view: StoreView, days: list[date], *, everywhere: bool
) -> Iterator[tuple[str, str | None, str, date]]:
    """(person, area, kind, day) of everyone who is away on a day, each once."""
    start, end = start_of_day(days[0], view.zone), start_of_day(days[-1] + timedelta(days=1), view.zone)
    query = (
        select(AbsenceRow.person, PersonRow.area, AbsenceRow.kind, AbsenceRow.from_, AbsenceRow.until)
        .outerjoin(PersonRow, PersonRow.id == AbsenceRow.person)
        .where(
            AbsenceRow.status != "withdrawn",
            AbsenceRow.person.is_not(None),
            AbsenceRow.from_.is_not(None),
            AbsenceRow.from_ < to_text(end),
            func.coalesce(AbsenceRow.until, FAR) > to_text(start),
        )
    )
    if not everywhere and (areas := my_areas(view)):
        query = query.where(person_in(AbsenceRow.person, areas))
    now = view.now.astimezone(view.zone).date()
    seen: set[tuple[str, str | None, str, date]] = set()
    for person, area, kind, from_, until in view.conn.execute(query):
        day = max(_local(view, from_ or ""), days[0])
        last = _local(view, until, before=timedelta(seconds=1)) if until else now
        while day <= min(last, days[-1]):
            seen.add((person or "", area, kind if kind in KINDS else "other", day))
            day += timedelta(days=1)
    yield from seen


def _local(view: StoreView, moment: str, before: timedelta = timedelta()) -> date:
    return (from_text(moment).astimezone(view.zone) - before).date()


def _staff(view: StoreView, *, everywhere: bool) -> dict[str | None, int]:
    query = select(PersonRow.area, func.count()).where(
        PersonRow.active.is_(True), PersonRow.role.in_(_AT_WORK)
    )
    if not everywhere and (areas := my_areas(view)):
        query = query.where(or_(PersonRow.area.is_(None), PersonRow.area.in_(areas)))
    return {row[0]: row[1] for row in view.conn.execute(query.group_by(PersonRow.area))}


def _areas(
    view: StoreView, found: Mapping[str | None, Counter[str]], staff: Mapping[str | None, int]
) -> Iterator[tuple[str | None, int, Days]]:
    called = names(view, Area)
    large = {
        area: called[area] for area in (*found, *staff) if area in called and staff.get(area, 0) >= FEWEST
    }
    for area, name in sorted(large.items(), key=lambda pair: pair[1]):
        yield name, staff[area], found.get(area, Counter())
    small = [area for area in {*found, *staff} if area not in large]
    if small:
        people = sum(staff.get(area, 0) for area in small)
        yield None, people, _sum([found.get(area, Counter()) for area in small])


def _sum(found: list[Days] | tuple[Days, ...]) -> Days:
    total: Counter[str] = Counter()
    for one in found:
        total.update(one)
    return total
