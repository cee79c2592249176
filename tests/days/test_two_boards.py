"""Steps of the days in which two boards meet over one team file: the supervisor's 19, the manager's 12 and 13."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Person, PlanRow
from app.joining import found, join
from app.queries import team
from app.settings import Joining, Settings
from tests.screens.support import Board, board, footer, last_line, press, settle, table, text, workspace
from tests.support import NOW, HandClock, id_of

Home = Callable[[str, str], Desk]


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
def home(tmp_path: Path, clock: HandClock) -> Iterator[Home]:
    """Opens the home of someone of one team with a team file; the first founds it."""
    opened: list[Desk] = []
    share = tmp_path / "share"
    share.mkdir()

    def make(name: str, role: str) -> Desk:
        settings, who = Settings(tmp_path / name, team=str(share / "north.tavle")), Joining(name, role)
        at = share / "north.tavle"
        joined = join(settings, at, who, clock) if opened else found(settings, at, "North", "DK", who, clock)
        opened.append(Desk(joined.settings, clock=clock))
        return opened[-1]

    yield make
    for desk in opened:
        desk.close()


async def opened(pilot: Board) -> None:
    """Waits for the exchange that the board begins with."""
    async with asyncio.timeout(20):
        while workspace(pilot).office.exchange.synced_at is None:
            await pilot.pause()


async def synced(pilot: Board) -> str:
    """Presses S and waits for the exchange, which runs beside the board; what the board says then."""
    await press(pilot, "S")
    async with asyncio.timeout(20):
        while "Syncing" in last_line(pilot):
            await pilot.pause()
    return last_line(pilot)


async def test_the_supervisor_19_four_changes_from_colleagues_and_one_conflict(
    home: Home, clock: HandClock
) -> None:
    mette = home("Mette Holm", "supervisor")
    kim = mette.take("person.add", None, {"name": "Kim Lau", "phone": "10 10 10 10"}).id
    mette.take("customer.add", None, {"name": "Harbour Hotel"})
    mette.sync()
    ole = home("Ole Dam", "supervisor")
    mette.sync()
    clock.advance(minutes=5)
    ole.take("person.change", kim, {"phone": "22 22 22 22"})
    for keywords in ("keys", "bins", "windows"):
        given = {"customer": "Harbour Hotel", "channel": "phone", "keywords": keywords}
        ole.take("contact.log", None, given)
    mette.take("person.change", kim, {"phone": "11 11 11 11"})
    async with board(mette, courier=True) as pilot:
        await opened(pilot)
        ole.sync()
        assert await synced(pilot) == "✓ Synced: 4 from colleagues, 0 sent · 1 conflict"
        assert "two values" in text(pilot)
        table(pilot).move_to(next(key for key in workspace(pilot)._items if key.startswith("conflict:")))  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "1 2 keep that side" in footer(pilot)
        ours = next(line for line in text(pilot).split("╭─ ") if " Mette Holm ─" in line)[0]
        await press(pilot, ours)
        assert last_line(pilot) == "✓ Settled Kim Lau"
        await synced(pilot)
    ole.sync()
    for desk in (mette, ole):
        found = desk.record("people", kim)
        assert isinstance(found, Person)
        assert (found.phone, desk.ask(team.conflicts).count) == ("11 11 11 11", 0)


@pytest.fixture
def managers(home: Home) -> tuple[Desk, Desk]:
    """Two managers who know one plan, and work without the team file until someone presses S."""
    hanne = home("Hanne Friis", "manager")
    for name in ("Emil Dahl", "Sara Lind"):
        hanne.take("person.add", None, {"name": name})
    hanne.take("customer.add", None, {"name": "Nordhus"})
    hanne.take("plan.start", None, {"customer": "Nordhus", "started_on": "2026-12-01"})
    hanne.sync()
    return hanne, home("Bo Lund", "manager")


def row(desk: Desk) -> PlanRow:
    return desk.ask(lambda view: view.find(PlanRow, row="A-1"))[0]


async def decided(desk: Desk, *keys: str) -> None:
    """A manager opens Nordhus, decides on its first row, and nothing goes out yet."""
    async with board(desk, "4") as pilot:
        table(pilot).move_to(id_of(desk, "customers", "Nordhus"))
        await settle(pilot)
        await press(pilot, "enter", *keys)
        assert last_line(pilot).startswith("✓")


async def brought_together(*desks: Desk) -> None:
    """Each presses S in turn, the first once more."""
    for desk in (*desks, desks[0]):
        async with board(desk, courier=True) as pilot:
            await opened(pilot)
            await synced(pilot)


async def test_the_manager_12_both_fields_of_a_row_survive(managers: tuple[Desk, Desk]) -> None:
    hanne, bo = managers
    await decided(hanne, "o", "'emil", "enter", "enter")
    await decided(bo, "d", "enter")
    await brought_together(hanne, bo)
    for desk in managers:
        found = row(desk)
        assert found.responsible == id_of(desk, "people", "Emil Dahl")
        assert str(found.done_on) == "2026-11-23"
        assert desk.ask(team.conflicts).count == 0


async def test_the_manager_13_on_the_same_field_one_of_two_is_chosen(managers: tuple[Desk, Desk]) -> None:
    hanne, bo = managers
    await decided(hanne, "o", "'emil", "enter", "enter")
    await decided(bo, "o", "'sara", "enter", "enter")
    await brought_together(hanne, bo)
    async with board(hanne, "6", "enter", courier=True) as pilot:
        assert "Conflict · Nordhus A-1" in text(pilot)
        assert "responsible  Emil Dahl" in text(pilot)
        assert "responsible  Sara Lind" in text(pilot)
        await press(pilot, next(line for line in text(pilot).split("╭─ ") if " Bo Lund ─" in line)[0])
        assert last_line(pilot) == "✓ Settled Nordhus A-1"
        await synced(pilot)
    bo.sync()
    for desk in managers:
        assert row(desk).responsible == id_of(desk, "people", "Sara Lind")
        assert desk.ask(team.conflicts).count == 0
