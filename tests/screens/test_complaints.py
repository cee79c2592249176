from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

from app.desk import Desk
from app.domain.instants import to_text
from app.domain.records import Agreement, Complaint
from app.panes.complaints import evidence_blocks
from app.queries import complaints
from app.queries.wanted import Wanted
from app.widgets.form import Form
from tests.screens.support import board, footer, last_line, press, said, settle, table, text, workspace
from tests.support import NOW, HandClock, carry, id_of, make_desk, receive_complaint

NASTY = '[/b] [red]x \x1b[31m "; DROP'
SAFE = '[/b] [red]x ␛[31m "; DROP'


def complaint(desk: Desk, id_: str) -> Complaint:
    found = desk.record("complaints", id_)
    assert isinstance(found, Complaint)
    return found


def received(desk: Desk, minutes: int, customer: str = "Havnens Kontor", **given: str) -> str:
    """A complaint of so many minutes ago."""
    when = to_text(NOW - timedelta(minutes=minutes))
    return receive_complaint(desk, customer, **{"received_at": when, **given})


async def test_the_clock_that_runs_out_first_is_on_top_and_unread_says_so(desk: Desk) -> None:
    """DK-18, DK-21."""
    later = received(desk, 10)
    first = received(desk, 95, "Klinik Nord", text="The waiting room")
    done = received(desk, 60, "Solgaarden")
    desk.take("complaint.reject", done, {"reason": "The facade is not in the agreement"})
    async with board(desk, "3") as pilot:
        rows = [line for line in text(pilot).split("\n") if line.startswith(("│▌", "│ ●", "│ ✓"))]
        assert [table(pilot).cursor_key, *table(pilot).following] == [first, later, done]
        assert "Klinik Nord" in rows[0]
        assert "unread" in rows[0]
        assert "0:25" in rows[0]
        assert "rejected" in rows[2]


async def test_enter_opens_and_that_reads_it_but_moving_over_it_does_not(desk: Desk) -> None:
    """DK-23, and days.md: q names what is unread."""
    first, second = received(desk, 30), received(desk, 10)
    async with board(desk, "3", "j", "k") as pilot:
        assert complaint(desk, first).read_at is None
        await press(pilot, "enter")
        assert complaint(desk, first).read_by == id_of(desk, "people", "Mette Holm")
        assert complaint(desk, second).read_at is None
        assert not last_line(pilot)
        changes = desk.ask(lambda view: len(view.conn.exec_driver_sql("SELECT 1 FROM log").all()))
        await press(pilot, "enter")
        assert changes == desk.ask(lambda view: len(view.conn.exec_driver_sql("SELECT 1 FROM log").all()))


async def test_who_is_no_supervisor_opens_without_reading_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "Karen Vad")
    one = received(desk, 30)
    async with board(desk, "3", "enter"):
        assert complaint(desk, one).read_at is None


async def test_the_customers_words_stand_as_they_are_everywhere(desk: Desk) -> None:
    """Free text is never markup, and no control character reaches the terminal."""
    one = received(desk, 30, text=f"{NASTY}\nsecond line of the kitchen")
    desk.take("complaint.acknowledge", one, {"reply": f"We look at {NASTY}"})
    desk.take("contact.log", None, {"customer": "Havnens Kontor", "channel": "phone", "keywords": [NASTY],
                                    "text": NASTY, "complaint": one})  # fmt: skip
    desk.take("complaint.reject", one, {"reason": NASTY})
    async with board(desk, "3", size=(200, 60)) as pilot:
        shown = text(pilot)
        assert "\x1b" not in shown
        assert f"We look at {SAFE}" in shown
        assert "second line of the kitchen" in shown
        assert SAFE in shown.partition("Told ")[2]
        assert "the answer says why it is rejected" in shown
        assert shown.count(SAFE) >= 6
        await press(pilot, "o")
        assert "\x1b" not in text(pilot)
    async with board(desk, "1", size=(200, 60)) as pilot:
        assert "\x1b" not in text(pilot)


async def test_what_came_before_is_about_the_item_that_is_cited(desk: Desk) -> None:
    """Where several items fit, it is named; the decision says which was meant, not the words."""
    received(desk, 60 * 24 * 20, text="The bins are full")
    one = received(desk, 30, text="The kitchens are dirty, and so are the bins in the offices")

    def before() -> str:
        return str(dict(desk.ask(evidence_blocks, one))["Same item, last half year"])

    assert "The bins are full" in before()
    (kitchen,) = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))
    given = {"plan": "x", "assignee": "Jonas Berg", "solve_by": "tomorrow 16", "reply": "We come"}
    desk.take("complaint.accept", one, {**given, "agreement": kitchen.id})
    assert "The bins are full" not in before()


