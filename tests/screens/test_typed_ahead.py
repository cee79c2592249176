"""What is typed before a form has opened is the form's: no letter is lost, none is taken by the list behind it."""

from __future__ import annotations

from textual.events import Key

from app.desk import Desk
from app.domain.records import Complaint
from tests.screens.support import Board, board, settle, table, text
from tests.screens.test_complaints import complaint, received
from tests.support import id_of

WORDS = "Again today, it was not done. so"


async def typed_at_once(pilot: Board, *keys: str) -> None:
    """Posts keys as a terminal does that had them all before the first was answered."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))
    for _turn in range(len(keys)):
        await settle(pilot)


async def test_a_reason_typed_ahead_is_the_reason(desk: Desk) -> None:
    one = received(desk, 90, text="The kitchen floor")
    async with board(desk, "3") as pilot:
        await typed_at_once(pilot, "n", *WORDS, "tab", "enter")
        assert (complaint(desk, one).status, complaint(desk, one).reason) == ("rejected", WORDS)
        assert table(pilot).marks == set()


async def test_each_field_gets_its_own_words(desk: Desk) -> None:
    async with board(desk, "3") as pilot:
        await typed_at_once(pilot, "N", *"Klinik", "enter", "enter", *"Dusty", "tab", "tab", "enter")
        (found,) = desk.ask(lambda view: view.find(Complaint))
        assert (found.customer, found.text) == (id_of(desk, "customers", "Klinik Nord"), "Dusty")


async def test_a_key_behind_a_dialog_that_closes_acts_on_what_is_there_then(desk: Desk) -> None:
    received(desk, 90)
    async with board(desk, "3") as pilot:
        await typed_at_once(pilot, "n", "escape", "1")
        assert "Needs you" in text(pilot)
