"""Conflicts by keys: the sides beside each other, one key keeps a side, another takes a third way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Complaint, Person
from app.exchange.importing import import_file
from app.queries import team
from app.screens.dialogs.settling import SettlingDialog
from app.screens.today import TodayScreen
from app.widgets.panel import Panel
from tests.screens.support import Board, board, footer, last_line, press, said, settle, table, text, workspace
from tests.support import NOW, exchange_all, id_of, make_desk, receive_complaint

Two = tuple[Desk, Desk]


@pytest.fixture
def desks(tmp_path: Path) -> Two:
    """Two supervisors, apart from each other."""
    return make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")


@pytest.fixture
def phones(desks: Two) -> Two:
    """They gave Sara Lind two numbers."""
    sara = id_of(desks[0], "people", "Sara Lind")
    desks[0].take("person.change", sara, {"phone": "11 11 11 11"})
    desks[1].take("person.change", sara, {"phone": "22 22 22 22"})
    exchange_all(*desks)
    return desks


@pytest.fixture
def outcomes(desks: Two) -> Two:
    """One accepted a complaint, the other rejected it."""
    complaint = receive_complaint(desks[0])
    exchange_all(*desks)
    desks[0].take("complaint.accept", complaint, ACCEPTED)
    desks[1].take("complaint.reject", complaint, {"reason": "Not agreed [/b]"})
    exchange_all(*desks)
    return desks


ACCEPTED = {"plan": "We come again", "solve_by": "tomorrow 10", "assignee": "Sara Lind", "reply": "Sorry"}


def sara(desk: Desk) -> Person:
    found = desk.record("people", id_of(desk, "people", "Sara Lind"))
    assert isinstance(found, Person)
    return found


def number(pilot: Board, who: str) -> str:
    """The key that keeps a person's side."""
    return next(line for line in text(pilot).split("╭─ ") if f" {who} ─" in line)[0]


def sides(pilot: Board) -> list[Panel]:
    """The sides as they are drawn."""
    return list(pilot.app.screen.query(".side").results(Panel))


async def test_the_sides_stand_beside_each_other_where_there_is_room(outcomes: Two) -> None:
    async with board(outcomes[0], "6", "enter", size=(160, 45)) as pilot:
        assert "Conflict · Havnens Kontor" in text(pilot)
        assert "Decided differently" in text(pilot)
        one, other = (side.region for side in sides(pilot))
        assert (one.y, one.right) < (other.y, other.x)
        assert min(one.width, other.width) > 60
        for words in ("plan We come again", "assignee Sara Lind", "reason Not agreed [/b]", "plan –"):
            assert words in said(pilot)
        assert "1 2 keep that side  Enter keep the lit one  t a third way" in footer(pilot)
    async with board(outcomes[0], "6", "enter", size=(80, 24)) as pilot:
        one, other = (side.region for side in sides(pilot))
        assert (one.x, one.width) == (other.x, other.width)
        assert one.bottom <= other.y


@pytest.mark.parametrize(("keeper", "phone"), [("Mette Holm", "11 11 11 11"), ("Ole Dam", "22 22 22 22")])
async def test_one_key_keeps_a_side_everywhere(phones: Two, keeper: str, phone: str) -> None:
    mette, ole = phones
    async with board(mette, "6", "enter") as pilot:
        await press(pilot, number(pilot, keeper))
        assert last_line(pilot) == "✓ Settled Sara Lind"
        assert "Nothing contends" in text(pilot)
    exchange_all(mette, ole)
    for desk in phones:
        assert sara(desk).phone == phone
        assert desk.ask(team.conflicts).count == 0


async def test_enter_keeps_the_side_that_is_lit_and_escape_none(phones: Two) -> None:
    async with board(phones[0], "6", "enter") as pilot:
        await press(pilot, "escape")
        assert phones[0].ask(team.conflicts).count == 1
        shown, other = sara(phones[0]).phone, {"11 11 11 11", "22 22 22 22"}
        await press(pilot, "enter", "right", "enter")
        assert {sara(phones[0]).phone} == other - {shown}


