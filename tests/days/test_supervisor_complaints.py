"""days.md, the supervisor's steps 10 to 17, by real keys on the demo's morning: complaints from list to end."""

from __future__ import annotations

import pytest

from app.desk import Desk
from app.domain.records import Agreement, Complaint, Contact, Customer, Shift
from tests.days.conftest import Seat
from tests.screens.support import Board, board, last_line, press, settle, table, text


@pytest.fixture
def desk(seat: Seat) -> Desk:
    return seat()


def complaint(desk: Desk, id_: str | None) -> Complaint:
    found = desk.record("complaints", id_ or "")
    assert isinstance(found, Complaint)
    return found


def waiting_at(desk: Desk, customer: str) -> str:
    site = desk.ask(lambda view: view.find(Customer, name=customer))[0]
    return desk.ask(lambda view: view.find(Complaint, customer=site.id, status="waiting"))[0].id


async def at(pilot: Board, id_: str) -> None:
    """Moves to a complaint by keys."""
    await press(pilot, "home")
    while table(pilot).cursor_key != id_:
        await press(pilot, "j")


async def test_a_supervisors_complaints(desk: Desk) -> None:
    """On the smallest terminal, where list, words and evidence take turns."""
    kitchen, windows, vague = (
        waiting_at(desk, name) for name in ("Harbour Hotel", "Lund & Co", "Strandgaard Kitchen")
    )
    async with board(desk, "3", size=(80, 24)) as pilot:
        assert table(pilot).cursor_key == kitchen, "step 10: the clock that runs out first"
        assert "0:30" in text(pilot)
        await press(pilot, "enter")
        assert complaint(desk, kitchen).read_at is not None, "step 11: the words left, the evidence right"
        assert "The kitchen floor was not washed yesterday" in text(pilot)
        await press(pilot, "tab")
        assert "Kitchen floor, Kitchen, daily" in text(pilot)
        await press(pilot, "tab")
        await press(pilot, "r", "'eight o'clock", "tab", "enter")
        found = complaint(desk, kitchen)
        assert found.status == "acknowledged", "step 12: the reply clock stops, the solve clock runs"
        assert found.replied_at is not None
        assert found.clock_due is not None
        assert found.clock_due > found.replied_at
        await press(pilot, "y", "'Done again before lunch", "tab", "'today 15", "enter", "'Ole Dam")
        assert "nothing fits" in text(pilot), "step 13: only first and service assistants are offered"
        await press(pilot, *["backspace"] * 7, "'Lin Ek", "enter", "tab", "enter")
        found = complaint(desk, kitchen)
        item = desk.ask(lambda view: view.get(Agreement, found.agreement))
        assert found.status == "accepted"
        assert item is not None
        assert item.task == "Kitchen floor"
        await _windows(pilot, desk, windows)
        await _vague(pilot, desk, vague)
        await _fridays(pilot, desk)


async def _windows(pilot: Board, desk: Desk, windows: str) -> None:
    """Steps 14 and 15: nothing agreed; rejected, undone, and then done as extra work."""
    assert table(pilot).cursor_key == windows, "the next is up at once"
    await press(pilot, "n", "tab", "enter")
    assert "This is needed." in text(pilot)
    assert complaint(desk, windows).status == "waiting"
    await press(pilot, "'Windows outside are not in the agreement", "tab", "enter")
    assert complaint(desk, windows).status == "rejected"
    await press(pilot, "u")
    assert complaint(desk, windows).status == "waiting"
    await press(pilot, "w", "'Windows outside, once", "tab", "'Lene", "enter", "'thu 9", "enter")
    found = complaint(desk, windows)
    assert (found.status, found.agreed_with, found.agreement) == ("extra_work", "Lene", None)
    visits = desk.ask(lambda view: view.find(Shift, customer=found.customer))
    assert [one for one in visits if one.start == found.when], "a visit is planned"


async def _vague(pilot: Board, desk: Desk, vague: str) -> None:
    """Step 16: y and n warn until a talk is logged with keywords."""
    await at(pilot, vague)
    for key in ("y", "n"):
        await press(pilot, key)
        assert "▲ it names nothing concrete" in text(pilot)
        await press(pilot, "escape")
    await press(
        pilot, "L", "enter", "enter", "'mood, mornings", "enter", "'Called them", "tab", "enter", "enter"
    )
    assert "Logged a contact with Strandgaard Kitchen" in last_line(pilot)
    (contact,) = desk.ask(lambda view: view.find(Contact, complaint=vague))
    assert contact.keywords == ("mood", "mornings")
    await press(pilot, "n")
    assert "it names nothing concrete" not in text(pilot)
    await press(pilot, "escape")


async def _fridays(pilot: Board, desk: Desk) -> None:
    """Step 17: Friday's solved one is closed by the supervisor; the assignee could not."""
    solved = desk.ask(lambda view: view.find(Complaint, status="solved"))[0]
    await at(pilot, solved.id)
    await press(pilot, "d")
    await settle(pilot)
    assert complaint(desk, solved.id).closed_by == desk.actor.id != solved.assignee
    assert last_line(pilot).startswith("✓ Closed")
