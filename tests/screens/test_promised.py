"""Team's promises and areas by keys: what is promised, and the working time it is counted in (FI-20)."""

from __future__ import annotations

from pathlib import Path

from app.desk import Desk
from app.domain.records import Agreement, Area, Complaint, Promise
from tests.screens.support import board, footer, last_line, press, settle, table, text
from tests.support import id_of, make_desk, receive_complaint

TO_PROMISES = ("right",) * 5


def area(desk: Desk) -> Area:
    found = desk.record("areas", id_of(desk, "areas", "North"))
    assert isinstance(found, Area)
    return found


async def test_a_promise_is_made_and_changed_and_its_clock_follows(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    complaint = receive_complaint(desk)
    async with board(desk, "6", *TO_PROMISES) as pilot:
        assert "Promises 0" in text(pilot)
        await press(pilot, "A")
        assert "a new promise" not in text(pilot), "nothing is wrong before anything was asked"
        given = ("P0", "First feedback", "A complaint", "Tell them", "1h")
        for said in given:
            await press(pilot, f"'{said}", "tab")
        await press(pilot, "'elapsed", "tab", "'forward", "tab", "tab", "tab", "tab", "enter")
        assert last_line(pilot) == "✓ Promised First feedback · u undoes"
        assert "1 hour" in text(pilot)
        await press(pilot, "e")
        assert "Set a promise · First feedback" in text(pilot)
        assert "Only for which customer?" not in text(pilot), "nobody narrows the team's own by a slip"
        await press(pilot, *["tab"] * 3, *["backspace"] * 2, "'30m", *["tab"] * 4, "enter")
        assert [one.limit for one in desk.ask(lambda view: view.find(Promise))] == ["30m"]
        found = desk.record("complaints", complaint)
        assert isinstance(found, Complaint)
        assert found.reply_by is not None
        assert (found.reply_by - found.received_at).total_seconds() == 30 * 60
        await press(pilot, "u")
        assert "1 hour" in text(pilot)


async def test_the_closed_days_of_an_area_are_changed_where_its_hours_stand(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", *TO_PROMISES, "right") as pilot:
        table(pilot).move_to(id_of(desk, "areas", "North"))
        await settle(pilot)
        assert "none beside the public holidays" in text(pilot)
        assert "e change" in footer(pilot)
        await press(pilot, "enter", *["tab"] * 4, "'2026-12-24..2027-01-01", *["tab"] * 3, "enter")
        assert area(desk).closed_days == ("2026-12-24..2027-01-01",)
        assert "24 Dec – 1 Jan 2027" in text(pilot)
        await press(pilot, "e", *["tab"] * 4, "'x", *["tab"] * 3, "enter")
        assert "is no closed day" in text(pilot)
        await press(pilot, "escape", "u")
        assert area(desk).closed_days == ()


async def test_the_list_that_is_up_is_named_in_sight_on_a_narrow_terminal(tmp_path: Path) -> None:
    async with board(make_desk(tmp_path), "6", "left", "left", size=(80, 24)) as pilot:
        line = next(line for line in text(pilot).split("\n") if "Areas" in line)
        assert line.startswith("│‹")
        assert "Exchange" in line
        await press(pilot, "right")
        line = next(line for line in text(pilot).split("\n") if "People" in line)
        assert "Conflicts" in line
        assert "›" in line


async def test_an_item_is_agreed_with_the_customer_under_the_cursor(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", "i") as pilot:
        assert last_line(pilot) == "● no customer is under the cursor"
        await press(pilot, "right")
        customer = table(pilot).cursor_key
        await press(pilot, "i", "enter", "'Water the plants", *["tab"] * 5, "enter")
        assert last_line(pilot).startswith("✓ Agreed")
        (item,) = desk.ask(lambda view: view.find(Agreement, task="Water the plants"))
        assert (item.customer, item.included) == (customer, True)
        assert "✓ Water the plants" in text(pilot)