async def test_evidence_marks_the_words_that_fit_and_shows_what_else_is_known(desk: Desk) -> None:
    """DK-24, DK-25: the agreement decides; beside it the same item before, the service plan, the last contact."""
    before = received(desk, 60 * 24 * 20, text="Nobody cleaned the kitchen")
    desk.take("complaint.acknowledge", before, {"reply": "We come"})
    received(desk, 60 * 24 * 10, text="The bins are full")
    one = received(desk, 30, text="The kitchens are dirty again")
    desk.take(
        "contact.log", None, {"customer": "Havnens Kontor", "channel": "in_person", "keywords": ["price"]}
    )
    async with board(desk, "3", size=(200, 60)) as pilot:
        assert table(pilot).move_to(one)
        await settle(pilot)
        shown = text(pilot)
        assert "✓ Clean the kitchen, kitchen" in shown
        assert "3 Nov acknowledged Nobody cleaned the" in shown
        assert "The bins are full" not in shown.partition("Same item")[2].partition("Last contact")[0]
        assert "in person · Mette Holm · price" in shown
        assert "✓ Empty the bins, offices" in shown.partition("Also agreed")[2]
        style = [part.style for strip in pilot.app.screen._compositor.render_strips() for part in strip
                 if part.text == "kitchens"]  # fmt: skip
        assert style
        assert all(one is not None and one.bold and one.underline for one in style)


async def test_acknowledging_starts_from_a_template_and_what_it_leaves_open_must_be_written(
    desk: Desk,
) -> None:
    """DK-22: the reply clock stops, the solve clock runs; the same complaint is still to be decided."""
    one, _other = received(desk, 90), received(desk, 10)
    async with board(desk, "3", "r") as pilot:
        assert "Dear Havnens Kontor," in text(pilot)
        await press(pilot, "tab", "enter")
        assert "still open: {time}, {contact}" in text(pilot)
        await press(pilot, "'noon", "tab", "enter", "'55 51", "tab", "enter")
        found = complaint(desk, one)
        assert found.status == "acknowledged"
        assert found.reply is not None
        assert "You will hear from me by noon with" in found.reply
        assert table(pilot).cursor_key == one
        assert last_line(pilot) == "✓ Acknowledged Havnens Kontor · Y copies the answer · u undoes"


async def test_another_template_is_chosen_with_the_arrows(desk: Desk) -> None:
    one = received(desk, 90)
    async with board(desk, "3", "r") as pilot:
        await press(pilot, "shift+tab", "down", "down")
        assert "Seen, I will call you" in text(pilot)
        assert "I would rather hear from you" in text(pilot)
        await press(pilot, "enter", "'ten", "tab", "enter", "'55 51", "tab", "enter")
        reply = complaint(desk, one).reply
        assert reply is not None
        assert "I will call you at ten" in reply


async def test_accepting_cites_the_item_and_asks_how_when_and_who(desk: Desk) -> None:
    """DK-26, DK-27: only first and service assistants are offered; then the next complaint is up."""
    one = received(desk, 90)
    other = received(desk, 10, "Klinik Nord", text="The windows outside")
    desk.take("complaint.acknowledge", one, {"reply": "We come"})
    async with board(desk, "3") as pilot:
        assert table(pilot).move_to(one)
        await press(pilot, "y")
        assert "Clean the kitchen, kitchen" in text(pilot)
        await press(pilot, "enter", "'Sara cleans it again", "tab", "'tomorrow 10", "enter")
        assert "Jonas Berg · first assistant" in text(pilot)
        assert "Ole Dam" not in text(pilot)
        await press(pilot, "'sara", "enter", "tab", "enter")
        found = complaint(desk, one)
        assert found.status == "accepted"
        assert found.assignee == id_of(desk, "people", "Sara Lind")
        assert found.agreement is not None
        assert complaint(desk, other).status == "waiting"


async def test_after_a_decision_the_next_is_up_even_when_the_answer_came_first(desk: Desk) -> None:
    """Acknowledged, a complaint moves down the list; what comes after it is what stood there next."""
    first, second = received(desk, 90), received(desk, 60, "Klinik Nord")
    received(desk, 30, "Solgaarden")
    async with board(desk, "3", "r", "f7", "'We come at noon", "tab", "enter") as pilot:
        assert complaint(desk, first).status == "acknowledged"
        assert table(pilot).cursor_key == first
        await press(pilot, "n", "f7", "'Not agreed", "tab", "enter")
        assert complaint(desk, first).status == "rejected"
        assert table(pilot).cursor_key == second


