"""The month's complaints: what is counted, and what leaves as a file (DE-20, DE-21)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.desk import BadInput, Desk
from app.domain.records import Action, Agreement
from app.exchange.report_file import write_report
from app.queries.report import Month, Report, Share, later, month_report, read_month, tables, title_of
from tests.support import HandClock, receive_complaint

ACCEPT = {"plan": "x", "assignee": "Jonas Berg", "reply": "We come"}


def november(desk: Desk, **given: Any) -> Report:
    return desk.ask(month_report, date(2026, 11, 1), **given)


def kitchen(desk: Desk) -> str:
    return desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))[0].id


def test_a_month_in_figures(desk: Desk, clock: HandClock) -> None:
    """One in time, one late, one with no answer though its promise is over, one of October, one elsewhere."""
    receive_complaint(desk, received_at="2026-10-31T23:30")
    receive_complaint(desk, "Bageriet Syd")
    accepted, rejected, waiting = (receive_complaint(desk) for _each in range(3))
    item = kitchen(desk)
    desk.take("complaint.accept", accepted, {**ACCEPT, "solve_by": "tomorrow 16", "agreement": item})
    desk.take("action.add", accepted, {"text": "weekly check", "owner": "Jonas Berg", "due": "fri"})
    clock.advance(hours=3)
    desk.take("complaint.reject", rejected, {"reason": "not agreed"})
    clock.advance(days=2)
    desk.take("complaint.solve", accepted)
    desk.take("complaint.close", accepted)
    found = november(desk)
    assert (found.received, found.answered_in_time, found.answered_late, found.waiting) == (3, 1, 1, 1)
    kept = {(one.complaint, one.clock, one.open) for one in found.breaches}
    assert kept == {(accepted, "solve", False), (rejected, "reply", False), (waiting, "reply", True)}
    assert found.broken == 3
    assert {(one.name, one.count) for one in found.outcomes} == {
        ("accepted", 1), ("rejected", 1), ("not decided yet", 1),
    }  # fmt: skip
    assert found.causes == (Share("Clean the kitchen", 1), Share("no item cited", 1))
    assert (found.days[22], sum(found.days), len(found.days)) == (3, 3, 30)
    assert found.months[-2:] == (Month(date(2026, 10, 1), 1, 1), Month(date(2026, 11, 1), 3, 3))
    assert (found.actions_open, found.actions_done) == (1, 0)
    assert [(one.text, one.owner, one.done_on) for one in found.actions] == [
        ("weekly check", "Jonas Berg", None)
    ]
    assert (found.areas, found.percent_in_time) == (("North",), 33)
    desk.take("action.done", desk.ask(lambda view: view.find(Action))[0].id, {})
    assert (november(desk).actions_open, november(desk).actions_done) == (0, 1)
    everyone = november(desk, everywhere=True)
    assert (everyone.received, everyone.areas) == (4, ())


def test_an_answer_that_is_not_due_yet_is_not_late(desk: Desk) -> None:
    receive_complaint(desk)
    assert november(desk).percent_in_time is None
    desk.take("complaint.reject", receive_complaint(desk), {"reason": "not agreed"})
    assert november(desk).percent_in_time == 100


def test_a_month_of_nothing_is_a_report_too(desk: Desk) -> None:
    found = desk.ask(month_report, date(2025, 2, 1))
    assert (found.received, found.breaches, found.days) == (0, (), (0,) * 28)
    assert desk.ask(tables, found)[2][2] == ()


def test_what_comes_again_with_the_same_customer_about_the_same_item(desk: Desk, clock: HandClock) -> None:
    given = {**ACCEPT, "solve_by": "2026-12-20", "agreement": kitchen(desk)}
    for _each in range(3):
        clock.advance(hours=1)
        desk.take("complaint.accept", receive_complaint(desk), given)
    receive_complaint(desk, "Klinik Nord")
    clock.advance(hours=1)
    receive_complaint(desk, text="The kitchens are dirty again")
    assert november(desk).repeats == (Share("Havnens Kontor: Clean the kitchen", 3),), "cited, or meant"


def test_it_leaves_as_a_workbook_and_as_a_page(desk: Desk, tmp_path: Path) -> None:
    id_ = receive_complaint(desk, text="=1+1")
    desk.take("action.add", id_, {"text": "=weekly", "owner": "Jonas Berg", "due": "fri"})
    shown = desk.ask(tables, november(desk))
    write_report(tmp_path / "a.xlsx", "November", shown)
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.sheet_names == [title for title, _header, _rows in shown]
    assert book.get_sheet_by_name("Complaints").to_python()[1] == ["Received", 1.0]
    assert book.get_sheet_by_name("Corrective actions").to_python()[1] == [
        "=weekly", "Havnens Kontor", "Jonas Berg", "2026-11-27", "–",
    ]  # fmt: skip
    write_report(tmp_path / "a.md", title_of(november(desk)), shown)
    page = (tmp_path / "a.md").read_text("utf-8")
    assert page.startswith("# Complaints 2026-11 · North\n")
    assert "| Received | 1 |" in page
    assert "| As of | 2026-11-23 06:40 |" in page
    assert "## Breaches\n\nNone.\n" in page
    with pytest.raises(BadInput, match="cannot be written"):
        write_report(tmp_path / "a.pdf", "November", shown)
    with pytest.raises(BadInput, match="cannot be written"):
        write_report(tmp_path / "no such folder" / "a.md", "November", shown)


def test_months() -> None:
    assert read_month("2026-11") == date(2026, 11, 1)
    assert (later(date(2026, 12, 1), 1), later(date(2026, 1, 1), -1)) == (date(2027, 1, 1), date(2025, 12, 1))
    for text in ("2026", "November", "2026-13", ""):
        with pytest.raises(ValueError, match="is no month"):
            read_month(text)
