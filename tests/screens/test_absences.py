from __future__ import annotations

from pathlib import Path

import pytest

from app.decisions.registry import DECISIONS
from app.desk import Desk
from app.domain.records import Absence, Shift
from app.panes.absences import page
from app.queries import absences
from app.queries.wanted import Wanted
from tests.screens.support import board, footer, last_line, press, table, text
from tests.support import carry, id_of, make_desk, report_absence, shift_of


def absence(desk: Desk, id_: str) -> Absence:
    found = desk.record("absences", id_)
    assert isinstance(found, Absence)
    return found


def shift(desk: Desk, id_: str) -> Shift:
    found = desk.record("shifts", id_)
    assert isinstance(found, Shift)
    return found


async def test_the_list_says_who_is_away_since_when_and_what_is_uncovered(desk: Desk) -> None:
    """DK-08, DK-09, DK-12."""
    report_absence(desk, called_at="06:35")
    report_absence(desk, "Emil Dahl", kind="holiday", **{"from": "24/11", "until": "26/11"})
    async with board(desk, "2", size=(200, 40)) as pilot:
        lines = text(pilot).split("\n")
        first, second = (line for line in lines if line.startswith(("│▌● Jonas Berg", "│ ● Emil Dahl")))
        for said in (
            "● Jonas Berg",
            "sick",
            "06:40 –",
            "acute, 06:35",
            "2 visits",
            "06:40 phone",
            "reported",
        ):
            assert said in first
        for said in ("● Emil Dahl", "holiday", "24–26 Nov", "reported"):
            assert said in second
        assert "visit" not in second.partition("│")[2].partition("│")[0]
        shown = text(pilot)
        assert "acute     called you 06:35" in shown
        assert "● Mon 07:00–11:00 Havnens Kontor  uncovered" in shown
        assert "Substitutes · Mon 07:00–11:00 Havnens Kontor" in shown


def test_nothing_on_the_screen_can_hold_why_someone_is_ill() -> None:
    """DK-14, DK-15: the form that reports an absence has no field for a cause."""
    fields = {field.name for field in DECISIONS["absence.report"].fields}
    assert fields == {"person", "kind", "from", "until", "reported_by", "called_at", "note"}


async def test_approve_then_enter_until_nothing_is_uncovered_then_the_next(desk: Desk) -> None:
    """DK-10, DK-11: the cursor stays on the approved absence while a visit of it is uncovered."""
    jonas = report_absence(desk, called_at="06:35")
    emil = report_absence(desk, "Emil Dahl", **{"from": "tomorrow 6"})
    today, tomorrow = shift_of(desk, "Jonas Berg"), shift_of(desk, "Jonas Berg", 1)
    async with board(desk, "2") as pilot:
        assert table(pilot).cursor_key == jonas
        await press(pilot, "a")
        assert absence(desk, jonas).status == "approved"
        assert table(pilot).cursor_key == jonas
        assert last_line(pilot) == "✓ Approved Jonas Berg · u undoes"
        assert "Enter take " in footer(pilot)
        await press(pilot, "enter")
        assert shift(desk, today).person not in (None, id_of(desk, "people", "Jonas Berg"))
        assert shift(desk, tomorrow).person == id_of(desk, "people", "Jonas Berg")
        assert table(pilot).cursor_key == jonas
        await press(pilot, "enter")
        assert shift(desk, tomorrow).covers_for == id_of(desk, "people", "Jonas Berg")
        assert table(pilot).cursor_key == emil
        assert not absences_uncovered(desk, jonas)


def absences_uncovered(desk: Desk, id_: str) -> tuple[str, ...]:
    return absence(desk, id_).uncovered


async def test_three_presses_decide_three_and_three_undo_them(desk: Desk) -> None:
    people = ("Aksel Toft", "Emil Dahl", "Sara Lind")
    ids = [
        report_absence(desk, one, **{"from": f"{25 + n}/11", "until": f"{25 + n}/11"})
        for n, one in enumerate(people)
    ]
    async with board(desk, "2", "a", "a", "a") as pilot:
        assert [absence(desk, one).status for one in ids] == ["approved"] * 3
        await press(pilot, "u")
        assert last_line(pilot) == "✓ Undone: Approved Sara Lind · U redoes"
        assert table(pilot).cursor_key == ids[2]
        await press(pilot, "u", "u")
        assert [absence(desk, one).status for one in ids] == ["reported"] * 3
        await press(pilot, "U")
        assert [absence(desk, one).status for one in ids].count("approved") == 1


