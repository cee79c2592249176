"""One absence, one report: a double is met in the form, and two reports become one by one key (DK-08)."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Button

from app.desk import Desk
from app.domain.records import Absence
from app.widgets.decision_dialog import DecisionDialog
from tests.screens.support import Board, board, last_line, press, table, text
from tests.support import carry, exchange_all, id_of, make_desk, report_absence

REPORT = ("A", "'jonas", "enter", "'sick", "enter")


def absences(desk: Desk, person: str = "Jonas Berg") -> list[Absence]:
    who = id_of(desk, "people", person)
    return desk.ask(lambda view: view.find(Absence, person=who))


async def save_again(pilot: Board) -> None:
    """A button takes no second press within 0.2 s: this one is no slip of the finger."""
    pilot.app.screen.query_one(Button).remove_class("-active")
    await press(pilot, "enter")
    assert not isinstance(pilot.app.screen, DecisionDialog)


async def report_jonas(pilot: Board, until: str) -> None:
    """Through the form: Jonas, sick, from now until, by phone, no call, no note."""
    await press(pilot, *REPORT, "enter", f"'{until}", "enter", "enter", "enter", "tab", "enter")


async def test_a_report_of_who_is_away_already_extends_the_one_that_is_there(desk: Desk) -> None:
    jonas = report_absence(desk, until="today")
    async with board(desk, "2") as pilot:
        await report_jonas(pilot, "tomorrow")
        assert isinstance(pilot.app.screen, DecisionDialog)
        shown = " ".join(text(pilot).split())
        assert "Jonas Berg is away then already (sick): from Mon 23 Nov 06:40" in shown
        assert "Saving again extends it until Tue 24 Nov" in shown
        await save_again(pilot)
        [found] = absences(desk)
        assert found.until is not None
        assert (found.id, found.until.astimezone(desk.zone).day) == (jonas, 25)
        assert table(pilot).cursor_key == jonas
        assert last_line(pilot) == "✓ Changed Jonas Berg · u undoes"


async def test_of_a_plain_double_saving_again_shows_the_first_and_esc_leaves_all(desk: Desk) -> None:
    jonas = report_absence(desk)
    report_absence(desk, "Emil Dahl")
    async with board(desk, "2", "end") as pilot:
        assert table(pilot).cursor_key != jonas
        await report_jonas(pilot, "tomorrow")
        assert "Saving again shows it" in " ".join(text(pilot).split())
        await save_again(pilot)
        assert len(absences(desk)) == 1
        assert table(pilot).cursor_key == jonas


async def test_two_reports_made_offline_stand_side_by_side_and_m_makes_one_of_them(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    first = report_absence(mette, until="today")
    report_absence(ole, kind="child_sick", called_at="06:30", until="tomorrow", **{"from": "06:00"})
    exchange_all(mette, ole)
    async with board(mette, "2", "home", size=(160, 45)) as pilot:
        shown = text(pilot)
        assert shown.count("Jonas Berg ×2") == 2
        assert "m merge" in shown
        assert "Reported twice" in shown
        assert "Ole Dam" in shown
        assert "makes one of them: 06:00 – 24 Nov" in shown
        await press(pilot, "m")
        kept = next(one for one in absences(mette) if one.status == "reported")
        gone = next(one for one in absences(mette) if one.status == "withdrawn")
        assert (kept.id, kept.kind) == (min(kept.id, gone.id), "sick" if kept.id == first else "child_sick")
        assert f"{kept.from_.astimezone(mette.zone):%H:%M}" == "06:00"
        assert kept.called_at is not None
        assert table(pilot).cursor_key == kept.id
        assert last_line(pilot) == "✓ Made one report of Jonas Berg · u undoes"
        assert "×2" not in text(pilot)
        await press(pilot, "u")
        assert [one.status for one in absences(mette)] == ["reported"] * 2


async def test_what_reads_like_health_does_not_stay_in_the_form(desk: Desk) -> None:
    """DK-14: the field is empty again, with the reason beside it; the other fields stay."""
    async with board(desk, "2") as pilot:
        await press(
            pilot, *REPORT, "enter", "enter", "enter", "enter", "'has a fever since Sunday", "tab", "enter"
        )
        shown = text(pilot)
        assert "this reads like health information" in shown
        assert "fever" not in shown
        assert "Jonas Berg" in shown
        await press(pilot, "'takes the keys along", "tab")
        await save_again(pilot)
        assert [one.note for one in absences(desk)] == ["takes the keys along"]


def test_both_who_make_one_of_two_keep_the_same_one(tmp_path: Path) -> None:
    """Apart, one from either side: nobody is left without a report (DK-12)."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    first, second = report_absence(mette), report_absence(ole, called_at="06:35")
    exchange_all(mette, ole)
    mette.take("absence.merge", first)
    ole.take("absence.merge", second)
    exchange_all(mette, ole)
    for desk in (mette, ole):
        assert sorted(one.status for one in absences(desk)) == ["reported", "withdrawn"]
        assert not any(one.contested for one in absences(desk))


def test_who_withdraws_elsewhere_what_is_kept_here_contends(tmp_path: Path) -> None:
    """DK-12: while it is contested, the person is planned as absent."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    one, two = report_absence(mette), report_absence(ole)
    exchange_all(mette, ole)
    mette.take("absence.merge", one)
    kept = next(each.id for each in absences(mette) if each.status == "reported")
    ole.take("absence.withdraw", kept, {"reason": "He is here after all"})
    carry(ole, mette)
    found = {each.id: each for each in absences(mette)}
    assert found[kept].contested
    assert found[kept].status == "reported"
    assert found[one if kept == two else two].status == "withdrawn"
