"""Team by keys: conflicts settled, people and customers kept, hand-overs taken over, the exchange told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.decisions.registry import DECISIONS
from app.desk import Desk
from app.domain.records import Contact, Customer, Handover, Person
from app.frame.lines import wrap
from app.frame.rows import Cell
from app.panes.contested import conflict_blocks
from app.panes.team import customer_blocks
from app.queries.suggestions import suggestions
from app.queries.team import conflicts
from app.store.sources import Quarantined, set_aside
from app.store.sync_log import Exchanged, note
from app.widgets.detail import DetailPane, Section
from tests.screens.support import board, footer, last_line, press, said, settle, table, text, workspace
from tests.support import NOW, exchange_all, id_of, make_desk


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two supervisors who gave Sara Lind two numbers, apart from each other."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    sara = id_of(mette, "people", "Sara Lind")
    mette.take("person.change", sara, {"phone": "11 11 11 11"})
    ole.take("person.change", sara, {"phone": "22 22 22 22"})
    exchange_all(mette, ole)
    return mette, ole


def person(desk: Desk, name: str) -> Person:
    found = desk.record("people", id_of(desk, "people", name))
    assert isinstance(found, Person)
    return found


async def test_a_conflict_shows_both_sides_beside_each_other(desks: tuple[Desk, Desk]) -> None:
    async with board(desks[0], "6") as pilot:
        shown = text(pilot)
        assert "▌▲ Sara Lind" in shown
        told = workspace(pilot).query_one(DetailPane).text.split("\n")
        sides = {
            line: told[place + 1] for place, line in enumerate(told) if " 11 11" in line or " 22 22" in line
        }
        assert "Ole Dam" in sides[next(line for line in sides if "22 22" in line)]
        assert "Mette Holm" in sides[next(line for line in sides if "11 11" in line)]
        assert sum("shown now" in line for line in sides) == 1
        assert "Enter the sides, to choose" in footer(pilot)


def test_whose_side_it_is_wraps_beside_its_number(desks: tuple[Desk, Desk]) -> None:
    _about, (_field, lines) = desks[0].ask(lambda view: conflict_blocks(view, conflicts(view).shown[0]))
    for line in lines:
        assert not isinstance(line, str | Cell)
        first, *others = ("".join(run.text for run in part) for part in wrap(line, 20))
        assert first[:3] in ("1  ", "2  ", "   ")
        assert all(part.startswith("   ") for part in others)


async def test_decisions_that_contend_name_no_winner(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    given = {"customer": "Havnens Kontor", "channel": "phone", "text": "The kitchen was not cleaned"}
    complaint = mette.take("complaint.receive", None, given).id
    exchange_all(mette, ole)
    mette.take("complaint.acknowledge", complaint, {"reply": "We saw it"})
    exchange_all(mette, ole)
    accepted = {"plan": "We come again", "solve_by": "tomorrow 10", "assignee": "Sara Lind", "reply": "Sorry"}
    mette.take("complaint.accept", complaint, accepted)
    ole.take("complaint.reject", complaint, {"reason": "Not agreed"})
    exchange_all(mette, ole)
    async with board(mette, "6") as pilot:
        shown = text(pilot)
        assert "▌● Havnens Kontor" in shown
        assert "Decided differently" in shown
        assert "· Accept" in shown
        assert "· Reject" in shown
        assert "reason Not agreed" in said(pilot)


async def test_people_are_found_by_name_role_and_skill(tmp_path: Path) -> None:
    async with board(make_desk(tmp_path), "6") as pilot:
        assert "People 6" not in text(pilot)
        everyone = table(pilot).count
        await press(pilot, "slash", "'windows assistant", "enter")
        assert 0 < table(pilot).count < everyone
        assert "Sara Lind" in text(pilot)
        assert "Mette Holm" not in text(pilot).split("\n", 2)[2]
        await press(pilot, "escape")
        assert table(pilot).count == everyone


async def test_all_lifts_the_area(tmp_path: Path) -> None:
    async with board(make_desk(tmp_path), "6", "right") as pilot:
        assert "Customers 3" in text(pilot)
        await press(pilot, "slash", "'all", "enter")
        assert "Customers 4" in text(pilot)
        assert "all areas" in text(pilot)
        await press(pilot, "slash", "'all syd", "enter")
        assert "Bageriet Syd" in text(pilot)
        assert table(pilot).count == 1


async def test_e_changes_what_differs_and_nothing_else(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6") as pilot:
        table(pilot).move_to(id_of(desk, "people", "Sara Lind"))
        await press(pilot, "e")
        assert "Change the person · Sara Lind" in text(pilot)
        await press(pilot, *["tab"] * 4, "'33 33 33 33", *["tab"] * 7, "enter")
        assert last_line(pilot) == "✓ Changed Sara Lind · u undoes"
        assert person(desk, "Sara Lind").phone == "33 33 33 33"
        assert person(desk, "Sara Lind").skills == ("windows",)
        with desk.database.read() as conn:
            last = conn.exec_driver_sql("SELECT raw FROM log ORDER BY pos DESC LIMIT 1").scalar_one()
        assert b'"phone"' in last
        assert b'"skills"' not in last
        await press(pilot, "u")
        assert person(desk, "Sara Lind").phone is None


async def test_what_is_deleted_in_a_form_is_taken_out_of_the_record(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.take("person.change", id_of(desk, "people", "Sara Lind"), {"phone": "33 33 33 33"})
    async with board(desk, "6") as pilot:
        table(pilot).move_to(id_of(desk, "people", "Sara Lind"))
        await press(pilot, "e", *["tab"] * 2, "end", "ctrl+u")
        assert "emptied when it is saved" in text(pilot)
        await press(pilot, *["tab"] * 2, "end", "ctrl+u", *["tab"] * 7, "enter")
        assert last_line(pilot) == "✓ Changed Sara Lind · u undoes"
        assert (person(desk, "Sara Lind").area, person(desk, "Sara Lind").phone) == (None, None)
        assert person(desk, "Sara Lind").skills == ("windows",)
        await press(pilot, "u")
        assert person(desk, "Sara Lind").phone == "33 33 33 33"


async def test_a_adds_to_the_list_that_is_up(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", "A") as pilot:
        await press(pilot, "'Kim Lau", *["tab"] * 11, "enter")
        assert last_line(pilot) == "✓ Added Kim Lau · u undoes"
        assert table(pilot).cursor_key == id_of(desk, "people", "Kim Lau")
        assert person(desk, "Kim Lau").active
        assert person(desk, "Kim Lau").role == "service_assistant"
        await press(pilot, "right", "A")
        assert "Add a customer" in text(pilot)
        await press(pilot, "'Nye Kunde", *["tab"] * 7, "enter")
        assert [one.name for one in desk.ask(lambda view: view.find(Customer, name="Nye Kunde"))] == [
            "Nye Kunde"
        ]


async def test_what_a_role_may_not_do_is_refused_with_the_reason(tmp_path: Path) -> None:
    async with board(make_desk(tmp_path, "Lone Skov"), "6", "A") as pilot:
        assert last_line(pilot).startswith("● Add a person is for: supervisor")


async def test_a_customer_shows_what_was_agreed_and_l_logs_a_contact_with_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with board(desk, "6", "right") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Havnens Kontor"))
        await settle(pilot)
        assert "✓ Clean the kitchen, kitchen" in text(pilot)
        await press(pilot, "L")
        assert "Havnens Kontor" in text(pilot)
        await press(pilot, "enter", "enter", "'keys, alarm", *["tab"] * 4, "enter")
        contacts = desk.ask(lambda view: view.find(Contact))
        assert [(one.customer, one.keywords) for one in contacts] == [
            (id_of(desk, "customers", "Havnens Kontor"), ("keys", "alarm"))
        ]
        await press(pilot, "right", "right")
        assert "keys, alarm" in text(pilot)


async def test_a_hand_over_stands_on_the_colleagues_board_until_it_is_taken_over(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    async with board(mette, "H") as pilot:
        await press(pilot, "'The key [/b] is under the mat", "tab", "tab", "enter")
        assert last_line(pilot) == "✓ Handed over Mette Holm · u undoes"
        assert "hands over" not in text(pilot), "one's own does not wait for oneself"
    exchange_all(mette, ole)
    async with board(ole, "4") as pilot:
        assert "▸ H Mette Holm hands over 06:40  The key [/b] is under the mat" in text(pilot)
        await press(pilot, "H")
        assert "The key [/b] is under the mat" in text(pilot)
        await press(pilot, "'Thank you", "tab", "enter")
        assert "hands over" not in text(pilot)
        found = ole.ask(lambda view: view.find(Handover))[0]
        assert (found.acknowledged_by, found.answer) == (ole.actor.id, "Thank you")
        await press(pilot, "6", *["right"] * 4)
        assert "Hand-overs 1" in text(pilot)
        assert "Thank you" in text(pilot)
    exchange_all(mette, ole)
    async with board(mette, "6", *["right"] * 4) as pilot:
        assert "Thank you" in text(pilot)


async def test_the_exchange_says_where_the_files_are_and_what_waits(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.take("person.add", None, {"name": "Kim Lau"})
    async with board(desk, "6", "left", "left", size=(160, 40)) as pilot:
        shown = text(pilot)
        assert "Exchange" in shown
        assert "waiting to be sent           1" in shown
        assert "settings.toml" in shown


async def test_the_lists_are_clicked(tmp_path: Path) -> None:
    async with board(make_desk(tmp_path), "6") as pilot:
        await pilot.click("#sections", offset=(30, 0))
        await settle(pilot)
        assert "╭─ Agreements 4" in text(pilot)


async def test_the_exchange_tells_what_waits_what_cannot_be_read_and_whose_clock_is_off(
    tmp_path: Path,
) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam", NOW + timedelta(hours=5))
    ole.take("person.add", None, {"name": "Pia Lund"})
    exchange_all(ole, mette)
    mette.take("contact.log", None, {"customer": "Solgaarden", "channel": "phone", "keywords": "keys"})
    with mette.database.write() as conn:
        bad = Quarantined(
            "lanes/x/1-1.jsonl", 40, "not a whole change", b"\x1b[2Jgarbage", "2026-11-23T05:00:00Z"
        )
        set_aside(conn, bad.path, 0, 80, [bad])
        note(conn, Exchanged("2026-11-23T05:30:00Z", 4, 1), ["lanes/y/1-1.jsonl"])
    async with board(mette, "6", "left", "left", size=(160, 40)) as pilot:
        assert "▲ the clock of Ole Dam is 5 h ahead" in text(pilot)
        shown = text(pilot)
        for words in ("1 to send", "Logged", "not here yet    1-1.jsonl ", "unreadable      1-1.jsonl:40 ",
                      "its clock is 5 h ahead", "4 from colleagues", "1 sent"):  # fmt: skip
            assert words in shown
        table(pilot).move_to("line:lanes/x/1-1.jsonl:40")
        await settle(pilot)
        assert "␛[2Jgarbage" in text(pilot)
        assert "lanes/x/1-1.jsonl" in text(pilot)
        assert "What mends it" in text(pilot)
        await press(pilot, "slash", "'ole dam", "enter")
        assert table(pilot).count == 1


async def test_the_onboarding_that_a_customer_requires_is_said_and_can_be_changed(tmp_path: Path) -> None:
    """FI-48: by the module's title, and in the form by its short id."""
    desk = make_desk(tmp_path)
    trainer = Desk(desk.settings, clock=desk.clock, acting="Peter Juhl")
    trainer.take("module.publish", None, {"content": KEYS})
    trainer.close()
    office = id_of(desk, "customers", "Havnens Kontor")
    desk.take("customer.change", office, {"modules": "keys"})
    customer = desk.record("customers", office)
    assert isinstance(customer, Customer)
    told = DetailPane([Section(heading, said) for heading, said in desk.ask(customer_blocks, customer)]).text
    assert "onboarding Keys and alarms" in told
    fields = DECISIONS["customer.change"].fields
    assert desk.ask(suggestions, fields, customer, current=True)["modules"].value == "keys"
    desk.close()


KEYS = """
id = "keys"
title = "Keys and alarms"
pass_mark = 80
themes = ["keys"]

[[questions]]
id = "q1"
kind = "true_false"
text = "Keys are never labelled with an address."
theme = "keys"
options = [{ text = "True", right = true }, { text = "False" }]
"""
