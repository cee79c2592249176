from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.instants import to_text
from app.domain.records import Absence, Complaint, Shift
from app.exchange.importing import import_file
from tests.screens.support import board, footer, last_line, press, settle, table, text, workspace
from tests.support import NOW, HandClock, id_of, make_desk, receive_complaint, report_absence, shift_of

NASTY = '[/b] [red]x \x1b[31m "; DROP'


def shift(desk: Desk, id_: str) -> Shift:
    found = desk.record("shifts", id_)
    assert isinstance(found, Shift)
    return found


def absence(desk: Desk, id_: str) -> Absence:
    found = desk.record("absences", id_)
    assert isinstance(found, Absence)
    return found


def complaint(desk: Desk, id_: str) -> Complaint:
    found = desk.record("complaints", id_)
    assert isinstance(found, Complaint)
    return found


def keys(desk_keys: tuple[str, ...]) -> list[str]:
    return [key.partition(":")[0] for key in desk_keys]


async def test_the_queue_is_in_the_order_in_which_operations_stop(desk: Desk) -> None:
    """DK-03 … DK-08: uncovered visits by start, absences to approve, complaints by their clocks."""
    report_absence(desk, called_at="06:35")
    late = receive_complaint(desk, "Klinik Nord", received_at=to_text(NOW - timedelta(minutes=100)))
    receive_complaint(desk)
    async with board(desk, "1") as pilot:
        queue = table(pilot)
        order = [queue.cursor_key or "", *queue.following]
        assert keys(tuple(order)) == ["shift", "shift", "absence", "complaint", "complaint"]
        assert order[3] == f"complaint:{late}"
        shown = text(pilot)
        assert "Needs you 5" in shown
        assert "07:00 uncovered" in shown
        assert "Jonas Berg, sick from 06:40, called you 06:35 ·" in shown


async def test_approving_leads_to_the_visit_it_leaves_uncovered_and_enter_covers_it(desk: Desk) -> None:
    """DK-10, DK-11: from the absence by `a`, then two visits by Enter, then the complaint is next."""
    jonas = report_absence(desk, called_at="06:35")
    one = receive_complaint(desk)
    today, tomorrow = shift_of(desk, "Jonas Berg"), shift_of(desk, "Jonas Berg", 1)
    async with board(desk, "1", "j", "j") as pilot:
        assert table(pilot).cursor_key == f"absence:{jonas}"
        await press(pilot, "a")
        assert absence(desk, jonas).status == "approved"
        assert table(pilot).cursor_key == f"shift:{today}"
        assert "Enter take Aksel Toft" in footer(pilot)
        await press(pilot, "enter")
        assert shift(desk, today).person == id_of(desk, "people", "Aksel Toft")
        assert last_line(pilot) == "✓ Covered Havnens Kontor: Aksel Toft · u undoes"
        assert table(pilot).cursor_key == f"shift:{tomorrow}"
        await press(pilot, "enter")
        assert shift(desk, tomorrow).covers_for == id_of(desk, "people", "Jonas Berg")
        assert table(pilot).cursor_key == f"complaint:{one}"
        await press(pilot, "u")
        assert table(pilot).cursor_key == f"shift:{tomorrow}"


async def test_the_absence_behind_a_visit_is_approved_from_there(desk: Desk) -> None:
    jonas = report_absence(desk, called_at="06:35")
    async with board(desk, "1", "a") as pilot:
        assert absence(desk, jonas).status == "approved"
        assert table(pilot).cursor_key == f"shift:{shift_of(desk, 'Jonas Berg')}"


async def test_all_candidates_and_cancelling_with_the_customer(desk: Desk) -> None:
    report_absence(desk, called_at="06:35", until="12:30")
    today = shift_of(desk, "Jonas Berg")
    async with board(desk, "1", "c") as pilot:
        assert "Who takes Havnens Kontor · Mon 07:00–11:00" in text(pilot)
        await press(pilot, "escape", "x", "'The house is closed", "tab", "'Lene", "enter")
        found = shift(desk, today)
        assert (found.status, found.agreed_with) == ("cancelled", "Lene")
        assert "uncovered" not in text(pilot)


async def test_answering_goes_on_to_the_next_and_reads_it(desk: Desk) -> None:
    """DK-23: who writes the answer has opened the complaint."""
    first = receive_complaint(desk, "Klinik Nord", received_at=to_text(NOW - timedelta(minutes=100)))
    second = receive_complaint(desk)
    async with board(desk, "1", "r", "f7", "'We come at noon", "tab", "enter") as pilot:
        found = complaint(desk, first)
        assert found.status == "acknowledged"
        assert found.read_by == id_of(desk, "people", "Mette Holm")
        assert complaint(desk, second).read_at is None
        assert table(pilot).cursor_key == f"complaint:{second}"


async def test_enter_on_a_complaint_opens_it_on_its_screen(desk: Desk) -> None:
    one = receive_complaint(desk)
    async with board(desk, "1", "enter") as pilot:
        assert workspace(pilot).TAB == "3"
        assert table(pilot).cursor_key == one
        assert complaint(desk, one).read_at is not None
        await press(pilot, "1")
        assert "read, not answered" in text(pilot) or "reply by" in text(pilot)


