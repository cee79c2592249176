"""What management sees: the queue that is theirs, escalated and handed back by keys, and the month (DE-20, DE-21)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.instants import to_text
from app.domain.records import Action, Complaint
from tests.screens.support import board, last_line, press, settle, table, text
from tests.support import NOW, carry, make_desk, receive_complaint


async def test_a_supervisor_escalates_and_a_manager_hands_back(tmp_path: Path) -> None:
    mette, hanne = make_desk(tmp_path), make_desk(tmp_path, "Hanne Friis")
    other, id_ = receive_complaint(mette), receive_complaint(mette, "Klinik Nord")
    async with board(mette, "3") as pilot:
        table(pilot).move_to(id_)
        await press(pilot, "E", "'They want to leave us", "tab", "enter")
        assert "Escalated Klinik Nord" in last_line(pilot)
        assert "with management since" in text(pilot)
        assert "hand back" not in text(pilot).lower()
    carry(mette, hanne)
    async with board(hanne, "3", "e") as pilot:
        assert "With management 1" in text(pilot)
        assert (table(pilot).cursor_key, table(pilot).following) == (id_, ())
        await press(pilot, "A", "'Two people on every visit", "tab", "'Jonas Berg", "enter", "'fri", "enter")
        await press(pilot, "b", "'I called them", "tab", "enter")
        assert "Handed back Klinik Nord" in last_line(pilot)
        assert table(pilot).cursor_key is None
        await press(pilot, "e")
        assert {table(pilot).cursor_key, *table(pilot).following} == {id_, other}
    (action,) = hanne.ask(lambda view: view.find(Action))
    assert (action.complaint, str(action.due)) == (id_, "2026-11-27")


async def test_a_pause_is_seen_and_taken_back_by_keys(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    id_ = receive_complaint(desk)
    desk.take("complaint.acknowledge", id_, {"reply": "Seen"})
    async with board(desk, "3", size=(160, 45)) as pilot:
        await press(pilot, "p", "'They send the key", "tab", "enter")
        assert "paused since 06:40: They send the key" in text(pilot)
        assert [line for line in text(pilot).split("\n") if "acknowledged" in line and "paused" in line]
        await press(pilot, "P")
        assert "They send the key" not in text(pilot).partition("History")[0]
        found = desk.record("complaints", id_)
        assert isinstance(found, Complaint)
        assert found.paused_at is None


async def test_an_action_that_is_due_stands_on_today_and_is_done_there(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    given = {"text": "Check the kitchen", "owner": "Mette Holm", "due": "today"}
    id_ = desk.take("action.add", receive_complaint(desk), given).id
    async with board(desk, size=(160, 45)) as pilot:
        assert table(pilot).move_to(f"action:{id_}")
        await settle(pilot)
        assert "corrective action" in text(pilot)
        assert "Check the kitchen" in text(pilot)
        await press(pilot, "D")
        assert "Done Havnens Kontor" in last_line(pilot)
        assert f"action:{id_}" not in {table(pilot).cursor_key, *table(pilot).following}


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_month_opens_turns_back_and_leaves_as_a_file(tmp_path: Path, size: tuple[int, int]) -> None:
    """days.md, the manager, step 10."""
    desk = make_desk(tmp_path, "Hanne Friis")
    receive_complaint(desk, received_at=to_text(NOW - timedelta(hours=5)))
    async with board(desk, "3", size=size) as pilot:
        await press(pilot, "R")
        shown = text(pilot)
        assert "November 2026" in shown
        assert "1 complaint" in shown
        assert "no answer yet  ░" in shown
        await press(pilot, "left")
        assert "October 2026" in text(pilot)
        await press(pilot, "right", "right")
        assert "November 2026 · all areas" in text(pilot)
        await press(pilot, "a", "a", "x")
        await pilot.press("ctrl+u")
        await press(pilot, f"'{tmp_path / 'a.md'}", "enter")
        assert "written: " in text(pilot)
        await press(pilot, "x", "escape")
        assert len(pilot.app.screen_stack) == 2
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1
    assert "| Received | 1 |" in (tmp_path / "a.md").read_text("utf-8")
