"""The four outcomes in at most four keys beside the words, the texts that go with them, and what comes again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.instants import to_text
from app.domain.records import Action, Agreement, Complaint, Contact, Person, Shift
from tests.screens.support import board, last_line, press, settle, table, text, workspace
from tests.support import NOW, carry, id_of, make_desk, receive_complaint

ACKNOWLEDGE = ("r", "'noon", "tab", "enter")
ACCEPT = ("y", "'Sara does it again", "tab", "'tomorrow 10", "enter", "'sara", "enter")
REJECT = ("n", "'The facade is not agreed", "tab", "enter")
EXTRA_WORK = ("w", "'Windows outside, once", "tab", "'Lene", "enter", "'thu 9", "enter")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = make_desk(tmp_path)
    desk.take("person.change", desk.actor.id, {"phone": "55 51 23 00"})
    desk.actor = desk.ask(lambda view: view.find(Person, id=desk.actor.id))[0]
    return desk


def complaint(desk: Desk, id_: str) -> Complaint:
    found = desk.record("complaints", id_)
    assert isinstance(found, Complaint)
    return found


def received(desk: Desk, minutes: int, customer: str = "Havnens Kontor", **given: str) -> str:
    when = to_text(NOW - timedelta(minutes=minutes))
    return receive_complaint(desk, customer, **{"received_at": when, **given})


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
@pytest.mark.parametrize(
    ("keys", "status"),
    [(ACKNOWLEDGE, "acknowledged"), (ACCEPT, "accepted"), (REJECT, "rejected"), (EXTRA_WORK, "extra_work")],
)
async def test_an_outcome_takes_four_keys_and_the_words(
    desk: Desk, keys: tuple[str, ...], status: str, size: tuple[int, int]
) -> None:
    """From the list; the next complaint is up at once, but after a first answer, when the same is still to decide."""
    one, other = received(desk, 90), received(desk, 10, "Klinik Nord", text="The waiting room floor")
    assert sum(not key.startswith("'") for key in keys) <= 4
    async with board(desk, "3", size=size) as pilot:
        assert table(pilot).cursor_key == one
        await press(pilot, *keys)
        assert complaint(desk, one).status == status
        assert complaint(desk, one).reply
        assert "{" not in str(complaint(desk, one).reply)
        assert table(pilot).cursor_key == (one if status == "acknowledged" else other)


async def test_the_acceptance_cites_the_item_that_fits_and_the_reply_says_when(desk: Desk) -> None:
    one = received(desk, 90, text="The kitchen is a mess")
    async with board(desk, "3", *ACCEPT) as _pilot:
        found = complaint(desk, one)
        item = desk.ask(lambda view: view.get(Agreement, found.agreement))
        assert item is not None
        assert item.task == "Clean the kitchen"
        assert found.reply is not None
        assert "“Clean the kitchen” is part of what we have agreed" in found.reply
        assert "by 10:00 on Tuesday 24 November 2026" in found.reply
        assert "55 51 23 00" in found.reply


async def test_the_answer_names_the_item_that_is_cited_not_the_one_that_was_offered(desk: Desk) -> None:
    one = received(desk, 90, text="The kitchen is a mess")
    async with board(desk, "3", "y", size=(160, 45)) as pilot:
        await press(pilot, *["shift+tab"] * 3, "ctrl+u", "'bins", *["tab"] * 3, *ACCEPT[1:])
        assert "You are right: “Empty the bins” is part" in str(complaint(desk, one).reply)


async def test_who_was_answered_is_told_what_was_decided_and_that_is_what_is_copied(desk: Desk) -> None:
    """The first answer stops the clock and stays; Y copies what was written last, though the cursor is further."""
    one, _other = received(desk, 90, text="The kitchen is a mess"), received(desk, 10, "Klinik Nord")
    async with board(desk, "3", *ACKNOWLEDGE, size=(160, 45)) as pilot:
        assert last_line(pilot) == "✓ Acknowledged Havnens Kontor · Y copies the answer · u undoes"
        first = complaint(desk, one).reply
        await press(pilot, *ACCEPT)
        found = complaint(desk, one)
        assert (found.reply, found.told_at) == (first, NOW)
        assert "“Clean the kitchen” is part of what we have agreed" in str(found.told)
        assert "Y copies the answer" in last_line(pilot)
        await press(pilot, "Y")
        assert pilot.app.clipboard == found.told
        table(pilot).move_to(one)
        await settle(pilot)
        assert "Told 06:40" in text(pilot)
        await press(pilot, "k", "Y")
        assert "nothing to copy" in last_line(pilot)


async def test_a_rejection_starts_from_a_template_that_is_asked_for(desk: Desk) -> None:
    """DK-29: nothing stands there that nobody wrote; where no item fits, none is named."""
    one = received(desk, 90, text="The curtains are torn")
    async with board(desk, "1", size=(160, 45)) as pilot:
        assert table(pilot).move_to(f"complaint:{one}")
        await press(pilot, "n", "shift+tab", "down", *["tab"] * 2, "enter")
        found = complaint(desk, one)
        assert found.status == "rejected"
        assert "what you write about is not part of it" in str(found.reason)
        await press(pilot, "Y")
        assert pilot.app.clipboard == found.reason


async def test_where_no_item_fits_none_is_cited(desk: Desk) -> None:
    one = received(desk, 90, text="The curtains are torn")
    async with board(desk, "3", size=(160, 45)) as pilot:
        assert "no item of the agreement fits" in text(pilot)
        await press(pilot, "y")
        assert "it names nothing concrete" not in text(pilot)
        await press(pilot, *ACCEPT[1:])
        found = complaint(desk, one)
        assert (found.status, found.agreement) == ("accepted", None)
        assert found.reply is not None
        assert "this is ours to do" in found.reply
        assert "{" not in found.reply


async def test_extra_work_plans_its_visit_and_one_undo_takes_both(desk: Desk) -> None:
    """days.md, step 15."""
    one = received(desk, 90, text="The windows outside")
    before = len(shifts(desk))
    async with board(desk, "3", *EXTRA_WORK) as pilot:
        found = complaint(desk, one)
        assert found.status == "extra_work"
        assert last_line(pilot) == "✓ Extra work: Havnens Kontor · Y copies the answer · u undoes"
        (visit,) = [one for one in shifts(desk) if one.start == found.when]
        assert (visit.customer, visit.end - visit.start, visit.person) == (
            found.customer,
            timedelta(hours=2),
            None,
        )
        await press(pilot, "u")
        assert complaint(desk, one).status == "waiting"
        assert len(shifts(desk)) == before


def shifts(desk: Desk) -> list[Shift]:
    return desk.ask(lambda view: view.find(Shift, status="planned"))


async def test_a_danish_customer_is_answered_in_danish_and_one_who_writes_german_in_german(
    desk: Desk,
) -> None:
    received(desk, 90, text="Køkkenet er ikke gjort rent, og det er ikke første gang")
    received(desk, 60, "Klinik Nord", text="Der Boden ist nicht sauber und wir sind nicht zufrieden")
    received(desk, 30, "Solgaarden", text="!!!")
    async with board(desk, "3", "r") as pilot:
        assert "Kære Havnens Kontor" in text(pilot)
        await press(pilot, "escape", "j", "r")
        assert "Guten Tag" in text(pilot) or "Sehr geehrte" in text(pilot)
        await press(pilot, "escape", "j", "r")
        assert "Kære Solgaarden" in text(pilot)


async def test_the_answer_is_copied(desk: Desk) -> None:
    one = received(desk, 90)
    async with board(desk, "3", "Y") as pilot:
        assert "nothing to copy" in last_line(pilot)
        desk.take("complaint.acknowledge", one, {"reply": "We come\nat noon [/b]"})
        await press(pilot, "Y")
        assert pilot.app.clipboard == "We come\nat noon [/b]"
        assert last_line(pilot) == "✓ Copied the answer to Havnens Kontor"


async def test_a_follow_up_meeting_is_on_today_when_it_is_due(tmp_path: Path) -> None:
    """SE C-4; a call before the day does not take it off, a contact of that day does."""
    desk = make_desk(tmp_path)
    one = received(desk, 90)
    async with board(desk, "3", "m", "'fri", "enter", "tab", "enter") as pilot:
        assert last_line(pilot) == "✓ Booked a follow-up meeting with Havnens Kontor · u undoes"
        assert table(pilot).cursor_key == one
        desk.take("complaint.reject", one, {"reason": "Not agreed"})
        await press(pilot, "m", "'fri", "enter", "tab", "enter", "Y")
        assert "Would Friday 27 November 2026 suit you" in pilot.app.clipboard
        assert "wrote to us about “Clean the kitchen”" in pilot.app.clipboard
    given = {"customer": "Havnens Kontor", "channel": "phone", "keywords": "bins"}
    desk.take("contact.log", None, given)
    friday = make_desk(tmp_path / "friday", now=NOW + timedelta(days=4))
    carry(desk, friday)
    async with board(friday, "1", size=(160, 45)) as pilot:
        assert "follow up " in text(pilot)
        friday.take("contact.log", None, given)
        workspace(pilot).office.news()
        await settle(pilot)
        assert "follow up " not in text(pilot)


async def test_what_comes_again_is_marked_linked_and_calls_for_a_quality_check(desk: Desk) -> None:
    """SE C-5."""
    received(desk, 60 * 24 * 20, text="Nobody cleaned the kitchen")
    received(desk, 60 * 24 * 10, text="The bins are full")
    one = received(desk, 30, text="The kitchens are dirty again")
    async with board(desk, "3", size=(160, 45)) as pilot:
        assert table(pilot).move_to(one)
        await settle(pilot)
        row = next(line for line in text(pilot).split("\n") if line.startswith("│▌"))
        assert "↻1" in row
        assert "↻ 1 earlier about this item in 90 days, 3 Nov" in text(pilot)
        await press(pilot, "Q")
        assert "the customer has no service plan" in last_line(pilot)
    assert len(complaint(desk, one).repeats) == 1


async def test_what_comes_again_proposes_onboarding_again_all_filled_in(desk: Desk) -> None:
    """SE C-5, FI-54: whom it is for, why, who sees to it and by when; to be looked over and saved."""
    first = received(desk, 60 * 24 * 20, text="Nobody cleaned the kitchen")
    when = to_text(NOW - timedelta(days=2))
    given = {"customer": "Havnens Kontor", "start": when, "end": to_text(NOW - timedelta(days=2, hours=-3))}
    desk.take("shift.add", None, {**given, "person": "Sara Lind"})
    one = received(desk, 30, text="The kitchens are dirty again")
    async with board(desk, "3", size=(160, 45)) as pilot:
        table(pilot).move_to(first)
        await settle(pilot)
        await press(pilot, "O")
        assert "nothing was complained of before about this item" in last_line(pilot)
        table(pilot).move_to(one)
        await settle(pilot)
        assert "a quality check is due (Q), or" in text(pilot)
        await press(pilot, "O", *["tab"] * 3, "enter")
        assert last_line(pilot) == "✓ Action for Havnens Kontor · u undoes"
        (action,) = desk.ask(lambda view: view.find(Action))
        assert action.text == (
            "Onboarding again: how it is done here. For Sara Lind: Clean the kitchen, kitchen "
            "was complained of 2 times in 90 days"
        )
        assert (action.complaint, action.owner, str(action.due)) == (
            one,
            id_of(desk, "people", "Peter Juhl"),
            "2026-12-07",
        )
        await press(pilot, "u")
        assert not desk.ask(lambda view: view.find(Action))


async def test_an_urgent_complaint_says_so_and_runs_to_the_shorter_promise(desk: Desk) -> None:
    one = received(desk, 30)
    async with board(desk, "3", "i", "enter") as pilot:
        assert last_line(pilot) == "✓ Urgency noted: Havnens Kontor · u undoes"
        assert "▲ urgent: measures" in text(pilot)
        assert "results by  23 Dec" in text(pilot)
        assert table(pilot).cursor_key == one
        assert complaint(desk, one).urgent


async def test_a_card_is_left_printed_and_logged(desk: Desk) -> None:
    """FI-13: all four are mandatory."""
    received(desk, 30)
    async with board(desk, "3", "B", "'Filters in the kitchen", "enter", "'tomorrow 9", "enter") as pilot:
        await press(pilot, "enter")
        assert "This is needed." in text(pilot)
        await press(pilot, "'leave the door <b>open</b>", "enter")
        assert "to print: " in last_line(pilot)
        (contact,) = desk.ask(lambda view: view.find(Contact))
        assert contact.keywords == ("card left",)
        assert contact.follow_up is not None
        (page,) = (desk.settings.home / "cards").iterdir()
        assert "leave the door &lt;b&gt;open&lt;/b&gt;" in page.read_text("utf-8")
        assert page.stat().st_mode & 0o077 == 0
        assert id_of(desk, "customers", "Havnens Kontor") == contact.customer
