"""Days of work by keys, on the demo: the supervisor's complaints (steps 10-12, 17, 18), the manager's month (10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.demo import DEMO_NOW
from app.desk import Desk
from app.domain.records import Complaint
from app.queries.subjects import subject
from tests.days.conftest import Seat
from tests.screens.support import board, last_line, press, table, text
from tests.support import HandClock

HOTEL = "Harbour Hotel"


def at(hour: int, minute: int) -> datetime:
    return DEMO_NOW.replace(hour=hour, minute=minute)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(at(6, 46))


@pytest.fixture
def desk(seat: Seat, clock: HandClock) -> Desk:
    return seat(clock=clock)


def complaint(desk: Desk, customer: str, status: str) -> Complaint:
    found = desk.ask(
        lambda view: [
            one
            for one in view.find(Complaint, status=status)
            if subject(view, "complaints", one.id) == customer
        ]
    )
    return max(found, key=lambda one: one.received_at)


async def test_steps_10_to_12_the_kitchen_floor_is_answered_in_time(desk: Desk, clock: HandClock) -> None:
    one = complaint(desk, HOTEL, "waiting")
    assert one.received_at == at(5, 10)
    async with board(desk, "3", size=(160, 45)) as pilot:
        assert table(pilot).cursor_key == one.id
        row = next(line for line in text(pilot).split("\n") if "▌●" in line)
        assert "0:24" in row
        await press(pilot, "enter")
        assert "✓ Kitchen floor, Kitchen, daily" in text(pilot)
        clock.now = at(6, 49)
        await press(pilot, "r", "tab", "enter", "'noon", "tab", "enter")
        answered = complaint(desk, HOTEL, "acknowledged")
        assert (answered.id, answered.replied_at, answered.late) == (one.id, at(6, 49), ())
        assert "by noon" in (answered.reply or "")
        # received before the opening: five working days from 08:00
        assert answered.clock_due == at(8, 0) + timedelta(days=7)
        assert "decide by" in text(pilot)


async def test_step_17_fridays_solved_one_is_closed_but_not_by_its_assignee(
    desk: Desk, seat: Seat, clock: HandClock
) -> None:
    one = complaint(desk, "Nordhavn School", "solved")
    jonas = seat("Jonas Berg", clock)
    async with board(jonas, "3", size=(160, 45)) as pilot:
        assert table(pilot).move_to(one.id)
        await press(pilot, "d")
        assert "the assignee does not approve their own work" in last_line(pilot)
    async with board(desk, "3", size=(160, 45)) as pilot:
        assert table(pilot).move_to(one.id)
        await press(pilot, "d")
        assert "Closed Nordhavn School" in last_line(pilot)
    found = desk.record("complaints", one.id)
    assert isinstance(found, Complaint)
    assert found.status == "closed"


async def test_step_18_leaving_names_what_is_unread(desk: Desk) -> None:
    ones = desk.ask(lambda view: view.find(Complaint, status="waiting"))
    async with board(desk, "3", size=(160, 45)) as pilot:
        unread = sum(one.read_at is None for one in ones)
        await press(pilot, "enter", "j", "enter", "q")
        assert f"{unread - 2} complaint unread" in text(pilot)
        await press(pilot, "escape", "j", "enter", "q")
        assert "unread" not in text(pilot).partition("The day is not clear")[2].split("╯")[0]


async def test_the_manager_step_10_the_months_complaints_and_away_with_them(
    seat: Seat, clock: HandClock, tmp_path: Path
) -> None:
    clock.now = at(15, 30)
    manager = seat("Henrik Vang", clock)
    async with board(manager, size=(160, 45)) as pilot:
        first = text(pilot).split("\n")[3]
        assert "reply by 07:10" in first
        assert HOTEL in first
        await press(pilot, "3", "e")
        assert "With management" in text(pilot)
        assert "over" in text(pilot)
        await press(pilot, "R")
        for said in (
            "November 2026",
            "complaints",
            "answered in time",
            "Outcomes",
            "Causes",
            "Broken promises",
        ):
            assert said in text(pilot)
        assert "answer still open" in text(pilot)
        await press(pilot, "x")
        await pilot.press("ctrl+u")
        await press(pilot, f"'{tmp_path / 'november.xlsx'}", "enter")
        assert "written: " in text(pilot)
    assert (tmp_path / "november.xlsx").read_bytes()[:2] == b"PK"