async def test_the_day_is_clear_when_nothing_is_unmanned_unread_or_waiting(tmp_path: Path) -> None:
    """DK-12: with the time since when; quitting asks only before that."""
    clock = HandClock()
    desk = make_desk(tmp_path, clock=clock)
    one = receive_complaint(desk)
    async with board(desk, "1", "q") as pilot:
        assert "1 complaint unread" in text(pilot)
        await press(pilot, "escape")
        given = {"plan": "Again", "solve_by": "tomorrow", "assignee": "Sara Lind", "reply": "We come"}
        desk.take("complaint.accept", one, given)
        clock.advance(minutes=3)
        workspace(pilot).office.news()
        await settle(pilot)
        assert "Day clear 06:43" in text(pilot)
        clock.advance(minutes=10)
        workspace(pilot).office.news()
        await settle(pilot)
        assert "Day clear 06:43" in text(pilot)
        assert "✓ solve by" in text(pilot)
        report_absence(desk)
        workspace(pilot).office.news()
        await settle(pilot)
        assert "Needs you 3" in text(pilot)


async def test_an_empty_queue_says_so_in_the_middle(desk: Desk) -> None:
    async with board(desk, "1") as pilot:
        assert text(pilot).count("Day clear 06:40") == 2
        await press(pilot, "slash", "'zzz", "enter")
        assert "Nothing fits" in text(pilot)


async def test_the_filter_finds_every_word_and_all_lifts_the_area(desk: Desk) -> None:
    """DK-01."""
    receive_complaint(desk)
    receive_complaint(desk, "Klinik Nord")
    receive_complaint(desk, "Bageriet Syd")
    async with board(desk, "1") as pilot:
        assert table(pilot).count == 2
        await press(pilot, "slash", "'klinik unread", "enter")
        assert table(pilot).count == 1
        await press(pilot, "escape", "slash", "'all", "enter")
        assert table(pilot).count == 3
        await press(pilot, "slash", "'all bageriet", "enter")
        assert table(pilot).count == 1


async def test_marked_absences_are_approved_as_one_whatever_else_is_marked(desk: Desk) -> None:
    ids = [report_absence(desk, one, **{"from": "tomorrow 6"}) for one in ("Emil Dahl", "Aksel Toft")]
    async with board(desk, "1", "space", "j", "space", "a") as pilot:
        assert {absence(desk, one).status for one in ids} == {"approved"}
        assert last_line(pilot) == "✓ Approved 2 · u undoes"


async def test_what_people_wrote_stands_as_it_is(desk: Desk) -> None:
    receive_complaint(desk, text=NASTY)
    async with board(desk, "1") as pilot:
        assert '[/b] [red]x ␛[31m "; DROP' in text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 24), (120, 40), (200, 60)])
async def test_every_line_fits_the_terminal(desk: Desk, size: tuple[int, int]) -> None:
    report_absence(desk, called_at="06:35")
    async with board(desk, "1", size=size) as pilot:
        for _number in range(4):
            strips = pilot.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert len(strips) == size[1]
            await press(pilot, "tab")


async def test_enter_lifts_the_filter_that_hides_the_complaint(desk: Desk) -> None:
    """Nobody answers another customer than the one they went to."""
    receive_complaint(desk, "Havnens Kontor")
    nord, south = receive_complaint(desk, "Klinik Nord"), receive_complaint(desk, "Bageriet Syd")
    async with board(desk, "3", "/", "'havnens", "enter", "1") as pilot:
        table(pilot).move_to(f"complaint:{nord}")
        await press(pilot, "enter")
        assert (table(pilot).cursor_key, workspace(pilot).filter) == (nord, "")
        await press(pilot, "1", "/", "'all bageriet", "enter", "home", "enter")
        assert (table(pilot).cursor_key, workspace(pilot).filter) == (south, "all")


async def test_what_could_not_be_read_is_told_row_by_row(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mails.csv"
    path.write_text(
        "customer,received_at,text\nNobody Ltd,2026-11-23 05:00,The [/b] stairs are dirty\n", "utf-8"
    )
    import_file(desk, "complaints", path)
    async with board(desk, size=(160, 45)) as pilot:
        assert table(pilot).move_to("import:mails.csv")
        await press(pilot, "enter")
        for said in (
            "could not be read",
            "Row 2",
            "there is no customer Nobody Ltd",
            "The [/b] stairs are dirty",
        ):
            assert said in text(pilot)


async def test_a_contact_about_what_is_come_back_to_is_with_that_customer(desk: Desk) -> None:
    given = {"customer": "Klinik Nord", "channel": "phone", "keywords": "mats", "follow_up": "today"}
    id_ = desk.take("contact.log", None, given).id
    async with board(desk) as pilot:
        assert table(pilot).move_to(f"follow_up:{id_}")
        await press(pilot, "L", "enter", "enter", "'clean mats", "enter", "tab", "enter", "enter")
        assert last_line(pilot) == "✓ Logged a contact with Klinik Nord"