async def test_rejecting_needs_a_reason_and_the_reason_is_the_reply(desk: Desk) -> None:
    """DK-29 … DK-31."""
    one, other = received(desk, 90, text="The windows outside"), received(desk, 10)
    async with board(desk, "3", "n") as pilot:
        await press(pilot, "f7", "backspace", "tab", "enter")
        assert "This is needed." in text(pilot)
        assert complaint(desk, one).status == "waiting"
        await press(pilot, "'Windows are not in the agreement", "tab", "enter")
        found = complaint(desk, one)
        assert (found.status, found.reason) == ("rejected", "Windows are not in the agreement")
        assert found.reply == found.reason
        assert table(pilot).cursor_key == other
        await press(pilot, "u")
        assert complaint(desk, one).status == "waiting"
        assert table(pilot).cursor_key == one
        await press(pilot, "w", "'The facade on Thursday", "tab", "'Lene", "enter", "'thu 9", "enter")
        found = complaint(desk, one)
        assert (found.status, found.agreed_with) == ("extra_work", "Lene")


async def test_nothing_concrete_is_warned_of_until_someone_has_talked(desk: Desk) -> None:
    """DK-34."""
    one = received(desk, 30, text="I am so tired of you all")
    async with board(desk, "3", size=(200, 60)) as pilot:
        assert "its words fit nothing agreed: does it need a talk?" in text(pilot)
        for key in ("y", "n"):
            await press(pilot, key)
            assert "▲ it names nothing concrete" in text(pilot)
            await press(pilot, "escape")
        await press(
            pilot, "L", "enter", "enter", "'mood, staff", "enter", "'They are angry", "tab", "enter", "enter"
        )
        assert last_line(pilot) == "✓ Logged a contact with Havnens Kontor"
        assert "fit nothing agreed" not in text(pilot)
        assert "phone · Mette Holm · mood, staff" in text(pilot)
        await press(pilot, "n")
        assert "it names nothing concrete" not in text(pilot)
        await press(pilot, "escape", "t", "enter")
        assert complaint(desk, one).talk_needed is True


async def test_the_supervisor_closes_what_is_solved_and_the_assignee_cannot(tmp_path: Path) -> None:
    """DK-28."""
    desk = make_desk(tmp_path)
    one = accepted(desk)
    sara = make_desk(tmp_path, "Sara Lind")
    carry(desk, sara)
    async with board(sara, "3", "s") as pilot:
        assert complaint(sara, one).status == "solved"
        await press(pilot, "d")
        assert "the assignee does not approve their own work" in last_line(pilot)
        assert complaint(sara, one).status == "solved"
    carry(sara, desk)
    async with board(desk, "3", "d", size=(200, 60)) as pilot:
        assert complaint(desk, one).status == "closed"
        await press(pilot, "o", "'It is dirty again", "tab", "enter")
        assert complaint(desk, one).status == "acknowledged"
        shown = text(pilot)
        for said in ("Received", "Accepted", "Solved", "Closed", "Reopened  It is dirty again"):
            assert said in shown


def accepted(desk: Desk) -> str:
    one = received(desk, 90)
    given = {"plan": "Again", "solve_by": "tomorrow", "assignee": "Sara Lind", "reply": "We come"}
    desk.take("complaint.accept", one, given)
    return one


async def test_what_cannot_be_done_is_greyed_and_says_why(desk: Desk) -> None:
    accepted(desk)
    async with board(desk, "3", size=(280, 60)) as pilot:
        assert "r y n w i d o  it is accepted" in text(pilot)
        assert footer(pilot).index(" s solved") < footer(pilot).index(" r acknowledge")
        await press(pilot, "n")
        assert last_line(pilot) == "● Reject: it is accepted"


async def test_a_new_one_is_taken_down_and_stands_under_the_cursor(desk: Desk) -> None:
    """FI-08: the record keeps the channel; receiving is never undone."""
    received(desk, 90)
    async with board(desk, "3", "N") as pilot:
        await press(pilot, "'solg", "enter", "'letter", "enter", "'The windows", "tab", "enter")
        found = complaint(desk, table(pilot).cursor_key or "")
        assert (found.channel, found.text) == ("letter", "The windows")
        assert last_line(pilot) == "✓ Received Solgaarden"


async def test_accept_against_reject_shows_both_texts_and_any_decision_settles_it(tmp_path: Path) -> None:
    desk, other = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    one = received(desk, 30)
    carry(desk, other)
    desk.take("complaint.reject", one, {"reason": "Not in the agreement"})
    given = {"plan": "Sara cleans it", "solve_by": "tomorrow", "assignee": "Sara Lind", "reply": "We come"}
    other.take("complaint.accept", one, given)
    carry(other, desk)
    async with board(desk, "3", size=(200, 60)) as pilot:
        shown = text(pilot)
        assert "contested" in shown
        assert "Mette Holm · 06:40 · Reject" in shown
        assert "Ole Dam · 06:40 · Accept" in shown
        assert "reason Not in the agreement" in said(pilot)
        assert "plan Sara cleans it" in said(pilot)
        assert "assignee Sara Lind" in said(pilot)
        await press(pilot, "w", "'As extra", "tab", "'Lene", "enter", "'thu 9", "enter")
        found = complaint(desk, one)
        assert (found.status, found.contested) == ("extra_work", ())