async def test_todays_conflict_is_settled_where_it_stands(phones: Two) -> None:
    async with board(phones[0]) as pilot:
        item = next(key for key in workspace(pilot)._items if key.startswith("conflict:"))  # type: ignore[attr-defined]
        table(pilot).move_to(item)
        await settle(pilot)
        assert "6 Team 1" in text(pilot)
        assert footer(pilot).lstrip().startswith("Enter the sides, to choose")
        await press(pilot, "enter", "1")
        assert isinstance(workspace(pilot), TodayScreen)
        assert last_line(pilot) == "✓ Settled Sara Lind"
        assert "6 Team 1" not in text(pilot)


async def test_a_third_value_is_typed_into_a_form_that_holds_what_is_shown(phones: Two) -> None:
    mette, ole = phones
    async with board(mette, "6", "enter", "t", size=(80, 24)) as pilot:
        assert "Settle · Sara Lind" in text(pilot)
        assert f"Phone              {sara(mette).phone}" in text(pilot)
        await press(pilot, "end", *["backspace"] * 11, "'33 33 33 33", "enter", "enter")
        assert last_line(pilot) == "✓ Settled Sara Lind"
    exchange_all(mette, ole)
    assert sara(ole).phone == "33 33 33 33"
    assert ole.ask(team.conflicts).count == 0


async def test_a_third_way_of_a_decision_is_another_decision(outcomes: Two) -> None:
    mette, ole = outcomes
    async with board(mette, "6", "enter", "t") as pilot:
        assert "Which way?" in text(pilot)
        await press(pilot, "'Extra", "enter", "enter")
        assert "Extra work · Havnens Kontor" in text(pilot)
        await press(pilot, "'The windows outside", "tab", "'Ms Lund", "tab", "'tomorrow 10", "enter", "enter")
        assert "Havnens Kontor" in last_line(pilot)
    exchange_all(mette, ole)
    (found,) = ole.ask(lambda view: view.find(Complaint))
    assert (found.status, found.contested) == ("extra_work", ())


async def test_a_side_that_comes_in_while_one_chooses_goes_on_contending(phones: Two, tmp_path: Path) -> None:
    mette, _ole = phones
    hanne = make_desk(tmp_path, "Hanne Friis")
    hanne.take("person.change", id_of(hanne, "people", "Sara Lind"), {"phone": "44 44 44 44"})
    async with board(mette, "6", "enter") as pilot:
        exchange_all(hanne, mette)
        await press(pilot, number(pilot, "Mette Holm"))
        (left,) = mette.ask(team.conflicts).shown
        assert {side.set["phone"] for side in left.sides} == {"11 11 11 11", "44 44 44 44"}


async def test_what_a_colleague_has_settled_is_said(phones: Two) -> None:
    mette, ole = phones
    async with board(mette, "6", "enter") as pilot:
        (contest,) = ole.ask(team.conflicts).shown
        ole.take("conflict.settle", contest.id, {"keep": contest.sides[0].change})
        exchange_all(mette, ole)
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, SettlingDialog)
        assert "it may have been settled" in text(pilot)
        await press(pilot, "escape", "enter")
        assert "it has been settled" in last_line(pilot)


async def test_the_offices_export_is_a_side_like_any_other(desks: Two, tmp_path: Path) -> None:
    mette, path = desks[0], tmp_path / "people.csv"

    def export(phone: str, hours: int) -> None:
        path.write_text(f"external,name,role,phone\n7,Pia Lund,hr,{phone}\n", "utf-8")
        os.utime(path, (NOW.timestamp() + hours * 3600,) * 2)
        import_file(mette, "people", path)

    export("11 11 11 11", -2)
    pia = id_of(mette, "people", "Pia Lund")
    mette.take("person.change", pia, {"phone": "22 22 22 22"})
    export("33 33 33 33", 2)
    async with board(mette, "6", "enter", size=(160, 45)) as pilot:
        assert "the office's export" in text(pilot)
        assert {side.title[2:]: side.note for side in sides(pilot)} == {
            "Mette Holm": "shown now", "the office's export": "",
        }  # fmt: skip
        await press(pilot, number(pilot, "the office's export"))
    found = mette.record("people", pia)
    assert isinstance(found, Person)
    assert (found.phone, mette.ask(team.conflicts).count) == ("33 33 33 33", 0)