async def test_an_acute_one_without_a_call_asks_when_they_called(desk: Desk) -> None:
    """DK-09: the form has the present moment ready; Esc leaves all as it was."""
    jonas = report_absence(desk)
    async with board(desk, "2", "a") as pilot:
        assert "reported close to the start" in text(pilot)
        assert "2026-11-23 06:40" in text(pilot)
        await press(pilot, "escape")
        assert absence(desk, jonas).status == "reported"
        await press(pilot, "a", *["backspace"] * 20, "'06:38", "enter")
        found = absence(desk, jonas)
        assert found.status == "approved"
        assert found.called_at is not None
        assert f"{found.called_at.astimezone(desk.zone):%H:%M}" == "06:38"


async def test_marked_ones_are_approved_as_one_and_undone_as_one(desk: Desk) -> None:
    first = report_absence(desk, "Emil Dahl", **{"from": "tomorrow 6"})
    second = report_absence(desk, "Aksel Toft", **{"from": "25/11"})
    async with board(desk, "2", "space", "j", "space", "a") as pilot:
        assert {absence(desk, one).status for one in (first, second)} == {"approved"}
        assert last_line(pilot) == "✓ Approved 2 · u undoes"
        assert not table(pilot).marks
        await press(pilot, "u")
        assert {absence(desk, one).status for one in (first, second)} == {"reported"}
        assert last_line(pilot).endswith(" +1 · U redoes")
        desk.take("absence.approve", first)
        await press(pilot, "home", "space", "j", "space", "a")
        assert last_line(pilot) == "✓ Approved Aksel Toft · Emil Dahl: it is approved already · u undoes"
        assert not table(pilot).marks


async def test_of_marked_ones_all_are_approved_or_none_and_it_says_which_stands_against_it(
    desk: Desk,
) -> None:
    calm = report_absence(desk, "Emil Dahl", **{"from": "tomorrow 6"})
    acute = report_absence(desk)
    async with board(desk, "2", "home", "space", "j", "space", "a") as pilot:
        assert {absence(desk, one).status for one in (calm, acute)} == {"reported"}
        assert last_line(pilot).startswith("● Jonas Berg: reported close to the start")
        assert table(pilot).cursor_key == acute


async def test_all_candidates_are_ranked_and_the_impossible_say_why(desk: Desk) -> None:
    report_absence(desk, "Sara Lind", called_at="06:35")
    report_absence(desk, "Emil Dahl", called_at="06:35")
    async with board(desk, "2", "c") as pilot:
        shown = text(pilot)
        assert "Who takes Solgaarden · Mon 08:00–12:00" in shown
        aksel, jonas = shown.index("✓ Aksel Toft"), shown.index("has a shift then; lacks: windows")
        assert aksel < jonas
        assert "absent then; lacks: windows" in shown


async def test_choosing_who_breaks_a_rule_asks_for_a_reason_that_is_kept(desk: Desk) -> None:
    report_absence(desk, "Sara Lind", called_at="06:35", until="12:30")
    sara = shift_of(desk, "Sara Lind")
    emil = id_of(desk, "people", "Emil Dahl")
    async with board(desk, "2", "c") as pilot:
        choose(pilot, emil)
        await press(pilot, "enter")
        assert "Emil Dahl: lacks: windows. To send them all the same, say why" in text(pilot)
        await press(pilot, "tab", "enter")
        assert shift(desk, sara).person != emil
        assert "give the reason" in text(pilot)
        await press(pilot, "shift+tab", "'he learns it today", "tab", "enter")
        found = shift(desk, sara)
        assert (found.person, found.override) == (emil, "he learns it today")


