"""A few pictures for looks: the board on demo data. ``make snap`` takes them anew; look at them before committing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from app.board import BoardApp
from app.clock import fixed_clock
from app.demo import DEMO_NOW, DEMO_PERSON
from app.desk import Desk
from app.joining import join
from app.settings import Joining, Settings
from app.widgets.office import Exchange
from tests.picture import alone
from tests.screens.support import settle


class Pictured(BoardApp):
    """The board, whose pictures name no host that fonts would come from."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        return alone(super().export_screenshot(title=title, simplify=simplify))


@pytest.fixture(scope="module")
def desk(demo_team: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo's supervisor at her desk; the pictures only look."""
    clock = fixed_clock(DEMO_NOW)
    home = Settings(tmp_path_factory.mktemp("looks") / "home")
    joined = join(home, demo_team, Joining(DEMO_PERSON, "supervisor"), clock)
    opened = Desk(joined.settings, clock=clock)
    yield opened
    opened.close()


async def synced(pilot: Pilot[None]) -> None:
    """Lets the courier have been there, and all be painted."""
    assert isinstance(pilot.app, BoardApp)
    pilot.app.office.exchanged(Exchange(DEMO_NOW))
    await settle(pilot)


@pytest.mark.parametrize(
    ("name", "keys", "size"),
    [
        ("today", [], (120, 40)),
        ("today-small", [], (80, 24)),
        ("absences", ["2"], (120, 40)),
        ("complaints", ["3"], (160, 45)),
        ("plan", ["4"], (120, 40)),
        ("onboarding", ["5"], (120, 40)),
        ("team", ["6"], (120, 40)),
    ],
)
def test_looks(snap_compare: object, desk: Desk, name: str, keys: list[str], size: tuple[int, int]) -> None:
    assert callable(snap_compare)
    assert snap_compare(Pictured(desk, courier=False), press=keys, terminal_size=size, run_before=synced), (
        name
    )
