"""What is agreed with a customer, by keys: looked at, changed, withdrawn, and what was decided on it (DK-25)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.records import Agreement
from tests.screens.support import board, footer, last_line, press, settle, table, text
from tests.support import id_of, make_desk, receive_complaint


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_an_item_is_changed_and_withdrawn_and_undone(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", "right", size=size) as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Havnens Kontor"))
        await settle(pilot)
        await press(pilot, "I")
        assert "Agreements 2" in text(pilot)
        assert "Clean the kitchen" in text(pilot)
        assert "A set an agreement  e change  W withdraw the item" in footer(pilot)
        await press(pilot, "e", "tab", "tab", "'daily", *["tab"] * 3, "enter")
        assert last_line(pilot) == "✓ Agreed Havnens Kontor · u undoes"
        (item,) = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))
        assert (item.frequency, item.task) == ("daily", "Clean the kitchen")
        table(pilot).move_to(item.id)
        await press(pilot, "W")
        assert last_line(pilot) == "✓ Withdrawn from Havnens Kontor · u undoes"
        assert "withdrawn" in text(pilot)
        table(pilot).move_to(item.id)
        await press(pilot, "e")
        assert "it was withdrawn on 2026-11-23" in last_line(pilot)
        await press(pilot, "u")
        assert desk.ask(lambda view: view.find(Agreement, withdrawn_on=None, task="Clean the kitchen"))


async def test_an_item_is_added_beside_those_that_there_are(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", "right", "right", "slash", "'Solgaarden", "enter") as pilot:
        await press(pilot, "A")
        assert "Set an agreement" in text(pilot)
        await press(pilot, "tab", "'Water the plants", *["tab"] * 5, "enter")
        assert last_line(pilot) == "✓ Agreed Solgaarden · u undoes"
        assert "Agreements 2" in text(pilot)


async def test_what_an_item_said_when_it_was_decided_stands_beside_the_decision(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    complaint = receive_complaint(desk)
    (item,) = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))
    given = {"plan": "Again", "solve_by": "tomorrow 10", "assignee": "Sara Lind", "reply": "Yes"}
    desk.take("complaint.accept", complaint, {**given, "agreement": item.id})
    desk.take("agreement.set", item.id, {"task": "Wipe the worktops"})
    async with board(desk, "3", size=(160, 45)) as pilot:
        assert "agreed Clean the kitchen, kitchen" in text(pilot)
        assert "it says now: Wipe the worktops, kitchen" in text(pilot)
        desk.take("agreement.withdraw", item.id)
        pilot.app.office.news()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "agreed Clean the kitchen, kitchen" in text(pilot)
        assert "withdrawn 23 Nov" in text(pilot)
