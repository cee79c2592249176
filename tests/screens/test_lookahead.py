"""The week as people by days, the month as a plot: looked ahead by one key (DK-08, DK-12, DK-13)."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Absence, Shift
from app.frame.lines import runs_len
from app.panes import absence_month
from app.queries import absence_statistics, lookahead
from app.queries.wanted import Wanted
from tests.screens.support import Board, board, footer, last_line, press, table, text
from tests.support import id_of, make_desk, report_absence, shift_of


def line_of(pilot: Board, name: str) -> str:
    """The line that a name stands in, without the frame."""
    return next(line for line in text(pilot).split("\n") if re.search(f"[●✓] {name}", line)).strip("│")


async def test_the_week_shows_who_is_away_and_each_uncovered_visit(desk: Desk) -> None:
    report_absence(desk, called_at="06:35")
    emil = report_absence(desk, "Emil Dahl", kind="holiday", **{"from": "thu", "until": "fri"})
    desk.take("absence.approve", emil)
    desk.take("shift.add", None, {"customer": "Klinik Nord", "start": "wed 9", "end": "wed 12"})
    async with board(desk, "2", "v", size=(80, 24)) as pilot:
        shown = text(pilot)
        assert "Week 48 · 23–29 Nov" in shown
        assert re.search(r"Mon 23 +Tue 24 +Wed 25 +Thu 26 +Fri 27 +Sat 28 +Sun 29", shown)
        assert re.search(r"away +1 +1 +1 +2 +2 +1 +1 ", shown)
        assert re.search(r"uncovered +●1 +●1 +●1 +· +· +· +· ", shown)
        assert "3 visits uncovered" in shown
        jonas, nobody = line_of(pilot, "Jonas Berg"), line_of(pilot, "Nobody assigned")
        assert jonas.startswith("▌● Jonas Berg")
        assert jonas.count("●") == 3
        assert "sick" in jonas
        assert "╍" in jonas
        assert jonas.rstrip().endswith("▸")
        assert nobody.count("●") == 2
        assert re.search(r"✓ Emil Dahl .*holiday━+", shown)
        assert "← → week" in footer(pilot)


async def test_everything_can_be_decided_in_the_week(desk: Desk) -> None:
    """DK-10, DK-11: approve, take the first substitutes, the unassigned visit too."""
    jonas = report_absence(desk, called_at="06:35")
    extra = {"customer": "Klinik Nord", "start": "wed 9", "end": "wed 12"}
    visit = desk.take("shift.add", None, extra).id
    async with board(desk, "2", "v", "a") as pilot:
        assert last_line(pilot) == "✓ Approved Jonas Berg · u undoes"
        assert table(pilot).cursor_key == jonas
        await press(pilot, "enter", "enter")
        assert "Jonas Berg" in text(pilot)
        assert table(pilot).move_to(f"shift:{visit}")
        await press(pilot, "enter")
        found = desk.record("shifts", visit)
        assert isinstance(found, Shift)
        assert found.person is not None
        assert "every visit is covered" in text(pilot)
        await press(pilot, "u")
        assert "1 visit uncovered" in text(pilot)


async def test_the_arrows_go_from_week_to_week_and_esc_to_the_list(desk: Desk) -> None:
    report_absence(desk, called_at="06:35")
    report_absence(desk, "Emil Dahl", **{"from": "2026-12-01", "until": "2026-12-02"})
    async with board(desk, "2", "v", "right") as pilot:
        assert "Week 49 · 30 Nov – 6 Dec" in text(pilot)
        assert re.search(r"● Emil Dahl .*sick", text(pilot))
        assert line_of(pilot, "Jonas Berg").count("◂") == 1
        await press(pilot, "left", "h")
        assert "Week 47 · 16–22 Nov" in text(pilot)
        assert "Nobody is away" in text(pilot)
        await press(pilot, "l", "escape")
        assert "Away" in text(pilot)
        assert "Week" not in text(pilot)


async def test_the_month_is_a_plot_by_week_and_kind_and_names_nobody(desk: Desk) -> None:
    """DK-13."""
    report_absence(desk, "Emil Dahl", kind="holiday", **{"from": "24/11", "until": "26/11"})
    report_absence(desk, "Sara Lind", kind="child_sick", until="today")
    report_absence(desk, "Jonas Berg", called_at="06:35")
    async with board(desk, "2", "v", "v", size=(160, 45)) as pilot:
        shown = text(pilot)
        assert "November 2026" in shown
        assert "██ sick 1   ▓▓ child sick 1   ▒▒ away 0   ░░ holiday 3   days away" in shown
        assert re.search(r"48 +1 +1 +· +3 ", shown)
        assert "By area" in shown
        assert not [name for name in ("Emil", "Sara", "Jonas", "Dahl", "Lind", "Berg") if name in shown]
        assert footer(pilot).startswith(" ← → month")
        await press(pilot, "a", "w", "enter")
        assert "nothing here to decide on" in last_line(pilot)
        await press(pilot, "left")
        assert "October 2026" in text(pilot)
        assert "sick 0 " in text(pilot)
        await press(pilot, "v")
        assert table(pilot).cursor_key is not None


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
@pytest.mark.parametrize("views", [("v",), ("v", "v")])
async def test_every_line_fits_the_terminal(
    desk: Desk, size: tuple[int, int], views: tuple[str, ...]
) -> None:
    report_absence(desk, called_at="06:35")
    async with board(desk, "2", *views, size=size) as pilot:
        strips = pilot.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {size[0]}
        assert len(strips) == size[1]


def test_a_week_with_a_change_of_clocks_has_days_of_one_width(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    report_absence(desk, **{"from": "2027-03-28T12:00", "until": "2027-03-29"})
    found = desk.ask(lambda view: lookahead.week(view, Wanted(), lookahead.monday_of(view, 17)))
    hours = [round((end - start).total_seconds() / 3600) for start, end in pairwise(found.bounds)]
    assert hours == [24, 24, 24, 24, 24, 24, 23]
    assert [found.away(day) for day in range(7)] == [0, 0, 0, 0, 0, 0, 1]


def test_a_small_area_is_told_with_the_others(desk: Desk) -> None:
    """One person's days are nobody's statistics: South has one assistant."""
    report_absence(desk, "Nora Voss", until="today")
    report_absence(desk, "Emil Dahl", until="tomorrow")
    month = desk.ask(
        lambda view: absence_statistics.month(view, absence_statistics.month_from(view), everywhere=True)
    )
    assert [(name, staff, sum(days.values())) for name, staff, days in month.areas] == [
        ("North", 4, 2),
        (None, 1, 1),
    ]
    mine = desk.ask(lambda view: absence_statistics.month(view, absence_statistics.month_from(view)))
    assert sum(mine.total.values()) == 2


def test_an_end_that_nobody_knows_counts_until_today_and_a_withdrawn_one_not_at_all(desk: Desk) -> None:
    report_absence(desk, "Emil Dahl", **{"from": "20/11"})
    gone = report_absence(desk, "Sara Lind")
    desk.take("absence.withdraw", gone, {"reason": "by mistake"})
    month = desk.ask(lambda view: absence_statistics.month(view, absence_statistics.month_from(view)))
    assert [sum(day.values()) for day in month.days][18:25] == [0, 1, 1, 1, 1, 0, 0]
    assert dict(month.weeks)[47] == {"sick": 3}


@pytest.mark.parametrize("most", [0, 1, 2, 7, 40, 400])
def test_the_plot_fits_however_many_are_away(desk: Desk, most: int) -> None:
    empty = desk.ask(lambda view: absence_statistics.month(view, absence_statistics.month_from(view)))
    days = ({"sick": most, "holiday": most // 3}, *empty.days[1:])
    month = absence_statistics.Month(empty.first, days, empty.weeks, empty.areas, empty.staff)
    for width, height in ((76, 17), (97, 38), (120, 50)):
        drawn = desk.ask(absence_month.lines, month, width, height)
        assert len(drawn) <= height
        assert max(map(runs_len, drawn)) <= width


async def test_a_covered_visit_stays_covered_when_the_week_grows_shorter(desk: Desk) -> None:
    """A covered shift stays with the substitute when the absence shrinks."""
    jonas = report_absence(desk, called_at="06:35")
    tomorrow = shift_of(desk, "Jonas Berg", 1)
    async with board(desk, "2", "v", "a", "enter", "enter") as pilot:
        desk.take("absence.change", jonas, {"until": "today"})
        pilot.app.screen.office.news()  # type: ignore[attr-defined]
        await press(pilot)
        assert "every visit is covered" in text(pilot)
        found = desk.record("shifts", tomorrow)
        assert isinstance(found, Shift)
        assert found.person != id_of(desk, "people", "Jonas Berg")
        record = desk.record("absences", jonas)
        assert isinstance(record, Absence)
        assert record.uncovered == ()
