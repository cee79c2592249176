"""The supervisor's morning, by keys alone and counted: twelve sick calls at 06:30 (DK-08 … DK-14)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.widgets import Button

from app.desk import Desk
from app.domain.records import Absence, Shift
from app.queries import today
from app.queries.records import history
from app.widgets.queue_table import QueueTable
from tests.screens.support import Board, board, last_line, press, settle, table, text, workspace
from tests.support import NOW, HandClock, id_of, make_desk, receive_complaint, report_absence, shift_of

SICK = (
    "Anna Bach", "Bo Carlsen", "Cilla Dreyer", "Dan Eskild", "Eva Frost", "Finn Gram", "Gitte Hald", "Hans Iver",
    "Inge Juul", "Jens Kjær", "Karin Lund", "Lars Munk",
)  # fmt: skip
WELL = (
    "Maja Nord", "Niels Olsen", "Olga Parkov", "Poul Quist", "Rikke Sand", "Stig Toft", "Tove Ulrich", "Ulla Vang",
    "Viggo Winther", "Ylva Zorn", "Asta Ahl", "Bent Beck", "Clara Crone", "Ditte Dyhr",
)  # fmt: skip


@dataclass
class Hand:
    """One hand at the keyboard; it counts every key, each letter of a text too."""

    pilot: Board
    count: int = 0

    async def press(self, *keys: str) -> None:
        self.count += sum(len(key) - 1 if key.startswith("'") else 1 for key in keys)
        await press(self.pilot, *keys)


def crew(desk: Desk) -> list[str]:
    """Twelve with a visit each this morning, fourteen more who are free; the visits."""
    visits = []
    for number, name in enumerate((*SICK, *WELL)):
        desk.take("person.add", None, {"name": name, "area": "North"})
        if name in SICK:
            start = f"{8 + number // 6:02d}:{number % 6 * 10:02d}"
            given = {"customer": "Klinik Nord", "person": name, "start": start, "end": "12:00"}
            visits.append(desk.take("shift.add", None, given).id)
    return visits


def absences(desk: Desk) -> list[Absence]:
    return desk.ask(lambda view: view.find(Absence))


def uncovered(desk: Desk) -> list[str]:
    return [visit for one in absences(desk) for visit in record(desk, one.id).uncovered]


def record(desk: Desk, id_: str) -> Absence:
    found = desk.record("absences", id_)
    assert isinstance(found, Absence)
    return found


async def test_twelve_calls_are_two_keys_each_and_the_day_is_clear(tmp_path: Path) -> None:
    """`a` and Enter: approved, and the first substitute sent; no dialog, no mouse, no call too many."""
    desk = make_desk(tmp_path, now=NOW.replace(minute=30))
    visits = crew(desk)
    for name in SICK:
        report_absence(desk, name, until="today", reported_by="system")
    async with board(desk) as pilot:
        hand = Hand(pilot)
        assert "Day clear" not in text(pilot)
        await hand.press("2")
        for _call in SICK:
            await hand.press("a", "enter")
        assert {one.status for one in absences(desk)} == {"approved"}
        assert uncovered(desk) == []
        substitutes = []
        for visit in visits:
            shift = desk.record("shifts", visit)
            assert isinstance(shift, Shift)
            assert shift.manned
            assert shift.override is None
            substitutes.append(shift.person)
        assert None not in substitutes
        await hand.press("1")
        assert "Day clear 06:30" in text(pilot)
        assert hand.count <= 26, f"{hand.count} keys for twelve calls"


async def test_calls_of_every_sort(tmp_path: Path) -> None:
    """Eleven that the system reported, one on the phone; one visit that nobody can take.

    An acute one without a call is asked when they called; what reads like health information is refused.
    """
    clock = HandClock(NOW.replace(minute=30))
    desk = make_desk(tmp_path, clock=clock)
    visits = crew(desk)
    clock.advance(minutes=55)
    for name in SICK[:11]:
        report_absence(desk, name, until="today", reported_by="system")
    needed = {"customer": "Klinik Nord", "start": "15:00", "end": "16:00", "skills": "diving"}
    nobody = desk.take("shift.add", None, needed).id
    complaint = receive_complaint(desk)
    async with board(desk, size=(160, 45)) as pilot:
        hand = Hand(pilot)
        await hand.press("2")
        await report(hand, SICK[11])
        assert len(absences(desk)) == 12
        for _turn in range(40):
            row = record(desk, table(pilot).cursor_key or "")
            if row.status != "reported" and not row.uncovered:
                break
            await hand.press("a" if row.status == "reported" else "enter")
            if pilot.app.screen is not workspace(pilot):
                await hand.press("enter")
        assert {one.status for one in absences(desk)} == {"approved"}
        acute = [record(desk, one.id) for one in absences(desk)]
        assert all(one.called_at is not None for one in acute if one.acute)
        assert any(one.acute for one in acute)
        assert uncovered(desk) == []
        await hand.press("1")
        assert "Day clear" not in text(pilot)
        await hand.press("enter")
        assert "nobody is free" in last_line(pilot)
        await hand.press("x", "'The pool is closed", "tab", "enter")
        shift = desk.record("shifts", nobody)
        assert isinstance(shift, Shift)
        assert shift.status == "planned", "nothing is cancelled without a name at the customer's"
        assert "This is needed." in text(pilot)
        await hand.press("'Lene", "enter")
        found = desk.record("shifts", nobody)
        assert isinstance(found, Shift)
        assert (found.status, found.agreed_with) == ("cancelled", "Lene")
        assert "Day clear" not in text(pilot)
        await hand.press("q")
        assert "1 complaint unread" in text(pilot)
        await hand.press("escape")
        desk.take("complaint.acknowledge", complaint, {"reply": "We come at noon"})
        workspace(pilot).office.news()
        await settle(pilot)
        assert not [visit for visit in visits if visit in uncovered(desk)]
        assert hand.count <= 80, f"{hand.count} keys"


async def report(hand: Hand, name: str) -> None:
    """By phone: who, sick, from now, until tonight, and when they called."""
    first = name.split(maxsplit=1)[0].lower()
    await hand.press(
        "A",
        f"'{first}",
        "enter",
        "enter",
        "enter",
        "'today",
        "enter",
        "enter",
        "'now",
        "enter",
        "tab",
        "enter",
    )


async def test_the_first_nine_steps_of_the_day(tmp_path: Path) -> None:
    """days.md, the supervisor, without the plan for all (`C`)."""
    desk = make_desk(tmp_path)
    jonas = report_absence(desk, called_at="06:37", until="today")
    sara = report_absence(desk, "Sara Lind", until="today")
    emil = report_absence(desk, "Emil Dahl", until="today")
    receive_complaint(desk, received_at=NOW.replace(hour=5, minute=10))
    receive_complaint(desk, "Klinik Nord")
    mette = id_of(desk, "people", "Mette Holm")
    async with board(desk, size=(160, 45)) as pilot:
        order = [key.partition(":")[0] for key in (table(pilot).cursor_key or "", *table(pilot).following)]
        assert order == ["shift", "shift", "shift", "absence", "absence", "absence", "complaint", "complaint"]
        await press(pilot, "2")
        assert table(pilot).cursor_key == jonas
        assert "acute     called you 06:37" in text(pilot)
        await press(pilot, "a")
        assert table(pilot).cursor_key == jonas
        assert "uncovered" in text(pilot)
        assert not any(word in text(pilot).lower() for word in ("why", "diagnos", "reason", "certificate"))
        await press(pilot, "c")
        assert "Who takes Havnens Kontor" in text(pilot)
        await press(pilot, "enter")
        covered = desk.record("shifts", shift_of(desk, "Aksel Toft"))
        assert isinstance(covered, Shift)
        assert covered.covers_for == id_of(desk, "people", "Jonas Berg")
        await press(pilot, "home", "space", "j", "space", "a")
        assert {record(desk, one).status for one in (sara, emil)} == {"approved"}
        assert last_line(pilot) == "✓ Approved 2 · u undoes"
        await press(pilot, "u")
        assert {record(desk, one).status for one in (sara, emil)} == {"reported"}
        await press(pilot, "U")
        assert {record(desk, one).status for one in (sara, emil)} == {"approved"}
        assert table(pilot).move_to(emil)
        await press(pilot, "c")
        assert pilot.app.screen.query_one(QueueTable).move_to(mette)
        await press(pilot, "n", "'flu, 39 °C", "tab", "enter")
        assert "reads like health information" in text(pilot)
        assert "flu" not in text(pilot)
        pilot.app.screen.query_one(Button).remove_class("-active")
        await press(pilot, "'I go myself", "tab", "enter")
        taken = desk.record("shifts", shift_of(desk, "Mette Holm"))
        assert isinstance(taken, Shift)
        assert (taken.covers_for, taken.note) == (id_of(desk, "people", "Emil Dahl"), "I go myself")
        assert record(desk, emil).uncovered == ()
        kept = {one.decision for one in desk.ask(history, sara)}
        assert {"absence.approve", "undo", "redo"} <= kept


@pytest.mark.parametrize(
    "left", ["a shift of nobody's", "an absence", "a complaint", "an absent person's shift"]
)
def test_the_day_is_never_clear_while_something_is_open(tmp_path: Path, left: str) -> None:
    """DK-12: no shift unmanned, no complaint unread."""
    desk = make_desk(tmp_path)
    assert clear(desk)
    if left == "a shift of nobody's":
        given = {"customer": "Klinik Nord", "start": "15:00", "end": "16:00"}
        open_ = desk.take("shift.add", None, given).id
    elif left == "a complaint":
        open_ = receive_complaint(desk)
    elif left == "an absence":
        open_ = report_absence(desk, "Aksel Toft", until="today")
    else:
        open_ = report_absence(desk, "Emil Dahl", until="today")
        desk.take("absence.approve", open_)
    assert not clear(desk)
    if left == "a complaint":
        desk.take("complaint.read", open_)
        assert not clear(desk), "read is not answered"
        desk.take("complaint.acknowledge", open_, {"reply": "We come at noon"})
    elif left == "a shift of nobody's":
        desk.take("shift.assign", open_, {"person": "Mette Holm", "override": "she offered"})
    elif left == "an absence":
        desk.take("absence.approve", open_)
    else:
        given = {"person": "Mette Holm", "override": "she offered"}
        desk.take("shift.assign", shift_of(desk, "Emil Dahl"), given)
    assert clear(desk)


def clear(desk: Desk) -> bool:
    return today.is_clear(tuple(desk.ask(today.queue)))