async def test_the_clock_runs_while_the_board_is_open(tmp_path: Path) -> None:
    clock = HandClock()
    desk = make_desk(tmp_path, clock=clock)
    received(desk, 90)
    async with board(desk, "3") as pilot:
        assert "0:30" in text(pilot)
        clock.advance(minutes=42)
        workspace(pilot).office.news()
        await settle(pilot)
        assert "0:12 over" in text(pilot)


async def test_one_pane_at_a_time_on_a_narrow_terminal(desk: Desk) -> None:
    one = received(desk, 30)
    async with board(desk, "3", size=(80, 24)) as pilot:
        assert "Complaints 1" in text(pilot)
        await press(pilot, "enter")
        assert complaint(desk, one).read_at is not None
        assert "The customer wrote" in text(pilot)
        await press(pilot, "enter")
        assert "Evidence" in text(pilot)
        await press(pilot, "tab")
        assert "Complaints 1" in text(pilot)
        await press(pilot, "enter", "n", "escape", "escape")
        assert "Complaints 1" in text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 24), (120, 40), (200, 60)])
async def test_every_line_fits_the_terminal(desk: Desk, size: tuple[int, int]) -> None:
    received(desk, 30, text="kitchen 日本語 " * 60)
    async with board(desk, "3", size=size) as pilot:
        for keys in ((), ("tab",), ("tab",), ("n",)):
            await press(pilot, *keys)
            strips = pilot.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert len(strips) == size[1]


def test_pages_joined_are_the_list_and_closed_ones_come_last(desk: Desk) -> None:
    for number in range(30):
        one = received(desk, 10 + number * 7)
        if number % 3 == 0:
            desk.take("complaint.reject", one, {"reason": "No"})
        if number % 6 == 0:
            desk.take("complaint.close", one)
    whole = desk.ask(complaints.lines, Wanted(), 0, 100)
    assert len(whole) == desk.ask(complaints.count, Wanted()) == 30
    parts = [one for start in range(0, 30, 7) for one in desk.ask(complaints.lines, Wanted(), start, 7)]
    assert tuple(parts) == whole
    closed = [one.status == "closed" for one in whole]
    assert closed == sorted(closed)
    running = [one.due for one in whole if one.due is not None]
    assert running == sorted(running)
    assert desk.ask(complaints.count_open, Wanted()) == 25


def test_closed_ones_leave_the_list_after_a_month_but_are_found(tmp_path: Path) -> None:
    clock = HandClock()
    desk = make_desk(tmp_path, clock=clock)
    one = receive_complaint(desk, text="Kødhakkeren er snavset")
    desk.take("complaint.reject", one, {"reason": "No"})
    desk.take("complaint.close", one)
    assert desk.ask(complaints.count, Wanted()) == 1
    clock.advance(days=31)
    assert desk.ask(complaints.count, Wanted()) == 0
    assert desk.ask(complaints.count, Wanted(words=("KØDHAKKEREN", "closed", "phone"))) == 1
    assert desk.ask(complaints.count, Wanted(words=("_ødhakkeren",))) == 0


async def test_what_was_accepted_is_given_to_someone_else_by_one_key_and_a_name(desk: Desk) -> None:
    """DK-27: offered where somebody has it."""
    one, other = accepted(desk), received(desk, 10, "Klinik Nord")
    async with board(desk, "3", size=(160, 45)) as pilot:
        table(pilot).move_to(other)
        await settle(pilot)
        assert "give to someone else" not in footer(pilot)
        table(pilot).move_to(one)
        await settle(pilot)
        assert "a give to someone else" in footer(pilot)
        await press(pilot, "a", "'Emil", "enter")
        assert last_line(pilot) == "✓ Given to someone else: Havnens Kontor · u undoes"
        assert complaint(desk, one).assignee == id_of(desk, "people", "Emil Dahl")


async def test_the_only_text_of_a_form_has_the_room_there_is_on_a_small_terminal(desk: Desk) -> None:
    receive_complaint(desk)
    async with board(desk, "3", "r", size=(80, 24)) as pilot:
        assert pilot.app.screen.query_one(TextArea).size.height >= 6
        assert pilot.app.screen.query_one(Form).max_scroll_y == 0
        assert "Acknowledge" in text(pilot).split("\n")[-4]
