"""The cover plan, offers and candidates by keys (days.md, the supervisor's steps 4 to 9)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Absence, Shift
from app.queries.cover import Question, uncovered
from app.widgets.detail import DetailPane
from app.widgets.panel import Panel
from app.widgets.queue_table import QueueTable
from tests.demo.conftest import opened
from tests.screens.support import Board, board, footer, last_line, press, settle, table, text
from tests.support import id_of, report_absence, shift_of


def shift(desk: Desk, id_: str) -> Shift:
    found = desk.record("shifts", id_)
    assert isinstance(found, Shift)
    return found


def choose(pilot: Board, key: str) -> None:
    assert pilot.app.screen.query_one(QueueTable).move_to(key)


def title(pilot: Board) -> str:
    return pilot.app.screen.query_one(Panel).title


async def test_two_presses_approve_and_take_the_first_substitute(desk: Desk) -> None:
    """DK-10, DK-11: `a`, `Enter`, and the only visit of the absence is covered."""
    jonas = report_absence(desk, called_at="06:35", until="tomorrow 00:00")
    visit = shift_of(desk, "Jonas Berg")
    async with board(desk, "2") as pilot:
        keys = ("a", "enter")
        await press(pilot, *keys)
        assert len(keys) == 2
        found = desk.record("absences", jonas)
        assert isinstance(found, Absence)
        assert found.status == "approved"
        assert shift(desk, visit).covers_for == found.person
        assert not found.uncovered
        assert last_line(pilot).startswith("✓ Covered Havnens Kontor: ")


async def test_the_plan_is_looked_at_taken_by_one_key_and_given_back_by_one(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg", called_at="06:35")
    report_absence(desk, "Emil Dahl", called_at="06:35")
    async with board(desk, "1", "C") as pilot:
        assert title(pilot) == "Cover plan · 3 of 3"
        assert "✓ Mon 07:00–11:00 Havnens Kontor Aksel Toft" in " ".join(text(pilot).split())
        assert "take all 3" in text(pilot)
        visits = [shift_of(desk, *one) for one in (("Jonas Berg", 0), ("Jonas Berg", 1), ("Emil Dahl", 0))]
        owners = [shift(desk, one).person for one in visits]
        await press(pilot, "enter")
        assert all(shift(desk, one).covers_for for one in visits)
        assert last_line(pilot) == "✓ Covered 3 · u undoes"
        await press(pilot, "u")
        assert [shift(desk, one).person for one in visits] == owners
        await press(pilot, "U")
        assert all(shift(desk, one).covers_for for one in visits)


async def test_the_plan_is_for_the_marked_absences_where_some_are(desk: Desk) -> None:
    jonas = report_absence(desk, "Jonas Berg", called_at="06:35", until="tomorrow 00:00")
    report_absence(desk, "Emil Dahl", called_at="06:35")
    async with board(desk, "2") as pilot:
        choose(pilot, jonas)
        await press(pilot, "space", "C")
        assert title(pilot) == "Cover plan · 1 of 1"
        await press(pilot, "enter")
        assert last_line(pilot).startswith("✓ Covered Havnens Kontor: ")
        assert not table(pilot).marks
        assert shift(desk, shift_of(desk, "Emil Dahl")).covers_for is None


async def test_what_the_plan_cannot_cover_says_why_and_who_was_nearest(desk: Desk) -> None:
    report_absence(desk, "Sara Lind", called_at="06:35", until="tomorrow 00:00")
    report_absence(desk, "Aksel Toft", called_at="06:35")
    async with board(desk, "2", "C") as pilot:
        shown = text(pilot)
        assert title(pilot) == "Cover plan · 0 of 1"
        assert "everyone has a shift then" in shown
        assert "– Jonas Berg  has a shift then" in shown
        assert "nothing to take" in shown
        await press(pilot, "enter")
        assert title(pilot) == "Cover plan · 0 of 1"
        await press(pilot, "c")
        assert title(pilot).startswith("Who takes Solgaarden · Mon 08:00–12:00")
        await press(pilot, "escape")
        assert shift(desk, shift_of(desk, "Sara Lind")).covers_for is None


async def test_where_nothing_is_uncovered_the_board_says_so(desk: Desk) -> None:
    async with board(desk, "1", "C") as pilot:
        assert last_line(pilot) == "● nothing is uncovered"


async def test_what_came_in_meanwhile_is_said_and_the_plan_is_worked_out_anew(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg", called_at="06:35")
    first = shift_of(desk, "Jonas Berg")
    async with board(desk, "2", "C") as pilot:
        assert title(pilot) == "Cover plan · 2 of 2"
        desk.take("shift.assign", first, {"person": "Aksel Toft"})
        await press(pilot, "enter")
        assert "the shift is not uncovered any more" in pilot.app.screen.query_one(DetailPane).text
        assert title(pilot) == "Cover plan · 1 of 1"
        await press(pilot, "enter")
        assert shift(desk, first).person == id_of(desk, "people", "Aksel Toft")


async def test_the_board_answers_keys_while_the_plan_is_worked_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is worked out beside the board: Esc leaves before it is done, and nothing is taken."""
    report_absence(desk, "Jonas Berg", called_at="06:35")
    begun, go_on = threading.Event(), threading.Event()
    real = Question.answered

    def slowly(self: Question, *given: object) -> object:
        begun.set()
        assert go_on.wait(10)
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Question, "answered", slowly)
    async with board(desk, "2") as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert "Working out the best plan" in text(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Working out" not in text(pilot)
        await pilot.press("1")
        await pilot.pause()
        assert "Needs you" in text(pilot)
        assert begun.is_set()
        go_on.set()
        await settle(pilot)
        assert shift(desk, shift_of(desk, "Jonas Berg")).covers_for is None


async def test_an_offer_is_copied_noted_and_shown_with_the_candidate(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg", called_at="06:35")
    visit, aksel = shift_of(desk, "Jonas Berg"), id_of(desk, "people", "Aksel Toft")
    desk.take("person.change", aksel, {"phone": "+45 12 34 56 78", "languages": "da"})
    async with board(desk, "2", "c") as pilot:
        choose(pilot, aksel)
        await press(pilot, "o")
        shown = text(pilot)
        assert "Offer to Aksel Toft · Havnens Kontor · Mon 07:00–11:00" in shown
        assert "Hej Aksel. Kan du tage en vagt hos Havnens Kontor 23.11. 07:00–11:00?" in shown
        assert "sms:+4512345678?body=Hej%20Aksel" in shown
        await press(pilot, "enter")
        assert pilot.app.clipboard.startswith("Hej Aksel. Kan du tage en vagt")
        assert "asked 06:40" in text(pilot)
        await press(pilot, "o", "n")
        assert "asked 06:40, said no 06:40" in text(pilot)
        await press(pilot, "escape")
        assert last_line(pilot) == "✓ Noted an offer of Havnens Kontor · u undoes"
        assert [one["answer"] for one in shift(desk, visit).offers] == ["asked", "no"]
        assert "Enter take Aksel Toft" not in footer(pilot)


async def test_an_offer_by_another_channel_in_another_language(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg", called_at="06:35")
    visit, aksel = shift_of(desk, "Jonas Berg"), id_of(desk, "people", "Aksel Toft")
    desk.take("person.change", aksel, {"email": "aksel@klarsyn.example"})
    async with board(desk, "2", "c") as pilot:
        choose(pilot, aksel)
        await press(pilot, "o")
        assert "mailto:aksel@klarsyn.example?subject=Can%20you" in text(pilot)
        await press(pilot, "t")
        assert "Kan du tage en vagt?" in text(pilot)
        await press(pilot, "m")
        assert "phone  not known: see Team" in text(pilot)
        await press(pilot, "x")
        assert [(one["channel"], one["answer"]) for one in shift(desk, visit).offers] == [
            ("phone", "no_answer")
        ]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_plan_candidates_and_offer_fit_the_terminal(desk: Desk, size: tuple[int, int]) -> None:
    report_absence(desk, "Jonas Berg", called_at="06:35")
    async with board(desk, "2", "C", size=size) as pilot:
        assert "take all 2" in text(pilot)
        assert fits(pilot, size)
        await press(pilot, "escape", "c", "o")
        assert "Enter" in text(pilot)
        assert fits(pilot, size)


def fits(pilot: Board, size: tuple[int, int]) -> bool:
    strips = pilot.app.screen._compositor.render_strips()
    return {strip.cell_length for strip in strips} == {size[0]} and len(strips) == size[1]


async def test_the_supervisors_morning_from_the_first_substitute_to_nothing_uncovered(tmp_path: Path) -> None:
    """Steps 4 to 9 of the first of the three days, on the demo, by keys."""
    desk = opened(tmp_path, 600)
    async with board(desk, "2", "a", "c", size=(120, 40)) as pilot:
        shown = text(pilot)
        assert "Who takes Nordhavn School · Mon 07:10–11:10" in shown
        assert "knows the site" in shown
        assert "Week left" in shown
        await press(pilot, "enter")
        assert last_line(pilot) == "✓ Covered Nordhavn School: Sara Lind · u undoes"
        await press(pilot, "space", "j", "space", "a")
        assert last_line(pilot) == "✓ Approved 2 · u undoes"
        await press(pilot, "C")
        assert title(pilot) == "Cover plan · 2 of 3"
        assert "nobody with a valid onboarding" in text(pilot)
        await press(pilot, "enter")
        left = desk.ask(uncovered)
        assert len(left) == 1
        await press(pilot, "u")
        assert len(desk.ask(uncovered)) == 3
        await press(pilot, "U")
        assert desk.ask(uncovered) == left
        own = desk.ask(lambda view: view.find(Absence, person=left[0].person, status="approved"))[-1]
        assert table(pilot).move_to(own.id)
        mette = desk.actor.id
        await press(pilot, "c")
        choose(pilot, mette)
        await press(pilot, "n", "'flu, 39 °C", "tab", "enter")
        assert "this reads like health information" in text(pilot)
        await press(pilot, "escape", "c")
        choose(pilot, mette)
        await press(pilot, "n", "'I go myself", "tab", "enter")
        assert desk.ask(uncovered) == ()
        assert shift(desk, left[0].id).note == "I go myself"
    desk.close()
