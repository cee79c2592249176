"""The service plan by keys: the matrix, a customer's sections, and the three steps of a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Plan, PlanRow
from app.screens.plan import PlanScreen
from app.widgets.queue_table import QueueTable
from tests.screens.support import board, footer, last_line, press, settle, table, text, workspace
from tests.support import carry, id_of, make_desk

MANAGER = "Hanne Friis"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The manager's desk: one customer with a plan, whose A-1 is overdue, the others without."""
    desk = make_desk(tmp_path, MANAGER)
    plan = desk.take("plan.start", None, {"customer": "Solgaarden", "started_on": "2026-12-01"}).id
    given = {"responsible": "Jonas Berg", "due": "2026-11-20"}
    desk.take("plan.assign", row_of(desk, "A-1", plan).id, given)
    return desk


def row_of(desk: Desk, code: str, plan: str = "") -> PlanRow:
    found = desk.ask(lambda view: view.find(PlanRow, row=code))
    return next(one for one in found if not plan or one.plan == plan)


async def test_the_matrix_shows_every_customer_with_its_phases_and_what_is_late(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        lines = text(pilot).split("\n")
        started = next(line for line in lines if "Solgaarden" in line)
        assert started.startswith("│ ▲ Solgaarden")
        assert started.count("0/6") == 4
        assert "0/6▲" in started
        assert next(line for line in lines if "Klinik Nord" in line).count("no plan") == 1
        for phase in ("A", "B1", "B2", "C", "D", "E"):
            assert f" {phase} " in lines[3]


@pytest.mark.parametrize(("size", "shown"), [((80, 24), 6), ((100, 30), 6), ((120, 40), 6), ((200, 60), 7)])
async def test_all_six_phases_fit_every_width_and_a_wide_one_says_what_is_next(
    desk: Desk, size: tuple[int, int], shown: int
) -> None:
    async with board(desk, "4", size=size) as pilot:
        assert len(table(pilot)._slots()) == 1 + shown
        line = next(line for line in text(pilot).split("\n") if "Solgaarden" in line)
        assert line.count("0/") == 6
        assert ("A  20 Nov" in line) == (shown == 7)


async def test_the_filter_takes_names_and_overdue(desk: Desk) -> None:
    async with board(desk, "4", "slash", "'overdue", "enter") as pilot:
        assert table(pilot).count == 1
        assert "Solgaarden" in text(pilot)
        await press(pilot, "escape", "slash", "'klinik", "enter")
        assert "Klinik Nord" in text(pilot)
        assert table(pilot).count == 1
        await press(pilot, "slash", "'nothing like it", "enter")
        assert "No plan fits" in text(pilot)


async def test_enter_starts_a_plan_where_there_is_none_and_opens_it(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Klinik Nord"))
        await settle(pilot)
        assert "Enter start a plan" in footer(pilot)
        assert "No service plan yet" in text(pilot)
        await press(pilot, "enter", "enter", "enter")
        assert last_line(pilot).startswith("✓ Started a plan: Klinik Nord")
        assert "Klinik Nord · A " in text(pilot)
        plans = desk.ask(lambda view: view.find(Plan, customer=id_of(desk, "customers", "Klinik Nord")))
        assert [one.started_on.isoformat() for one in plans] == ["2026-11-23"]


async def test_enter_opens_a_customer_at_the_late_row_and_escape_goes_back_to_it(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter")
        assert "Solgaarden · A " in text(pilot)
        assert table(pilot).cursor_key == row_of(desk, "A-1").id
        await press(pilot, "escape")
        assert table(pilot).cursor_key == id_of(desk, "customers", "Solgaarden")


async def test_enter_leads_a_row_through_responsible_done_and_sign(desk: Desk) -> None:
    """The cursor stays until the row is signed; then it goes to the next."""
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "down")
        row = row_of(desk, "A-2")
        assert "Enter responsible" in footer(pilot)
        await press(pilot, "enter", "'sara", "enter", "'fri", "enter")
        found = row_of(desk, "A-2")
        assert found.responsible == id_of(desk, "people", "Sara Lind")
        assert found.due is not None
        assert found.due.isoformat() == "2026-11-27"
        assert table(pilot).cursor_key == row.id
        assert "Enter done" in footer(pilot)
        await press(pilot, "enter", "enter")
        assert row_of(desk, "A-2").done_on is not None
        assert table(pilot).cursor_key == row.id
        assert "Enter sign" in footer(pilot)
        await press(pilot, "enter")
        assert row_of(desk, "A-2").signed_by == desk.actor.id
        assert "✓ signed" in text(pilot)
        assert table(pilot).cursor_key == row_of(desk, "A-3").id
        assert last_line(pilot).startswith("✓ Signed Solgaarden A-2")
        assert "undoes" not in last_line(pilot)
        await press(pilot, "u")
        assert "taken back with a reason" in last_line(pilot)
        table(pilot).move_to(row.id)
        await press(pilot, "G", "'The wrong row", "tab", "enter")
        assert row_of(desk, "A-2").signed_by is None


async def test_signing_without_anyone_responsible_is_refused_and_the_pane_says_why(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "down")
        shown = " ".join(text(pilot).split())
        assert "Not now" in shown
        assert "g nobody is responsible" in shown.replace("││", "").replace("  ", " ")
        await press(pilot, "g")
        assert last_line(pilot).startswith("● Sign: nobody is responsible")
        assert row_of(desk, "A-2").signed_by is None


async def test_the_form_begins_with_who_is_responsible_and_when_it_is_due(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "o")
        assert "Jonas Berg" in text(pilot)
        assert "2026-11-20" in text(pilot)
        await press(pilot, "enter", "'24/11", "enter")
        found = row_of(desk, "A-1")
        assert found.responsible == id_of(desk, "people", "Jonas Berg")
        assert found.due is not None
        assert found.due.isoformat() == "2026-11-24"


async def test_marked_rows_are_given_to_someone_at_once_and_undone_at_once(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "down", "space", "j", "space", "j", "space", "o")
        assert "Solgaarden A-2 and 2 more" in text(pilot)
        await press(pilot, "'emil", "enter", "enter")
        emil = id_of(desk, "people", "Emil Dahl")
        assert [row_of(desk, f"A-{number}").responsible for number in (2, 3, 4)] == [emil] * 3
        assert last_line(pilot).startswith("✓ Assigned 3")
        assert not table(pilot).marks
        await press(pilot, "u")
        assert [row_of(desk, f"A-{number}").responsible for number in (2, 3, 4)] == [None] * 3


async def test_only_the_end_of_a_contract_asks_for_a_reason(desk: Desk) -> None:
    """E-3 is done with the reason of the termination; no other row has a field for it."""
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "d")
        assert "Reason" not in text(pilot)
        await press(pilot, "escape", "left")
        assert "Solgaarden · E " in text(pilot)
        table(pilot).move_to(row_of(desk, "E-3").id)
        await press(pilot, "d")
        assert "Reason" in text(pilot)
        await press(pilot, "enter", "tab", "enter")
        assert "only with the reason" in text(pilot)
        assert row_of(desk, "E-3").done_on is None
        await press(pilot, "shift+tab", "'They moved away", "tab", "enter")
        assert row_of(desk, "E-3").done_on is not None


async def test_arrows_and_clicks_change_the_section_and_t_the_language(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "right")
        assert "Solgaarden · B1 " in text(pilot)
        english = text(pilot)
        await press(pilot, "t")
        assert text(pilot) != english
        assert "Solgaarden · B1 " in text(pilot)
        await pilot.click("#sections", offset=(2, 0))
        await settle(pilot)
        assert "Solgaarden · A " in text(pilot)


async def test_two_titles_stand_in_one_row_and_the_points_in_the_pane(desk: Desk) -> None:
    async with board(desk, "4", size=(200, 50)) as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "right")
        row = row_of(desk, "B1-6")
        table(pilot).move_to(row.id)
        await settle(pilot)
        assert len(row.titles) == 2
        shown = text(pilot)
        assert " / ".join(row.titles) in shown
        said = " ".join(line.split("││")[-1].strip("│ ") for line in shown.split("\n"))
        assert all(point in said for point in row.think_about)