async def test_who_is_absent_cannot_be_chosen_for_any_reason(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg", called_at="06:35")
    report_absence(desk, "Sara Lind", called_at="06:35", until="12:30")
    today = shift_of(desk, "Jonas Berg")
    async with board(desk, "2", "home", "c") as pilot:
        choose(pilot, id_of(desk, "people", "Sara Lind"))
        await press(pilot, "enter")
        assert "Sara Lind is absent then: choose another" in text(pilot)
        await press(pilot, "escape")
        assert shift(desk, today).person == id_of(desk, "people", "Jonas Berg")


def choose(pilot: object, person: str) -> None:
    from app.widgets.queue_table import QueueTable

    assert pilot.app.screen.query_one(QueueTable).move_to(person)  # type: ignore[attr-defined]


async def test_i_go_myself_with_a_note_and_no_word_about_health(desk: Desk) -> None:
    """DK-14: what reads like health information is refused and nowhere kept."""
    report_absence(desk, called_at="06:35")
    today, mette = shift_of(desk, "Jonas Berg"), id_of(desk, "people", "Mette Holm")
    async with board(desk, "2", "c") as pilot:
        choose(pilot, mette)
        await press(pilot, "n")
        assert "Override" not in text(pilot), "no rule stands against it"
        await press(pilot, "'flu 39", "tab", "enter")
        assert "this reads like health information" in text(pilot)
        await press(pilot, "escape", "c")
        choose(pilot, mette)
        await press(pilot, "n", "'I go myself", "tab", "enter")
        found = shift(desk, today)
        assert (found.person, found.note) == (mette, "I go myself")
    with desk.database.read() as conn:
        logged = [row[0] for row in conn.exec_driver_sql("SELECT raw FROM log")]
    assert not any(b"flu" in raw for raw in logged)


async def test_back_at_work_ends_it_and_the_covered_visit_stays_covered(desk: Desk) -> None:
    jonas = report_absence(desk, called_at="06:35", **{"from": "06:00"})
    async with board(desk, "2", "a", "enter", "b", "enter") as pilot:
        found = absence(desk, jonas)
        assert found.status == "ended"
        assert last_line(pilot).startswith("✓ Back at work: Jonas Berg")
        covered = desk.ask(lambda view: view.find(Shift, covers_for=found.person))
        assert [one.person != found.person for one in covered] == [True]


async def test_withdrawing_needs_a_reason_and_what_cannot_be_done_says_why(desk: Desk) -> None:
    jonas = report_absence(desk)
    async with board(desk, "2", "w", "tab", "enter") as pilot:
        assert "This is needed." in text(pilot)
        assert absence(desk, jonas).status == "reported"
        await press(pilot, "'It was the wrong Jonas", "tab", "enter")
        assert absence(desk, jonas).status == "withdrawn"
        assert "a b w e  it is withdrawn already" in text(pilot)
        await press(pilot, "a")
        assert last_line(pilot) == "● Approve: it is withdrawn already"


async def test_changing_the_time_begins_with_what_stands(desk: Desk) -> None:
    jonas = report_absence(desk)
    async with board(desk, "2", "e") as pilot:
        assert "2026-11-23 06:40" in text(pilot)
        assert "give from" not in text(pilot)
        await press(pilot, "enter", "'tomorrow", "enter")
        until = absence(desk, jonas).until
        assert until is not None
        assert until.astimezone(desk.zone).isoformat() == "2026-11-25T00:00:00+01:00"
        assert "06:40 – 24 Nov" in text(pilot)


async def test_a_new_one_is_reported_by_keys_and_stands_under_the_cursor(desk: Desk) -> None:
    report_absence(desk)
    async with board(desk, "2", "A") as pilot:
        await press(
            pilot, "'emil", "enter", "'child", "enter", "enter", "enter", "enter", "enter", "tab", "enter"
        )
        emil = id_of(desk, "people", "Emil Dahl")
        found = desk.ask(lambda view: view.find(Absence, person=emil))
        assert [(one.kind, one.reported_by) for one in found] == [("child_sick", "phone")]
        assert table(pilot).cursor_key == found[0].id


async def test_the_area_is_the_acting_persons_unless_the_filter_lifts_it(desk: Desk) -> None:
    """DK-01."""
    report_absence(desk, "Nora Voss")
    mine = report_absence(desk, "Emil Dahl")
    async with board(desk, "2") as pilot:
        assert table(pilot).count == 1
        await press(pilot, "slash", "'all", "enter")
        assert table(pilot).count == 2
        assert "all areas" in text(pilot)
        await press(pilot, "slash", *["backspace"] * 3, "'all nora", "enter")
        assert table(pilot).count == 1
        await press(pilot, "escape")
        assert table(pilot).cursor_key == mine


async def test_a_contact_is_with_the_customer_whose_visit_is_uncovered(desk: Desk) -> None:
    """DE-19."""
    report_absence(desk, called_at="06:35")
    async with board(desk, "2", "L") as pilot:
        assert "Havnens Kontor" in text(pilot)


async def test_two_who_decide_differently_see_both_and_one_decision_settles_it(tmp_path: Path) -> None:
    """DK-12: while it is contested the visit is uncovered."""
    desk, other = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    jonas = report_absence(desk, called_at="06:35")
    carry(desk, other)
    desk.take("absence.approve", jonas)
    other.take("absence.withdraw", jonas, {"reason": "He is here after all"})
    carry(other, desk)
    async with board(desk, "2", size=(200, 40)) as pilot:
        shown = text(pilot)
        assert "contested" in shown
        assert "He is here after all" in shown
        assert "Ole Dam · 06:40 · Withdraw" in shown
        assert "any decision you take on it settles it" in shown
        await press(pilot, "a")
        found = absence(desk, jonas)
        assert (found.status, found.contested) == ("approved", ())


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_every_line_fits_the_terminal(desk: Desk, size: tuple[int, int]) -> None:
    report_absence(desk, called_at="06:35")
    async with board(desk, "2", size=size) as pilot:
        strips = pilot.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {size[0]}
        assert len(strips) == size[1]
        assert "Jonas Berg" in text(pilot)
        assert ("uncovered" in text(pilot)) == (size[0] >= 100)
        await press(pilot, "tab")
        assert "Substitutes" in text(pilot)
        await press(pilot, "escape")
        assert "Absences 1" in text(pilot)


def test_pages_joined_are_the_whole_list_in_one_order(desk: Desk) -> None:
    people = ("Jonas Berg", "Sara Lind", "Emil Dahl", "Aksel Toft")
    for number in range(24):
        day = f"2026-{11 + number // 20}-{1 + number:02d}" if number < 20 else f"2026-12-{number - 18:02d}"
        id_ = report_absence(desk, people[number % 4], **{"from": f"{day}T06:00", "until": day})
        if number % 3 == 0:
            desk.take("absence.approve", id_, {"called_at": "now"})
        if number % 7 == 1:
            desk.take("absence.withdraw", id_, {"reason": "by mistake"})
    wanted = Wanted()
    whole = desk.ask(absences.lines, wanted, 0, 100)
    assert len(whole) == desk.ask(absences.count, wanted) == 24
    parts = [one for start in range(0, 24, 5) for one in desk.ask(absences.lines, wanted, start, 5)]
    assert tuple(parts) == whole
    opened = [one.open for one in whole]
    assert opened == sorted(opened, reverse=True)
    assert sum(opened) == desk.ask(absences.count_open, wanted)
    assert [row.key for row in desk.ask(page, wanted, 3, 4)] == [one.absence.id for one in whole[3:7]]
    over = [one.absence for one in whole if one.absence.until and one.absence.until <= desk.clock()]
    assert len(over) > 3


def test_a_search_finds_what_has_left_the_list(desk: Desk) -> None:
    old = report_absence(desk, "Emil Dahl", **{"from": "2026-09-01", "until": "2026-09-02"})
    desk.take("absence.approve", old)
    assert desk.ask(absences.count, Wanted()) == 0
    assert desk.ask(absences.count, Wanted(words=("EMIL", "approved"))) == 1
    assert desk.ask(absences.count, Wanted(words=("emil", "%"))) == 0
