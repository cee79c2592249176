"""What the team says and understands, by keys: a word of a complaint that means an item."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.records import Card, Synonym
from tests.screens.support import board, footer, last_line, press, text
from tests.support import make_desk, receive_complaint

TO_WORDS = ("left",) * 3
TO_TEMPLATES, TO_CARDS = ("left",) * 5, ("left",) * 4


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_item_that_was_not_found_is_named_beside_the_complaint(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    complaint = receive_complaint(desk, text="Puha, sikken et svineri ude ved zumpen")
    async with board(desk, "3", size=size) as pilot:
        await press(pilot, "equals_sign")
        assert "svineri ude ved zumpen" in text(pilot), "the customer's words stand above"
        await press(pilot, "'zump", "enter", "'bins", "enter")
        assert last_line(pilot) == "✓ Understood from now on: zumpen = bins · u undoes"
        assert [one.means for one in desk.ask(lambda view: view.find(Synonym, active=True))] == ["bins"]
        found = desk.record("complaints", complaint)
        assert found is not None
        await press(pilot, "y")
        assert "Empty the bins, offices" in text(pilot), "accepting begins with it"
        await press(pilot, "escape", "u")
        assert not desk.ask(lambda view: view.find(Synonym))


async def test_the_team_s_words_are_seen_and_taken_out_on_team(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.take("synonym.add", None, {"word": "snug", "means": "kitchen"})
    async with board(desk, "6", *TO_WORDS) as pilot:
        assert "snug" in text(pilot)
        assert "A means the same  W take out" in footer(pilot)
        await press(pilot, "A", "'zump", "enter", "'bins", "enter")
        assert last_line(pilot) == "✓ Understood from now on: zump = bins · u undoes"
        await press(pilot, "W")
        assert last_line(pilot) == "✓ No longer understood: zump = bins · u undoes"
        assert [one.word for one in desk.ask(lambda view: view.find(Synonym, active=True))] == ["snug"]


async def test_whoever_may_not_teach_a_word_is_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "Sara Lind")
    receive_complaint(desk)
    async with board(desk, "3") as pilot:
        await press(pilot, "equals_sign")
        assert "is for" in last_line(pilot)


async def test_a_template_is_worded_seen_and_offered_to_the_next_complaint(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    receive_complaint(desk, text="The kitchen was not cleaned and we are not happy with that")
    async with board(desk, "6", *TO_TEMPLATES, "slash", "'en-accept", "enter", size=(160, 45)) as pilot:
        assert "Ours to put right" in text(pilot)
        assert "24 November 2026" in text(pilot), "the detail reads it as a customer would"
        await press(pilot, "e", "tab", "'No, {tiem}! ", "tab", "tab", "enter")
        assert "{tiem} cannot be filled in; what can is {customer}" in text(pilot)
        assert "Dear {customer}" in text(pilot), "what stands there is not written over by the first key"
        await press(pilot, "f7", "'{customer}: by {time}. {supervisor}", "tab", "tab", "enter")
        assert last_line(pilot) == "✓ Worded Ours to put right · u undoes"
        assert "Worded" in text(pilot)
        await press(pilot, "3", "y", "tab", "tab")
        assert "Havnens Kontor: by {time}. Mette Holm" in text(pilot)
        await press(pilot, "escape", "6", "W")
        assert last_line(pilot) == "✓ As shipped again: Ours to put right · u undoes"
        await press(pilot, "W")
        assert "it is as shipped already" in last_line(pilot)


async def test_what_is_printed_on_the_cards_is_worded_for_a_language(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", *TO_CARDS) as pilot:
        assert "Vi har været her" in text(pilot)
        await press(pilot, "e", *["backspace"] * 20, "'Hej fra os", *["tab"] * 13, "enter")
        assert last_line(pilot) == "✓ Worded the cards: da · u undoes"
        assert [one.left for one in desk.ask(lambda view: view.find(Card, external="da"))] == ["Hej fra os"]
        await press(pilot, "W")
        assert last_line(pilot) == "✓ As shipped again: cards da · u undoes"
        assert "Vi har været her" in text(pilot)