async def test_a_supervisor_sees_what_only_a_manager_may_do(tmp_path: Path) -> None:
    manager = make_desk(tmp_path, MANAGER)
    manager.take("plan.start", None, {"customer": "Solgaarden", "started_on": "2026-12-01"})
    desk = make_desk(tmp_path, "Mette Holm")
    carry(manager, desk)
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter", "o")
        assert last_line(pilot).startswith("● Responsible is for: manager")
        assert "only for: manager" in text(pilot)
        assert workspace(pilot).query_one("#plans", QueueTable).count == 6


async def test_a_row_on_today_opens_in_its_section(desk: Desk) -> None:
    async with board(desk) as pilot:
        item = next(key for key in workspace(pilot)._items if key.startswith("row:"))  # type: ignore[attr-defined]
        table(pilot).move_to(item)
        await press(pilot, "enter")
        assert isinstance(workspace(pilot), PlanScreen)
        assert table(pilot).cursor_key == row_of(desk, "A-1").id


async def test_one_pane_is_flipped_with_tab(desk: Desk) -> None:
    async with board(desk, "4", size=(80, 24)) as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Solgaarden"))
        await press(pilot, "enter")
        assert "Tab more" in footer(pilot)
        assert "Think about" not in text(pilot)
        await press(pilot, "tab")
        assert "Think about" in text(pilot)
        await press(pilot, "down")
        assert "╭─ A-2 " in text(pilot)
        await press(pilot, "tab")
        assert "Responsible" in text(pilot)
