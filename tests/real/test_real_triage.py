"""A city's thousand complaints, triaged by the same decisions, by a calendar of Mon-Fri 08:00-17:00 (DK-21, FI-20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.desk import Desk
from app.domain.records import Complaint, Customer
from app.domain.worktime import Calendar, WeekHours
from app.queries.report import month_report
from app.queries.today import queue
from app.store.holidays import country_holidays
from tests.domain.worktime.test_against_oracle import MINUTE, Oracle
from tests.exchange.imports import map_file, take
from tests.real.test_real_imports import CITY
from tests.real.where import real
from tests.support import HandClock, id_of, make_desk

CALENDAR = Calendar(
    ZoneInfo("America/New_York"),
    WeekHours.parse("mon-fri 08:00-17:00"),
    country_holidays("US", range(2023, 2027)).__contains__,
)
EVERY = 25
"""Of so many complaints one is computed by walking minute by minute."""
ACCEPT = {"plan": "A crew goes there", "assignee": "Jonas Berg", "reply": "A crew comes"}


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """A supervisor whose area works by that calendar, with four working hours for the first answer."""
    opened = make_desk(tmp_path, clock=clock)
    north = id_of(opened, "areas", "North")
    land = {"country": "US", "timezone": "America/New_York", "hours": "mon-fri 08:00-17:00"}
    opened.take("area.change", north, land)
    answer = {"external": "P0", "title": "First answer", "limit": "4wh", "clock": "working_hours"}
    opened.take("promise.set", None, {**answer, "area": "North"})
    yield opened
    opened.close()


def complaints(desk: Desk) -> list[Complaint]:
    found = desk.ask(lambda view: view.find(Complaint))
    return sorted(found, key=lambda one: (one.received_at, one.id))


def triage(desk: Desk, clock: HandClock, number: int, one: Complaint) -> None:
    """Every fifth is answered late; then by turns accepted and solved, rejected, planned as extra work, or answered."""
    assert one.reply_by is not None
    clock.now = one.reply_by + (MINUTE if number % 5 == 0 else -MINUTE)
    later = clock.now + timedelta(days=2)
    outcomes: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {**ACCEPT, "solve_by": later}),
        ("reject", {"reason": "Not one of our streets"}),
        ("extra_work", {"extra_work": "A new sign", "agreed_with": "the city", "when": later}),
        ("acknowledge", {"reply": "We look at it"}),
    )
    name, given = outcomes[number % 4]
    desk.take(f"complaint.{name}", one.id, given)


def test_a_thousand_are_triaged_and_both_clocks_follow_the_calendar(
    desk: Desk, clock: HandClock, tmp_path: Path
) -> None:
    take(desk, "complaints", real("complaints/nyc311-1000.csv"), map_file(tmp_path, CITY))
    for site in desk.ask(lambda view: view.find(Customer, area=None)):
        desk.take("customer.change", site.id, {"area": "North"})
    received = complaints(desk)
    assert len(received) == 1_000
    oracle = Oracle(CALENDAR)
    for number, one in enumerate(received):
        if number % EVERY == 0:
            assert one.reply_by == _whole_minutes(oracle, one, 4 * 60)
        triage(desk, clock, number, one)
    decided = complaints(desk)
    assert Counter(one.status for one in decided) == dict.fromkeys(
        ("accepted", "rejected", "extra_work", "acknowledged"), 250
    )
    assert [number for number, one in enumerate(decided) if "reply" in one.late] == list(range(0, 1_000, 5))
    for one in decided[3 :: 4 * EVERY]:
        assert one.clock_due is not None
        start = oracle.opening(one.received_at - _seconds(one))
        same_time = oracle.nth_working_day(start, 5, MINUTE)
        late = _seconds(one) if oracle.open(one.received_at) else timedelta()
        assert one.clock_due == same_time + late
    assert {one.id for one in decided} <= {item.id for item in desk.ask(queue)}
    first = received[0].received_at.astimezone(CALENDAR.timezone).date().replace(day=1)
    assert _reported(desk, first, received[-1].received_at.date()) == (1_000, 800, 200)


def _seconds(one: Complaint) -> timedelta:
    return timedelta(seconds=one.received_at.second)


def _whole_minutes(oracle: Oracle, one: Complaint, minutes: int) -> Any:
    """The oracle walks whole minutes: seconds of a complaint that came within hours are put back at the end."""
    start = (one.received_at - _seconds(one)).astimezone(UTC)
    late = _seconds(one) if oracle.open(start) else timedelta()
    ends = oracle.spend(oracle.opening(start), minutes, oracle.open)
    assert ends is not None
    if late and not oracle.open(ends):
        ends = oracle.opening(ends)
    return ends + late


def _reported(desk: Desk, month: date, last: date) -> tuple[int, ...]:
    found = Counter[str]()
    while month <= last:
        report = desk.ask(month_report, month)
        found.update(all=report.received, early=report.answered_in_time, late=report.answered_late)
        month = (month + timedelta(days=31)).replace(day=1)
    return found["all"], found["early"], found["late"]
